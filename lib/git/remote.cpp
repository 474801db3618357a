#include "git/remote.h"

#include <fmt/format.h>

#include "git/credentials.h"
#include "git/damage.h"
#include "git/lfs.h"
#include "git/owner.h"
#include "git/refusals.h"
#include "git/url.h"
#include "text/quote.h"
#include "text/url.h"

namespace git {
namespace {

/// The name under which git knows the url of the manifest where origin has another one.
constexpr std::string_view manifest_remote = "fluke-manifest";

/// A repository whose commands reach the url of the manifest, by the name of a remote. Where origin
/// is the manifest's own remote, its proxy and other settings hold as by hand.
struct Reached {
  Repository repository;
  std::string_view remote;
};

Reached reach(const Repository& repository, const Origin& origin, const Source& source) {
  const std::string bare = text::split_url(source.url).bare;
  const bool is_origin = origin.url && text::split_url(*origin.url).bare == bare;
  Reached reached{with_credentials(repository, source.url, is_origin ? *origin.url : ""),
                  is_origin ? "origin" : manifest_remote};
  if (!is_origin) {
    reached.repository.use({.key = fmt::format("remote.{}.url", manifest_remote), .value = bare});
  } else if (*origin.url != bare) {
    // What git starts for the transport gets the url as an argument.
    reached.repository.use({.key = fmt::format("url.{}.insteadOf", bare), .value = *origin.url});
  }
  return reached;
}

/// What the remote says of the branch.
tl::expected<Answer, Error> list_branch(const Repository& repository, const Origin& origin,
                                        const Source& source) {
  Reached reached = reach(repository, origin, source);
  return reached.repository.query(
      {"ls-remote", "--", std::string(reached.remote), local_ref(source.branch)});
}

/// Whether a line of `git ls-remote` is exactly `ref`: it also lists refs that only end so.
bool lists(std::string_view output, const std::string& ref) {
  return output.find('\t' + ref + '\n') != std::string_view::npos;
}

}  // namespace

std::string local_ref(std::string_view branch) {
  return fmt::format("refs/heads/{}", branch);
}

std::string tracking_ref(std::string_view branch) {
  return fmt::format("refs/remotes/origin/{}", branch);
}

tl::expected<Origin, Error> read_origin(Repository& repository) {
  // Without a match the status is 1.
  tl::expected<Answer, Error> answer = repository.query(
      {"config", "--null", "--get-regexp", R"(^(remote\.origin\.(url|fetch)|core\.sshcommand)$)"});
  if (!answer) {
    return tl::unexpected(std::move(answer.error()));
  }
  if (answer->status > 1) {
    return tl::unexpected(repository.failure("config", *answer));
  }
  Origin origin;
  bool own_ssh = repository.environment().get("GIT_SSH_COMMAND").has_value() ||
                 repository.environment().get("GIT_SSH").has_value();
  std::string_view rest = answer->output;
  while (!rest.empty()) {
    const std::string_view entry = rest.substr(0, rest.find('\0'));
    const std::string_view key = entry.substr(0, entry.find('\n'));
    const std::string_view value = entry.substr(std::min(key.size() + 1, entry.size()));
    if (key == "remote.origin.url" && !origin.url) {
      origin.url = value;
    }
    origin.has_refspec = origin.has_refspec || key == "remote.origin.fetch";
    own_ssh = own_ssh || key == "core.sshcommand";
    rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
  }
  if (!own_ssh) {
    repository.set_variable("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
  }
  if (origin.url) {
    repository.redactor().add(*origin.url);
  }
  return origin;
}

tl::expected<void, Error> fetch(Repository& repository, const Origin& origin, const Source& source,
                                Fetch mode) {
  Reached reached = reach(repository, origin, source);
  const std::string remote(reached.remote);
  std::vector<std::string> arguments = {"fetch", "-q", "--no-auto-maintenance",
                                        "--no-recurse-submodules"};
  const std::string branch = local_ref(source.branch);
  if (mode == Fetch::into_tracking_ref) {
    arguments.insert(arguments.end(),
                     {"--", remote, fmt::format("+{}:{}", branch, tracking_ref(source.branch))});
  } else {
    arguments.insert(arguments.end(), {"--no-tags", "--refmap=", "--", remote, branch});
  }
  const tl::expected<Answer, Error> answer = reached.repository.run(arguments);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  if (answer->status != 0) {
    return tl::unexpected(explain_remote(repository, origin, source, "fetch", *answer));
  }
  return {};
}

tl::expected<void, Error> look_for_branch(Repository& repository, const Source& source) {
  const auto origin = read_origin(repository);
  if (!origin) {
    return tl::unexpected(origin.error());
  }
  const tl::expected<Answer, Error> listed = list_branch(repository, *origin, source);
  if (!listed) {
    return tl::unexpected(listed.error());
  }
  if (listed->status != 0 || !lists(listed->output, local_ref(source.branch))) {
    return tl::unexpected(explain_remote(repository, *origin, source, "ls-remote", *listed));
  }
  return {};
}

tl::expected<std::optional<std::string>, Error> adopt_url(Repository& repository,
                                                          const Origin& origin,
                                                          const Source& source) {
  if (origin.url && same_url(*origin.url, source.url, repository.directory())) {
    return std::nullopt;
  }
  // A password stays out of the configuration.
  const std::string url = text::split_url(source.url).bare;
  std::vector<std::string> arguments = {"config", "remote.origin.url", url};
  if (origin.url) {
    // Where origin has several urls, git fetches from the first, and `git remote set-url` fails.
    arguments = {"config", "--fixed-value", "--replace-all", "remote.origin.url", url, *origin.url};
  } else if (!origin.has_refspec) {
    arguments = {"remote", "add", "--", "origin", url};
  }
  const tl::expected<Answer, Error> answer = repository.run(arguments);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  if (answer->status != 0) {
    return tl::unexpected(repository.failure(arguments.front(), *answer));
  }
  return origin.url ? std::optional(text::redacted_url(*origin.url)) : std::nullopt;
}

Error explain_remote(const Repository& repository, const Origin& origin, const Source& source,
                     std::string_view command, const Answer& attempt) {
  if (std::optional<Error> error = explain_owner(repository, attempt)) {
    return *std::move(error);
  }
  if (auto error = explain_damage(repository, source.branch, attempt.messages)) {
    return *std::move(error);
  }
  if (const auto reason = explain_missing_lfs(attempt.messages)) {
    return {.cause = Cause::failed,
            .message = fmt::format("cannot check out {}: {}",
                                   text::quoted(text::redacted_url(source.url)), *reason),
            .output = attempt.messages};
  }
  if (const auto refusal = explain_refusal(source.url, attempt.messages)) {
    return {.cause = Cause::failed,
            .message =
                fmt::format("{}: git {} exited with status {}", *refusal, command, attempt.status),
            .output = attempt.messages};
  }
  const std::string url = text::quoted(text::redacted_url(source.url));
  const tl::expected<Answer, Error> listed = list_branch(repository, origin, source);
  if (!listed) {
    return listed.error();
  }
  if (listed->status != 0) {
    return {.cause = Cause::failed,
            .message = fmt::format("cannot read from {}: git {} exited with status {}", url,
                                   command, attempt.status),
            .output = attempt.messages};
  }
  if (!lists(listed->output, local_ref(source.branch))) {
    return {.cause = Cause::failed,
            .message = fmt::format("there is no branch {} at {}", text::quoted(source.branch), url),
            .output = attempt.messages};
  }
  return repository.failure(command, attempt);
}

}  // namespace git
