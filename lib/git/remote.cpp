#include "git/remote.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "file/descriptor.h"
#include "git/credentials.h"
#include "git/damage.h"
#include "git/difference.h"
#include "git/git_directory.h"
#include "git/lfs.h"
#include "git/obstacles.h"
#include "git/owner.h"
#include "git/url.h"
#include "text/distance.h"
#include "text/fields.h"
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

/// `git ls-remote OPTION REMOTE REF`.
tl::expected<Result, Error> list_refs(const Repository& repository, const Origin& origin,
                                      const Source& source, const std::vector<std::string>& options,
                                      const std::vector<std::string>& refs) {
  Reached reached = reach(repository, origin, source);
  std::vector<std::string> arguments = {"ls-remote"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  arguments.insert(arguments.end(), {"--", std::string(reached.remote)});
  arguments.insert(arguments.end(), refs.begin(), refs.end());
  return reached.repository.query(arguments, most_names);
}

/// Whether a line of `git ls-remote` is exactly `ref`: it also lists refs that only end so.
bool lists(std::string_view output, const std::string& ref) {
  return output.find('\t' + ref + '\n') != std::string_view::npos;
}

/// What there is instead of a branch that is not there, and what to write for it. `listed` are the
/// remote's branches and tags.
std::string explain_absence(std::string_view branch, std::string_view url,
                            std::string_view listed) {
  std::string message = fmt::format("there is no branch {} at {}", text::quoted(branch), url);
  if (lists(listed, fmt::format("refs/tags/{}", branch))) {
    message += ", only a tag, and fluke follows branches";
  }
  std::vector<std::string> branches;
  while (!listed.empty()) {
    std::string_view ref = text::take(listed, '\n');
    text::take(ref, '\t');
    // git lets nobody make a name that would have to be escaped; a server may send one.
    if (const std::string_view name = short_name(ref);
        name != ref && text::quoted(name).size() == name.size() + 2) {
      branches.emplace_back(name);
    }
  }
  if (branches.empty()) {
    return message + "; there is none at all yet, so push one";
  }
  std::ranges::stable_sort(
      branches, {}, [&](const std::string& name) { return text::edit_distance(branch, name); });
  const std::string nearest = text::quoted(branches.front());
  constexpr std::size_t shown = 5;
  const std::size_t others = branches.size() - std::min(shown, branches.size());
  branches.resize(branches.size() - others);
  for (std::string& name : branches) {
    name = text::quoted(name);
  }
  return fmt::format("{}; there {} {}{}; if {} is meant, write: branch = {}", message,
                     branches.size() == 1 ? "is" : "are", fmt::join(branches, ", "),
                     others == 0 ? "" : fmt::format(" and {} more", others), nearest, nearest);
}

/// What ssh connects to: "ssh://user@host:port/path" or "user@host:path".
struct SshPlace {
  std::string destination;
  std::string host;
  std::string port;
};

SshPlace ssh_place(std::string_view url) {
  const std::size_t scheme = url.find("://");
  SshPlace place;
  if (scheme == std::string_view::npos) {
    place.destination = url.substr(0, url.find(':'));
  } else {
    url.remove_prefix(scheme + 3);
    url = url.substr(0, url.find('/'));
    const std::size_t colon = url.rfind(':');
    if (colon != std::string_view::npos && url.find(']', colon) == std::string_view::npos) {
      place.port = url.substr(colon + 1);
      url = url.substr(0, colon);
    }
    place.destination = url;
  }
  place.host = place.destination.substr(place.destination.rfind('@') + 1);
  return place;
}

std::string port_option(const SshPlace& place) {
  return place.port.empty() ? "" : fmt::format("-p {} ", shell_word(place.port));
}

/// As known_hosts names it.
std::string known_name(const SshPlace& place) {
  return place.port.empty() ? place.host : fmt::format("[{}]:{}", place.host, place.port);
}

/// A sentence about `url`, the manifest's, that says what to do; nothing where `messages` tell of
/// no such refusal.
std::optional<std::string> explain_refusal(std::string_view url, std::string_view messages) {
  const text::SplitUrl split = text::split_url(url);
  const std::string name = text::quoted(text::mask_url(url));
  const SshPlace ssh = ssh_place(split.bare);
  const auto says = [&](std::string_view words) {
    return messages.find(words) != std::string_view::npos;
  };
  if (says("Authentication failed for")) {
    return fmt::format("{} refuses the user name and password{}", name,
                       split.password ? " of the manifest's url" : "");
  }
  if (says("could not read Username") || says("could not read Password")) {
    return fmt::format(
        "{} wants a user name and password; put them into the url, or into a credential helper of "
        "git",
        name);
  }
  if (says("REMOTE HOST IDENTIFICATION HAS CHANGED")) {
    return fmt::format(
        "the host key of {} is not the one that this user knows; if that is right, forget the "
        "old one with: ssh-keygen -R {}",
        text::quoted(ssh.host), shell_word(known_name(ssh)));
  }
  if (says("Host key verification failed")) {
    return fmt::format(
        "the host key of {} is not known to this user; compare its fingerprint and accept it with: "
        "ssh {}{}",
        text::quoted(ssh.host), port_option(ssh), shell_word(ssh.destination));
  }
  if (says("Permission denied (")) {
    return fmt::format("{} refuses every ssh key of this user; see why with: ssh -v {}{}", name,
                       port_option(ssh), shell_word(ssh.destination));
  }
  return std::nullopt;
}

/// git goes by the directory that the repository's own configuration names; what the user's says of
/// it does not count.
tl::expected<void, Error> refuse_files_elsewhere(Repository& repository) {
  const auto answer = repository.query({"rev-parse", "--show-toplevel"});
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  const std::string& directory = repository.directory().native();
  if (answer->status != 0 || answer->output == directory + '\n') {
    return {};
  }
  const auto scope = repository.ask({"config", "--show-scope", "--get", "core.worktree"});
  const bool is_apart = scope && scope->starts_with("worktree");
  return tl::unexpected(
      Error{.cause = Cause::refused,
            .message = fmt::format(
                "the repository in {} keeps its files in another directory, {}, as core.worktree "
                "says; name that one, or end it with: {}",
                text::quoted(directory),
                text::quoted(answer->output.substr(0, answer->output.find_last_not_of('\n') + 1)),
                shell_command(directory, fmt::format("config {}--unset core.worktree",
                                                     is_apart ? "--worktree " : "")))});
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
  tl::expected<Result, Error> answer = repository.query(
      {"config", "--null", "--get-regexp",
       R"(^(remote\.origin\.(url|fetch)|core\.(sshcommand|worktree)|filter\..*\.required)$)"});
  if (!answer) {
    return tl::unexpected(std::move(answer.error()));
  }
  if (answer->status > 1) {
    return tl::unexpected(repository.failure("config", *answer));
  }
  Origin origin;
  bool own_ssh = repository.environment().get("GIT_SSH_COMMAND").has_value() ||
                 repository.environment().get("GIT_SSH").has_value();
  bool names_worktree = false;
  std::string_view rest = answer->output;
  while (!rest.empty()) {
    std::string_view value = text::take(rest, '\0');
    const std::string_view key = text::take(value, '\n');
    if (key == "remote.origin.url" && !origin.url) {
      origin.url = value;
    }
    origin.has_refspec = origin.has_refspec || key == "remote.origin.fetch";
    own_ssh = own_ssh || key == "core.sshcommand";
    names_worktree = names_worktree || key == "core.worktree";
    origin.has_required_filter = origin.has_required_filter || key.starts_with("filter.");
  }
  if (names_worktree) {
    if (auto here = refuse_files_elsewhere(repository); !here) {
      return tl::unexpected(std::move(here.error()));
    }
  }
  if (!own_ssh) {
    repository.set_variable("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
  }
  if (origin.url) {
    repository.secrets().add_url(*origin.url);
  }
  return origin;
}

tl::expected<std::string, Error> fetch(Repository& repository, const Origin& origin,
                                       const Source& source, Fetch mode) {
  Reached reached = reach(repository, origin, source);
  const std::string remote(reached.remote);
  // Neither tags nor what origin's refspecs map: they could be in the way, or the branch that is
  // checked out here.
  std::vector<std::string> arguments = {
      "fetch", "-q",  "--no-auto-maintenance", "--no-recurse-submodules", "--no-tags", "--refmap=",
      "--",    remote};
  const std::string branch = local_ref(source.revision.name);
  if (mode == Fetch::into_tracking_ref) {
    arguments.push_back(fmt::format("+{}:{}", branch, tracking_ref(source.revision.name)));
  } else {
    arguments.push_back(branch);
  }
  // A kill leaves it, and with it the locks of refs that git had.
  const std::filesystem::path note = fetch_note(repository.directory());
  const file::Descriptor noted(open(note.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666));
  const tl::expected<Result, Error> answer = reached.repository.run(arguments);
  unlink(note.c_str());
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  if (answer->status != 0) {
    return tl::unexpected(explain_remote(repository, origin, source, "fetch", *answer));
  }
  // git-fetch(1): what was fetched, for scripts to read; the object name comes first.
  const std::string fetched =
      read_small_file(find_git_directory(repository.directory()).own / "FETCH_HEAD");
  return fetched.substr(0, fetched.find('\t'));
}

tl::expected<void, Error> look_for_branch(Repository& repository, const Source& source) {
  const auto origin = read_origin(repository);
  if (!origin) {
    return tl::unexpected(origin.error());
  }
  const tl::expected<Result, Error> listed =
      list_refs(repository, *origin, source, {}, {local_ref(source.revision.name)});
  if (!listed) {
    return tl::unexpected(listed.error());
  }
  if (listed->status != 0 || !lists(listed->output, local_ref(source.revision.name))) {
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
  std::vector<std::vector<std::string>> settings = {{"config", "remote.origin.url", url}};
  if (origin.url) {
    // Where origin has several urls, git fetches from the first, and `git remote set-url` fails.
    settings = {
        {"config", "--fixed-value", "--replace-all", "remote.origin.url", url, *origin.url}};
  } else if (!origin.has_refspec) {
    // `git remote add` fails where origin has any other setting, such as a url to push to.
    settings.push_back({"config", "remote.origin.fetch",
                        fmt::format("+{}:{}", local_ref("*"), tracking_ref("*"))});
  }
  for (const std::vector<std::string>& arguments : settings) {
    const tl::expected<Result, Error> answer = repository.run(arguments);
    if (!answer) {
      return tl::unexpected(answer.error());
    }
    if (answer->status != 0) {
      return tl::unexpected(repository.failure(arguments.front(), *answer));
    }
  }
  return origin.url ? std::optional(text::mask_url(*origin.url)) : std::nullopt;
}

Error explain_remote(const Repository& repository, const Origin& origin, const Source& source,
                     std::string_view command, const Result& attempt) {
  if (std::optional<Error> error = explain_owner(repository, attempt)) {
    return *std::move(error);
  }
  if (auto error = explain_damage(repository, source.revision.name, attempt.messages)) {
    return *std::move(error);
  }
  if (const auto reason = explain_missing_lfs(attempt.messages)) {
    return {.cause = Cause::failed,
            .message = fmt::format("cannot check out {}: {}",
                                   text::quoted(text::mask_url(source.url)), *reason),
            .output = attempt.messages};
  }
  if (const auto refusal = explain_refusal(source.url, attempt.messages)) {
    return {.cause = Cause::failed,
            .message =
                fmt::format("{}: git {} exited with status {}", *refusal, command, attempt.status),
            .output = attempt.messages};
  }
  const std::string url = text::quoted(text::mask_url(source.url));
  if (auto error = explain_ref_in_the_way(repository, source.revision.name, attempt.messages)) {
    return *std::move(error);
  }
  const tl::expected<Result, Error> listed =
      list_refs(repository, origin, source, {"--heads", "--tags"}, {});
  if (!listed) {
    return listed.error();
  }
  if (listed->status != 0) {
    return {.cause = Cause::failed,
            .message = fmt::format("cannot read from {}: git {} exited with status {}", url,
                                   command, attempt.status),
            .output = attempt.messages};
  }
  if (!lists(listed->output, local_ref(source.revision.name))) {
    return {.cause = Cause::failed,
            .message = explain_absence(source.revision.name, url, listed->output),
            .output = attempt.messages};
  }
  return repository.failure(command, attempt);
}

}  // namespace git
