#include "manifest/resource.h"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "manifest/attribute.h"
#include "manifest/git_source.h"
#include "manifest/rules.h"
#include "manifest/schema.h"

namespace manifest {
namespace {

constexpr TextRule directory_rule = {
    .kind = Kind::invalid_working_dir, .noun = "working_dir", .problem = path_problem};

constexpr std::array<std::string_view, 2> failure_choices = {"abort", "continue"};

class ResourceDecoder {
 public:
  ResourceDecoder(const hcl::Block& block, const Document& document, const DecodeContext& context)
      : block_(block),
        document_(document),
        context_(context),
        attributes_(block, document, context) {}

  [[nodiscard]] DecodedResource decode(const ResourceType& type, std::string name) const;
  [[nodiscard]] DecodedResource decode_notification(const ResourceType& type,
                                                    std::string name) const;
  /// `type` is null for an include.
  [[nodiscard]] DecodedResource decode_checkout(std::string name,
                                                const ResourceType* type = nullptr) const;

 private:
  [[nodiscard]] DecodedResource decode_common(const ResourceType& type, std::string name) const;
  [[nodiscard]] std::filesystem::path working_dir(ResourceType::Directory directory) const;
  void decode_git(DecodedResource& decoded, ResourceType::Directory directory) const;

  const hcl::Block& block_;
  const Document& document_;
  const DecodeContext& context_;
  AttributeReader attributes_;
};

DecodedResource ResourceDecoder::decode(const ResourceType& type, std::string name) const {
  DecodedResource decoded = decode_common(type, std::move(name));
  Resource& resource = decoded.resource;
  resource.settings = type.decode(attributes_);
  resource.settle = attributes_.duration("settle").value_or(resource.settle);
  resource.aborts_task = attributes_.choice("on_failure", failure_choices).value_or(0) == 0;
  decoded.links.depends_on = read_dependencies(block_, document_, context_);
  return decoded;
}

DecodedResource ResourceDecoder::decode_notification(const ResourceType& type,
                                                     std::string name) const {
  DecodedResource decoded = decode_common(type, std::move(name));
  decoded.resource.settings = type.decode_task(attributes_);
  decoded.links.on = attributes_.outcomes("on").value_or(std::vector<std::string>{"failed"});
  decoded.links.is_known = attributes_.are_known();
  return decoded;
}

DecodedResource ResourceDecoder::decode_common(const ResourceType& type, std::string name) const {
  DecodedResource decoded = decode_checkout(std::move(name), &type);
  Resource& resource = decoded.resource;
  resource.type = &type;
  EnvironmentVariables env = attributes_.variables("env");
  resource.env = std::move(env.values);
  resource.sensitive_env = std::move(env.sensitive);
  resource.env_is_sensitive = env.is_sensitive;
  return decoded;
}

DecodedResource ResourceDecoder::decode_checkout(std::string name, const ResourceType* type) const {
  const auto directory = type == nullptr ? ResourceType::Directory::required : type->directory();
  DecodedResource decoded;
  Resource& resource = decoded.resource;
  resource.name = std::move(name);
  resource.file = &document_.file();
  resource.range = block_.header;
  resource.working_dir = working_dir(directory);
  resource.working_dir_range = attributes_.range_of("working_dir");
  resource.timeout = attributes_.duration("timeout");
  resource.enabled = (type != nullptr && is_own_attribute(*type, "enabled")) ||
                     attributes_.boolean("enabled").value_or(true);
  decode_git(decoded, directory);
  return decoded;
}

/// Empty where none has to be named and none is, and after a problem.
std::filesystem::path ResourceDecoder::working_dir(ResourceType::Directory directory) const {
  const std::optional<std::string> text =
      directory == ResourceType::Directory::required
          ? attributes_.required_text("working_dir", directory_rule)
          : attributes_.text("working_dir", directory_rule, "");
  return text && !text->empty()
             ? attributes_.path("working_dir", *text, directory_rule.kind, "directory").value_or("")
             : std::filesystem::path();
}

void ResourceDecoder::decode_git(DecodedResource& decoded,
                                 ResourceType::Directory directory) const {
  const hcl::Block* git = block_.body.find_block("git");
  if (git == nullptr) {
    return;
  }
  const hcl::Attribute* named = block_.body.find("working_dir");
  const bool is_named =
      named != nullptr && !std::holds_alternative<hcl::NullLiteral>(named->value->node);
  if (directory == ResourceType::Directory::optional && !is_named) {
    attributes_.add(Kind::misplaced_git, git->header, "a git block without a working_dir",
                    "name the directory that git is to bring up to date");
    return;
  }
  decoded.links.git_range = git->header;
  decoded.resource.git = decode_git_source(*git, document_, context_);
}

}  // namespace

DecodedResource decode_checkout(const hcl::Block& block, std::string name, const Document& document,
                                const DecodeContext& context) {
  return ResourceDecoder(block, document, context).decode_checkout(std::move(name));
}

DecodedResource decode_resource(const hcl::Block& block, const ResourceType& type, std::string name,
                                const Document& document, const DecodeContext& context) {
  const ResourceDecoder decoder(block, document, context);
  return block.type.text == notify_block ? decoder.decode_notification(type, std::move(name))
                                         : decoder.decode(type, std::move(name));
}

}  // namespace manifest
