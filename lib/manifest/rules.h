// The rules that names, urls, branches and tags obey: text to the reason why it is refused. None
// of the reasons quotes the text, which may hold a password.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace manifest {

/// The label of a block.
[[nodiscard]] std::optional<std::string> resource_name_problem(std::string_view name);

/// The label of a variable block: what can stand behind `var.` and in the name of an environment
/// variable.
[[nodiscard]] std::optional<std::string> identifier_problem(std::string_view name);

/// The name of a label: what can stand before the "=" of an option, among others with commas.
[[nodiscard]] std::optional<std::string> label_name_problem(std::string_view name);

/// The name of an environment variable.
[[nodiscard]] std::optional<std::string> variable_name_problem(std::string_view name);

/// What git would read as a flag, or as an order to start a program of the url's choice, is no url.
[[nodiscard]] std::optional<std::string> url_problem(std::string_view url);

/// What `git check-ref-format --branch` refuses is no branch.
[[nodiscard]] std::optional<std::string> branch_problem(std::string_view branch);

/// The same for a tag.
[[nodiscard]] std::optional<std::string> tag_problem(std::string_view tag);

/// A commit is named by all its digits, of SHA-1 or SHA-256.
[[nodiscard]] std::optional<std::string> commit_problem(std::string_view commit);
/// A path, or a pattern of such, that leads nowhere but below the directory it starts from.
[[nodiscard]] std::optional<std::string> inner_path_problem(std::string_view path);

/// A path as far as its text goes.
[[nodiscard]] std::optional<std::string> path_problem(std::string_view path);

}  // namespace manifest
