// For expressions: "For Expressions" of the specification.
#include <fmt/format.h>

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "hcl/evaluate/loops.h"
#include "hcl/evaluate/nodes.h"
#include "hcl/value/convert.h"
#include "text/quote.h"

namespace hcl::evaluation {
namespace {

/// Runs the loop of a for expression and collects its results.
class Collector {
 public:
  Collector(Context& context, const ForExpression& node, Range range)
      : context_(context), node_(node), range_(range) {}

  Value collect(const Value& collection) {
    is_sensitive_ = collection.is_sensitive();
    for_each(context_, head(), collection, [this](Context& inner) {
      add(inner);
      return !is_too_large_;
    });
    if (!is_known_ || is_too_large_) {
      return Value::unknown();
    }
    return context_.limited(result().marked_sensitive(is_sensitive_), range_);
  }

  /// Reports what is wrong with the `if` clause whatever the elements are, which would be reported
  /// for none or for all of them otherwise.
  bool check_condition() {
    diagnostic::Diagnostics diagnostics;
    for_unknown(context_, head(), [&](Context& inner) {
      Context checking = inner.reporting_to(diagnostics);
      evaluation::check_condition(checking, *node_.condition);
    });
    const bool is_good = diagnostics.empty();
    context_.adopt(std::move(diagnostics));
    return is_good;
  }

 private:
  [[nodiscard]] LoopHead head() const { return {node_.key, node_.value, *node_.collection}; }

  void add(Context& inner) {
    if (!is_selected(inner)) {
      return;
    }
    if (node_.key_result == nullptr) {
      elements_.push_back(evaluate_node(inner, *node_.value_result));
      grow(elements_.back().size());
      return;
    }
    const std::optional<Value> key = evaluate_key(inner, *node_.key_result);
    if (!key) {
      is_known_ = false;
      return;
    }
    is_sensitive_ = is_sensitive_ || key->is_sensitive();
    Value value = evaluate_node(inner, *node_.value_result);
    grow(key->size() + value.size());
    add_member(inner, *key, std::move(value));
  }

  bool is_selected(Context& inner) {
    if (node_.condition == nullptr) {
      return true;
    }
    const std::optional<Value> condition = evaluate_condition(inner, *node_.condition);
    if (!condition) {
      is_known_ = false;
      return false;
    }
    is_sensitive_ = is_sensitive_ || condition->is_sensitive();
    return *condition->as_bool();
  }

  void add_member(Context& inner, const Value& key, Value value) {
    const std::string& name = *key.as_string();
    if (node_.is_grouping) {
      groups_[name].push_back(std::move(value));
    } else if (!members_.emplace(name, std::move(value)).second) {
      inner.report(Kind::duplicate_key, node_.key_result->range,
                   fmt::format("two elements have the key {}", to_hcl(key, 50)),
                   "every key comes once; to collect all values of a key write => value...");
    }
  }

  /// A value that is too large is given up before it fills the memory.
  void grow(std::uint64_t size) {
    size_ += size;
    if (size_ > max_value_size && !is_too_large_) {
      is_too_large_ = true;
      context_.report_too_large(range_);
    }
  }

  Value result() {
    if (node_.key_result == nullptr) {
      return Value::tuple(std::move(elements_));
    }
    for (auto& [key, values] : groups_) {
      members_.emplace_hint(members_.end(), key, Value::tuple(std::move(values)));
    }
    return Value::object(std::move(members_));
  }

  Context& context_;
  const ForExpression& node_;
  Range range_;

  Elements elements_;
  Members members_;
  std::map<std::string, Elements, std::less<>> groups_;
  std::uint64_t size_ = 0;
  bool is_known_ = true;
  bool is_sensitive_ = false;
  bool is_too_large_ = false;
};

}  // namespace

Value evaluate_for(Context& context, const ForExpression& node, Range range) {
  const std::optional<Value> collection = evaluate_collection(context, *node.collection);
  Collector collector(context, node, range);
  if (!collection || (node.condition != nullptr && !collector.check_condition())) {
    return Value::unknown();
  }
  return collector.collect(*collection);
}

}  // namespace hcl::evaluation
