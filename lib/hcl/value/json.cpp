#include "hcl/value/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "hcl/value/number.h"
#include "text/quote.h"
#include "text/utf8.h"

namespace hcl {
namespace {

// --- Reading ------------------------------------------------------------------------------------

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr std::size_t escaped_unit_size = 6;

/// The UTF-16 code unit that `text` begins with, written as \uXXXX.
std::optional<char32_t> escaped_unit(std::string_view text) {
  std::uint32_t unit = 0;
  if (text.size() < escaped_unit_size || !text.starts_with("\\u")) {
    return std::nullopt;
  }
  const char* end = text.data() + escaped_unit_size;
  const auto read = std::from_chars(text.data() + 2, end, unit, 16);
  return read.ptr == end ? std::optional<char32_t>(unit) : std::nullopt;
}

/// Our own: nlohmann-json refuses half a surrogate pair and numbers beyond a double, takes a NUL
/// for the end of the text, does not say where a member stands, and words errors as its version
/// does. A recursive descent, which the limit of levels keeps from going too deep. After the first
/// error every function gives nothing.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  tl::expected<Json, JsonError> read() {
    take("\xEF\xBB\xBF");
    std::optional<Value> value = read_value();
    skip_space();
    if (value && at_ < text_.size()) {
      value = expected("the end of the text");
    }
    if (!value) {
      return tl::unexpected(std::move(error_));
    }
    return Json{*std::move(value), std::move(members_)};
  }

 private:
  std::optional<Value> read_value() {
    skip_space();
    if (take("{")) {
      return read_object();
    }
    if (take("[")) {
      return read_array();
    }
    const char next = at_ < text_.size() ? text_[at_] : '\0';
    if (next == '"') {
      const std::string text = read_string();
      return has_failed_ ? std::nullopt : std::optional(Value::string(text));
    }
    return next == '-' || is_digit(next) ? read_number() : read_word();
  }

  std::optional<Value> read_object() {
    Members members;
    for (bool is_first = true; begin_item("}", is_first); is_first = false) {
      if (at_ == text_.size() || text_[at_] != '"') {
        return expected("a name in double quotes");
      }
      const std::size_t name_begin = at_;
      const std::string name = *Value::string(read_string()).as_string();
      const diagnostic::Range name_range = range_from(name_begin);
      skip_space();
      if (!take(":")) {
        return expected("\":\"");
      }
      skip_space();
      const std::size_t value_begin = at_;
      const std::optional<Value> value = read_value();
      if (!value || !add_member(members, name, *value, name_begin)) {
        return std::nullopt;
      }
      if (level_ == 1) {
        members_.push_back({name, *value, name_range, range_from(value_begin)});
      }
    }
    return end_items(Value::object(std::move(members)));
  }

  bool add_member(Members& members, const std::string& name, const Value& value, std::size_t at) {
    const auto [place, is_new] = members.try_emplace(name, value);
    if (!is_new && place->second.type() != value.type()) {
      fail(JsonError::Kind::value, at,
           fmt::format("two members have the name {}, and their values are of two types",
                       text::quoted(name)));
      return false;
    }
    place->second = value;
    return true;
  }

  std::optional<Value> read_array() {
    Elements elements;
    for (bool is_first = true; begin_item("]", is_first); is_first = false) {
      std::optional<Value> element = read_value();
      if (!element) {
        return std::nullopt;
      }
      elements.push_back(*std::move(element));
    }
    return end_items(Value::tuple(std::move(elements)));
  }

  /// Whether an item of an object or an array follows, rather than its end or an error.
  bool begin_item(std::string_view closing, bool is_first) {
    if (is_first && ++level_ > max_value_depth) {
      fail(JsonError::Kind::value, at_, fmt::format("more than {} levels", max_value_depth));
      return false;
    }
    skip_space();
    if (take(closing)) {
      return false;
    }
    if (!is_first && !take(",")) {
      expected(fmt::format("\",\" or \"{}\"", closing));
      return false;
    }
    skip_space();
    return true;
  }

  std::optional<Value> end_items(Value value) {
    --level_;
    return has_failed_ ? std::nullopt : std::optional(std::move(value));
  }

  std::string read_string() {
    const std::size_t begin = at_++;
    std::string out;
    while (!has_failed_ && at_ < text_.size() && text_[at_] != '"') {
      const std::string_view rest = text_.substr(at_);
      const std::size_t length = text::decode_utf8(rest).value_or(text::CodePoint{}).length;
      if (rest.front() == '\\') {
        read_escape(out);
      } else if (static_cast<unsigned char>(rest.front()) < ' ') {
        fail(JsonError::Kind::syntax, at_,
             "a string holds no line breaks, tabs or other control characters: they are written "
             "\\n, \\t or \\uXXXX");
      } else if (length == 0) {
        fail(JsonError::Kind::syntax, at_, "this is not UTF-8 text");
      } else {
        out += rest.substr(0, length);
        at_ += length;
      }
    }
    if (!take("\"")) {
      fail(JsonError::Kind::syntax, begin, "the string that begins here has no end");
    }
    return has_failed_ ? "" : out;
  }

  void read_escape(std::string& out) {
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const std::string_view rest = text_.substr(at_);
    const std::size_t letter = rest.size() > 1 ? letters.find(rest[1]) : std::string_view::npos;
    if (letter != std::string_view::npos) {
      out += meanings[letter];
      at_ += 2;
    } else if (const std::optional<char32_t> unit = escaped_unit(rest)) {
      at_ += escaped_unit_size;
      text::append_utf8(out, whole_character(*unit));
    } else {
      fail(JsonError::Kind::syntax, at_,
           "no escape of JSON: they are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX with four "
           "hexadecimal digits");
    }
  }

  /// The character that `unit` begins. JSON leaves open what half a surrogate pair means; to the
  /// original it is a character that cannot be read.
  char32_t whole_character(char32_t unit) {
    constexpr char32_t high = 0xD800, low = 0xDC00, end = 0xE000;
    if (unit < high || unit >= end) {
      return unit;
    }
    const char32_t next = escaped_unit(text_.substr(at_)).value_or(0);
    if (unit >= low || next < low || next >= end) {
      return 0xFFFD;
    }
    at_ += escaped_unit_size;
    return 0x10000 + ((unit - high) << 10U) + (next - low);
  }

  std::optional<Value> read_number() {
    const std::size_t begin = at_;
    take("-");
    const bool is_whole = take("0") || skip_digits();
    const bool is_fraction = is_whole && (!take(".") || skip_digits());
    if (is_fraction && (take("e") || take("E"))) {
      static_cast<void>(take("+") || take("-"));
      if (!skip_digits()) {
        return expected("a digit");
      }
    }
    if (!is_fraction) {
      return expected("a digit");
    }
    const std::string_view text = text_.substr(begin, at_ - begin);
    if (std::optional<Number> number = Number::parse(text)) {
      return Value::number(*std::move(number));
    }
    return fail(JsonError::Kind::value, begin,
                fmt::format("the number {} is out of range", text.substr(0, max_shown)));
  }

  std::optional<Value> read_word() {
    if (take("true")) {
      return Value::boolean(true);
    }
    if (take("false")) {
      return Value::boolean(false);
    }
    return take("null") ? std::optional(Value()) : expected("a value");
  }

  bool take(std::string_view wanted) {
    const bool is_there = text_.substr(at_).starts_with(wanted);
    at_ += is_there ? wanted.size() : 0;
    return is_there;
  }

  bool skip_digits() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) {
      ++at_;
    }
    return at_ > begin;
  }

  void skip_space() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

  [[nodiscard]] diagnostic::Range range_from(std::size_t begin) const {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
  }

  std::nullopt_t expected(std::string_view what) {
    return fail(JsonError::Kind::syntax, at_, fmt::format("expected {}, found {}", what, found()));
  }

  [[nodiscard]] std::string found() const {
    const std::string_view rest = text_.substr(at_);
    if (rest.empty()) {
      return "the end of the text";
    }
    if (rest.front() == '"') {
      return "a string";
    }
    if (rest.front() == '-' || is_digit(rest.front())) {
      return "a number";
    }
    const auto letters =
        static_cast<std::size_t>(std::ranges::find_if_not(rest, is_letter) - rest.begin());
    return text::quoted(rest.substr(
        0, letters > 0 ? std::min(letters, max_shown)
                       : text::decode_utf8(rest).value_or(text::CodePoint{0, 1}).length));
  }

  /// The first error counts.
  std::nullopt_t fail(JsonError::Kind kind, std::size_t at, std::string message) {
    if (!std::exchange(has_failed_, true)) {
      error_ = {kind, at, std::move(message)};
    }
    return std::nullopt;
  }

  static constexpr std::size_t max_shown = 40;

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t level_ = 0;
  std::vector<JsonMember> members_;
  JsonError error_;
  bool has_failed_ = false;
};

// --- Writing ------------------------------------------------------------------------------------

bool needs_html_escape(char32_t c) {
  return c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029;
}

std::string_view short_escape(char32_t c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      return "";
  }
}

class JsonWriter {
 public:
  explicit JsonWriter(JsonEscapes escapes) : escapes_(escapes) {}

  void write(const Value& value) {
    if (const Elements* elements = value.as_elements()) {
      text_ += '[';
      std::string_view separator;
      for (const Value& element : *elements) {
        text_ += std::exchange(separator, ",");
        write(element);
      }
      text_ += ']';
    } else if (const Members* members = value.as_members()) {
      text_ += '{';
      std::string_view separator;
      for (const auto& [key, member] : *members) {
        text_ += std::exchange(separator, ",");
        write(key);
        text_ += ':';
        write(member);
      }
      text_ += '}';
    } else if (const std::string* text = value.as_string()) {
      write(*text);
    } else if (const Number* number = value.as_number()) {
      text_ += number->is_finite() ? number->to_string() : '"' + number->to_string() + '"';
    } else if (const bool* flag = value.as_bool()) {
      text_ += *flag ? "true" : "false";
    } else {
      text_ += "null";
    }
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void write(std::string_view text) {
    text_ += '"';
    while (!text.empty()) {
      const text::CodePoint point = text::decode_utf8(text).value_or(text::CodePoint{0xFFFD, 1});
      if (const std::string_view escape = short_escape(point.value); !escape.empty()) {
        text_ += escape;
      } else if (point.value < ' ' ||
                 (escapes_ == JsonEscapes::html && needs_html_escape(point.value))) {
        text_ += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(point.value));
      } else {
        text_ += text.substr(0, point.length);
      }
      text.remove_prefix(point.length);
    }
    text_ += '"';
  }

  JsonEscapes escapes_;
  std::string text_;
};

}  // namespace

tl::expected<Json, JsonError> read_json(std::string_view text) {
  return Reader(text).read();
}

tl::expected<Value, JsonError> from_json(std::string_view text) {
  return read_json(text).map([](Json&& json) { return std::move(json.value); });
}

std::string to_json(const Value& value, JsonEscapes escapes) {
  JsonWriter writer(escapes);
  writer.write(value);
  return writer.take();
}

}  // namespace hcl
