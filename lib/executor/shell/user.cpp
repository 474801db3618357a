#include "executor/shell/user.h"

#include <array>
#include <charconv>
#include <chrono>
#include <fstream>
#include <system_error>

#include "process/environment.h"
#include "text/fields.h"

namespace shell {
namespace {

/// For a directory service to answer.
constexpr std::chrono::seconds patience{30};

std::optional<unsigned int> parse_id(std::string_view text) {
  unsigned int id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(id)
                                                                  : std::nullopt;
}

std::optional<User> find_in(std::istream& lines, std::string_view name) {
  for (std::string line; std::getline(lines, line);) {
    std::optional<User> user = parse_user(line);
    if (user && user->name == name) {
      return user;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<User> parse_user(std::string_view line) {
  // name:password:uid:gid:comment:home:shell
  std::array<std::string_view, 6> fields;
  for (std::string_view& field : fields) {
    field = text::take(line, ':');
  }
  const auto uid = parse_id(fields[2]);
  const auto gid = parse_id(fields[3]);
  if (fields[0].empty() || !uid || !gid) {
    return std::nullopt;
  }
  return User{
      .name = std::string(fields[0]), .uid = *uid, .gid = *gid, .home = std::string(fields[5])};
}

std::optional<User> find_user(const std::string& name, const reconcile::World& world) {
  std::ifstream file("/etc/passwd");
  if (std::optional<User> user = find_in(file, name)) {
    return user;
  }
  process::PassedOver passed_over;
  const auto getent = process::find_program("getent", world.environment, {}, &passed_over);
  if (!getent) {
    return std::nullopt;
  }
  const process::Result result = world.runner.run({.program = *getent,
                                                   .arguments = {"passwd", "--", name},
                                                   .environment = world.environment.entries(),
                                                   .working_dir = "/",
                                                   .streams = process::Streams::separate,
                                                   .deadline = patience},
                                                  {});
  std::optional<User> user;
  if (process::succeeded(result.ending)) {
    user = parse_user(std::string_view(result.output).substr(0, result.output.find('\n')));
  }
  return user && user->name == name ? user : std::nullopt;
}

}  // namespace shell
