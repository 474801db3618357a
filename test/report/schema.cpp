#include "report/schema.h"

#include <gtest/gtest.h>

#include "support/program.h"
#include "support/temporary_directory.h"

namespace report {
namespace {

/// Debian's, which has Debian's modules.
constexpr const char* python = "/usr/bin/python3";

bool has_validator() {
  const support::Ran probe =
      support::run({.arguments = {"/bin/sh", "-c", std::string(python) + " -c 'import jsonschema'"},
                    .directory = "/"});
  return probe.status == 0;
}

}  // namespace

void expect_valid(std::string_view definition, const std::vector<std::string>& documents,
                  support::SourceLocation where) {
  if (!has_validator()) {
    GTEST_SKIP() << "python3-jsonschema is not installed";
  }
  const std::filesystem::path tests = FLUKE_TEST_DIR;
  const support::TemporaryDirectory directory;
  std::vector<std::string> arguments = {python, tests / "report/validate.py",
                                        tests.parent_path() / "man/fluke.schema.json",
                                        std::string(definition)};
  for (const std::string& document : documents) {
    arguments.push_back(directory.write(std::to_string(arguments.size()) + ".json", document));
  }
  const support::Ran ran = support::run({.arguments = arguments, .directory = directory.path()});
  if (ran.status != 0) {
    ADD_FAILURE_AT(where.file_name(), where.line()) << ran.out << ran.err;
  }
}

}  // namespace report
