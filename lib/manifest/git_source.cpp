#include "manifest/git_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "manifest/attribute.h"
#include "manifest/rules.h"

namespace manifest {
namespace {

constexpr int most_retries = 100;

constexpr TextRule url_rule = {
    .kind = Kind::invalid_url, .noun = "git url", .problem = url_problem, .is_secret = true};
constexpr TextRule path_rule = {
    .kind = Kind::invalid_verify, .noun = "path", .problem = path_problem};

struct RevisionRule {
  std::string_view name;
  Revision::Kind kind;
  TextRule text;
};

constexpr RevisionRule revision_rules[] = {
    {.name = "branch",
     .kind = Revision::Kind::branch,
     .text = {.kind = Kind::invalid_branch, .noun = "git branch", .problem = branch_problem}},
    {.name = "tag",
     .kind = Revision::Kind::tag,
     .text = {.kind = Kind::invalid_tag, .noun = "git tag", .problem = tag_problem}},
    {.name = "commit",
     .kind = Revision::Kind::commit,
     .text = {.kind = Kind::invalid_commit, .noun = "git commit", .problem = commit_problem}},
};

struct KeysRule {
  std::string_view name;
  Verify::Keys keys;
  /// What is named.
  std::string_view noun;
};

constexpr KeysRule keys_rules[] = {
    {.name = "allowed_signers", .keys = Verify::Keys::allowed_signers, .noun = "file"},
    {.name = "gnupg_home", .keys = Verify::Keys::gnupg_home, .noun = "directory"},
};

class GitSourceDecoder {
 public:
  GitSourceDecoder(const hcl::Block& block, const Document& document, const DecodeContext& context)
      : block_(block),
        document_(document),
        context_(context),
        attributes_(block, document, context) {}

  [[nodiscard]] std::optional<GitSource> decode() const;

 private:
  [[nodiscard]] std::optional<Revision> revision() const;
  [[nodiscard]] bool move(const Revision& revision) const;
  [[nodiscard]] std::optional<Verify> verify(const hcl::Block& block) const;
  [[nodiscard]] std::optional<Verify> keys(const hcl::Block& block,
                                           const AttributeReader& attributes) const;

  const hcl::Block& block_;
  const Document& document_;
  const DecodeContext& context_;
  AttributeReader attributes_;
};

std::optional<GitSource> GitSourceDecoder::decode() const {
  std::optional<std::string> url = attributes_.required_url("url", url_rule);
  std::optional<Revision> followed = revision();
  GitSource source{.require_clean = attributes_.boolean("require_clean").value_or(false),
                   .retry = attributes_.count("retry", Kind::invalid_retry, most_retries)};
  source.move = followed && move(*followed);
  const hcl::Block* verifying = block_.body.find_block("verify");
  if (verifying != nullptr) {
    source.verify = verify(*verifying);
  }
  if (!url || !followed || (verifying != nullptr && !source.verify)) {
    return std::nullopt;
  }
  source.url = *std::move(url);
  source.revision = *std::move(followed);
  return source;
}

std::optional<Revision> GitSourceDecoder::revision() const {
  std::optional<Revision> found;
  std::string_view found_by;
  bool is_valid = true;
  for (const RevisionRule& rule : revision_rules) {
    std::optional<std::string> name = attributes_.text(rule.name, rule.text, "");
    if (!name) {
      is_valid = false;
    } else if (name->empty()) {
      continue;
    } else if (found) {
      auto& error = attributes_.add(
          Kind::two_revisions, block_.body.find(rule.name)->name.range,
          fmt::format("\"{}\" beside \"{}\"", rule.name, found_by),
          "a checkout follows one branch, one tag or one commit; take the other out");
      add_note(error, {&document_.file(), block_.body.find(found_by)->name.range},
               fmt::format("\"{}\" is here", found_by));
      return std::nullopt;
    } else {
      found = Revision{.kind = rule.kind, .name = *std::move(name)};
      found_by = rule.name;
    }
  }
  if (!is_valid) {
    return std::nullopt;
  }
  if (!found) {
    return Revision{.name = "main"};
  }
  if (found->kind == Revision::Kind::commit) {
    std::ranges::transform(found->name, found->name.begin(), [](char c) {
      return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    });
  }
  return found;
}

bool GitSourceDecoder::move(const Revision& revision) const {
  const bool move = attributes_.boolean("move").value_or(false);
  if (move && revision.kind != Revision::Kind::tag) {
    attributes_.add(Kind::misplaced_move, attributes_.range_of("move"), "\"move\" without a tag",
                    "it says that a tag may move, and this block follows none; take it out");
  }
  return move;
}

std::optional<Verify> GitSourceDecoder::verify(const hcl::Block& block) const {
  constexpr std::string_view name = "revoked_keys";
  const AttributeReader attributes(block, document_, context_);
  std::optional<Verify> found = keys(block, attributes);
  const std::optional<std::string> revoked = attributes.text(name, path_rule, "");
  if (!revoked || revoked->empty()) {
    return revoked ? found : std::nullopt;
  }
  auto path = attributes.path(name, *revoked, path_rule.kind, "file");
  if (found && found->keys == Verify::Keys::gnupg_home) {
    attributes.add(
        Kind::invalid_verify, block.body.find(name)->name.range,
        "\"revoked_keys\" beside \"gnupg_home\"",
        "it is about SSH keys; an OpenPGP key is revoked in the home, with gpg --import; "
        "take it out");
    return std::nullopt;
  }
  if (!found || !path) {
    return std::nullopt;
  }
  found->revoked_keys = *std::move(path);
  return found;
}

std::optional<Verify> GitSourceDecoder::keys(const hcl::Block& block,
                                             const AttributeReader& attributes) const {
  std::optional<Verify> found;
  bool is_valid = true;
  for (const KeysRule& rule : keys_rules) {
    const std::optional<std::string> text = attributes.text(rule.name, path_rule, "");
    if (text && text->empty()) {
      continue;
    }
    auto path = text ? attributes.path(rule.name, *text, path_rule.kind, rule.noun) : std::nullopt;
    if (!path) {
      is_valid = false;
    } else if (found) {
      attributes.add(Kind::invalid_verify, block.body.find(rule.name)->name.range,
                     "\"gnupg_home\" beside \"allowed_signers\"",
                     "keys of one kind vouch for a checkout; take the other out");
      is_valid = false;
    } else {
      found = Verify{.keys = rule.keys, .path = *std::move(path)};
    }
  }
  if (is_valid && !found) {
    attributes.add(
        Kind::invalid_verify, block.header, "verify block without keys",
        "name whose signature counts: allowed_signers = FILE for SSH keys, or gnupg_home "
        "= DIRECTORY for OpenPGP");
  }
  return is_valid ? found : std::nullopt;
}

}  // namespace

std::optional<GitSource> decode_git_source(const hcl::Block& block, const Document& document,
                                           const DecodeContext& context) {
  return GitSourceDecoder(block, document, context).decode();
}

}  // namespace manifest
