// What everything that runs over a collection shares (for expressions, %{for} directives, splats):
// the elements one after another, the names that are bound for each, and reports that do not repeat
// themselves.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hcl/evaluate/context.h"
#include "hcl/syntax/tree.h"
#include "hcl/value/value.h"

namespace hcl::evaluation {

/// The iterations of one loop. A mistake in its body often shows in each: of the errors of one
/// kind at one place only the first is passed on, with a note that names it.
class Iterations {
 public:
  /// `collection` came out of what stands at `range`.
  Iterations(Context& context, const Value& collection, Range range)
      : context_(context), collection_(collection), range_(range) {}

  /// Calls `body` for each element until it returns false or the budget is spent. What it gets is
  /// the context to evaluate in, the key (a number for a list or tuple, a string for a map or
  /// object, the element itself for a set) and the element; both are sensitive if the collection
  /// is.
  using Body = std::function<bool(Context& context, const Value& key, const Value& element)>;
  void run(const Body& body);

 private:
  struct Place {
    std::string_view kind;
    Range range;
  };

  bool iterate(const Body& body, const Value& key, const Value& element);
  void pass_on(diagnostic::Diagnostics diagnostics, const Value& key);
  [[nodiscard]] bool is_new(const diagnostic::Diagnostic& diagnostic) const;
  [[nodiscard]] std::string describe_iteration(const Value& key) const;

  Context& context_;
  const Value& collection_;
  Range range_;
  std::vector<Place> seen_;
};

/// The head of a loop, `for key, value in collection`.
struct LoopHead {
  const std::optional<Name>& key;
  const Name& value;
  const Expression& collection;
};

/// What a loop runs over; nothing if it is unknown or, after a diagnostic, no collection.
[[nodiscard]] std::optional<Value> evaluate_collection(Context& context,
                                                       const Expression& expression);

/// Calls `body` in a context in which the names of the loop are bound, for each element of
/// `collection` until it returns false.
void for_each(Context& context, const LoopHead& head, const Value& collection,
              const std::function<bool(Context&)>& body);

/// Calls `body` once, with the names of the loop unknown.
void for_unknown(Context& context, const LoopHead& head, const std::function<void(Context&)>& body);

}  // namespace hcl::evaluation
