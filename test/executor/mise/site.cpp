#include "executor/mise/site.h"

#include <sys/stat.h>
#include <unistd.h>

#include <sstream>

MiseSite::MiseSite() {
  const process::Environment inherited = process::Environment::from(environ);
  program_ = process::find_program("mise", inherited).value_or("");
  EXPECT_FALSE(program_.empty()) << "these tests need a mise on PATH";
  std::filesystem::create_directories(home_);
  std::filesystem::create_directories(site_);
  environment_.set("PATH", program_.parent_path().string() + ":/usr/bin:/bin");
  environment_.set("HOME", home_.string());
  // No configuration that lies above the test's own directories takes part.
  environment_.set("MISE_CEILING_PATHS", root_.path().parent_path().string());
  environment_.set("MISE_SYSTEM_CONFIG_DIR", (home_ / "no-system").string());
}

void MiseSite::write(const std::filesystem::path& file, std::string_view text) {
  root_.write("site" / file, text);
}

void MiseSite::write_script(const std::filesystem::path& file, std::string_view text) {
  chmod(root_.write("site" / file, "#!/bin/sh\n" + std::string(text) + "\n").c_str(), 0755);
}

void MiseSite::write_at_home(const std::filesystem::path& file, std::string_view text) {
  root_.write("home" / file, text);
}

mise::Client MiseSite::client() {
  return mise::Client(runner_, program_, environment_);
}

std::string MiseSite::listed() {
  const tl::expected<mise::TaskList, mise::Error> tasks = client().tasks(place(), std::nullopt);
  if (!tasks) {
    return tasks.error().message + "\n" + tasks.error().output;
  }
  std::string list;
  for (const mise::Task& task : tasks->tasks()) {
    list += (list.empty() ? "" : ", ") + task.name;
    for (const std::string& alias : task.aliases) {
      list += " (" + alias + ")";
    }
  }
  return list;
}

process::Result MiseSite::run(std::string_view task,
                              const std::vector<std::pair<std::string, std::string>>& variables) {
  mise::Place where = place();
  where.variables = variables;
  return client().run(where, task, std::nullopt, {});
}

std::string MiseSite::printed_by(
    std::string_view task, const std::vector<std::pair<std::string, std::string>>& variables) {
  const process::Result result = run(task, variables);
  std::istringstream all(result.output);
  std::string own;
  for (std::string line; std::getline(all, line);) {
    if (!line.starts_with('[')) {
      own += line + "\n";
    }
  }
  return own;
}

bool MiseSite::trust_store_is_empty() const {
  return !std::filesystem::exists(home_ / ".local/state/mise/trusted-configs");
}
