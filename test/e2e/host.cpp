#include "e2e/host.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <regex>

#include "e2e/documents.h"
#include "process/environment.h"

namespace e2e {
namespace {

std::string find_on_path(std::string_view name) {
  process::Environment environment;
  environment.set("PATH", std::getenv("PATH"));
  const auto found = process::find_program(name, environment);
  if (!found) {
    throw std::runtime_error("the tests need " + std::string(name) +
                             " on PATH; ./bootstrap test sees to that");
  }
  return *found;
}

}  // namespace

Host::Host() {
  std::filesystem::create_directory(root() / "home");
  const std::string home = (root() / "home").string();
  environment = {
      {"HOME", home},
      {"PATH", std::filesystem::path(find_on_path("mise")).parent_path().string() + ":" +
                   std::getenv("PATH")},
      {"LANG", "C.UTF-8"},
      {"GIT_CONFIG_NOSYSTEM", "1"},
      {"GIT_AUTHOR_NAME", "Test"},
      {"GIT_AUTHOR_EMAIL", "test@example.com"},
      {"GIT_COMMITTER_NAME", "Test"},
      {"GIT_COMMITTER_EMAIL", "test@example.com"},
  };
}

support::Program Host::fluke_program(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), FLUKE_BINARY);
  return {.arguments = std::move(arguments), .directory = root(), .environment = environment};
}

support::Ran Host::fluke(std::vector<std::string> arguments) const {
  support::Ran ran = support::run(fluke_program(std::move(arguments)));
  keep_document(ran.out);
  return ran;
}

std::optional<support::Program> Host::as_ordinary_user(support::Program program) const {
  if (geteuid() != 0) {
    return program;
  }
  run({"chown", "-R", "65534:65534", root().string()});
  const std::vector<std::string> become = {find_on_path("setpriv"), "--reuid=65534",
                                           "--regid=65534", "--clear-groups"};
  program.arguments.insert(program.arguments.begin(), become.begin(), become.end());
  support::Program probe = program;
  probe.arguments = become;
  probe.arguments.insert(probe.arguments.end(),
                         {"/bin/sh", "-c", "mise --version && \"$0\" --version", FLUKE_BINARY});
  return support::run(probe).status == 0 ? std::optional(program) : std::nullopt;
}

std::string Host::run(std::vector<std::string> arguments,
                      const std::filesystem::path& relative) const {
  arguments.front() = find_on_path(arguments.front());
  const support::Ran ran = support::run(
      {.arguments = arguments, .directory = root() / relative, .environment = environment});
  EXPECT_EQ(ran.status, 0) << arguments.front() << " failed:\n" << ran.out << ran.err;
  return ran.out;
}

std::filesystem::path Host::write(const std::filesystem::path& relative,
                                  std::string_view text) const {
  return directory_.write(relative, text);
}

std::string Host::read(const std::filesystem::path& relative) const {
  std::string text = support::read_file(root() / relative);
  keep_document(text);
  return text;
}

bool Host::exists(const std::filesystem::path& relative) const {
  return std::filesystem::exists(root() / relative);
}

void Host::directory_with_tasks(const std::filesystem::path& relative,
                                std::string_view tasks) const {
  write(relative / ".mise.toml", tasks);
}

void Host::repository_with_tasks(const std::filesystem::path& relative,
                                 std::string_view tasks) const {
  run({"git", "init", "--quiet", "--bare", "--initial-branch=main", relative.string()});
  commit(relative, ".mise.toml", tasks);
}

std::string Host::commit(const std::filesystem::path& repository, const std::filesystem::path& file,
                         std::string_view text, std::string_view branch) const {
  const support::TemporaryDirectory scratch;
  const std::string remote = (root() / repository).string();
  const std::string clone = (scratch.path() / "clone").string();
  const std::string ref = "HEAD:refs/heads/" + std::string(branch);
  run({"git", "clone", "--quiet", remote, clone});
  const bool exists =
      !run({"git", "-C", clone, "ls-remote", "origin", "refs/heads/" + std::string(branch)})
           .empty();
  if (exists) {
    run({"git", "-C", clone, "checkout", "--quiet", "-B", std::string(branch),
         "origin/" + std::string(branch)});
  }
  scratch.write(std::filesystem::path("clone") / file, text);
  run({"git", "-C", clone, "add", "--all"});
  run({"git", "-C", clone, "commit", "--quiet", "--message", "Change " + file.string()});
  run({"git", "-C", clone, "push", "--quiet", "origin", ref});
  std::string name = run({"git", "-C", clone, "rev-parse", "HEAD"});
  name.pop_back();
  return name;
}

std::string Host::normalised(std::string_view text) const {
  std::string result(text);
  for (std::size_t at = 0; (at = result.find(root().string(), at)) != std::string::npos;) {
    result.replace(at, root().string().size(), "<root>");
  }
  result =
      std::regex_replace(result, std::regex(R"(\b[0-9a-f]{40}\b|\b[0-9a-f]{7}\b)"), "<commit>");
  return std::regex_replace(result, std::regex(R"(\b([0-9]+h)?([0-9]+m)?[0-9]+(\.[0-9]+)?m?s\b)"),
                            "<time>");
}

}  // namespace e2e
