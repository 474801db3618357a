#include "manifest/resource.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "manifest/attribute.h"
#include "manifest/rules.h"
#include "text/quote.h"

namespace manifest {
namespace {

constexpr TextRule directory_rule = {
    .kind = Kind::invalid_working_dir, .noun = "working_dir", .problem = path_problem};
constexpr TextRule url_rule = {
    .kind = Kind::invalid_url, .noun = "git url", .problem = url_problem, .is_secret = true};
constexpr TextRule branch_rule = {
    .kind = Kind::invalid_branch, .noun = "git branch", .problem = branch_problem};

/// Whether each part of `path` is a name, and there is just one slash before it.
bool is_plain(std::string_view path) {
  while (path.starts_with('/')) {
    path.remove_prefix(1);
    const std::string_view name = path.substr(0, path.find('/'));
    if (name.empty() || name == "." || name == "..") {
      return false;
    }
    path.remove_prefix(name.size());
  }
  return path.empty();
}

/// `path` from `base`, lexically normal and without a slash at its end.
std::filesystem::path resolve(const std::filesystem::path& base, const std::string& path) {
  // Most are so already, and to take a path apart and together again is dear.
  std::string whole = path.starts_with('/') ? path : base.native() + '/' + path;
  if (is_plain(whole)) {
    return whole;
  }
  std::filesystem::path resolved = (base / path).lexically_normal();
  return resolved.has_filename() || !resolved.has_relative_path() ? resolved
                                                                  : resolved.parent_path();
}

/// What a shell would put a variable of the environment in place of: "~" or "$NAME".
struct ShellWord {
  std::string text;
  std::string variable;
};

std::optional<ShellWord> find_shell_word(std::string_view path) {
  if (path.starts_with('~')) {
    return ShellWord{.text = "~", .variable = "HOME"};
  }
  constexpr std::string_view in_names =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
  for (std::size_t at = path.find('$'); at != std::string_view::npos; at = path.find('$', at + 1)) {
    const std::string_view rest = path.substr(at + 1);
    const std::string name(rest.substr(0, rest.find_first_not_of(in_names)));
    if (!name.empty() && (name.front() < '0' || name.front() > '9')) {
      return ShellWord{.text = "$" + name, .variable = name};
    }
  }
  return std::nullopt;
}

class ResourceDecoder {
 public:
  ResourceDecoder(const hcl::Block& block, const Document& document, const DecodeContext& context)
      : block_(block),
        document_(document),
        context_(context),
        attributes_(block, document, context) {}

  [[nodiscard]] DecodedResource decode(const ResourceType& type, std::string name) const;

 private:
  [[nodiscard]] std::filesystem::path working_dir() const;
  void decode_git(DecodedResource& decoded) const;

  const hcl::Block& block_;
  const Document& document_;
  const DecodeContext& context_;
  AttributeReader attributes_;
};

DecodedResource ResourceDecoder::decode(const ResourceType& type, std::string name) const {
  DecodedResource decoded;
  Resource& resource = decoded.resource;
  resource.name = std::move(name);
  resource.type = &type;
  resource.settings = type.decode(attributes_);
  resource.file = &document_.file();
  resource.range = block_.header;
  resource.working_dir = working_dir();
  resource.working_dir_range = attributes_.range_of("working_dir");
  EnvironmentVariables env = attributes_.variables("env");
  resource.env = std::move(env.values);
  resource.sensitive_env = std::move(env.sensitive);
  resource.env_is_sensitive = env.is_sensitive;
  resource.timeout = attributes_.duration("timeout");
  resource.settle = attributes_.duration("settle").value_or(resource.settle);
  resource.enabled = attributes_.boolean("enabled").value_or(true);
  decoded.links.depends_on = read_dependencies(block_, document_, context_);
  decode_git(decoded);
  return decoded;
}

std::filesystem::path ResourceDecoder::working_dir() const {
  const std::optional<std::string> text = attributes_.required_text("working_dir", directory_rule);
  if (!text) {
    return {};
  }
  std::filesystem::path path = resolve(document_.source->directory, *text);
  std::error_code error;
  const std::optional<ShellWord> word = find_shell_word(*text);
  if (word && !std::filesystem::exists(path, error)) {
    attributes_.add(
        Kind::invalid_working_dir, block_.body.find("working_dir")->value->range,
        fmt::format("no directory {}", text::quoted(*text)),
        fmt::format("\"{}\" is not expanded; write \"${{env(\"{}\")}}/...\" or the whole path",
                    word->text, word->variable));
    return {};
  }
  return path;
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
  decoded.links.git_range = git->header;
  std::optional<std::string> url = attributes.required_url("url", url_rule);
  std::optional<std::string> branch = attributes.text("branch", branch_rule, "main");
  const bool require_clean = attributes.boolean("require_clean").value_or(false);
  if (url && branch) {
    decoded.resource.git = GitSource{
        .url = *std::move(url), .branch = *std::move(branch), .require_clean = require_clean};
  }
}

}  // namespace

DecodedResource decode_resource(const hcl::Block& block, const ResourceType& type, std::string name,
                                const Document& document, const DecodeContext& context) {
  return ResourceDecoder(block, document, context).decode(type, std::move(name));
}

}  // namespace manifest
