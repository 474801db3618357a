#include "doctor/resource.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "doctor/keys.h"
#include "doctor/nearest.h"
#include "git/environment.h"
#include "git/staging.h"
#include "reconcile/clock.h"
#include "reconcile/lock.h"
#include "reconcile/sync.h"
#include "text/quote.h"
#include "text/url.h"

namespace doctor {
namespace {

using reconcile::LockError;

/// What is known of a working directory, and whether its tasks are in it yet.
struct Directory {
  Finding finding;
  bool holds_tasks = false;
  /// Held where git may look into it as a checkout.
  std::optional<reconcile::DirectoryLock> lock;
};

bool is_writable(const std::filesystem::path& directory) {
  return ::faccessat(AT_FDCWD, directory.c_str(), W_OK | X_OK, AT_EACCESS) == 0;
}

Directory ok(std::string message, bool holds_tasks) {
  return {{.subject = "directory", .message = std::move(message)}, holds_tasks, std::nullopt};
}

Directory fails(std::string message) {
  return {{.verdict = Verdict::fail, .subject = "directory", .message = std::move(message)},
          false,
          std::nullopt};
}

Directory not_writable(const std::filesystem::path& directory) {
  if (errno == EROFS) {
    return fails(
        fmt::format("{} is on a file system that is mounted read-only, and git has to write there; "
                    "mount it writable, or name another directory",
                    text::quoted(directory.native())));
  }
  return fails(
      fmt::format("{} is not writable by uid {}, and git has to write there; run fluke as "
                  "its owner",
                  text::quoted(directory.native()), ::geteuid()));
}

/// A directory with a git block that is not there: can it be cloned?
Directory examine_absent(const std::filesystem::path& directory) {
  const std::filesystem::path above = nearest_existing(directory);
  if (!is_writable(above)) {
    return not_writable(above);
  }
  return ok(fmt::format("{} is absent; the first run clones it", text::quoted(directory.native())),
            false);
}

/// A directory with a git block that is there: is it one that git can bring to its branch?
Directory examine_checkout(const std::filesystem::path& directory, reconcile::DirectoryLock lock) {
  const auto target = git::examine(directory);
  if (!target) {
    return fails(target.error().message);
  }
  if (!is_writable(directory)) {
    return not_writable(directory);
  }
  const std::string name = text::quoted(directory.native());
  if (*target == git::Target::checkout) {
    Directory found = ok(fmt::format("{} is a checkout, and free", name), true);
    found.lock = std::move(lock);
    return found;
  }
  return ok(fmt::format("{} is empty; the first run clones it", name), false);
}

Directory examine_directory(const manifest::Resource& resource, reconcile::World& world) {
  const std::filesystem::path& directory = resource.working_dir;
  reconcile::SystemClock clock(world.cancellation);
  auto lock = reconcile::DirectoryLock::acquire(directory, {}, clock);
  if (!lock && lock.error().kind == LockError::Kind::held) {
    return {{.verdict = Verdict::warn,
             .subject = "directory",
             .message = reconcile::describe(lock.error(), directory, {}) +
                        "; a run now would end with 75, or wait with --lock-timeout"},
            true,
            std::nullopt};
  }
  if (!lock && lock.error().kind == LockError::Kind::absent && resource.git) {
    return examine_absent(directory);
  }
  if (!lock) {
    return fails(reconcile::describe(lock.error(), directory, {}));
  }
  return resource.git
             ? examine_checkout(directory, *std::move(lock))
             : ok(fmt::format("{} is there, and free", text::quoted(directory.native())), true);
}

}  // namespace

ResourceDoctor::ResourceDoctor(reconcile::World& world,
                               std::optional<std::chrono::milliseconds> deadline)
    : world_(world), deadline_(deadline), git_(reconcile::open_git(world)) {}

Findings ResourceDoctor::examine(const manifest::Resource& resource) {
  Findings findings;
  if (!resource.enabled) {
    findings.push_back({.subject = "enabled", .message = "false; a run leaves it alone"});
  } else {
    Directory directory{.finding = {}, .holds_tasks = true, .lock = std::nullopt};
    if (!resource.working_dir.empty()) {
      directory = examine_directory(resource, world_);
      findings.push_back(directory.finding);
    }
    if (resource.git && resource.git->verify) {
      findings.push_back(examine_keys(*reconcile::source_of(*resource.git).verify,
                                      resource.working_dir, world_, deadline_,
                                      std::chrono::system_clock::now()));
    }
    if (resource.git && git_) {
      findings.push_back(examine_remote(resource, directory.lock.has_value()));
    }
    directory.lock.reset();
    const bool has_tasks = resource.type != nullptr && directory.holds_tasks;
    if (has_tasks && !missing_program(reconcile::type_of(resource), world_)) {
      findings.push_back(examine_tasks(resource));
    }
  }
  for (Finding& finding : findings) {
    finding.resource = resource.name;
  }
  return findings;
}

Findings ResourceDoctor::examine(const manifest::Include& include) {
  return examine(include.checkout);
}

Findings ResourceDoctor::examine(const manifest::Notification& notification) {
  const manifest::Resource& task = notification.task;
  if (!task.enabled || missing_program(reconcile::type_of(task), world_)) {
    return {};
  }
  Finding finding = examine_tasks(task);
  finding.resource = task.name;
  finding.subject = "notify";
  return {std::move(finding)};
}

Finding ResourceDoctor::examine_remote(const manifest::Resource& resource, bool is_checkout) {
  const git::Source source = reconcile::source_of(*resource.git);
  const auto compared =
      is_checkout ? git_->inspect(resource.working_dir, source, deadline_, {})
                  : git_->look_for_revision(resource.working_dir, source, deadline_).map([] {
                      return git::Comparison();
                    });
  if (!compared) {
    return {.verdict = Verdict::fail,
            .subject = "remote",
            .message = compared.error().message,
            .output = compared.error().output};
  }
  // Only who has fetched it knows that a remote has a commit.
  const bool is_found = is_checkout || source.revision.kind != git::Revision::Kind::commit;
  std::string message = fmt::format("{} {}{}", text::quoted(text::mask_url(source.url)),
                                    is_found ? "has the " : "answers; the first run looks for ",
                                    git::described(source.revision));
  if (compared->signer) {
    message += ", signed by " + text::quoted(compared->signer->principal);
  }
  if (!compared->edited.empty()) {
    message += "; " + compared->edited;
  }
  for (const std::string& note : compared->notes) {
    message += "; " + note;
  }
  return {.verdict = compared->edited.empty() ? Verdict::ok : Verdict::warn,
          .subject = "remote",
          .message = std::move(message)};
}

Finding ResourceDoctor::examine_tasks(const manifest::Resource& resource) {
  const reconcile::ResourceType& type = reconcile::type_of(resource);
  std::unique_ptr<reconcile::Preflight>& preflight = preflights_[&type];
  if (preflight == nullptr) {
    preflight = type.preflight(world_);
  }
  tl::expected<std::string, reconcile::Failure> examined = preflight->examine(resource, deadline_);
  if (!examined) {
    return {.verdict = Verdict::fail,
            .subject = "tasks",
            .message = std::move(examined.error().reason),
            .output = std::move(examined.error().output)};
  }
  return {.subject = "tasks", .message = *std::move(examined)};
}

}  // namespace doctor
