#include "hcl/evaluate/steps.h"

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hcl/evaluate/keys.h"
#include "hcl/evaluate/nodes.h"
#include "hcl/value/convert.h"
#include "text/quote.h"

namespace hcl::evaluation {
namespace {

/// Takes one step after another from a value; each step goes from the value before it.
class Walk {
 public:
  Walk(Context& context, Value start, Range range)
      : context_(context), value_(std::move(start)), taken_(range) {}

  void take(std::span<const Step> steps) {
    while (!steps.empty()) {
      const Step& step = steps.front();
      steps = steps.subspan(1);
      if (const auto* splat = std::get_if<SplatStep>(&step.step)) {
        value_ = apply_splat(context_, value_, {taken_, join(taken_, step.range)},
                             steps.first(splat->taken));
        steps = steps.subspan(splat->taken);
      } else {
        Value part =
            std::visit([&](const auto& node) { return next(node, step.range); }, step.step);
        value_ = part.marked_as_part_of(value_);
      }
      taken_ = join(taken_, step.range);
    }
  }

  [[nodiscard]] const Value& value() const { return value_; }

 private:
  Value next(const AttributeStep& step, Range /*range*/) {
    if (value_.is_null()) {
      return report_null(step.name.range);
    }
    const Value name = Value::string(step.name.text);
    if (value_.kind() == TypeKind::object || value_.kind() == TypeKind::map) {
      return member(name, "attribute", step.name.range);
    }
    if (value_.type().is(TypeKind::any)) {
      return Value::unknown();
    }
    return context_.report(Kind::attribute_of_non_object, step.name.range,
                           context_.describe(taken_, value_), remedy_for_attribute());
  }

  Value next(const IndexStep& step, Range /*range*/) {
    const Value key = evaluate_node(context_, *step.key);
    return index(key, step.key->range).marked_like(key);
  }

  Value next(const LegacyIndexStep& step, Range range) {
    const std::optional<Number> number = Number::parse(step.digits);
    // An index beyond the range of numbers is beyond every list.
    const Range digits{range.end - static_cast<std::uint32_t>(step.digits.size()), range.end};
    return index(Value::number(number.value_or(Number(INT64_MAX))), digits);
  }

  Value next(const SplatStep& /*step*/, Range /*range*/) { return value_; }

  Value index(const Value& key, Range key_range) {
    if (value_.is_null()) {
      return report_null(key_range);
    }
    if (key.is_unknown() || value_.type().is(TypeKind::any)) {
      return Value::unknown();
    }
    switch (value_.kind()) {
      case TypeKind::list:
      case TypeKind::tuple:
        return element(key, key_range);
      case TypeKind::map:
      case TypeKind::object: {
        const std::optional<Value> name = to_string(key);
        return !name || name->is_null() ? report_key(key, key_range, "the key {} is a string")
                                        : member(*name, "key", key_range);
      }
      case TypeKind::set:
        return context_.report(Kind::index_of_non_collection, key_range,
                               context_.describe(taken_, value_),
                               "the elements of a set have no index; loop over it, or make it a "
                               "list first");
      default:
        return context_.report(Kind::index_of_non_collection, key_range,
                               context_.describe(taken_, value_),
                               "only lists, maps, tuples and objects have parts");
    }
  }

  Value element(const Value& key, Range key_range) {
    const std::optional<Value> converted = to_number(key);
    const Number* number = converted ? converted->as_number() : nullptr;
    if (number == nullptr || !number->is_integer() || *number < Number(0)) {
      return report_key(key, key_range, "the index {} is a whole number, counted from 0");
    }
    const std::optional<std::int64_t> position = number->to_int64();
    const Elements* elements = value_.as_elements();
    if (elements == nullptr) {
      return Value::unknown(element_type(position));
    }
    if (!position || static_cast<std::uint64_t>(*position) >= elements->size()) {
      const std::string length = text::counted(elements->size(), "element");
      return context_.report(
          Kind::index_out_of_range, key_range,
          fmt::format("{} has no element {}", context_.code(taken_), to_hcl(*converted, 40)),
          value_.is_sensitive() ? "elements are counted from 0"
                                : fmt::format("it has {}, counted from 0", length));
    }
    return (*elements)[static_cast<std::size_t>(*position)];
  }

  /// Of an unknown list or tuple.
  [[nodiscard]] Type element_type(std::optional<std::int64_t> position) const {
    const Type type = value_.type();
    if (type.is(TypeKind::list)) {
      return type.element();
    }
    const bool is_there =
        position && static_cast<std::uint64_t>(*position) < type.elements().size();
    return is_there ? type.elements()[static_cast<std::size_t>(*position)] : Type::any();
  }

  /// Of a map or object.
  Value member(const Value& name, std::string_view noun, Range range) {
    if (const Members* members = value_.as_members()) {
      const auto found = members->find(*name.as_string());
      return found != members->end() ? found->second
                                     : report_unknown(name, noun, keys_of(*members), range);
    }
    const Type type = value_.type();
    if (type.is(TypeKind::map)) {
      return Value::unknown(type.element());
    }
    const auto found = type.attributes().find(*name.as_string());
    return found != type.attributes().end()
               ? Value::unknown(found->second.type)
               : report_unknown(name, noun, keys_of(type.attributes()), range);
  }

  Value report_unknown(const Value& name, std::string_view noun,
                       std::span<const std::string_view> known, Range range) {
    const std::string shown = name.is_sensitive() ? "(sensitive)" : text::quoted(*name.as_string());
    const std::string_view wanted = name.is_sensitive() ? "" : std::string_view(*name.as_string());
    return context_.report(Kind::unknown_attribute, range,
                           fmt::format("{} has no {} {}", context_.code(taken_), noun, shown),
                           value_.is_sensitive()
                               ? fmt::format("its {}s are sensitive, so none is suggested", noun)
                               : suggestion(wanted, fmt::format("{}s", noun), known));
  }

  [[nodiscard]] std::string remedy_for_attribute() const {
    switch (value_.kind()) {
      case TypeKind::list:
      case TypeKind::tuple:
        return fmt::format(
            "a {} has no attributes; take an element first, as in x[0].name, or all "
            "of them, as in x[*].name",
            value_.type_name() == "tuple" ? "tuple" : "list");
      case TypeKind::set:
        return "a set has no attributes; take all of its elements, as in x[*].name";
      default:
        return "only objects and maps have attributes";
    }
  }

  Value report_null(Range range) {
    return context_.report(Kind::step_into_null, range, context_.describe(taken_, value_),
                           "null has no parts; guard it, as in x == null ? null : x.name");
  }

  /// `rule` names the collection at {}.
  Value report_key(const Value& key, Range range, std::string_view rule) {
    constexpr std::string_view of[] = {
        "", "", "", "", "of a list", "of a set", "of a map", "of a tuple", "of an object"};
    return context_.report(
        Kind::invalid_index, range, context_.describe(range, key),
        fmt::format(fmt::runtime(rule), of[static_cast<std::size_t>(value_.kind())]));
  }

  Context& context_;
  Value value_;
  Range taken_;
};

}  // namespace

Value apply_steps(Context& context, Value start, Range range, std::span<const Step> steps) {
  Walk walk(context, std::move(start), range);
  walk.take(steps);
  return walk.value();
}

}  // namespace hcl::evaluation
