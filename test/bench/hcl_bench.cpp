// HCL at work: parsing, layout and evaluation of a large manifest of typical resources, beside
// HashiCorp's implementation where its programs are at hand, and `fluke validate` beside wc.
//
//   hcl_bench [PAIRS [RESOURCES [DIRECTORY]]]    DIRECTORY holds hcl_parse and hclfmt
//   hcl_bench parse FILE                         parses, and fails if there is a mistake
#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "bench/compare.h"
#include "hcl/evaluate/evaluate.h"
#include "hcl/functions/functions.h"
#include "hcl/syntax/parser.h"
#include "support/temporary_directory.h"

namespace {

/// Resources that fill 8 MB, and as many as a goal is about.
constexpr int large = 16'000;
constexpr int many = 10'000;

std::string resource(int i) {
  const std::string dependency = i == 0 ? "" : fmt::format("mise.service-{}", i - 1);
  return fmt::format(R"(# The service number {0}, as its team runs it.
mise "service-{0}" {{
  working_dir = "${{local.root}}/services/{0}"
  check_task  = "check"
  apply_task  = "deploy"
  timeout     = "{1}m"
  depends_on  = [{2}]
  enabled     = local.stage == "production" || {3} < 3

  env = {{
    NODE_ENV = "production"
    PORT     = {4}
    URL      = "https://${{local.domain}}/service/{0}?retry=${{local.retries + 1}}"
  }}

  git {{
    url    = "https://github.com/example/service-{0}.git"
    branch = "main"
  }}
}}

)",
                     i, 1 + i % 59, dependency, i % 7, 8000 + i % 1000);
}

std::string site(int resources) {
  std::string text = R"(locals {
  root    = "/opt"
  stage   = "production"
  domain  = "example.org"
  retries = 3
}

)";
  for (int i = 0; i < resources; ++i) {
    text += resource(i);
  }
  return text;
}

int parse_file(const std::string& file) {
  std::string text(std::filesystem::file_size(file), '\0');
  std::ifstream(file).read(text.data(), static_cast<std::streamsize>(text.size()));
  const diagnostic::SourceFile source(file, std::move(text));
  return hcl::parse(source).diagnostics.empty() ? 0 : 1;
}

bench::Contender program(std::string name, std::vector<std::string> arguments) {
  return {.name = std::move(name), .arguments = std::move(arguments), .directory = "/"};
}

/// A filter, with the file as its standard input.
bench::Contender filter(const std::string& command, const std::string& file) {
  return program(command, {"/bin/sh", "-c", fmt::format("exec {} < '{}'", command, file)});
}

void print_speed(const bench::Comparison& comparison, std::uintmax_t bytes) {
  std::vector<double> seconds;
  for (const bench::Cost& cost : comparison.candidate) {
    seconds.push_back(cost.wall_seconds);
  }
  fmt::print("  {:.0f} MB/s with the start of the process and the reading of the file\n",
             static_cast<double>(bytes) / 1e6 / bench::median(seconds));
}

void compare_with_original(const std::string& file, const std::string& directory, int pairs) {
  const std::uintmax_t bytes = std::filesystem::file_size(file);
  const std::string size = fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
  const std::string self = std::filesystem::read_symlink("/proc/self/exe");
  const bench::Comparison parsing =
      bench::compare(program("hcl_parse", {directory + "/hcl_parse", file}),
                     program("hcl_bench parse", {self, "parse", file}), pairs);
  bench::print("parsing " + size + ", beside HashiCorp's implementation", parsing, 0.05);
  print_speed(parsing, bytes);
  const bench::Comparison layout = bench::compare(filter(directory + "/hclfmt", file),
                                                  filter(FLUKE_BINARY " fmt -", file), pairs);
  bench::print("laying out " + size + ", beside hclfmt", layout, 0.05);
  print_speed(layout, bytes);
}

void compare_with_wc(const std::string& file, int resources, int pairs) {
  const bench::Comparison comparison =
      bench::compare(program("wc", {"/usr/bin/wc", file}),
                     program("fluke validate", {FLUKE_BINARY, "validate", file}), pairs);
  bench::print(fmt::format("validating {} resources, beside wc", resources), comparison, 10);
}

/// The seconds of processor time that it takes.
double evaluate_all(const hcl::Body& body, const hcl::Scope& scope,
                    const diagnostic::SourceFile& source) {
  const std::clock_t begin = std::clock();
  diagnostic::Diagnostics diagnostics;
  std::vector<const hcl::Body*> bodies = {&body};
  while (!bodies.empty()) {
    const hcl::Body& next = *bodies.back();
    bodies.pop_back();
    for (const hcl::Attribute& attribute : next.attributes) {
      static_cast<void>(evaluate(*attribute.value, scope, source, diagnostics));
    }
    for (const hcl::Block& block : next.blocks) {
      bodies.push_back(&block.body);
    }
  }
  const std::clock_t end = std::clock();
  if (!diagnostics.empty()) {
    fmt::print(stderr, "evaluation failed: {}\n", diagnostics.front().summary);
    std::exit(1);
  }
  return static_cast<double>(end - begin) / CLOCKS_PER_SEC;
}

void measure_evaluation(int resources, int runs) {
  using hcl::Number;
  using hcl::Value;
  const diagnostic::SourceFile source("site.hcl", site(resources));
  const hcl::ParseResult parsed = hcl::parse(source);
  const hcl::Functions functions = hcl::standard_functions();
  hcl::Scope scope(functions);
  scope.set("local", Value::object({{"root", Value::string("/opt")},
                                    {"stage", Value::string("production")},
                                    {"domain", Value::string("example.org")},
                                    {"retries", Value::number(Number(3))}}));
  hcl::Members services;
  for (int i = 0; i < resources; ++i) {
    services.emplace(fmt::format("service-{}", i), Value::boolean(true));
  }
  scope.set("mise", Value::object(services));
  std::vector<double> seconds;
  for (int i = 0; i < runs; ++i) {
    seconds.push_back(evaluate_all(parsed.file.body, scope, source));
  }
  constexpr double goal = 50;
  const double milliseconds = 1000 * bench::median(seconds);
  fmt::print("evaluating {} resources\n  {:.1f} ms of processor time, goal {:.0f}: {}\n", resources,
             milliseconds, goal, milliseconds <= goal ? "met" : "not met");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view(argv[1]) == "parse") {
    return parse_file(argv[2]);
  }
  const int pairs = argc > 1 ? std::atoi(argv[1]) : 5;
  const int resources = argc > 2 ? std::atoi(argv[2]) : many;
  const support::TemporaryDirectory scratch;
  if (argc > 3) {
    compare_with_original(scratch.write("large.hcl", site(resources * large / many)), argv[3],
                          pairs);
  }
  compare_with_wc(scratch.write("site.hcl", site(resources)), resources, pairs);
  measure_evaluation(resources, pairs);
}
