// Shows a value to a person: to_hcl() of value.h.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "hcl/value/value.h"
#include "text/quote.h"

namespace hcl {
namespace {

constexpr std::string_view ellipsis = "…";

bool is_identifier(std::string_view key) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !key.empty() && is_letter(key[0]) && std::all_of(key.begin(), key.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
  });
}

/// Collects text up to a limit; whoever writes asks is_full() before each part and then stops.
class Writer {
 public:
  explicit Writer(std::size_t limit) : limit_(limit) {}

  [[nodiscard]] bool is_full() const { return text_.size() > limit_; }

  void write(const Value& value) {
    if (value.is_sensitive()) {
      text_ += "(sensitive)";
    } else if (const Elements* elements = value.as_elements()) {
      write_elements(*elements);
    } else if (const Members* members = value.as_members()) {
      write_members(*members);
    } else if (const std::string* text = value.as_string()) {
      write_quoted(*text);
    } else if (const Number* number = value.as_number()) {
      write_whole(number->to_string());
    } else if (const bool* flag = value.as_bool()) {
      text_ += *flag ? "true" : "false";
    } else {
      text_ += value.is_null() ? "null" : "(unknown)";
    }
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  [[nodiscard]] std::size_t room() const { return is_full() ? 0 : limit_ - text_.size(); }

  void write_quoted(std::string_view text) {
    if (text.size() <= room()) {
      text_ += with_escaped_markers(text::quoted(text));
      return;
    }
    // Not through the middle of a character: its other bytes all look like 10xxxxxx.
    std::size_t length = room();
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) {
      --length;
    }
    std::string quoted = with_escaped_markers(text::quoted(text.substr(0, length)));
    quoted.insert(quoted.size() - 1, ellipsis);
    text_ += quoted;
  }

  static std::string with_escaped_markers(const std::string& quoted) {
    std::string result;
    for (std::size_t i = 0; i < quoted.size(); ++i) {
      const bool is_marker = (quoted[i] == '$' || quoted[i] == '%') && quoted[i + 1] == '{';
      result.append(is_marker ? 2 : 1, quoted[i]);
    }
    return result;
  }

  /// Half a number would be another number, so it is cut only if it is longer than the limit.
  void write_whole(const std::string& word) {
    text_ += word.size() <= limit_ ? word : word.substr(0, limit_) + std::string(ellipsis);
  }

  void write_elements(const Elements& elements) {
    text_ += "[";
    std::string_view separator;
    for (const Value& element : elements) {
      text_ += separator;
      if (is_full()) {
        text_ += ellipsis;
        break;
      }
      write(element);
      separator = ", ";
    }
    text_ += "]";
  }

  void write_members(const Members& members) {
    text_ += members.empty() ? "{" : "{ ";
    std::string_view separator;
    for (const auto& [key, member] : members) {
      text_ += separator;
      if (is_full()) {
        text_ += ellipsis;
        break;
      }
      if (is_identifier(key)) {
        write_whole(key);
      } else {
        write_quoted(key);
      }
      text_ += " = ";
      write(member);
      separator = ", ";
    }
    text_ += members.empty() ? "}" : " }";
  }

  std::size_t limit_;
  std::string text_;
};

}  // namespace

std::string to_hcl(const Value& value, std::size_t limit) {
  Writer writer(limit);
  writer.write(value);
  return writer.take();
}

}  // namespace hcl
