#include "manifest/json_members.h"

#include <cstddef>
#include <cstdint>

namespace manifest {
namespace {

/// Reads a text that is known to be valid: it looks only for where things end.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  [[nodiscard]] bool enter_object() {
    skip_space();
    return take('{');
  }

  [[nodiscard]] bool at_member() {
    skip_space();
    take(',');
    skip_space();
    return at_ < text_.size() && text_[at_] == '"';
  }

  [[nodiscard]] JsonMember member() {
    JsonMember member;
    member.name = scanned([this] { skip_string(); });
    skip_space();
    take(':');
    skip_space();
    member.value = scanned([this] { skip_value(); });
    return member;
  }

 private:
  bool take(char wanted) {
    const bool is_there = at_ < text_.size() && text_[at_] == wanted;
    at_ += is_there ? 1 : 0;
    return is_there;
  }

  void skip_space() {
    const std::size_t next = text_.find_first_not_of(" \t\r\n", at_);
    at_ = next == std::string_view::npos ? text_.size() : next;
  }

  void skip_string() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      at_ += text_[at_] == '\\' ? 1 : 0;
    }
    ++at_;
  }

  void skip_value() {
    int depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      const bool closes = c == '}' || c == ']';
      if (depth == 0 && (closes || c == ',' || c == ' ' || c == '\t' || c == '\r' || c == '\n')) {
        return;
      }
      if (c == '"') {
        skip_string();
      } else {
        depth += c == '{' || c == '[' ? 1 : closes ? -1 : 0;
        ++at_;
      }
    }
  }

  template <typename Skip>
  diagnostic::Range scanned(Skip skip) {
    const auto begin = static_cast<std::uint32_t>(at_);
    skip();
    return {begin, static_cast<std::uint32_t>(at_)};
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<JsonMember> json_members(std::string_view text) {
  std::vector<JsonMember> members;
  Scanner scanner(text);
  if (scanner.enter_object()) {
    while (scanner.at_member()) {
      members.push_back(scanner.member());
    }
  }
  return members;
}

}  // namespace manifest
