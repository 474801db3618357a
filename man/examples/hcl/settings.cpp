// Prints the settings in an HCL file as JSON, a line each; or everything that is wrong with it.
#include <diagnostic/render.h>
#include <hcl/evaluate/evaluate.h>
#include <hcl/functions/functions.h>
#include <hcl/syntax/parser.h>
#include <hcl/value/json.h>

#include <fstream>
#include <iostream>
#include <iterator>

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: settings FILE\n";
    return 64;
  }
  std::ifstream file(argv[1]);
  const diagnostic::SourceFile source(argv[1], {std::istreambuf_iterator<char>(file), {}});
  hcl::ParseResult parsed = hcl::parse(source);
  diagnostic::Diagnostics problems = std::move(parsed.diagnostics);

  const hcl::Functions functions = hcl::standard_functions();
  hcl::Scope scope(functions);
  std::string lines;
  for (const hcl::Attribute& attribute : parsed.file.body.attributes) {
    const hcl::Value value = hcl::evaluate(*attribute.value, scope, source, problems);
    if (!diagnostic::has_errors(problems)) {
      lines += std::string(attribute.name.text) + " " + hcl::to_json(value) + "\n";
      // What stands above may be used below.
      scope.set(std::string(attribute.name.text), value);
    }
  }
  std::cerr << diagnostic::render(problems, diagnostic::Colour::off);
  std::cout << (diagnostic::has_errors(problems) ? "" : lines);
  return diagnostic::has_errors(problems) ? 65 : 0;
}
