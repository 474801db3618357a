#include "tools/hcl_generate/expressions.h"

namespace generate {
namespace {

/// A function, and the kinds of its arguments: a letter each, `*` for more of the last one. What
/// the releases of the original disagree on is left out: the length of an object, a negative index.
struct Signature {
  const char* name;
  const char* arguments;
};

constexpr Signature number_functions[] = {{"abs", "n"},      {"ceil", "n"},   {"floor", "n"},
                                          {"max", "n*"},     {"min", "n*"},   {"signum", "n"},
                                          {"parseint", "S"}, {"length", "t"}, {"tonumber", "n"},
                                          {"length", "o"},   {"length", "s"}};
constexpr Signature boolean_functions[] = {
    {"can", "a"}, {"contains", "ta"}, {"tobool", "b"}, {"can", "n"}};
constexpr Signature string_functions[] = {
    {"chomp", "s"},      {"format", "F"},      {"indent", "Is"},     {"join", "sW"},
    {"jsonencode", "a"}, {"lower", "s"},       {"replace", "sPs"},   {"strrev", "s"},
    {"substr", "sII"},   {"title", "s"},       {"tostring", "n"},    {"trim", "ss"},
    {"trimspace", "s"},  {"trimprefix", "ss"}, {"trimsuffix", "ss"}, {"upper", "s"}};
constexpr Signature tuple_functions[] = {
    {"chunklist", "tI"}, {"compact", "W"},   {"concat", "t*"},     {"distinct", "t"},
    {"flatten", "t"},    {"keys", "o"},      {"range", "I"},       {"range", "II"},
    {"reverse", "t"},    {"setunion", "WW"}, {"setproduct", "WW"}, {"setsubtract", "WW"},
    {"slice", "tII"},    {"sort", "W"},      {"split", "Ps"},      {"tolist", "t"},
    {"toset", "t"},      {"tolist", "W"},    {"toset", "W"},       {"values", "o"}};
constexpr Signature object_functions[] = {
    {"merge", "o*"}, {"tomap", "o"}, {"zipmap", "WW"}, {"jsondecode", "J"}, {"tomap", "O"}};
constexpr Signature other_functions[] = {{"try", "a*"},     {"element", "tN"},
                                         {"try", "nn"},     {"coalescelist", "t*"},
                                         {"lookup", "Oss"}, {"missing_function", "a"}};

}  // namespace

std::string Expressions::call(Kind kind, int depth) {
  const auto signature = [&]() -> const Signature& {
    switch (kind) {
      case Kind::number:
        return random_->pick(number_functions);
      case Kind::boolean:
        return random_->pick(boolean_functions);
      case Kind::string:
        return random_->pick(string_functions);
      case Kind::tuple:
        return random_->pick(tuple_functions);
      case Kind::object:
        return random_->pick(object_functions);
      case Kind::anything:
        break;
    }
    return random_->pick(other_functions);
  }();
  const Brackets brackets(*this, true);
  return std::string(signature.name) + "(" + gap() + arguments(signature.arguments, depth) + ")";
}

std::string Expressions::arguments(std::string_view kinds, int depth) {
  std::string text;
  const auto add = [&](std::string argument) {
    text += (text.empty() ? "" : "," + gap()) + std::move(argument);
  };
  char last = 'a';
  for (const char kind : kinds) {
    if (kind == '*' && random_->chance(15)) {
      const bool is_number = last == 'n';
      add((is_number ? std::string("nums") : expression(Kind::tuple, depth)) + "...");
      return text + gap();
    }
    last = kind == '*' ? last : kind;
    switch (last) {
      case 'n':
        add(value(Kind::number, depth));
        break;
      case 'b':
        add(value(Kind::boolean, depth));
        break;
      case 's':
        add(value(Kind::string, depth));
        break;
      case 't':
        add(value(Kind::tuple, depth));
        break;
      case 'o':
        add(value(Kind::object, depth));
        break;
      // Whole numbers, plain strings, strings in a row: what most functions insist upon.
      case 'I':
        add(random_->one_of({"0", "1", "2", "3", "-1", "4", "n"}));
        break;
      case 'N':
        add(random_->one_of({"0", "1", "2", "3", "n"}));
        break;
      case 'P':
        add(random_->one_of({"\"l\"", "\",\"", "\"\"", "\"a\"", "\" \""}));
        break;
      case 'S':
        add(random_->one_of({"\"10\", 10", "\"ff\", 16", "\"-7\", 8", "\"zz\", 36"}));
        break;
      case 'W':
        add(random_->one_of({"words", "[\"b\", \"a\", \"b\"]", "[s, \"\", u]", "keys(o)"}));
        break;
      case 'O':
        add(random_->one_of({"map", "{ a = 1, b = 2 }", "o.tags"}));
        break;
      case 'J':
        add(random_->one_of({R"("{\"a\":[1,2.5,null]}")", R"("{}")", "jsonencode(o)"}));
        break;
      case 'F':
        add(random_->one_of({"\"%s-%d\", s, n", "\"%v\", o", "\"%05.2f|%-5s|%q\", f, s, u",
                             "\"%#v %t %x\", words, b, n", "\"%s\"", "\"%d%%\", f"}));
        break;
      default:
        add(value(Kind::anything, depth));
        break;
    }
  }
  return text + (random_->chance(5) ? "," : "") + gap();
}

}  // namespace generate
