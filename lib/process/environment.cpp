#include "process/environment.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "file/safe_path.h"
#include "text/quote.h"

namespace process {
namespace {

/// Where exec(3) looks when PATH is not set at all.
constexpr std::string_view default_path = "/bin:/usr/bin";

bool names(std::string_view entry, std::string_view name) {
  return entry.size() > name.size() && entry[name.size()] == '=' && entry.starts_with(name);
}

auto find_entry(auto& entries, std::string_view name) {
  return std::find_if(entries.begin(), entries.end(),
                      [name](const std::string& entry) { return names(entry, name); });
}

bool is_executable_file(const std::string& path) {
  struct stat status = {};
  return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         access(path.c_str(), X_OK) == 0;
}

std::optional<std::string> absolute_executable(const std::filesystem::path& path) {
  std::error_code error;
  const std::string absolute = std::filesystem::absolute(path, error).string();
  if (error || !is_executable_file(absolute)) {
    return std::nullopt;
  }
  return absolute;
}

/// An empty element of PATH means the current directory.
std::vector<std::string> directories_of(std::string_view path) {
  std::vector<std::string> directories;
  while (true) {
    const std::size_t colon = path.find(':');
    const std::string_view directory = path.substr(0, colon);
    directories.emplace_back(directory.empty() ? "." : directory);
    if (colon == std::string_view::npos) {
      return directories;
    }
    path.remove_prefix(colon + 1);
  }
}

std::optional<std::string> reason_to_pass_over(const std::filesystem::path& directory,
                                               const std::string& found) {
  if (!directory.is_absolute()) {
    return text::quoted(found) + " is found by " + text::quoted(directory.native()) +
           " in PATH, which is not an absolute path, and is passed over";
  }
  const auto hands = file::why_unsafe(found, file::Groups::trusted);
  return hands ? std::optional(*hands + ", and is passed over") : std::nullopt;
}

}  // namespace

Environment Environment::from(const char* const* entries) {
  Environment environment;
  for (; entries != nullptr && *entries != nullptr; ++entries) {
    const std::string_view entry = *entries;
    const std::size_t equals = entry.find('=');
    if (equals == std::string_view::npos || equals == 0) {
      continue;
    }
    // Where a name comes twice, getenv(3) finds the first one; so do we.
    if (!environment.get(entry.substr(0, equals))) {
      environment.entries_.emplace_back(entry);
    }
  }
  return environment;
}

std::optional<std::string_view> Environment::get(std::string_view name) const {
  const auto found = find_entry(entries_, name);
  if (found == entries_.end()) {
    return std::nullopt;
  }
  return std::string_view(*found).substr(name.size() + 1);
}

void Environment::set(std::string_view name, std::string_view value) {
  std::string entry;
  entry.reserve(name.size() + 1 + value.size());
  entry.append(name).append(1, '=').append(value);
  const auto found = find_entry(entries_, name);
  if (found == entries_.end()) {
    entries_.push_back(std::move(entry));
  } else {
    *found = std::move(entry);
  }
}

void Environment::unset(std::string_view name) {
  std::erase_if(entries_, [name](const std::string& entry) { return names(entry, name); });
}

std::optional<std::string> find_program(std::string_view name, const Environment& environment,
                                        std::span<const std::string> more_directories,
                                        PassedOver* passed_over) {
  if (name.empty()) {
    return std::nullopt;
  }
  if (name.find('/') != std::string_view::npos) {
    return absolute_executable(name);
  }
  std::vector<std::string> directories =
      directories_of(environment.get("PATH").value_or(default_path));
  directories.insert(directories.end(), more_directories.begin(), more_directories.end());
  const bool is_careful = passed_over != nullptr && geteuid() == 0;
  for (const std::filesystem::path directory : directories) {
    std::optional<std::string> found = absolute_executable(directory / name);
    if (!found) {
      continue;
    }
    if (const auto reason = is_careful ? reason_to_pass_over(directory, *found) : std::nullopt) {
      passed_over->push_back(*reason);
      continue;
    }
    return found;
  }
  return std::nullopt;
}

}  // namespace process
