// Decodes an HCL file by a specification and prints the value as JSON: what HashiCorp's suite of
// the language asks of every implementation.
//
//   hcldec --spec=FILE [--vars=JSON] [--diags=json] [--with-type] [--keep-nulls] [--var-refs]
//   [FILE]
//
// With --with-type the type comes too: {"value":…,"type":…}. Without --keep-nulls members that are
// null are left out. With --var-refs the variables that the file refers to are printed instead.
#include <cstdio>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "diagnostic/render.h"
#include "hcl/evaluate/evaluate.h"
#include "hcl/functions/functions.h"
#include "hcl/syntax/parser.h"
#include "hcl/value/json.h"
#include "tools/hcldec/decode.h"
#include "tools/hcldec/output.h"
#include "tools/hcldec/spec.h"
#include "tools/read_file.h"

namespace {

struct Options {
  std::string spec;
  std::string vars = "{}";
  std::string file;
  bool json_diagnostics = false;
  bool with_type = false;
  bool keep_nulls = false;
  bool references = false;
};

Options read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const auto value = argument.substr(std::min(argument.find('=') + 1, argument.size()));
    if (argument.starts_with("--spec=")) {
      options.spec = value;
    } else if (argument.starts_with("--vars=")) {
      options.vars = value;
    } else if (argument == "--diags=json") {
      options.json_diagnostics = true;
    } else if (argument == "--with-type") {
      options.with_type = true;
    } else if (argument == "--keep-nulls") {
      options.keep_nulls = true;
    } else if (argument == "--var-refs") {
      options.references = true;
    } else if (argument.starts_with("-")) {
      tools::fail("hcldec: unknown option " + std::string(argument));
    } else {
      options.file = argument;
    }
  }
  if (options.spec.empty()) {
    tools::fail("hcldec: --spec=FILE is missing");
  }
  return options;
}

diagnostic::SourceFile read_input(const std::string& file) {
  if (file.empty()) {
    return {"<stdin>", {std::istreambuf_iterator<char>(std::cin), {}}};
  }
  return {file, tools::read_file(file)};
}

void set_variables(hcl::Scope& scope, const hcl::Members& variables) {
  for (const auto& [name, value] : variables) {
    scope.set(name, value);
  }
}

hcl::Members variables_of(const std::string& json) {
  const auto read = hcl::from_json(json);
  if (!read || read->as_members() == nullptr) {
    tools::fail("hcldec: --vars is not a JSON object");
  }
  return *read->as_members();
}

std::string value_json(const hcl::Value& value, const Options& options) {
  const std::string text = hcl::to_json(options.keep_nulls ? value : hcldec::without_nulls(value));
  return options.with_type
             ? R"({"value":)" + text + R"(,"type":)" + hcldec::type_json(value.type()) + "}"
             : text;
}

/// What to print; nothing where `diagnostics` have errors.
std::string answer(const Options& options, const diagnostic::SourceFile& spec_source,
                   const diagnostic::SourceFile& source, diagnostic::Diagnostics& diagnostics) {
  const hcl::ParseResult spec_text = hcl::parse(spec_source);
  const hcl::ParseResult input = hcl::parse(source);
  diagnostics = spec_text.diagnostics;
  std::ranges::copy(input.diagnostics, std::back_inserter(diagnostics));
  if (diagnostic::has_errors(diagnostics)) {
    return {};
  }
  const hcl::Functions functions = hcl::standard_functions();
  hcl::Scope scope(functions);
  const auto spec = hcldec::read_spec(spec_source, spec_text.file.body, scope, diagnostics);
  if (!spec) {
    return {};
  }
  set_variables(scope, spec->variables);
  set_variables(scope, variables_of(options.vars));
  if (options.references) {
    std::vector<const hcl::Traversal*> references;
    for (const hcl::Attribute* attribute : hcldec::attributes(input.file.body, spec->root)) {
      std::ranges::copy(hcl::references(*attribute->value), std::back_inserter(references));
    }
    return hcldec::references_json(references, source);
  }
  return value_json(hcldec::decode(input.file.body, spec->root, scope, source, diagnostics),
                    options);
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = read_options(argc, argv);
  const diagnostic::SourceFile spec(options.spec, tools::read_file(options.spec));
  const diagnostic::SourceFile input = read_input(options.file);
  diagnostic::Diagnostics diagnostics;
  const std::string out = answer(options, spec, input, diagnostics);
  if (!diagnostic::has_errors(diagnostics)) {
    std::puts(out.c_str());
    return 0;
  }
  const std::string text = options.json_diagnostics
                               ? hcldec::diagnostics_json(diagnostics) + "\n"
                               : diagnostic::render(diagnostics, diagnostic::Colour::off);
  std::fputs(text.c_str(), stderr);
  return 2;
}
