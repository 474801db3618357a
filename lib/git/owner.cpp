#include "git/owner.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <string_view>

#include "text/fields.h"
#include "text/quote.h"

namespace git {
namespace {

/// The owner of the directory, if that is somebody else.
std::optional<uid_t> other_owner(const Repository& repository) {
  struct stat status {};
  return stat(repository.directory().c_str(), &status) == 0 && status.st_uid != geteuid()
             ? std::optional(status.st_uid)
             : std::nullopt;
}

Error refuse(const Repository& repository, uid_t owner, std::string output) {
  const std::string& directory = repository.directory().native();
  return {.cause = Cause::refused,
          .message = fmt::format(
              "{} belongs to another user (uid {}, fluke runs as {}), and git does not work in it; "
              "run fluke as that user, or trust it with: git config --global --add safe.directory "
              "{}",
              text::quoted(directory), owner, geteuid(), shell_word(directory)),
          .output = std::move(output)};
}

/// As git-config(1) has it of safe.directory; an empty value takes back what came before.
bool is_listed(std::string_view values, std::string_view directory) {
  bool is_safe = false;
  while (!values.empty()) {
    const std::string_view value = text::take(values, '\0');
    const bool is_above =
        value.ends_with("/*") && directory.starts_with(value.substr(0, value.size() - 1));
    is_safe = !value.empty() && (is_safe || value == "*" || value == directory || is_above);
  }
  return is_safe;
}

}  // namespace

tl::expected<void, Error> check_owner(Repository& repository) {
  const std::optional<uid_t> owner = other_owner(repository);
  // As git does, for root that came by sudo.
  if (!owner ||
      (geteuid() == 0 && repository.environment().get("SUDO_UID") == std::to_string(*owner))) {
    return {};
  }
  return repository.query({"config", "-z", "--get-all", "safe.directory"})
      .and_then([&](const Result& answer) -> tl::expected<void, Error> {
        if (is_listed(answer.output, repository.directory().native())) {
          return {};
        }
        return tl::unexpected(refuse(repository, *owner, ""));
      });
}

std::optional<Error> explain_owner(const Repository& repository, const Result& attempt) {
  const std::optional<uid_t> owner = other_owner(repository);
  return owner && attempt.messages.find("safe.directory") != std::string::npos
             ? std::optional(refuse(repository, *owner, attempt.messages))
             : std::nullopt;
}

}  // namespace git
