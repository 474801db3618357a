// Evaluates HCL files and prints what came out as one JSON line a file, for tests to compare:
//
//   hcl_eval [--kinds] [--vars FILE.json] FILE...
//
// The variables are the members of the JSON object in --vars; functions are those of a manifest.
// With --kinds each diagnostic has its kind too.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "hcl/evaluate/scope.h"
#include "hcl/value/json.h"
#include "manifest/functions.h"
#include "tools/hcl_eval/line.h"
#include "tools/read_file.h"

namespace {

struct Options {
  bool kinds = false;
  std::string vars;
  std::vector<std::string> files;
};

Options read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--kinds") {
      options.kinds = true;
    } else if (argument == "--vars" && i + 1 < argc) {
      options.vars = argv[++i];
    } else if (argument.starts_with("--vars=")) {
      options.vars = argument.substr(std::string_view("--vars=").size());
    } else {
      options.files.emplace_back(argument);
    }
  }
  return options;
}

void set_variables(hcl::Scope& scope, const std::string& file) {
  const auto read = hcl::from_json(tools::read_file(file));
  if (!read || read->as_members() == nullptr) {
    tools::fail("hcl_eval: " + file + ": " + (read ? "not a JSON object" : read.error().message));
  }
  for (const auto& [name, value] : *read->as_members()) {
    scope.set(name, value);
  }
}

std::optional<std::string> look_up_environment(std::string_view name) {
  const char* value = std::getenv(std::string(name).c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = read_options(argc, argv);
  const manifest::EnvironmentLookup environment = look_up_environment;
  hcl::Budget budget;
  const hcl::Functions functions =
      manifest::make_functions(environment, std::filesystem::current_path(), budget);
  hcl::Scope scope(functions);
  if (!options.vars.empty()) {
    set_variables(scope, options.vars);
  }
  for (const std::string& file : options.files) {
    const diagnostic::SourceFile source(file, tools::read_file(file));
    std::puts(hcl_eval::line(source, scope, options.kinds).c_str());
  }
}
