// The environment of a process as a list that can be edited before a child gets it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace process {

/// An ordered list of NAME=value pairs with unique names. Entries of environ(7) that hold no `=`
/// are dropped.
class Environment {
 public:
  Environment() = default;
  /// Copies a null-terminated array such as environ(7).
  [[nodiscard]] static Environment from(const char* const* entries);

  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const;
  void set(std::string_view name, std::string_view value);
  void unset(std::string_view name);

  /// "NAME=value" each, as Command wants them.
  [[nodiscard]] const std::vector<std::string>& entries() const { return entries_; }

 private:
  std::vector<std::string> entries_;
};

/// What root does not run though PATH finds it, a sentence each: others could have put it there.
using PassedOver = std::vector<std::string>;

/// The absolute path of the executable that PATH in `environment` finds for `name`, then the first
/// of `more_directories` that holds it. A name with a slash is taken as it is, relative to the
/// current directory. Nothing if there is no executable regular file of that name. With
/// `passed_over`, root takes only what nobody else can change, and only from absolute directories.
[[nodiscard]] std::optional<std::string> find_program(
    std::string_view name, const Environment& environment,
    std::span<const std::string> more_directories = {}, PassedOver* passed_over = nullptr);

}  // namespace process
