#include "manifest/resource.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <variant>

#include "manifest/attribute.h"
#include "manifest/rules.h"
#include "text/quote.h"

namespace manifest {
namespace {

constexpr std::string_view resource_root = "mise";

constexpr TextRule task_rule = {
    .kind = Kind::invalid_task, .noun = "task name", .problem = task_name_problem};
constexpr TextRule directory_rule = {
    .kind = Kind::invalid_working_dir, .noun = "working_dir", .problem = path_problem};
constexpr TextRule url_rule = {
    .kind = Kind::invalid_url, .noun = "git url", .problem = url_problem, .is_secret = true};
constexpr TextRule branch_rule = {
    .kind = Kind::invalid_branch, .noun = "git branch", .problem = branch_problem};

/// `path` from `base`, lexically normal and without a slash at its end.
std::filesystem::path resolve(const std::filesystem::path& base, const std::string& path) {
  std::filesystem::path resolved = (base / path).lexically_normal();
  return resolved.has_filename() || !resolved.has_relative_path() ? resolved
                                                                  : resolved.parent_path();
}

/// The text of a string without interpolations.
std::optional<std::string_view> constant_text(const hcl::Expression& expression) {
  const auto* string = std::get_if<hcl::Template>(&expression.node);
  if (string == nullptr || string->parts.size() != 1) {
    return std::nullopt;
  }
  const auto* text = std::get_if<hcl::TemplateText>(&string->parts[0].part);
  return text == nullptr ? std::nullopt : std::optional(text->text);
}

/// The name in `mise.NAME` or `mise["NAME"]`.
std::optional<std::string_view> dependency_name(const hcl::Expression& entry) {
  const auto* traversal = std::get_if<hcl::Traversal>(&entry.node);
  if (traversal == nullptr || traversal->root.text != resource_root ||
      traversal->steps.size() != 1) {
    return std::nullopt;
  }
  const auto& step = traversal->steps[0].step;
  if (const auto* attribute = std::get_if<hcl::AttributeStep>(&step)) {
    return attribute->name.text;
  }
  const auto* index = std::get_if<hcl::IndexStep>(&step);
  return index == nullptr ? std::nullopt : constant_text(*index->key);
}

/// How a reference to that resource is written.
std::string reference_to(std::string_view name) {
  return name.find('.') == std::string_view::npos ? fmt::format("mise.{}", name)
                                                  : fmt::format("mise[\"{}\"]", name);
}

/// What to write instead of an entry that is no reference.
std::string dependency_hint(const hcl::Expression& entry) {
  const std::optional<std::string_view> text = constant_text(entry);
  if (text && !resource_name_problem(*text)) {
    return fmt::format("write {}, without quotes around it", reference_to(*text));
  }
  const auto* traversal = std::get_if<hcl::Traversal>(&entry.node);
  if (traversal != nullptr && traversal->steps.empty() && traversal->root.text != resource_root) {
    return fmt::format("write {}", reference_to(traversal->root.text));
  }
  return "write mise.NAME, or mise[\"NAME\"] where the name has a dot in it";
}

class ResourceDecoder {
 public:
  ResourceDecoder(const hcl::Block& block, const Document& document, const DecodeContext& context)
      : block_(block),
        document_(document),
        context_(context),
        attributes_(block, document, context) {}

  [[nodiscard]] DecodedResource decode() const;

 private:
  void decode_name(DecodedResource& decoded) const;
  [[nodiscard]] std::filesystem::path working_dir() const;
  [[nodiscard]] std::vector<Dependency> dependencies() const;
  void decode_git(DecodedResource& decoded) const;

  const hcl::Block& block_;
  const Document& document_;
  const DecodeContext& context_;
  AttributeReader attributes_;
};

DecodedResource ResourceDecoder::decode() const {
  DecodedResource decoded;
  Resource& resource = decoded.resource;
  resource.file = &document_.file();
  resource.range = block_.header;
  decode_name(decoded);
  resource.working_dir = working_dir();
  resource.check_task = attributes_.text("check_task", task_rule, "check").value_or("");
  resource.apply_task = attributes_.text("apply_task", task_rule, "apply").value_or("");
  EnvironmentVariables env = attributes_.variables("env");
  resource.env = std::move(env.values);
  resource.sensitive_env = std::move(env.sensitive);
  resource.env_is_sensitive = env.is_sensitive;
  resource.timeout = attributes_.duration("timeout");
  resource.settle = attributes_.duration("settle").value_or(resource.settle);
  resource.enabled = attributes_.boolean("enabled").value_or(true);
  decoded.depends_on = dependencies();
  decode_git(decoded);
  return decoded;
}

void ResourceDecoder::decode_name(DecodedResource& decoded) const {
  decoded.name_range = block_.header;
  if (block_.labels.empty()) {
    return;
  }
  const hcl::Label& label = block_.labels[0];
  decoded.name_range = label.range;
  if (auto problem = resource_name_problem(label.text)) {
    attributes_.add(Kind::invalid_name, label.range,
                    fmt::format("invalid resource name {}", text::quoted(label.text)),
                    *std::move(problem));
    return;
  }
  decoded.resource.name = label.text;
}

std::filesystem::path ResourceDecoder::working_dir() const {
  const std::optional<std::string> text = attributes_.required_text("working_dir", directory_rule);
  if (!text) {
    return {};
  }
  std::filesystem::path path = resolve(document_.source->directory, *text);
  std::error_code error;
  if (text->starts_with('~') && !std::filesystem::exists(path, error)) {
    attributes_.add(
        Kind::invalid_working_dir, block_.body.find("working_dir")->value->range,
        fmt::format("no directory {}", text::quoted(*text)),
        fmt::format("\"~\" is not expanded; write \"${{env(\"HOME\")}}/...\" or the whole path"));
    return {};
  }
  return path;
}

std::vector<Dependency> ResourceDecoder::dependencies() const {
  std::vector<Dependency> found;
  const hcl::Attribute* attribute = block_.body.find("depends_on");
  if (attribute == nullptr || std::holds_alternative<hcl::NullLiteral>(attribute->value->node) ||
      std::holds_alternative<hcl::InvalidExpression>(attribute->value->node)) {
    return found;
  }
  const auto* list = std::get_if<hcl::Tuple>(&attribute->value->node);
  if (list == nullptr) {
    const auto name = dependency_name(*attribute->value);
    attributes_.add(Kind::invalid_dependency, attribute->value->range,
                    "depends_on must be a list of resources",
                    fmt::format("write [{}]", name ? reference_to(*name) : "mise.NAME"));
    return found;
  }
  for (const hcl::Expression* entry : list->elements) {
    if (const auto name = dependency_name(*entry)) {
      found.push_back({.name = *name, .range = entry->range});
    } else if (!std::holds_alternative<hcl::InvalidExpression>(entry->node)) {
      attributes_.add(Kind::invalid_dependency, entry->range, "this names no resource",
                      dependency_hint(*entry));
    }
  }
  return found;
}

void ResourceDecoder::decode_git(DecodedResource& decoded) const {
  const hcl::Block* git = nullptr;
  for (const hcl::Block& block : block_.body.blocks) {
    if (git == nullptr && block.type.text == "git") {
      git = &block;
    }
  }
  if (git == nullptr) {
    return;
  }
  const AttributeReader attributes(*git, document_, context_);
  decoded.git_range = git->header;
  std::optional<std::string> url = attributes.required_url("url", url_rule);
  std::optional<std::string> branch = attributes.text("branch", branch_rule, "main");
  if (url && branch) {
    decoded.resource.git = GitSource{.url = *std::move(url), .branch = *std::move(branch)};
  }
}

}  // namespace

DecodedResource decode_resource(const hcl::Block& block, const Document& document,
                                const DecodeContext& context) {
  return ResourceDecoder(block, document, context).decode();
}

}  // namespace manifest
