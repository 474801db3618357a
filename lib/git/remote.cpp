#include "git/remote.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

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

/// What there is instead of a branch or a tag that is not there, and what to write for it. `listed`
/// are the remote's branches and tags.
std::string explain_absence(const Revision& revision, std::string_view url,
                            std::string_view listed) {
  const bool is_branch = revision.kind == Revision::Kind::branch;
  const std::string_view noun = name_of(revision.kind);
  const std::string_view other = is_branch ? "tag" : "branch";
  std::string message = fmt::format("there is no {} at {}", described(revision), url);
  if (lists(listed, is_branch ? tag_ref(revision.name) : local_ref(revision.name))) {
    return message + fmt::format(", only a {}; to follow that, write: {} = {}", other, other,
                                 text::quoted(revision.name));
  }
  const std::string prefix = is_branch ? local_ref("") : tag_ref("");
  std::vector<std::string> names;
  while (!listed.empty()) {
    std::string_view ref = text::take(listed, '\n');
    text::take(ref, '\t');
    // git lets nobody make a name that would have to be escaped; a server may send one.
    if (const std::string_view name = ref.substr(std::min(prefix.size(), ref.size()));
        ref.starts_with(prefix) && text::quoted(name).size() == name.size() + 2) {
      names.emplace_back(name);
    }
  }
  if (names.empty()) {
    return message + "; there is none at all yet, so push one";
  }
  std::ranges::stable_sort(
      names, {}, [&](const std::string& name) { return text::edit_distance(revision.name, name); });
  const std::string nearest = text::quoted(names.front());
  constexpr std::size_t shown = 5;
  const std::size_t others = names.size() - std::min(shown, names.size());
  names.resize(names.size() - others);
  for (std::string& name : names) {
    name = text::quoted(name);
  }
  return fmt::format("{}; there {} {}{}; if {} is meant, write: {} = {}", message,
                     names.size() == 1 ? "is" : "are", fmt::join(names, ", "),
                     others == 0 ? "" : fmt::format(" and {} more", others), nearest, noun,
                     nearest);
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

/// What is asked for.
std::string remote_ref(const Revision& revision) {
  switch (revision.kind) {
    case Revision::Kind::branch:
      return local_ref(revision.name);
    case Revision::Kind::tag:
      return tag_ref(revision.name);
    case Revision::Kind::commit:
      break;
  }
  return revision.name;
}

/// git-fetch(1): what was fetched, for scripts to read; the object name comes first.
std::string fetched_object(const Repository& repository) {
  const std::string fetched =
      read_small_file(find_git_directory(repository.directory()).own / "FETCH_HEAD");
  return fetched.substr(0, fetched.find('\t'));
}

/// The remote answered, and gave nothing but the tips of its branches and tags by name.
bool withholds_object(std::string_view messages) {
  constexpr std::string_view words[] = {"not our ref", "unadvertised object",
                                        "couldn't find remote ref"};
  return std::ranges::any_of(
      words, [&](std::string_view some) { return messages.find(some) != std::string_view::npos; });
}

/// The names of all branches of the remote, as refs.
tl::expected<std::vector<std::string>, Error> list_branches(Repository& repository,
                                                            const Origin& origin,
                                                            const Source& source) {
  const auto listed = list_refs(repository, origin, source, {"--heads"}, {});
  if (!listed) {
    return tl::unexpected(listed.error());
  }
  if (listed->status != 0) {
    return tl::unexpected(explain_remote(repository, origin, source, "ls-remote", *listed));
  }
  std::vector<std::string> refs;
  for (std::string_view rest = listed->output; !rest.empty();) {
    std::string_view ref = text::take(rest, '\n');
    text::take(ref, '\t');
    refs.emplace_back(ref);
  }
  return refs;
}

/// One fetch of what a source follows. While git waits for the remote, it looks how the checkout
/// stands.
class Fetching {
 public:
  Fetching(Repository& repository, const Origin& origin, const Source& source)
      : repository_(repository), origin_(origin), source_(source) {}

  tl::expected<Fetched, Error> run(Fetch mode);

 private:
  tl::expected<Fetched, Error> fetch_tag();
  tl::expected<Fetched, Error> fetch_commit();
  tl::expected<void, Error> fetch_by_name();
  tl::expected<Fetched, Error> fetch_ref(const std::string& refspec);
  tl::expected<Result, Error> fetch(const std::vector<std::string>& refspecs);
  tl::expected<void, Error> expect_fetched(const tl::expected<Result, Error>& answer);
  void look();

  Repository& repository_;
  const Origin& origin_;
  const Source& source_;
  std::optional<Status> seen_;
};

tl::expected<Fetched, Error> Fetching::run(Fetch mode) {
  const std::string& name = source_.revision.name;
  tl::expected<Fetched, Error> fetched;
  switch (source_.revision.kind) {
    case Revision::Kind::branch:
      fetched = fetch_ref(mode == Fetch::into_tracking_ref
                              ? fmt::format("+{}:{}", local_ref(name), tracking_ref(name))
                              : local_ref(name));
      break;
    case Revision::Kind::tag:
      fetched = fetch_tag();
      break;
    case Revision::Kind::commit:
      fetched = fetch_commit();
      break;
  }
  if (fetched) {
    fetched->status = std::move(seen_);
  }
  return fetched;
}

/// A tag may name anything, another tag included.
tl::expected<Fetched, Error> Fetching::fetch_tag() {
  auto fetched = fetch_ref(tag_ref(source_.revision.name));
  if (!fetched) {
    return fetched;
  }
  const auto commit =
      repository_.query({"rev-parse", "--quiet", "--verify", fetched->object + "^{commit}"});
  if (!commit) {
    return tl::unexpected(commit.error());
  }
  if (commit->status != 0) {
    return tl::unexpected(Error{.message = fmt::format("{} at {} names no commit; name another tag",
                                                       described(source_.revision),
                                                       text::quoted(text::mask_url(source_.url)))});
  }
  fetched->commit = commit->output.substr(0, commit->output.find('\n'));
  return fetched;
}

tl::expected<Fetched, Error> Fetching::fetch_commit() {
  const std::string& commit = source_.revision.name;
  const auto here = is_reachable(repository_, commit);
  if (!here) {
    return tl::unexpected(here.error());
  }
  if (!*here) {
    if (auto fetched = fetch_by_name(); !fetched) {
      return tl::unexpected(std::move(fetched.error()));
    }
  }
  const auto type = repository_.query({"cat-file", "-t", commit});
  if (!type) {
    return tl::unexpected(type.error());
  }
  if (type->output == "commit\n") {
    return Fetched{.commit = commit, .object = commit};
  }
  const std::string url = text::quoted(text::mask_url(source_.url));
  return tl::unexpected(Error{
      .message = type->status != 0
                     ? fmt::format("there is no commit {} at {}: none of its branches holds it",
                                   commit, url)
                     : fmt::format("{} at {} is a {}, not a commit; name the commit that is meant",
                                   commit, url, type->output.substr(0, type->output.find('\n')))});
}

/// Fetches the commit by its name or, where the remote does not allow that, all branches.
tl::expected<void, Error> Fetching::fetch_by_name() {
  auto answer = fetch({source_.revision.name});
  if (answer && answer->status != 0 && withholds_object(answer->messages)) {
    const auto branches = list_branches(repository_, origin_, source_);
    if (!branches) {
      return tl::unexpected(branches.error());
    }
    if (branches->empty()) {
      return {};
    }
    answer = fetch(*branches);
  }
  return expect_fetched(answer);
}

tl::expected<Fetched, Error> Fetching::fetch_ref(const std::string& refspec) {
  return expect_fetched(fetch({refspec})).map([&] {
    const std::string object = fetched_object(repository_);
    return Fetched{.commit = object, .object = object};
  });
}

/// `git fetch REMOTE REFSPECS`.
tl::expected<Result, Error> Fetching::fetch(const std::vector<std::string>& refspecs) {
  Reached reached = reach(repository_, origin_, source_);
  // Neither tags nor what origin's refspecs map: they could be in the way, or the branch that is
  // checked out here. There may be more refspecs than arguments can be.
  return reached.repository.fetch(
      {"--no-tags", "--refmap=", "--stdin", "--", std::string(reached.remote)},
      fmt::format("{}\n", fmt::join(refspecs, "\n")), [this] { look(); });
}

tl::expected<void, Error> Fetching::expect_fetched(const tl::expected<Result, Error>& answer) {
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  if (answer->status != 0) {
    return tl::unexpected(explain_remote(repository_, origin_, source_, "fetch", *answer));
  }
  return {};
}

void Fetching::look() {
  if (is_there(update_note(repository_.directory()))) {
    return;
  }
  if (auto status = read_status(repository_, source_.revision)) {
    repository_.tell_head(status->head.commit);
    seen_ = *std::move(status);
  }
}

}  // namespace

std::string local_ref(std::string_view branch) {
  return fmt::format("refs/heads/{}", branch);
}

std::string tracking_ref(std::string_view branch) {
  return fmt::format("refs/remotes/origin/{}", branch);
}

std::string tag_ref(std::string_view tag) {
  return fmt::format("refs/tags/{}", tag);
}

std::string pin_ref(std::string_view commit) {
  return fmt::format("refs/fluke/{}", commit);
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

tl::expected<Fetched, Error> fetch(Repository& repository, const Origin& origin,
                                   const Source& source, Fetch mode) {
  repository.clear_locks();
  return Fetching(repository, origin, source).run(mode);
}

tl::expected<Status, Error> read_status(Repository& repository, const Revision& revision,
                                        const Fetched& fetched) {
  auto status = fetched.status ? *fetched.status : read_status(repository, revision);
  if (status && revision.kind == Revision::Kind::branch &&
      status->head.ref == local_ref(revision.name) && !status->head.commit.empty() &&
      status->head.commit != fetched.commit) {
    const auto distance = count_commits(repository, status->head.commit, fetched.commit);
    if (!distance) {
      return tl::unexpected(distance.error());
    }
    status->distance = *distance;
  }
  return status;
}

tl::expected<void, Error> look_for_revision(Repository& repository, const Source& source) {
  const auto origin = read_origin(repository);
  if (!origin) {
    return tl::unexpected(origin.error());
  }
  const std::string ref = remote_ref(source.revision);
  const tl::expected<Result, Error> listed = list_refs(repository, *origin, source, {}, {ref});
  if (!listed) {
    return tl::unexpected(listed.error());
  }
  const bool is_there =
      source.revision.kind == Revision::Kind::commit || lists(listed->output, ref);
  if (listed->status != 0 || !is_there) {
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

bool is_passing(std::string_view messages) {
  // The words of git, curl and ssh.
  constexpr std::string_view words[] = {
      "Connection refused",       "Connection reset",
      "Connection timed out",     "Connection closed by",
      "Operation timed out",      "onnect to server",
      "Could not resolve host: ", "Temporary failure in name resolution",
      "Network is unreachable",   "No route to host",
      "returned error: 429",      "returned error: 5",
      "RPC failed; HTTP 429",     "RPC failed; HTTP 5",
      "Empty reply from server",  "SSL_ERROR_SYSCALL",
      "not closed cleanly",       "early EOF",
      "unexpected disconnect"};
  return std::ranges::any_of(
      words, [&](std::string_view some) { return messages.find(some) != std::string_view::npos; });
}

Error explain_remote(const Repository& repository, const Origin& origin, const Source& source,
                     std::string_view command, const Result& attempt) {
  if (std::optional<Error> error = explain_owner(repository, attempt)) {
    return *std::move(error);
  }
  if (auto error = explain_damage(repository, source.revision, attempt.messages)) {
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
  const auto unread = [&](Cause cause) {
    return Error{.cause = cause,
                 .message = fmt::format("cannot read from {}: git {} exited with status {}", url,
                                        command, attempt.status),
                 .output = attempt.messages};
  };
  if (is_passing(attempt.messages)) {
    return unread(Cause::unreachable);
  }
  if (auto error = explain_ref_in_the_way(repository, source.revision, attempt.messages)) {
    return *std::move(error);
  }
  const tl::expected<Result, Error> listed =
      list_refs(repository, origin, source, {"--heads", "--tags", "--refs"}, {});
  if (!listed) {
    return listed.error();
  }
  if (listed->status != 0) {
    return unread(is_passing(listed->messages) ? Cause::unreachable : Cause::failed);
  }
  if (source.revision.kind != Revision::Kind::commit &&
      !lists(listed->output, remote_ref(source.revision))) {
    return {.cause = Cause::failed,
            .message = explain_absence(source.revision, url, listed->output),
            .output = attempt.messages};
  }
  return repository.failure(command, attempt);
}

}  // namespace git
