#include "hcl/value/json.h"

#include <fmt/format.h>

#include <cctype>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "text/quote.h"
#include "text/utf8.h"

namespace hcl {
namespace {

// --- Reading ------------------------------------------------------------------------------------

/// The library refuses numbers that it cannot hold, although it is only asked for their text. These
/// hold more than ours.
using Json = nlohmann::basic_json<std::map, std::vector, std::string, bool, std::int64_t,
                                  std::uint64_t, long double>;

/// Builds the value while the library reads the text: only so does a number keep all its digits.
class Builder : public nlohmann::json_sax<Json> {
 public:
  [[nodiscard]] Value take() { return std::move(result_); }
  [[nodiscard]] const JsonError& error() const { return error_; }

  bool null() override { return add(Value()); }
  bool boolean(bool value) override { return add(Value::boolean(value)); }
  bool number_integer(number_integer_t value) override { return add_number(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override {
    return add_number(std::to_string(value));
  }
  bool number_float(number_float_t /*value*/, const string_t& text) override {
    return add_number(text);
  }
  bool string(string_t& text) override { return add(Value::string(text)); }
  bool binary(binary_t& /*value*/) override { return false; }

  bool start_object(std::size_t /*size*/) override { return open(true); }
  bool key(string_t& name) override {
    open_.back().key = *Value::string(name).as_string();
    return true;
  }
  bool end_object() override { return close(); }
  bool start_array(std::size_t /*size*/) override { return open(false); }
  bool end_array() override { return close(); }

  bool parse_error(std::size_t position, const std::string& last_token,
                   const nlohmann::detail::exception& exception) override {
    constexpr int out_of_range = 406;
    error_.offset = position > 0 ? position - 1 : 0;
    if (exception.id == out_of_range) {
      return refuse_number(last_token);
    }
    error_.message = plain(exception.what());
    return false;
  }

 private:
  struct Open {
    bool is_object = false;
    std::string key = {};
    Elements elements = {};
    Members members = {};
  };

  /// The library's words without its numbers: "[json.exception…] parse error at line …: MESSAGE".
  static std::string plain(std::string_view what) {
    constexpr std::string_view prefix = "syntax error while parsing ";
    if (const auto found = what.find(prefix); found != std::string_view::npos) {
      what.remove_prefix(found + prefix.size());
      if (const auto dash = what.find(" - "); dash != std::string_view::npos) {
        what.remove_prefix(dash + 3);
      }
    } else if (const auto bracket = what.find("] "); bracket != std::string_view::npos) {
      what.remove_prefix(bracket + 2);
    }
    return std::string(what);
  }

  bool add_number(const std::string& text) {
    const std::optional<Number> number = Number::parse(text);
    return number ? add(Value::number(*number)) : refuse_number(text);
  }

  bool refuse_number(std::string_view text) {
    constexpr std::size_t max_shown = 40;
    error_.message = fmt::format("the number {} is out of range", text.substr(0, max_shown));
    return false;
  }

  bool add(Value value) {
    if (open_.empty()) {
      result_ = std::move(value);
    } else if (open_.back().is_object) {
      return add_member(std::move(open_.back().key), std::move(value));
    } else {
      open_.back().elements.push_back(std::move(value));
    }
    return true;
  }

  bool add_member(std::string name, Value value) {
    Members& members = open_.back().members;
    const auto [place, is_new] = members.try_emplace(std::move(name), value);
    if (!is_new && place->second.type() != value.type()) {
      error_.message =
          fmt::format("two members have the name {}, and their values are of two types",
                      text::quoted(place->first));
      return false;
    }
    place->second = std::move(value);
    return true;
  }

  bool open(bool is_object) {
    if (open_.size() == max_value_depth) {
      error_.message = fmt::format("more than {} levels", max_value_depth);
      return false;
    }
    open_.push_back({.is_object = is_object});
    return true;
  }

  bool close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    return add(done.is_object ? Value::object(std::move(done.members))
                              : Value::tuple(std::move(done.elements)));
  }

  std::vector<Open> open_;
  Value result_;
  JsonError error_;
};

std::optional<std::uint32_t> escaped_unit(std::string_view text) {
  std::uint32_t unit = 0;
  if (text.size() < 6 || !text.starts_with("\\u")) {
    return std::nullopt;
  }
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
  return end == text.data() + 6 ? std::optional(unit) : std::nullopt;
}

/// The library refuses half a surrogate pair. JSON leaves its meaning open, and to the original it
/// is a character that cannot be read. What stands for it here is as long.
std::string without_lone_surrogates(std::string text) {
  for (std::size_t at = text.find('\\'); at < text.size(); at = text.find('\\', at)) {
    const std::string_view rest = std::string_view(text).substr(at);
    const std::uint32_t unit = escaped_unit(rest).value_or(0);
    if (unit < 0xD800 || unit > 0xDFFF) {
      at += 2;
      continue;
    }
    const std::uint32_t next = escaped_unit(rest.substr(6)).value_or(0);
    const bool is_pair = unit < 0xDC00 && next >= 0xDC00 && next <= 0xDFFF;
    if (!is_pair) {
      text.replace(at, 6, "\\ufffd");
    }
    at += is_pair ? 12 : 6;
  }
  return text;
}

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

tl::expected<Value, JsonError> from_json(std::string_view text) {
  Builder builder;
  const bool has_escapes = text.find("\\u") != std::string_view::npos;
  const std::string changed = has_escapes ? without_lone_surrogates(std::string(text)) : "";
  if (!Json::sax_parse(has_escapes ? changed : text, &builder)) {
    return tl::unexpected(builder.error());
  }
  return builder.take();
}

std::string to_json(const Value& value, JsonEscapes escapes) {
  JsonWriter writer(escapes);
  writer.write(value);
  return writer.take();
}

}  // namespace hcl
