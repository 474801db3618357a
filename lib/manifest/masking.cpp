#include "manifest/masking.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace manifest {
namespace {

/// An interpolation that is longer than this is not taken for one.
constexpr std::size_t max_interpolation = 4096;

/// Where the interpolation that opens at `begin` is over; if it is not closed, where it opened.
std::size_t skip_interpolation(std::string_view text, std::size_t begin) {
  const std::size_t limit = std::min(text.size(), begin + max_interpolation);
  int depth = 0;
  for (std::size_t at = begin; at < limit && text[at] != '\n'; ++at) {
    if (text[at] == '{') {
      ++depth;
    } else if (text[at] == '}' && --depth == 0) {
      return at + 1;
    }
  }
  return begin + 2;
}

bool opens_interpolation(std::string_view text, std::size_t at) {
  return text.substr(at).starts_with("${") && (at == 0 || text[at - 1] != '$');
}

/// What stands behind the "://" of a url: its first ":", its last "@", and where the url ends.
struct Credentials {
  std::optional<std::size_t> colon;
  std::optional<std::size_t> at_sign;
  std::size_t end = 0;
};

Credentials find_credentials(std::string_view text, std::size_t begin) {
  Credentials found;
  std::size_t at = begin;
  while (at < text.size()) {
    if (opens_interpolation(text, at)) {
      at = skip_interpolation(text, at);
      continue;
    }
    const char c = text[at];
    if (c == '"' || c == ' ' || static_cast<unsigned char>(c) < ' ') {
      break;
    }
    if (c == ':' && !found.colon) {
      found.colon = at;
    } else if (c == '@') {
      found.at_sign = at;
    }
    ++at;
  }
  found.end = at;
  return found;
}

void mask_password(std::string& masked, std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t at = begin;
  while (at < end) {
    if (opens_interpolation(text, at)) {
      at = skip_interpolation(text, at);
    } else {
      masked[at++] = '*';
    }
  }
}

bool is_http(std::string_view before_colon) {
  return before_colon.ends_with("http") || before_colon.ends_with("https");
}

void mask_range(std::string& text, diagnostic::Range range) {
  const std::size_t end = std::min<std::size_t>(range.end, text.size());
  for (std::size_t at = range.begin; at < end; ++at) {
    const bool is_line_end = text[at] == '\n' || text[at] == '\r';
    text[at] = is_line_end ? text[at] : '*';
  }
}

}  // namespace

std::string mask_passwords(std::string_view text) {
  constexpr std::string_view separator = "://";
  std::string masked(text);
  std::size_t found = text.find(separator);
  while (found != std::string_view::npos) {
    const std::size_t begin = found + separator.size();
    const Credentials credentials = find_credentials(text, begin);
    if (credentials.at_sign && credentials.colon && *credentials.colon < *credentials.at_sign) {
      mask_password(masked, text, *credentials.colon + 1, *credentials.at_sign);
    } else if (credentials.at_sign && is_http(text.substr(0, found))) {
      mask_password(masked, text, begin, *credentials.at_sign);
    }
    found = text.find(separator, credentials.end);
  }
  return masked;
}

std::unique_ptr<diagnostic::SourceFile> Masking::masked_copy(
    const diagnostic::SourceFile& file) const {
  std::string masked = mask_passwords(file.text());
  if (const auto found = masked_.find(&file); found != masked_.end()) {
    for (const diagnostic::Range range : found->second) {
      mask_range(masked, range);
    }
  }
  return masked == file.text()
             ? nullptr
             : std::make_unique<diagnostic::SourceFile>(file.name(), std::move(masked));
}

void mask_words(diagnostic::Diagnostic& problem) {
  problem.summary = problem.kind;
  std::ranges::replace(problem.summary, '-', ' ');
  problem.detail = "the text is not shown, for it may be sensitive";
  problem.notes.clear();
}

SourceFiles Masking::apply(diagnostic::Diagnostics& diagnostics) const {
  SourceFiles copies;
  std::unordered_map<const diagnostic::SourceFile*, const diagnostic::SourceFile*> shown;
  const auto shown_for = [&](const diagnostic::SourceFile* file) {
    const auto [known, is_new] = shown.emplace(file, file);
    if (is_new && file != nullptr) {
      if (auto copy = masked_copy(*file)) {
        known->second = copies.emplace_back(std::move(copy)).get();
      }
    }
    return known->second;
  };
  for (diagnostic::Diagnostic& problem : diagnostics) {
    problem.file = shown_for(problem.file);
    problem.summary = mask_passwords(problem.summary);
    problem.detail = mask_passwords(problem.detail);
    for (diagnostic::Note& note : problem.notes) {
      note.file = shown_for(note.file);
      note.message = mask_passwords(note.message);
    }
  }
  return copies;
}

}  // namespace manifest
