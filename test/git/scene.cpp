#include "scene.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <set>
#include <sstream>

#include "text/lines.h"

namespace {

namespace fs = std::filesystem;

process::Cancellation& cancellation() {
  static tl::expected<process::Cancellation, int> instance = process::Cancellation::create();
  return *instance;
}

std::vector<std::string> words(const std::string& line) {
  std::istringstream stream(line);
  std::vector<std::string> found;
  for (std::string word; stream >> word;) {
    found.push_back(word);
  }
  return found;
}

void replace(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    text.replace(at, from.size(), to);
  }
}

/// The entries that only one of two snapshots has.
std::string difference(const std::string& before, const std::string& after) {
  std::string found;
  const auto tell_missing = [&](const std::string& from, const std::string& in, const char* mark) {
    std::istringstream lines(from);
    for (std::string line; std::getline(lines, line);) {
      if (('\n' + in).find('\n' + line + '\n') == std::string::npos) {
        found += mark + line + '\n';
      }
    }
  };
  tell_missing(before, after, "- ");
  tell_missing(after, before, "+ ");
  return found.empty() && before != after ? "in the order of lines\n" : found;
}

/// What a fetch may write, where `git merge` notes HEAD even if it then refuses, and where fluke
/// notes a fetch, and an update that may have begun.
bool is_fetched(const std::string& relative) {
  for (const char* prefix :
       {".git/objects", ".git/FETCH_HEAD", ".git/refs/remotes", ".git/logs/refs/remotes",
        ".git/refs/tags", ".git/refs/fluke", ".git/logs/refs/fluke", ".git/ORIG_HEAD",
        ".git/fluke-update", ".git/fluke-fetch"}) {
    if (relative.starts_with(prefix)) {
      return true;
    }
  }
  return false;
}

}  // namespace

process::Result RecordingRunner::run(const process::Command& command,
                                     const process::LineSink& on_line) {
  commands.push_back(command);
  return inner_.run(command, on_line);
}

process::Result RecordingRunner::run_beside(const process::Command& command,
                                            const process::LineSink& on_line,
                                            const std::function<void()>& work) {
  commands.push_back(command);
  return inner_.run_beside(command, on_line, work);
}

Scene::Scene() : real_(cancellation()), runner_(real_) {
  remote = root() / "remote.git";
  checkout = root() / "site" / "app";
  author_ = root() / "author";
  keys = root() / "keys";
  signers = keys / "allowed_signers";
  url = remote.native();
  environment = process::Environment::from(environ);
  environment = git::clean_environment(environment);
  environment.set("HOME", (root() / "home").native());
  environment.unset("XDG_CONFIG_HOME");
  environment.set("GIT_CONFIG_NOSYSTEM", "1");
  // No sample hooks: there are enough files without them.
  environment.set("GIT_TEMPLATE_DIR", "");
  environment.set("GIT_CONFIG_GLOBAL", "/dev/null");
  environment.set("GIT_AUTHOR_NAME", "Author");
  environment.set("GIT_AUTHOR_EMAIL", "author@example.org");
  environment.set("GIT_COMMITTER_NAME", "Author");
  environment.set("GIT_COMMITTER_EMAIL", "author@example.org");
  for (const char* name : {"GIT_SSH", "GIT_SSH_COMMAND", "GIT_ASKPASS"}) {
    environment.unset(name);
  }
  program = process::find_program("git", environment).value_or("");
  git(root(), "init -q --bare -b main " + remote.native());
  git(root(), "init -q -b main " + author_.native());
  git(author_, "remote add origin " + remote.native());
}

std::string Scene::git(const fs::path& directory, const std::string& line) {
  const process::Result result = real_.run({.program = program,
                                            .arguments = words(line),
                                            .environment = environment.entries(),
                                            .working_dir = directory},
                                           {});
  EXPECT_TRUE(process::succeeded(result.ending))
      << "git " << line << " in " << directory << ' ' << process::describe(result.ending) << '\n'
      << result.output;
  return result.output.substr(0, result.output.find_last_not_of('\n') + 1);
}

std::string Scene::try_git_in(const fs::path& directory, const std::string& line) {
  return real_
      .run({.program = program,
            .arguments = words(line),
            .environment = environment.entries(),
            .working_dir = directory},
           {})
      .output;
}

std::string Scene::write_and_commit(const fs::path& directory, const Changes& changes) {
  for (const auto& [name, text] : changes) {
    if (text) {
      fs::create_directories((directory / name).parent_path());
      std::ofstream(directory / name, std::ios::binary) << *text;
    } else {
      fs::remove(directory / name);
      fs::path above = (directory / name).parent_path();
      for (; fs::is_empty(above); above = above.parent_path()) {
        fs::remove(above);
      }
    }
  }
  git(directory, "add --force --all");
  git(directory, "commit -q --allow-empty -m Change");
  return git(directory, "rev-parse HEAD");
}

std::string Scene::push(const Changes& changes, const std::string& to) {
  if (git(author_, "symbolic-ref HEAD") != "refs/heads/" + to) {
    git(author_, "switch -q -c " + to);
  }
  std::string commit = write_and_commit(author_, changes);
  git(author_, "push -q --force origin HEAD");
  return commit;
}

std::string Scene::push_rewritten(const Changes& changes) {
  git(author_, "reset -q --hard HEAD~1");
  return push(changes);
}

std::string Scene::push_link(const std::string& name, const std::string& target) {
  fs::remove(author_ / name);
  fs::create_symlink(target, author_ / name);
  return push({});
}

std::string Scene::push_mode(const std::string& name, unsigned mode) {
  fs::permissions(author_ / name, static_cast<fs::perms>(mode));
  return push({});
}

void Scene::clone() {
  push({{"readme.txt", "read me\n"}, {"app.txt", "one\n"}});
  const auto synced = sync();
  EXPECT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  // The clone was moved into place, perhaps in another second than its files were written in. The
  // next git would write that into the index, and pass for a change.
  in_checkout("update-index -q --refresh");
}

void Scene::make_key(const std::string& name) {
  fs::create_directory(keys);
  if (!fs::exists(key(name))) {
    const process::Result made = real_.run(
        {.program = *process::find_program("ssh-keygen", environment),
         .arguments = {"-q", "-t", "ed25519", "-N", "", "-C", name, "-f", key(name).native()},
         .environment = environment.entries(),
         .working_dir = root()},
        {});
    EXPECT_TRUE(process::succeeded(made.ending)) << made.output;
  }
}

void Scene::sign_as(const std::string& name) {
  make_key(name);
  in_author("config commit.gpgSign true");
  in_author("config gpg.format ssh");
  in_author("config user.signingKey " + key(name).native());
}

void Scene::allow(const std::string& name, const std::string& options) {
  make_key(name);
  std::ofstream(signers, std::ios::app) << name << "@example.org " << options << ' '
                                        << support::read_file(key(name).native() + ".pub");
  if (!verify) {
    verify = {.keys = git::Verify::Keys::allowed_signers, .path = signers};
  }
}

void Scene::stand_in(const std::string& cases) {
  const fs::path script = root() / "git-stand-in";
  std::ofstream(script) << "#!/bin/sh\ngit() { " << program.native() << " \"$@\"; }\n"
                        << "case $1 in\n"
                        << cases << "\n*) git \"$@\";;\nesac\n";
  chmod(script.c_str(), 0755);
  program = script;
}

std::string Scene::commit(const Changes& changes) {
  return write_and_commit(checkout, changes);
}

void Scene::write(const std::string& name, const std::string& text) const {
  fs::create_directories((checkout / name).parent_path());
  std::ofstream(checkout / name, std::ios::binary) << text;
}

std::string Scene::read(const std::string& name) const {
  return support::read_file(checkout / name);
}

git::Source Scene::source() const {
  git::Source source{.url = url,
                     .revision = revision,
                     .require_clean = require_clean,
                     .move = move,
                     .verify = verify};
  if (revision.kind == git::Revision::Kind::branch) {
    source.revision.name = branch;
  }
  return source;
}

tl::expected<git::Synced, git::Error> Scene::sync() {
  runner_.commands.clear();
  lines.clear();
  git::Client client(runner_, program, environment);
  return client.sync(checkout, source(), deadline, [&](std::string_view some) {
    text::for_each_line(some, [&](std::string_view line) { lines.emplace_back(line); });
  });
}

std::vector<std::string> Scene::commands() const {
  std::vector<std::string> names;
  for (const process::Command& command : runner_.commands) {
    names.push_back(command.arguments.front());
  }
  return names;
}

tl::expected<git::Comparison, git::Error> Scene::inspect() {
  runner_.commands.clear();
  git::Client client(runner_, program, environment);
  return client.inspect(checkout, source(), deadline, {});
}

std::string Scene::shortened(std::string text) const {
  replace(text, checkout.native(), "CHECKOUT");
  replace(text, remote.native(), "REMOTE");
  replace(text, root().native(), "ROOT");
  return text;
}

std::string Scene::refusal() {
  const std::string before = snapshot();
  const auto synced = sync();
  if (synced) {
    return "no refusal, but synced";
  }
  EXPECT_EQ(synced.error().cause, git::Cause::refused) << synced.error().output;
  EXPECT_EQ(difference(before, snapshot()), "");
  return shortened(synced.error().message);
}

std::string Scene::remedied_refusal() {
  const auto refused = sync();
  if (refused) {
    return "no refusal, but synced";
  }
  EXPECT_EQ(refused.error().cause, git::Cause::refused) << refused.error().output;
  do_as_told(refused.error().message);
  const auto synced = sync();
  EXPECT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(in_checkout("rev-parse HEAD"), git(remote, "rev-parse refs/heads/" + branch));
  return shortened(refused.error().message);
}

void Scene::do_as_told(const std::string& message) {
  constexpr std::string_view before = "with: ";
  const std::size_t at = message.rfind(before);
  ASSERT_NE(at, std::string::npos) << message;
  const process::Result result = real_.run({.program = "/bin/sh",
                                            .arguments = {"-c", message.substr(at + before.size())},
                                            .environment = environment.entries(),
                                            .working_dir = root()},
                                           {});
  EXPECT_TRUE(process::succeeded(result.ending)) << message << '\n' << result.output;
}

std::string Scene::failure() {
  const std::string before = snapshot();
  const auto synced = sync();
  if (synced) {
    return "no failure, but synced";
  }
  EXPECT_TRUE(synced.error().cause == git::Cause::failed ||
              synced.error().cause == git::Cause::unreachable)
      << synced.error().message;
  EXPECT_EQ(difference(before, snapshot()), "");
  return shortened(synced.error().message);
}

std::string Scene::snapshot() const {
  std::set<std::string> entries;
  std::error_code ignored;
  for (const auto& entry : fs::recursive_directory_iterator(checkout, ignored)) {
    const std::string relative = entry.path().lexically_relative(checkout).native();
    if (is_fetched(relative)) {
      continue;
    }
    if (entry.is_symlink()) {
      entries.insert(relative + " -> " + fs::read_symlink(entry.path()).native());
    } else if (entry.is_regular_file()) {
      entries.insert(relative + ": " + support::read_file(entry.path()));
    } else if (relative != ".git/logs" && relative != ".git/logs/refs") {
      // The first log of a fetch makes these two.
      entries.insert(relative + '/');
    }
  }
  std::string all = fs::exists(checkout) ? "exists\n" : "absent\n";
  for (const std::string& entry : entries) {
    all += entry + '\n';
  }
  return all;
}

Standstill::Standstill(Scene& scene, int step)
    : scene_(scene),
      directory_(scene.root() / "standstill"),
      environment_(scene.environment),
      program_(scene.program) {
  fs::remove_all(directory_);
  fs::create_directory(directory_);
  std::ofstream(directory_ / "hold") << "";
  const std::string here = directory_.native();
  for (const fs::path& program :
       {scene.program, fs::path(*process::find_program("ssh-keygen", environment_))}) {
    const fs::path script = directory_ / program.filename();
    std::ofstream(script) << "#!/bin/sh\nif [ -e " << here << "/hold ]; then\n"
                          << "  step=1\n"
                          << "  until mkdir " << here << "/$step 2>/dev/null; do\n"
                          << "    step=$((step + 1)); done\n"
                          << "  if [ $step = " << step << " ]; then\n"
                          << "    : >" << here << "/held\n"
                          << "    while [ -e " << here << "/hold ]; do sleep 0.01; done; fi\n"
                          << "fi\nexec " << program.native() << " \"$@\"\n";
    chmod(script.c_str(), 0755);
  }
  scene.program = directory_ / "git";
  scene.environment.set("PATH", here + ':' + std::string(*environment_.get("PATH")));
}

bool Standstill::is_reached() const {
  return fs::exists(directory_ / "held");
}

void Standstill::end() {
  fs::remove(directory_ / "hold");
  scene_.program = program_;
  scene_.environment = environment_;
}
