#include "tools/hcl_generate/expressions.h"

namespace generate {
namespace {

constexpr const char* key_names[] = {"a",   "b",   "c", "name", "true", "null",
                                     "for", "a-b", "ü", "if",   "in",   "key"};

bool ends_line(const std::string& text) {
  return !text.empty() && text.back() == '\n';
}

}  // namespace

std::string Expressions::tuple(int depth) {
  switch (random_->below(8)) {
    case 0:
      return atom(Kind::tuple);
    case 1:
      return splat(depth);
    case 2:
      return call(Kind::tuple, depth);
    case 3:
    case 4:
      return for_tuple(depth);
    default:
      return tuple_constructor(depth);
  }
}

std::string Expressions::tuple_constructor(int depth) {
  const Brackets brackets(*this, true);
  std::string text = "[" + gap();
  const Kind kind = any_kind();
  const std::size_t count = random_->below(4);
  for (std::size_t i = 0; i < count; ++i) {
    text += value(random_->chance(70) ? kind : any_kind(), depth) + gap();
    text += i + 1 < count || random_->chance(15) ? "," + gap() : "";
  }
  return text + "]";
}

std::string Expressions::object(int depth) {
  switch (random_->below(7)) {
    case 0:
      return atom(Kind::object);
    case 1:
      return call(Kind::object, depth);
    case 2:
      return for_object(depth);
    default:
      return object_constructor(depth);
  }
}

std::string Expressions::object_constructor(int depth) {
  const Brackets brackets(*this, false);
  std::string text = "{";
  text += random_->one_of({"", " ", "\n", "\n  ", " # note\n"});
  const std::size_t count = random_->below(4);
  for (std::size_t i = 0; i < count; ++i) {
    text += object_key(depth) + gap() + (random_->chance(75) ? "=" : ":") + gap();
    text += value(any_kind(), depth);
    if (ends_line(text)) {
      continue;
    }
    if (i + 1 < count || random_->chance(40)) {
      text += random_->one_of({",", ", ", "\n", "\n  ", ",\n", " # note\n", ", // note\n", "\n\n"});
    }
  }
  return text + "}";
}

std::string Expressions::object_key(int depth) {
  switch (random_->below(10)) {
    case 0:
      return "\"" + literal_text(false) + "\"";
    case 1:
      return parenthesised(random_->chance(85) ? Kind::string : any_kind(), depth);
    case 2:
      return quoted(depth);
    case 3:
      return random_->one_of({"1", "2.50", "1e3", "0.1"});
    case 4:
      return random_->chance(80) ? call(Kind::string, depth) : atom(Kind::string);
    default:
      return random_->one_of(key_names);
  }
}

std::string Expressions::for_head(int depth) {
  std::string text = "for" + space();
  const bool over_object = random_->chance(35);
  const std::string index = "k" + std::to_string(bindings_.size());
  const std::string item = "x" + std::to_string(bindings_.size());
  const std::string collection = expression(over_object ? Kind::object : Kind::tuple, depth);
  if (random_->chance(50)) {
    text += index + gap() + "," + gap();
    bindings_.push_back({index, over_object ? Kind::string : Kind::number});
  }
  text += item + space() + "in" + space();
  bindings_.push_back({item, Kind::anything});
  return text + collection + space() + ":" + gap();
}

std::string Expressions::for_tuple(int depth) {
  const Brackets brackets(*this, true);
  const Bound bound(*this);
  std::string text = "[" + gap() + for_head(depth) + expression(any_kind(), depth);
  if (random_->chance(30)) {
    text += space() + "if" + space() + expression(Kind::boolean, depth);
  }
  return text + gap() + "]";
}

std::string Expressions::for_object(int depth) {
  const Brackets brackets(*this, true);
  const Bound bound(*this);
  std::string text = "{" + gap() + for_head(depth);
  // The bound names give different keys, which most others do not.
  const std::string& name = random_->pick(bindings_).name;
  text +=
      random_->chance(70) ? "\"k${jsonencode(" + name + ")}\"" : expression(Kind::string, depth);
  text += space() + "=>" + space() + expression(any_kind(), depth);
  text += random_->chance(25) ? gap() + "..." : "";
  if (random_->chance(30)) {
    text += space() + "if" + space() + expression(Kind::boolean, depth);
  }
  return text + gap() + "}";
}

std::string Expressions::splat(int depth) {
  const std::string source = random_->chance(60)
                                 ? random_->one_of({"hosts", "o", "nested", "nothing", "words"})
                                 : operand(any_kind(), depth);
  return source + random_->one_of({"[*]", ".*", "[*].name", ".*.name", "[*].tags", "[*].tags[0]",
                                   ".*.tags[0]", ".*.tags.0", "[*].tags[*]", "[*][*]", "[*][0]",
                                   ".*[0]", ".*.port", "[*].tags[*].x"});
}

std::string Expressions::steps(int depth) {
  std::string text;
  const std::size_t count = random_->between(1, 2);
  for (std::size_t i = 0; i < count; ++i) {
    switch (random_->below(6)) {
      case 0:
        text += random_->one_of({".0", ".1"});
        break;
      case 1:
        text += random_->one_of({".name", ".port", ".tags", ".k1", ".a"});
        break;
      case 2:
        text += random_->one_of({"[\"name\"]", "[\"tags\"]", "[\"a\"]"});
        break;
      case 3:
        text += "[*]";
        break;
      default: {
        const Brackets brackets(*this, true);
        text += "[" + gap();
        text += random_->chance(70) ? random_->one_of({"0", "1", "\"0\"", "zero"})
                                    : expression(Kind::number, depth);
        text += gap() + "]";
      }
    }
  }
  return text;
}

}  // namespace generate
