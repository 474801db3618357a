#include "manifest/rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace manifest {
namespace {

bool is_one_of(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_alphanumeric(char c) {
  return is_letter(c) || (c >= '0' && c <= '9');
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
}

bool has_control(std::string_view text) {
  return std::ranges::any_of(text, is_control);
}

/// Whether `url` has the form `word::address`, in which the word names a program for git to start.
bool names_transport_helper(std::string_view url) {
  const auto end = std::ranges::find_if_not(
      url, [](char c) { return is_alphanumeric(c) || is_one_of(c, "+-."); });
  const auto length = static_cast<std::size_t>(end - url.begin());
  return length > 0 && url.substr(length).starts_with("::");
}

std::optional<std::string> ref_component_problem(std::string_view noun,
                                                 std::string_view component) {
  if (component.empty()) {
    return fmt::format(
        "a {} name has no empty part: no \"/\" at its beginning or end, and no \"//\"", noun);
  }
  if (component.starts_with('.')) {
    return fmt::format("no part of a {} name begins with \".\"", noun);
  }
  if (component.ends_with(".lock")) {
    return fmt::format("no part of a {} name ends in \".lock\"", noun);
  }
  return std::nullopt;
}

/// As git-check-ref-format(1) has it; `noun` is "branch" or "tag".
std::optional<std::string> ref_problem(std::string_view noun, std::string_view name) {
  if (name.empty()) {
    return fmt::format("a {} name cannot be empty", noun);
  }
  if (name.front() == '-') {
    return fmt::format("a {} name cannot begin with \"-\": git would take it for an option", noun);
  }
  if (name == "HEAD") {
    return fmt::format("git keeps the name HEAD for itself; name the {} that is meant", noun);
  }
  if (has_control(name)) {
    return fmt::format("a {} name cannot hold control characters", noun);
  }
  if (name.find_first_of(" ~^:?*[\\") != std::string_view::npos) {
    return fmt::format("a {} name cannot hold spaces or any of ~ ^ : ? * [ \\", noun);
  }
  for (const std::string_view part : {"..", "@{"}) {
    if (name.find(part) != std::string_view::npos) {
      return fmt::format("a {} name cannot hold \"{}\"", noun, part);
    }
  }
  if (name.ends_with('.')) {
    return fmt::format("a {} name cannot end with \".\"", noun);
  }
  for (std::string_view rest = name;;) {
    const std::size_t slash = rest.find('/');
    if (auto problem = ref_component_problem(noun, rest.substr(0, slash))) {
      return problem;
    }
    if (slash == std::string_view::npos) {
      return std::nullopt;
    }
    rest.remove_prefix(slash + 1);
  }
}

}  // namespace

std::optional<std::string> resource_name_problem(std::string_view name) {
  if (name.empty()) {
    return "a name cannot be empty";
  }
  if (!is_letter(name.front()) && name.front() != '_') {
    return "a name begins with a letter from a to z or with \"_\"";
  }
  if (!std::ranges::all_of(name,
                           [](char c) { return is_alphanumeric(c) || is_one_of(c, "_.-"); })) {
    return "a name is made of the letters a to z, digits, \"_\", \".\" and \"-\"";
  }
  return std::nullopt;
}

std::optional<std::string> identifier_problem(std::string_view name) {
  const bool begins_well = !name.empty() && (is_letter(name.front()) || name.front() == '_');
  const bool goes_on_well =
      std::ranges::all_of(name, [](char c) { return is_alphanumeric(c) || c == '_' || c == '-'; });
  return begins_well && goes_on_well
             ? std::nullopt
             : std::optional<std::string>(
                   "a name begins with a letter from a to z or with \"_\", and goes on with "
                   "letters, digits, \"_\" and \"-\"");
}

std::optional<std::string> label_name_problem(std::string_view name) {
  const bool goes_on_well = std::ranges::all_of(name, [](char c) {
    return is_alphanumeric(c) || c == '_' || c == '-' || c == '.' || c == '/';
  });
  return !name.empty() && is_alphanumeric(name.front()) && goes_on_well
             ? std::nullopt
             : std::optional<std::string>(
                   "a label begins with a letter or a digit, and goes on with letters, digits, "
                   "\"_\", \"-\", \".\" and \"/\"");
}

std::optional<std::string> variable_name_problem(std::string_view name) {
  if (name.empty()) {
    return "the name of an environment variable cannot be empty";
  }
  if (name.find('=') != std::string_view::npos) {
    return "the name of an environment variable cannot hold \"=\"";
  }
  if (name.find('\0') != std::string_view::npos) {
    return "the name of an environment variable cannot hold a NUL character";
  }
  return std::nullopt;
}

std::optional<std::string> url_problem(std::string_view url) {
  if (url.empty()) {
    return "a url cannot be empty";
  }
  if (url.front() == '-') {
    return "a url cannot begin with \"-\": git would take it for an option";
  }
  if (url.front() == '~' || url.front() == '$') {
    return "\"~\" and \"$NAME\" are not expanded; write \"${env(\"HOME\")}/...\"";
  }
  if (has_control(url)) {
    return "a url cannot hold control characters";
  }
  if (names_transport_helper(url)) {
    return "a url of the form \"word::address\" makes git start a helper program; name the "
           "repository by https, ssh or a path";
  }
  return std::nullopt;
}

std::optional<std::string> branch_problem(std::string_view branch) {
  return ref_problem("branch", branch);
}

std::optional<std::string> tag_problem(std::string_view tag) {
  return ref_problem("tag", tag);
}

std::optional<std::string> commit_problem(std::string_view commit) {
  constexpr std::size_t sha1_digits = 40;
  constexpr std::size_t sha256_digits = 64;
  const bool is_hexadecimal =
      commit.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
  if (is_hexadecimal && (commit.size() == sha1_digits || commit.size() == sha256_digits)) {
    return std::nullopt;
  }
  return "a commit is named by all its 40 (or 64) hexadecimal digits, since fewer may come to mean "
         "another one; see them with: git rev-parse NAME";
}

std::optional<std::string> inner_path_problem(std::string_view path) {
  if (path.empty()) {
    return "a path cannot be empty; \".\" is the whole directory";
  }
  if (path.find('\0') != std::string_view::npos) {
    return "a path cannot hold a NUL character";
  }
  if (path.front() == '/') {
    return "a path here starts from working_dir, without \"/\" at its beginning";
  }
  while (!path.empty()) {
    const std::size_t length = std::min(path.find('/'), path.size());
    if (path.substr(0, length) == "..") {
      return "\"..\" would leave working_dir; only what lies below it can be included";
    }
    path.remove_prefix(std::min(length + 1, path.size()));
  }
  return std::nullopt;
}

std::optional<std::string> path_problem(std::string_view path) {
  if (path.empty()) {
    return "a path cannot be empty; \".\" is the manifest's own directory";
  }
  if (path.find('\0') != std::string_view::npos) {
    return "a path cannot hold a NUL character";
  }
  return std::nullopt;
}

}  // namespace manifest
