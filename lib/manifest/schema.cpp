#include "manifest/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "manifest/document.h"
#include "manifest/report.h"
#include "text/distance.h"
#include "text/quote.h"

namespace manifest {
namespace {

constexpr std::array verify_attributes = {
    AttributeSchema{.name = "allowed_signers"},
    AttributeSchema{.name = "gnupg_home"},
    AttributeSchema{.name = "revoked_keys"},
};

constexpr std::array git_blocks = {
    BlockSchema{.type = "verify", .is_single = true, .attributes = verify_attributes, .blocks = {}},
};

constexpr std::array git_attributes = {
    AttributeSchema{.name = "url", .is_required = true},
    AttributeSchema{.name = "branch"},
    AttributeSchema{.name = "tag"},
    AttributeSchema{.name = "commit"},
    AttributeSchema{.name = "move"},
    AttributeSchema{.name = "require_clean"},
    AttributeSchema{.name = "retry"},
};

/// What stands in the blocks of every type, behind working_dir and its own attributes.
constexpr std::array common_attributes = {
    AttributeSchema{.name = "env"},        AttributeSchema{.name = "timeout"},
    AttributeSchema{.name = "settle"},     AttributeSchema{.name = "depends_on"},
    AttributeSchema{.name = "enabled"},    AttributeSchema{.name = "for_each"},
    AttributeSchema{.name = "on_failure"},
};

/// What blocks take: working_dir, then their own, and of `common` what these do not stand in for.
std::vector<AttributeSchema> joined(ResourceType::Directory directory,
                                    std::span<const AttributeSchema> own,
                                    std::span<const AttributeSchema> common) {
  std::vector<AttributeSchema> attributes;
  if (directory != ResourceType::Directory::none) {
    attributes.push_back(
        {.name = "working_dir", .is_required = directory == ResourceType::Directory::required});
  }
  attributes.insert(attributes.end(), own.begin(), own.end());
  std::ranges::copy_if(common, std::back_inserter(attributes), [&](const AttributeSchema& one) {
    return std::ranges::find(own, one.name, &AttributeSchema::name) == own.end();
  });
  return attributes;
}

/// What stands in a notify block behind the task.
constexpr std::array notify_attributes = {
    AttributeSchema{.name = "on"},       AttributeSchema{.name = "env"},
    AttributeSchema{.name = "timeout"},  AttributeSchema{.name = "enabled"},
    AttributeSchema{.name = "for_each"},
};

constexpr std::array resource_blocks = {
    BlockSchema{
        .type = "git", .is_single = true, .attributes = git_attributes, .blocks = git_blocks},
};

constexpr std::array include_attributes = {
    AttributeSchema{.name = "working_dir", .is_required = true},
    AttributeSchema{.name = "manifests"},
    AttributeSchema{.name = "timeout"},
    AttributeSchema{.name = "enabled"},
};

constexpr std::array validation_attributes = {
    AttributeSchema{.name = "condition", .is_required = true},
    AttributeSchema{.name = "error_message", .is_required = true},
};

constexpr std::array variable_blocks = {
    BlockSchema{.type = "validation", .attributes = validation_attributes, .blocks = {}},
};

constexpr std::array variable_attributes = {
    AttributeSchema{.name = "type"},        AttributeSchema{.name = "default"},
    AttributeSchema{.name = "nullable"},    AttributeSchema{.name = "sensitive"},
    AttributeSchema{.name = "description"},
};

constexpr std::array fluke_attributes = {
    AttributeSchema{.name = "required_version", .is_required = true},
};

constexpr std::array host_attributes = {
    AttributeSchema{.name = "name"},
    AttributeSchema{.name = "labels"},
};

constexpr std::array task_attributes = {
    AttributeSchema{.name = "description"},
    AttributeSchema{.name = "depends_on"},
};

constexpr std::array selector_attributes = {
    AttributeSchema{.name = "match_labels", .is_required = true},
};

constexpr std::array drift_attributes = {
    AttributeSchema{.name = "policy", .is_required = true},
};

/// What stands in a task beside blocks of the types.
constexpr std::array task_blocks = {
    BlockSchema{
        .type = "selector", .is_single = true, .attributes = selector_attributes, .blocks = {}},
    BlockSchema{.type = "drift", .is_single = true, .attributes = drift_attributes, .blocks = {}},
};

constexpr std::array other_blocks = {
    BlockSchema{.type = "variable",
                .has_name = true,
                .attributes = variable_attributes,
                .blocks = variable_blocks},
    BlockSchema{.type = "include",
                .has_name = true,
                .attributes = include_attributes,
                .blocks = resource_blocks},
    BlockSchema{.type = "locals", .has_free_attributes = true, .attributes = {}, .blocks = {}},
    BlockSchema{.type = "fluke", .is_single = true, .attributes = fluke_attributes, .blocks = {}},
    BlockSchema{.type = "host", .is_single = true, .attributes = host_attributes, .blocks = {}},
};

/// "a mise block", "a manifest".
std::string described(const BlockSchema& schema) {
  return schema.type.empty() ? "a manifest"
                             : text::with_article(fmt::format("{} block", schema.type));
}

template <typename Named>
std::vector<std::string_view> names_of(std::span<const Named> schemas,
                                       std::string_view Named::*member) {
  std::vector<std::string_view> names;
  for (const Named& schema : schemas) {
    names.push_back(schema.*member);
  }
  return names;
}

const AttributeSchema* find_attribute(const BlockSchema& schema, std::string_view name) {
  const auto found = std::ranges::find(schema.attributes, name, &AttributeSchema::name);
  return found == schema.attributes.end() ? nullptr : &*found;
}

/// "; did you mean …?", or else `place`, where it belongs, if there is one, or else "; it takes …".
std::string suggestion(std::string_view wanted, const std::vector<std::string_view>& known,
                       std::string_view place) {
  if (const auto near = text::nearest(wanted, known)) {
    return fmt::format("; did you mean \"{}\"?", *near);
  }
  if (!place.empty()) {
    return fmt::format("; {}", place);
  }
  return known.empty() ? "" : fmt::format("; it takes {}", fmt::join(known, ", "));
}

/// Adds to `owners` what takes blocks of that type, `parent` apart.
void find_owners(std::string_view type, const BlockSchema& parent,
                 std::vector<std::string_view>& owners) {
  for (const BlockSchema& child : parent.blocks) {
    if (find_block(child, type) != nullptr &&
        std::ranges::find(owners, child.type) == owners.end()) {
      owners.push_back(child.type);
    }
    find_owners(type, child, owners);
  }
}

/// Where a block of that type belongs; empty if nothing takes one.
std::string place_for_block(std::string_view type, const BlockSchema& top) {
  if (find_block(top, type) != nullptr) {
    return "it stands outside of other blocks";
  }
  std::vector<std::string_view> owners;
  find_owners(type, top, owners);
  return owners.empty() ? "" : "it belongs in " + any_block(owners);
}

/// Whether an attribute in `body` is probably `wanted`, misspelt: then it is not missing.
bool is_misspelt(const hcl::Body& body, const BlockSchema& schema, std::string_view wanted) {
  const auto known = names_of(schema.attributes, &AttributeSchema::name);
  return std::ranges::any_of(body.attributes, [&](const hcl::Attribute& attribute) {
    return find_attribute(schema, attribute.name.text) == nullptr &&
           text::nearest(attribute.name.text, known) == wanted;
  });
}

/// Walks one block with its schema. Blocks nest no deeper than the schema does.
class Checker {
 public:
  Checker(const SchemaCheck& check, diagnostic::Diagnostics& diagnostics)
      : check_(check), diagnostics_(diagnostics) {
    for (const diagnostic::Diagnostic& error : check.syntax_errors) {
      broken_.push_back(error.range.begin);
    }
    std::ranges::sort(broken_);
  }

  void check_body(const hcl::Body& body, const BlockSchema& schema);

 private:
  void check_attribute(const hcl::Attribute& attribute, const BlockSchema& schema);
  /// Which of the blocks that `parent` takes an attribute belongs in; empty if none has it.
  [[nodiscard]] std::string place_for(std::string_view attribute, const BlockSchema& parent) const;
  void check_block(const hcl::Block& block, const BlockSchema& parent);
  void check_labels(const hcl::Block& block, const BlockSchema& schema);
  void check_required(const hcl::Block& block, const BlockSchema& schema);
  void check_single(const hcl::Body& body, const BlockSchema& schema);
  void report_unknown_block(const hcl::Block& block, const BlockSchema& parent);
  [[nodiscard]] bool is_broken(const hcl::Block& block) const;

  diagnostic::Diagnostic& add(Kind kind, diagnostic::Range range, std::string summary,
                              std::string detail) {
    return report(diagnostics_, kind, {&check_.file, range}, std::move(summary), std::move(detail));
  }

  const SchemaCheck& check_;
  diagnostic::Diagnostics& diagnostics_;
  /// Where the syntax errors are, sorted.
  std::vector<std::uint32_t> broken_;
};

void Checker::check_body(const hcl::Body& body, const BlockSchema& schema) {
  if (!schema.has_free_attributes) {
    for (const hcl::Attribute& attribute : body.attributes) {
      check_attribute(attribute, schema);
    }
  }
  for (const hcl::Block& block : body.blocks) {
    check_block(block, schema);
  }
  check_single(body, schema);
}

void Checker::check_attribute(const hcl::Attribute& attribute, const BlockSchema& schema) {
  const std::string_view name = attribute.name.text;
  if (find_attribute(schema, name) != nullptr) {
    return;
  }
  if (const BlockSchema* block = find_block(schema, name)) {
    add(Kind::block_for_attribute, attribute.name.range,
        fmt::format("\"{}\" is a block, not an attribute", name),
        fmt::format("write {}{} {{ ... }}, without \"=\"", name,
                    block->has_name ? " \"NAME\"" : ""));
  } else if (!schema.type.empty()) {
    add(Kind::unknown_attribute, attribute.name.range,
        fmt::format("unknown attribute \"{}\"", name),
        fmt::format("{} has no such attribute{}", described(schema),
                    suggestion(name, names_of(schema.attributes, &AttributeSchema::name),
                               place_for(name, schema))));
  } else {
    const std::string place = place_for(name, schema);
    add(Kind::misplaced_attribute, attribute.name.range,
        fmt::format("attribute \"{}\" outside of a block", name),
        place.empty() ? "a manifest is made of blocks; a value to be used in several places "
                        "belongs in a locals block"
                      : place);
  }
}

std::string Checker::place_for(std::string_view attribute, const BlockSchema& parent) const {
  std::vector<std::string_view> owners;
  for (const BlockSchema& child : parent.blocks) {
    if (find_attribute(child, attribute) != nullptr) {
      owners.push_back(child.type);
    }
  }
  // Most likely it is meant for a resource.
  const auto is_other = [&](std::string_view type) {
    return find_type(check_.schema.types(), type) == nullptr;
  };
  if (!std::ranges::all_of(owners, is_other)) {
    std::erase_if(owners, is_other);
  }
  return owners.empty() ? "" : "it belongs in " + any_block(owners);
}

void Checker::check_block(const hcl::Block& block, const BlockSchema& parent) {
  const BlockSchema* schema = find_block(parent, block.type.text);
  if (schema == nullptr) {
    report_unknown_block(block, parent);
    return;
  }
  check_labels(block, *schema);
  check_required(block, *schema);
  check_body(block.body, *schema);
}

void Checker::report_unknown_block(const hcl::Block& block, const BlockSchema& parent) {
  const std::string_view type = block.type.text;
  if (parent.has_free_attributes || find_attribute(parent, type) != nullptr) {
    add(Kind::attribute_for_block, block.type.range,
        fmt::format("\"{}\" is an attribute, not a block", type),
        fmt::format("write {} = {{ ... }}, with \"=\"", type));
  } else {
    add(Kind::unknown_block, block.type.range, fmt::format("unknown block \"{}\"", type),
        fmt::format("{} has no such block{}", described(parent),
                    suggestion(type, names_of(parent.blocks, &BlockSchema::type),
                               place_for_block(type, check_.schema.top()))));
  }
}

void Checker::check_labels(const hcl::Block& block, const BlockSchema& schema) {
  const std::size_t expected = schema.has_name ? 1 : 0;
  if (block.labels.size() < expected) {
    if (!is_broken(block)) {
      add(Kind::wrong_labels, block.type.range, fmt::format("{} block without a name", schema.type),
          fmt::format("write {} \"NAME\" {{ ... }}", schema.type));
    }
  } else if (block.labels.size() > expected) {
    add(Kind::wrong_labels, block.labels[expected].range,
        fmt::format("unexpected label {}", text::quoted(block.labels[expected].text)),
        fmt::format("{} takes {}", described(schema),
                    schema.has_name ? "one label, its name" : "no label"));
  }
}

void Checker::check_required(const hcl::Block& block, const BlockSchema& schema) {
  for (const AttributeSchema& attribute : schema.attributes) {
    if (attribute.is_required && block.body.find(attribute.name) == nullptr && !is_broken(block) &&
        !is_misspelt(block.body, schema, attribute.name)) {
      add(Kind::missing_attribute, block.header,
          fmt::format("missing attribute \"{}\"", attribute.name),
          attribute.reason.empty() ? fmt::format("{} needs it", described(schema))
                                   : std::string(attribute.reason));
    }
  }
}

void Checker::check_single(const hcl::Body& body, const BlockSchema& schema) {
  for (const BlockSchema& child : schema.blocks) {
    const hcl::Block* first = nullptr;
    for (const hcl::Block& block : body.blocks) {
      if (!child.is_single || block.type.text != child.type) {
        continue;
      }
      if (first == nullptr) {
        first = &block;
        continue;
      }
      auto& error =
          add(Kind::duplicate_block, block.header, fmt::format("second {} block", child.type),
              fmt::format("{} takes only one", described(schema)));
      add_note(error, {&check_.file, first->header}, "the first one is here");
    }
  }
}

bool Checker::is_broken(const hcl::Block& block) const {
  const std::uint32_t begin = block.header.begin;
  const std::uint32_t end = std::max(block.body.range.end, block.close_brace.end);
  const auto first = std::ranges::lower_bound(broken_, begin);
  return first != broken_.end() && *first <= end;
}

}  // namespace

Schema::Schema(ResourceTypes types) : types_(types) {
  attributes_.reserve(types.size() + 1);
  for (const ResourceType* type : types) {
    const bool has_directory = type->directory() != ResourceType::Directory::none;
    blocks_.push_back({.type = type->name(),
                       .has_name = true,
                       .attributes = attributes_.emplace_back(
                           joined(type->directory(), type->attributes(), common_attributes)),
                       .blocks = has_directory ? std::span<const BlockSchema>(resource_blocks)
                                               : std::span<const BlockSchema>()});
  }
  task_blocks_ = blocks_;
  task_blocks_.insert(task_blocks_.end(), task_blocks.begin(), task_blocks.end());
  blocks_.push_back({.type = task_block,
                     .has_name = true,
                     .attributes = task_attributes,
                     .blocks = task_blocks_});
  if (const ResourceType* type = find_task_type(types)) {
    blocks_.push_back({.type = notify_block,
                       .has_name = true,
                       .attributes = attributes_.emplace_back(
                           joined(type->directory(), type->task_attributes(), notify_attributes)),
                       .blocks = {}});
  }
  blocks_.insert(blocks_.end(), other_blocks.begin(), other_blocks.end());
  top_ = {.type = "", .attributes = {}, .blocks = blocks_};
}

const BlockSchema* find_block(const BlockSchema& parent, std::string_view type) {
  const auto found = std::ranges::find(parent.blocks, type, &BlockSchema::type);
  return found == parent.blocks.end() ? nullptr : &*found;
}

void check_schema(const hcl::Body& body, const SchemaCheck& check,
                  diagnostic::Diagnostics& diagnostics) {
  Checker(check, diagnostics).check_body(body, check.schema.top());
}

}  // namespace manifest
