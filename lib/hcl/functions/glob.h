// Finds files by pattern: "*.conf", "**/*.{yml,yaml}".
#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "hcl/value/function.h"

namespace hcl::functions {

/// The regular files below `directory` that `pattern` matches, as paths from there. In a pattern, *
/// stands for any text without a slash, ? for one character, [a-z] and [^a-z] for one of several,
/// {a,b} for one of two texts without slashes, and ** between slashes for any number of
/// directories. A backslash takes the meaning from the character behind it. Links are followed, but
/// not round in circles. Files whose names are not UTF-8, and directories that are not there or
/// cannot be read, count as absent.
///
/// `may_look` is asked before each file or directory that is looked at; false ends the search.
///
/// An error says what is wrong with the pattern, or that there is too much to look at.
[[nodiscard]] tl::expected<std::set<std::string>, FunctionError> glob(
    const std::filesystem::path& directory, std::string_view pattern,
    const std::function<bool()>& may_look);

}  // namespace hcl::functions
