#include "git/ref_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string_view>

#include "git/small_file.h"

namespace git {
namespace {

namespace fs = std::filesystem;

/// In bytes. git, which maps the file and searches it by halves, is as fast with a larger one.
constexpr std::uintmax_t largest_packed_refs = std::uintmax_t{1} << 20U;

/// In bytes: a line of a log has two object names, a person and a message.
constexpr std::streamoff longest_log_entry = 4096;

bool is_object_name(std::string_view text) {
  constexpr std::size_t sha1_digits = 40;
  constexpr std::size_t sha256_digits = 64;
  return (text.size() == sha1_digits || text.size() == sha256_digits) &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string find_packed_ref(const fs::path& file, const std::string& ref) {
  // The size of what is not there is the largest of all.
  std::error_code ignored;
  if (fs::file_size(file, ignored) > largest_packed_refs) {
    return {};
  }
  const std::string text = read_small_file(file);
  const std::size_t name = text.find(fmt::format(" {}\n", ref));
  if (name == std::string::npos) {
    return {};
  }
  const std::size_t line = text.rfind('\n', name) + 1;  // 0 behind npos
  std::string found = text.substr(line, name - line);
  return is_object_name(found) ? found : std::string();
}

std::string last_line(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary | std::ios::ate);
  const std::streamoff size = stream.tellg();
  if (size <= 0) {
    return {};
  }
  std::string end(static_cast<std::size_t>(std::min(size, longest_log_entry)), '\0');
  stream.seekg(-static_cast<std::streamoff>(end.size()), std::ios::end);
  stream.read(end.data(), static_cast<std::streamsize>(end.size()));
  if (!stream || end.back() != '\n') {
    return {};
  }
  end.pop_back();
  return end.substr(end.rfind('\n') + 1);
}

}  // namespace

bool is_on(const GitDirectory& directory, const std::string& ref) {
  return read_small_file(directory.own / "HEAD") == fmt::format("ref: {}\n", ref);
}

std::string find_ref(const GitDirectory& directory, const std::string& ref) {
  // A loose ref hides the packed one, even where it cannot be understood.
  const std::string loose = read_small_file(directory.common / ref);
  if (loose.empty()) {
    return find_packed_ref(directory.common / "packed-refs", ref);
  }
  const std::string_view text = std::string_view(loose).substr(0, loose.size() - 1);
  return loose.ends_with('\n') && is_object_name(text) ? std::string(text) : std::string();
}

bool was_fast_forwarded(const GitDirectory& directory, const std::string& ref,
                        const std::string& from, const std::string& to) {
  const std::string entry = last_line(directory.common / "logs" / ref);
  return entry.starts_with(fmt::format("{} {} ", from, to)) && entry.ends_with(": fast-forward");
}

}  // namespace git
