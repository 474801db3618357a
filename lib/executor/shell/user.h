// The users of this host, as far as a command that runs as one of them needs to know. A static
// program cannot load the modules by which the C library would look one up.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "reconcile/world.h"

namespace shell {

struct User {
  std::string name;
  uid_t uid = 0;
  gid_t gid = 0;
  std::filesystem::path home;
};

/// A line of passwd(5).
[[nodiscard]] std::optional<User> parse_user(std::string_view line);

/// The user of that name: one of /etc/passwd, or else one that `getent passwd` knows.
[[nodiscard]] std::optional<User> find_user(const std::string& name, const reconcile::World& world);

}  // namespace shell
