#include "executor/mise/vouching.h"

#include <dirent.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <string_view>
#include <system_error>
#include <vector>

#include "file/safe_path.h"
#include "text/fields.h"

namespace mise {
namespace {

namespace fs = std::filesystem;

using Names = std::vector<std::string>;

/// What a variable of the environment lists, with colons between.
Names listed(const process::Environment& environment, std::string_view variable) {
  Names names;
  std::string_view rest = environment.get(variable).value_or("");
  while (!rest.empty()) {
    const std::string_view name = text::take(rest, ':');
    if (!name.empty()) {
      names.emplace_back(name);
    }
  }
  return names;
}

/// The names of files that the environment adds to those that mise knows itself.
Names additional_names(const process::Environment& environment) {
  Names names;
  for (const char* variable :
       {"MISE_ENV_FILE", "MISE_DEFAULT_CONFIG_FILENAME", "MISE_OVERRIDE_CONFIG_FILENAMES",
        "MISE_DEFAULT_TOOL_VERSIONS_FILENAME", "MISE_OVERRIDE_TOOL_VERSIONS_FILENAMES"}) {
    std::ranges::move(listed(environment, variable), std::back_inserter(names));
  }
  return names;
}

/// "mise.toml", ".mise.local.toml", "mise.production.toml" …
bool is_config(std::string_view name) {
  if (name == ".tool-versions" || name == ".miserc.toml" || name == "miserc.toml") {
    return true;
  }
  name.remove_prefix(name.starts_with('.') ? 1 : 0);
  return name.starts_with("mise.") && name.ends_with(".toml");
}

/// The user's own directory for `kind`, CONFIG or DATA; empty without a home.
fs::path user_directory(const process::Environment& environment, const std::string& kind,
                        const fs::path& below_home) {
  for (const auto& [variable, below] : {std::pair("MISE_" + kind + "_DIR", fs::path()),
                                        std::pair("XDG_" + kind + "_HOME", fs::path("mise")),
                                        std::pair(std::string("HOME"), below_home / "mise")}) {
    if (const auto value = environment.get(variable); value && !value->empty()) {
      return fs::path(*value) / below;
    }
  }
  return {};
}

/// Directories above may hold a great many names, of which hardly one matters.
template <typename Visit>
void for_each_name(const fs::path& directory, const Visit& visit) {
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(::opendir(directory.c_str()), &::closedir);
  if (stream == nullptr) {
    return;
  }
  while (const dirent* entry = ::readdir(stream.get())) {
    visit(std::string_view(static_cast<const char*>(entry->d_name)));
  }
}

class Search {
 public:
  explicit Search(const process::Environment& environment)
      : trusted_(listed(environment, "MISE_TRUSTED_CONFIG_PATHS")),
        additional_(additional_names(environment)) {}

  void look_in_project(const fs::path& directory);
  /// `directory` is one such as .mise or .config/mise.
  void look_in_config(const fs::path& directory);
  void look_at(const fs::path& file);

  [[nodiscard]] const std::optional<std::string>& found() const { return found_; }

 private:
  void look_at_all(const fs::path& directory);
  [[nodiscard]] bool is_trusted(const fs::path& file) const;

  Names trusted_;
  Names additional_;
  std::optional<std::string> found_;
};

void Search::look_in_project(const fs::path& directory) {
  for_each_name(directory, [&](std::string_view name) {
    if (is_config(name)) {
      look_at(directory / name);
    } else if (name == "mise" || name == ".mise") {
      look_in_config(directory / name);
    } else if (name == "mise-tasks" || name == ".mise-tasks") {
      look_at_all(directory / name);
    }
  });
  const fs::path config = directory / ".config";
  for_each_name(config, [&](std::string_view name) {
    if (is_config(name)) {
      look_at(config / name);
    } else if (name == "mise") {
      look_in_config(config / name);
    }
  });
  for (const std::string& name : additional_) {
    look_at(directory / name);
  }
}

void Search::look_in_config(const fs::path& directory) {
  for_each_name(directory, [&](std::string_view name) {
    if (name.ends_with(".toml")) {
      look_at(directory / name);
    } else if (name == "conf.d" || name == "tasks") {
      look_at_all(directory / name);
    }
  });
}

void Search::look_at_all(const fs::path& directory) {
  std::error_code error;
  for (fs::recursive_directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    look_at(entry->path());
  }
}

void Search::look_at(const fs::path& file) {
  if (!found_) {
    found_ = file::why_unsafe(file);
    if (found_ && is_trusted(file)) {
      found_.reset();
    }
  }
}

bool Search::is_trusted(const fs::path& file) const {
  std::error_code error;
  const fs::path real = fs::canonical(file, error);
  return std::ranges::any_of(trusted_, [&real](const fs::path& trusted) {
    return std::ranges::mismatch(trusted, real).in1 == trusted.end();
  });
}

}  // namespace

std::optional<std::string> find_unvouched(const process::Environment& environment,
                                          const fs::path& directory) {
  Search search(environment);
  std::error_code error;
  fs::path above = fs::canonical(directory, error);
  for (bool is_last = error.value() != 0; !is_last && !search.found();
       above = above.parent_path()) {
    search.look_in_project(above);
    is_last = !above.has_relative_path();
  }
  search.look_in_config(user_directory(environment, "CONFIG", ".config"));
  search.look_at(user_directory(environment, "DATA", ".local/share"));
  if (const auto file = environment.get("MISE_GLOBAL_CONFIG_FILE")) {
    search.look_at(*file);
  }
  if (const auto home = environment.get("HOME")) {
    search.look_at(fs::path(*home) / ".tool-versions");
  }
  return search.found();
}

}  // namespace mise
