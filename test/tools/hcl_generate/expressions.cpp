#include "tools/hcl_generate/expressions.h"

namespace generate {
namespace {

constexpr const char* number_atoms[] = {
    "n",       "zero",          "f",   "big",    "neg",          "o.port",
    "nums[0]", "hosts[1].port", "a-b", "nums.1", "hosts.0.port", "o[\"port\"]",
    "numeric"};
constexpr const char* boolean_atoms[] = {"b", "no", "o.on", "mixed[2]", "truth"};
constexpr const char* string_atoms[] = {"s",
                                        "empty",
                                        "u",
                                        "lines",
                                        "o.name",
                                        "words[0]",
                                        "words[\"1\"]",
                                        "hosts[0].name",
                                        "ünï",
                                        "map.k1",
                                        "map[\"k2\"]",
                                        "o.tags.env",
                                        "words.2",
                                        "o.tags[\"zone\"]"};
constexpr const char* tuple_atoms[] = {"words", "nums",   "mixed",         "nested",   "none",
                                       "hosts", "o.list", "hosts[0].tags", "nested[0]"};
constexpr const char* object_atoms[] = {"o", "map", "empty_object", "o.tags", "hosts[1]"};
constexpr const char* odd_atoms[] = {"null",     "nothing",   "mixed[3]", "missing", "o.absent",
                                     "words[7]", "words[-1]", "null.a",   "s.x",     "n[0]"};

constexpr const char* number_literals[] = {"0",
                                           "1",
                                           "2",
                                           "3",
                                           "7",
                                           "10",
                                           "42",
                                           "0.1",
                                           "0.2",
                                           "1.5",
                                           "2.50",
                                           "1e3",
                                           "1.5e-7",
                                           "2E+2",
                                           "0.0",
                                           "100",
                                           "0e0",
                                           "1e-1",
                                           "007",
                                           "123456789012345678901234567890",
                                           "3.14159265358979323846264338327950288419716939",
                                           "0.1e1",
                                           "1e21",
                                           "4294967296",
                                           "9007199254740993",
                                           "1e30"};

}  // namespace

Kind Expressions::any_kind() {
  return static_cast<Kind>(random_->below(6));
}

std::string Expressions::gap() {
  if (newlines_are_free_ && random_->chance(4)) {
    return random_->one_of({"\n", "\n  ", " # note\n", " // note\n\t", "\n\n"});
  }
  if (random_->chance(4)) {
    return random_->one_of({"/* note */", "\t", "  ", " /* ${ */ "});
  }
  return random_->chance(70) ? " " : "";
}

std::string Expressions::space() {
  return " " + gap();
}

std::string Expressions::value(Kind kind, int depth) {
  if (depth > 0 && heredocs_ < 2 && (kind == Kind::string || kind == Kind::anything) &&
      random_->chance(kind == Kind::string ? 15 : 4)) {
    return heredoc(depth - 1);
  }
  return expression(kind, depth);
}

std::string Expressions::expression(Kind kind, int depth) {
  if (random_->chance(2)) {
    kind = any_kind();
  }
  if (depth <= 0) {
    return atom(kind);
  }
  if (random_->chance(6)) {
    return conditional(kind, depth - 1);
  }
  if (random_->chance(4)) {
    return parenthesised(kind, depth - 1);
  }
  switch (kind) {
    case Kind::number:
      return number(depth - 1);
    case Kind::boolean:
      return boolean(depth - 1);
    case Kind::string:
      return string(depth - 1);
    case Kind::tuple:
      return tuple(depth - 1);
    case Kind::object:
      return object(depth - 1);
    case Kind::anything:
      return anything(depth - 1);
  }
  return {};
}

std::string Expressions::atom(Kind kind) {
  if (random_->chance(2)) {
    return random_->one_of(odd_atoms);
  }
  if (!bindings_.empty() && random_->chance(35)) {
    const Binding& binding = random_->pick(bindings_);
    if (binding.kind == kind || kind == Kind::anything || binding.kind == Kind::anything) {
      return binding.name;
    }
  }
  switch (kind) {
    case Kind::number:
      return random_->chance(50) ? random_->one_of(number_literals) : random_->one_of(number_atoms);
    case Kind::boolean:
      return random_->chance(40) ? random_->one_of({"true", "false"})
                                 : random_->one_of(boolean_atoms);
    case Kind::string:
      return random_->chance(50) ? '"' + literal_text(false) + '"' : random_->one_of(string_atoms);
    case Kind::tuple:
      return random_->chance(10) ? "[]" : random_->one_of(tuple_atoms);
    case Kind::object:
      return random_->chance(10) ? "{}" : random_->one_of(object_atoms);
    case Kind::anything:
      return random_->chance(10) ? "null" : atom(static_cast<Kind>(random_->below(5)));
  }
  return {};
}

std::string Expressions::number(int depth) {
  switch (random_->below(10)) {
    case 0:
      return unary(Kind::number, random_->chance(10) ? "--" : "-", depth);
    case 1:
    case 2:
      return call(Kind::number, depth);
    case 3:
      return atom(Kind::number);
    default:
      return binary(Kind::number, random_->one_of({"+", "-", "*", "/", "%", "+", "-"}), depth);
  }
}

std::string Expressions::boolean(int depth) {
  switch (random_->below(9)) {
    case 0:
      return unary(Kind::boolean, "!", depth);
    case 1:
    case 2:
      return binary(Kind::boolean, random_->one_of({"&&", "||"}), depth);
    case 3:
    case 4:
      return binary(Kind::number, random_->one_of({"<", "<=", ">", ">="}), depth);
    case 5:
    case 6:
      return binary(any_kind(), random_->one_of({"==", "!="}), depth);
    case 7:
      return call(Kind::boolean, depth);
    default:
      return atom(Kind::boolean);
  }
}

std::string Expressions::string(int depth) {
  switch (random_->below(6)) {
    case 0:
      return atom(Kind::string);
    case 1:
    case 2:
      return call(Kind::string, depth);
    default:
      return quoted(depth);
  }
}

std::string Expressions::anything(int depth) {
  switch (random_->below(10)) {
    case 0:
      return "null";
    case 1:
      return call(Kind::anything, depth);
    case 2:
      return operand(Kind::tuple, depth) + steps(depth);
    case 3:
      return operand(Kind::object, depth) + steps(depth);
    case 4:
      return splat(depth);
    default:
      return expression(any_kind(), depth);
  }
}

std::string Expressions::operand(Kind kind, int depth) {
  return random_->chance(60) ? atom(kind) : parenthesised(kind, depth);
}

std::string Expressions::parenthesised(Kind kind, int depth) {
  const Brackets brackets(*this, true);
  std::string text = "(" + gap();
  text += expression(kind, depth);
  return text + gap() + ")";
}

std::string Expressions::unary(Kind kind, std::string_view op, int depth) {
  return std::string(op) + (random_->chance(20) ? " " : "") + operand(kind, depth);
}

std::string Expressions::binary(Kind kind, std::string_view op, int depth) {
  // Without parentheses the precedence of operators is at work, and may spoil the kinds.
  const auto side = [&] {
    return random_->chance(70) ? operand(kind, depth) : expression(kind, depth - 1);
  };
  std::string text = side() + space();
  text += op;
  text += space();
  return text + side();
}

std::string Expressions::conditional(Kind kind, int depth) {
  const Kind other = random_->chance(85) ? kind : any_kind();
  std::string text = operand(Kind::boolean, depth) + space() + "?" + space();
  text += expression(kind, depth);
  text += space() + ":" + space();
  return text + expression(other, depth);
}

}  // namespace generate
