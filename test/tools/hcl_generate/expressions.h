// Writes expressions of HCL's whole grammar, most of which evaluate: each is made to be of one kind
// of value, now and then on purpose of another.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/hcl_generate/random.h"

namespace generate {

/// What an expression is meant to give.
enum class Kind { number, boolean, string, tuple, object, anything };

class Expressions {
 public:
  explicit Expressions(Random& random) : random_(&random) {}

  /// What may stand behind an equals sign, with its newline where it is a heredoc.
  [[nodiscard]] std::string value(Kind kind, int depth);
  /// The same, but never a heredoc as a whole: it needs no newline behind it.
  [[nodiscard]] std::string expression(Kind kind, int depth);
  [[nodiscard]] Kind any_kind();

  /// Space between two tokens: none or some, comments too, and newlines where they do not count.
  [[nodiscard]] std::string gap();
  /// At least one space.
  [[nodiscard]] std::string space();

 private:
  /// A name that a `for` binds, and what it stands for.
  struct Binding {
    std::string name;
    Kind kind = Kind::anything;
  };
  class Brackets;
  class Bound;

  // expressions.cpp
  [[nodiscard]] std::string atom(Kind kind);
  [[nodiscard]] std::string number(int depth);
  [[nodiscard]] std::string boolean(int depth);
  [[nodiscard]] std::string string(int depth);
  [[nodiscard]] std::string anything(int depth);
  [[nodiscard]] std::string operand(Kind kind, int depth);
  [[nodiscard]] std::string binary(Kind kind, std::string_view op, int depth);
  [[nodiscard]] std::string unary(Kind kind, std::string_view op, int depth);
  [[nodiscard]] std::string conditional(Kind kind, int depth);
  [[nodiscard]] std::string parenthesised(Kind kind, int depth);

  // calls.cpp
  [[nodiscard]] std::string call(Kind kind, int depth);
  [[nodiscard]] std::string arguments(std::string_view kinds, int depth);

  // collections.cpp
  [[nodiscard]] std::string tuple(int depth);
  [[nodiscard]] std::string tuple_constructor(int depth);
  [[nodiscard]] std::string object(int depth);
  [[nodiscard]] std::string object_constructor(int depth);
  [[nodiscard]] std::string object_key(int depth);
  [[nodiscard]] std::string for_tuple(int depth);
  [[nodiscard]] std::string for_object(int depth);
  [[nodiscard]] std::string for_head(int depth);
  [[nodiscard]] std::string splat(int depth);
  [[nodiscard]] std::string steps(int depth);

  // templates.cpp
  [[nodiscard]] std::string quoted(int depth);
  [[nodiscard]] std::string heredoc(int depth);
  [[nodiscard]] std::string heredoc_lines(int depth, std::size_t count);
  [[nodiscard]] std::string indentation();
  [[nodiscard]] std::string literal_text(bool in_heredoc);
  [[nodiscard]] std::string template_parts(int depth, bool in_heredoc);
  [[nodiscard]] std::string interpolation(int depth);
  [[nodiscard]] std::string directive(int depth, bool in_heredoc);
  [[nodiscard]] std::string directive_for_head(int depth);
  [[nodiscard]] std::string sequence(std::string_view text);

  Random* random_;
  std::vector<Binding> bindings_;
  /// Whether newlines are mere space here.
  bool newlines_are_free_ = false;
  int heredocs_ = 0;
};

/// Says for its lifetime whether newlines are mere space, as the innermost bracket decides.
class Expressions::Brackets {
 public:
  Brackets(Expressions& expressions, bool newlines_are_free)
      : expressions_(&expressions), before_(expressions.newlines_are_free_) {
    expressions.newlines_are_free_ = newlines_are_free;
  }
  ~Brackets() { expressions_->newlines_are_free_ = before_; }
  Brackets(const Brackets&) = delete;
  Brackets& operator=(const Brackets&) = delete;

 private:
  Expressions* expressions_;
  bool before_;
};

/// Forgets at its end the names bound since.
class Expressions::Bound {
 public:
  explicit Bound(Expressions& expressions)
      : expressions_(&expressions), before_(expressions.bindings_.size()) {}
  ~Bound() { expressions_->bindings_.resize(before_); }
  Bound(const Bound&) = delete;
  Bound& operator=(const Bound&) = delete;

 private:
  Expressions* expressions_;
  std::size_t before_;
};

}  // namespace generate
