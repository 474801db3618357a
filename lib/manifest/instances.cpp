#include "manifest/instances.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "manifest/evaluator.h"
#include "manifest/report.h"

namespace manifest {
namespace {

hcl::Value each_of(hcl::Value key, hcl::Value value) {
  hcl::Members members;
  members.emplace("key", std::move(key));
  members.emplace("value", std::move(value));
  return hcl::Value::object(std::move(members));
}

/// Works out the instances of one block.
class Expansion {
 public:
  Expansion(const hcl::Attribute& for_each, const Document& document, const DecodeContext& context)
      : for_each_(for_each), document_(document), context_(context) {}

  [[nodiscard]] std::optional<std::vector<Instance>> instances() const;

 private:
  [[nodiscard]] std::optional<std::vector<Instance>> of_set(const hcl::Value& set) const;
  std::nullopt_t refuse(Kind kind, std::string summary, std::string detail) const;
  std::nullopt_t refuse_type(const hcl::Value& value) const;

  const hcl::Attribute& for_each_;
  const Document& document_;
  const DecodeContext& context_;
};

std::optional<std::vector<Instance>> Expansion::instances() const {
  const hcl::Value value =
      context_.evaluator.evaluate(*for_each_.value, *document_.source, context_.diagnostics);
  if (value.is_sensitive()) {
    return refuse(Kind::sensitive_attribute, "for_each is made of a sensitive value",
                  "its keys become names, which are shown in reports");
  }
  if (value.is_null()) {
    return refuse(Kind::null_value, "for_each is null",
                  "write {} for no resource; without for_each the block is one");
  }
  if (value.is_unknown()) {
    return std::nullopt;
  }
  const hcl::Members* members = value.as_members();
  if (members == nullptr) {
    return value.kind() == hcl::TypeKind::set ? of_set(value) : refuse_type(value);
  }
  std::vector<Instance> instances;
  instances.reserve(members->size());
  for (const auto& [key, member] : *members) {
    instances.push_back({.key = key, .value = member});
  }
  return instances;
}

std::optional<std::vector<Instance>> Expansion::of_set(const hcl::Value& set) const {
  if (!set.is_wholly_known()) {
    return std::nullopt;
  }
  std::vector<Instance> instances;
  for (const hcl::Value& element : *set.as_elements()) {
    if (element.is_null()) {
      return refuse(Kind::null_value, "for_each holds null", "each key is a string");
    }
    if (element.as_string() == nullptr) {
      return refuse_type(set);
    }
    instances.push_back({.key = *element.as_string(), .value = element});
  }
  return instances;
}

std::nullopt_t Expansion::refuse(Kind kind, std::string summary, std::string detail) const {
  report(context_.diagnostics, kind, {&document_.file(), for_each_.value->range},
         std::move(summary), std::move(detail));
  return std::nullopt;
}

std::nullopt_t Expansion::refuse_type(const hcl::Value& value) const {
  std::string detail = fmt::format("this is {}", value.described_type());
  const hcl::Elements* elements = value.as_elements();
  if (value.kind() == hcl::TypeKind::set) {
    detail += "; its elements are to be keys, which are strings";
  } else if (elements != nullptr) {
    const bool are_keys = std::ranges::all_of(
        *elements, [](const hcl::Value& element) { return element.as_string() != nullptr; });
    detail += are_keys ? "; write toset(...) around it"
                       : "; write { for item in LIST : item.NAME => item }, with what tells the "
                         "items apart as NAME";
  }
  return refuse(Kind::wrong_type, "for_each must be a map, an object or a set of strings",
                std::move(detail));
}

}  // namespace

hcl::Value Instance::each() const {
  return each_of(hcl::Value::string(key), value);
}

hcl::Value unknown_each() {
  return each_of(hcl::Value::unknown(), hcl::Value::unknown());
}

std::optional<std::vector<Instance>> instances_of(const hcl::Attribute& for_each,
                                                  const Document& document,
                                                  const DecodeContext& context) {
  return Expansion(for_each, document, context).instances();
}

}  // namespace manifest
