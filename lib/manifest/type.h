// What a type of resource is to the decoder: a block of its name, with attributes of its own beside
// those that all resources have, and what they mean.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace manifest {

class AttributeReader;

struct AttributeSchema {
  std::string_view name;
  bool is_required = false;
  /// Why, where that is not evident: "it says ...".
  std::string_view reason = {};
};

/// What a resource is asked to do.
enum class Operation : std::uint8_t { prepare, check, apply };

/// What a resource has that only its type knows of.
class Settings {
 public:
  /// The value of an attribute.
  using Value = std::variant<bool, std::string, std::vector<int>, std::nullptr_t>;
  using Member = std::pair<std::string_view, Value>;

  virtual ~Settings() = default;

  /// Every attribute with its value, in the order in which `fluke list` shows them.
  [[nodiscard]] virtual std::vector<Member> members() const = 0;

  /// What a person would type for `operation` in the working directory: "mise run check".
  [[nodiscard]] virtual std::string command(Operation operation) const = 0;

  /// For a resource without a directory: what two runs must not work on at once, "app.service".
  /// Nothing if resources of the same name are what keeps each other out.
  [[nodiscard]] virtual std::optional<std::string> subject() const { return std::nullopt; }

 protected:
  Settings() = default;
  Settings(const Settings&) = default;
  Settings& operator=(const Settings&) = default;
};

class ResourceType {
 public:
  virtual ~ResourceType() = default;

  /// "mise": the type of its blocks, and what stands before the dot where `depends_on` names one.
  [[nodiscard]] virtual std::string_view name() const = 0;

  /// Those of its own, beside working_dir, env and the others that every resource has. One of the
  /// same name stands in for the common one, which is then not read.
  [[nodiscard]] virtual std::span<const AttributeSchema> attributes() const = 0;

  /// Whether its resources have a working_dir, and with it perhaps a git block.
  enum class Directory : std::uint8_t { required, optional, none };
  [[nodiscard]] virtual Directory directory() const { return Directory::required; }

  /// Never null: what cannot be decoded is reported through `attributes` and left empty.
  [[nodiscard]] virtual std::shared_ptr<const Settings> decode(
      const AttributeReader& attributes) const = 0;

  /// What a `notify` block says of the one task that it runs; none where resources of this type
  /// have no tasks that others could name.
  [[nodiscard]] virtual std::span<const AttributeSchema> task_attributes() const { return {}; }

  /// Decodes them. The task is what `Operation::apply` does.
  [[nodiscard]] virtual std::shared_ptr<const Settings> decode_task(
      const AttributeReader& /*attributes*/) const {
    return nullptr;
  }

 protected:
  ResourceType() = default;
  ResourceType(const ResourceType&) = default;
  ResourceType& operator=(const ResourceType&) = default;
};

/// The types that a manifest may use, at least one; they outlive what is decoded with them.
using ResourceTypes = std::span<const ResourceType* const>;

/// Whether an attribute of that name is the type's own.
[[nodiscard]] bool is_own_attribute(const ResourceType& type, std::string_view name);

/// The type of that name, or null.
[[nodiscard]] const ResourceType* find_type(ResourceTypes types, std::string_view name);

/// The type whose tasks `notify` blocks run, or null.
[[nodiscard]] const ResourceType* find_task_type(ResourceTypes types);

/// "a mise block", "a mise or shell block", "a mise, shell or systemd block".
[[nodiscard]] std::string any_block(ResourceTypes types);
[[nodiscard]] std::string any_block(std::span<const std::string_view> names);

}  // namespace manifest
