#include "git/ref_files.h"

#include <fmt/format.h>

#include <cstdint>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "git/fields.h"
#include "git/small_file.h"

namespace git {
namespace {

namespace fs = std::filesystem;

/// In bytes. git, which maps the file and searches it by halves, is as fast with a larger one.
constexpr std::uintmax_t largest_packed_refs = std::uintmax_t{1} << 20U;

bool is_object_name(std::string_view text) {
  constexpr std::size_t sha1_digits = 40;
  constexpr std::size_t sha256_digits = 64;
  return (text.size() == sha1_digits || text.size() == sha256_digits) &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string find_packed_ref(const fs::path& file, const std::string& ref) {
  const std::string text = read_small_file(file, largest_packed_refs);
  const std::size_t name = text.find(fmt::format(" {}\n", ref));
  if (name == std::string::npos) {
    return {};
  }
  const std::size_t line = text.rfind('\n', name) + 1;  // 0 behind npos
  std::string found = text.substr(line, name - line);
  return is_object_name(found) ? found : std::string();
}

}  // namespace

bool is_on(const GitDirectory& directory, const std::string& ref) {
  return read_small_file(directory.own / "HEAD") == fmt::format("ref: {}\n", ref);
}

std::string find_ref(const GitDirectory& directory, const std::string& ref) {
  // A loose ref hides the packed one, even where it is empty or cannot be understood.
  const fs::path file = directory.common / ref;
  std::error_code ignored;
  if (!fs::exists(file, ignored)) {
    return find_packed_ref(directory.common / "packed-refs", ref);
  }
  std::string loose = read_small_file(file);
  if (!loose.ends_with('\n')) {
    return {};
  }
  loose.pop_back();
  return is_object_name(loose) ? loose : std::string();
}

LogEntry last_log_entry(const fs::path& common, const std::string& ref) {
  std::ifstream stream(common / "logs" / ref);
  std::string last;
  for (std::string line; std::getline(stream, line);) {
    last = std::move(line);
  }
  std::string_view rest = last;
  LogEntry entry;
  entry.from = take(rest, ' ');
  entry.to = take(rest, ' ');
  take(rest, '\t');
  entry.message = rest;
  return entry;
}

}  // namespace git
