#include "faults/injected.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "text/lines.h"

namespace faults {
namespace {

constexpr std::string_view mise = R"(#!/bin/sh
case "$1 $2" in
  "tasks ls") echo '[{"name":"check","source":"/x"},{"name":"apply","source":"/x"}]' ;;
  "run check") test -f done ;;
  "run apply") echo applying; touch done ;;
esac
)";

constexpr std::string_view manifest = R"(mise "deploy" {
  working_dir = "app"
  settle      = "0s"
}
)";

/// Apart from the user's settings, and with a name to commit under.
std::map<std::string, std::string> plain_environment(const std::filesystem::path& home) {
  std::map<std::string, std::string> variables = {
      {"PATH", std::getenv("PATH")}, {"HOME", home.string()}, {"GIT_CONFIG_NOSYSTEM", "1"}};
  for (const char* who : {"AUTHOR", "COMMITTER"}) {
    variables[std::string("GIT_") + who + "_NAME"] = "Test";
    variables[std::string("GIT_") + who + "_EMAIL"] = "test@example.com";
  }
  return variables;
}

}  // namespace

std::string Fault::spelled() const {
  return call + ':' + std::to_string(index) + (goes_on ? "+:" : ":") +
         (error == 0 ? "short" : std::to_string(error));
}

std::string Host::git(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), {"/usr/bin/env", "git"});
  const support::Ran ran = support::run({.arguments = std::move(arguments),
                                         .directory = root(),
                                         .environment = plain_environment(root())});
  EXPECT_EQ(ran.status, 0) << ran.err;
  return ran.out;
}

Host::Host() {
  write("mise", mise);
  std::filesystem::permissions(root() / "mise", std::filesystem::perms(0755));
  write("site.hcl", manifest);
  std::filesystem::create_directory(root() / "app");
}

support::Ran Host::fluke(const std::vector<std::string>& arguments,
                         const std::map<std::string, std::string>& variables) const {
  support::Program program{
      .arguments = {DYNAMIC_FLUKE}, .directory = root(), .environment = plain_environment(root())};
  program.environment["LD_PRELOAD"] = INTERPOSER;
  program.arguments.insert(program.arguments.end(), arguments.begin(), arguments.end());
  program.environment.insert(variables.begin(), variables.end());
  return support::run(program);
}

std::vector<std::string> Host::log_of(const std::vector<std::string>& arguments) const {
  const support::TemporaryDirectory elsewhere;
  const std::filesystem::path log = elsewhere.path() / "log";
  static_cast<void>(fluke(arguments, {{"FLUKE_FAULT_LOG", log.string()}}));
  std::vector<std::string> lines;
  text::for_each_line(support::read_file(log),
                      [&](std::string_view line) { lines.emplace_back(line); });
  return lines;
}

bool Host::exists(const std::filesystem::path& relative) const {
  return std::filesystem::exists(root() / relative);
}

std::string Host::read(const std::filesystem::path& relative) const {
  return support::read_file(root() / relative);
}

void Host::write(const std::filesystem::path& relative, std::string_view text) const {
  directory_.write(relative, text);
}

bool Host::holds_half_written_files() const {
  for (const auto& entry : std::filesystem::directory_iterator(root())) {
    if (entry.path().extension() == ".tmp") {
      return true;
    }
  }
  return false;
}

}  // namespace faults
