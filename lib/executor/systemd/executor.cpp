#include "executor/systemd/executor.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <variant>

namespace systemd {
namespace {

using reconcile::Cause;
using reconcile::CheckResult;
using reconcile::Failure;

template <std::size_t size>
bool is_one_of(std::string_view word, const std::array<std::string_view, size>& words) {
  return std::ranges::find(words, word) != words.end();
}

constexpr std::array<std::string_view, 3> running = {"active", "reloading", "refreshing"};
constexpr std::array<std::string_view, 2> stopped = {"inactive", "failed"};
constexpr std::array<std::string_view, 3> between = {"activating", "deactivating", "maintenance"};

/// Those in which the unit is started at boot, by is-enabled; some units have an alias or others
/// that come with them in its place.
constexpr std::array<std::string_view, 3> enabled = {"enabled", "alias", "indirect"};
constexpr std::array<std::string_view, 3> not_disabled = {"enabled", "enabled-runtime", "alias"};
/// Those that `systemctl enable` ends.
constexpr std::array<std::string_view, 4> not_enabled = {"disabled", "enabled-runtime", "linked",
                                                         "linked-runtime"};

/// What a query printed, without the end of its line: is-active answers in one word.
std::string first_line(const process::Result& result) {
  return result.output.substr(0, result.output.find('\n'));
}

Failure misconfigured(std::string reason) {
  return {.cause = Cause::misconfigured, .reason = std::move(reason)};
}

/// Why nobody can enable a unit in that state.
std::optional<std::string> enabling_problem(std::string_view file_state) {
  if (file_state == "static") {
    return "is static: its file has no [Install] section, so it cannot be enabled; other units "
           "start it";
  }
  if (file_state == "generated") {
    return "is generated at boot, from a file such as /etc/fstab, so it cannot be enabled; that "
           "file says whether it is started";
  }
  if (file_state == "transient") {
    return "is transient: it was made by a program and goes with the next boot, so it cannot be "
           "enabled";
  }
  return file_state.empty() ? std::optional<std::string>("has no file, so it cannot be enabled")
                            : std::nullopt;
}

/// Whether a unit in that state is not what it is to be.
bool differs(std::string_view file_state, Enablement enablement) {
  switch (enablement) {
    case Enablement::enabled_if_possible:
      return is_one_of(file_state, not_enabled);
    case Enablement::enabled:
      return !is_one_of(file_state, enabled);
    case Enablement::disabled:
      return is_one_of(file_state, not_disabled);
    case Enablement::ignored:
      break;
  }
  return false;
}

/// "; Active: failed (Result: exit-code) since ...", or nothing.
std::string behind(const std::string& line) {
  return line.empty() ? "" : "; " + line;
}

/// Whether systemd has said that it does not take orders from this user.
bool is_refusal(std::string_view output) {
  constexpr std::array<std::string_view, 4> refusals = {
      "Access denied", "authentication required", "Permission denied", "Operation not permitted"};
  return std::ranges::any_of(refusals, [&](std::string_view refusal) {
    return output.find(refusal) != std::string_view::npos;
  });
}

/// Why a unit in this state can never be what `settings` say; nothing if it can.
std::optional<Failure> find_obstacle(const Unit& unit, const Settings& settings,
                                     const Systemctl& systemctl) {
  const std::string& name = settings.unit;
  const std::string_view user = settings.is_of_user ? "--user " : "";
  if (unit.load_state == "not-found") {
    return misconfigured(
        fmt::format("there is no unit {}; install what brings it, or run systemctl "
                    "{}daemon-reload if its file is new",
                    name, user));
  }
  if (unit.load_state == "masked") {
    if (!settings.runs && settings.enablement != Enablement::enabled) {
      return std::nullopt;
    }
    return misconfigured(
        fmt::format("{} is masked, so it can be neither started nor enabled{}; "
                    "undo that with: systemctl {}unmask {}",
                    name, behind(systemctl.status_line("Loaded:")), user, name));
  }
  if (!unit.load_state.empty() && unit.load_state != "loaded" && unit.load_state != "merged") {
    return misconfigured(fmt::format("systemd cannot load {}{}; try: systemd-analyze {}verify {}",
                                     name, behind(systemctl.status_line("Loaded:")), user, name));
  }
  const auto problem =
      settings.enablement == Enablement::enabled ? enabling_problem(unit.file_state) : std::nullopt;
  return problem
             ? std::optional(misconfigured(fmt::format("{} {}; leave enabled out", name, *problem)))
             : std::nullopt;
}

}  // namespace

tl::expected<Found, Failure> find_unit(const reconcile::World& world,
                                       const manifest::Resource& resource,
                                       std::optional<std::chrono::milliseconds> deadline) {
  auto systemctl = Systemctl::find(world, resource, deadline);
  if (!systemctl) {
    return tl::unexpected(std::move(systemctl.error()));
  }
  auto unit = systemctl->show();
  if (!unit) {
    return tl::unexpected(std::move(unit.error()));
  }
  if (auto obstacle = find_obstacle(*unit, settings_of(resource), *systemctl)) {
    return tl::unexpected(*std::move(obstacle));
  }
  return Found{.systemctl = *std::move(systemctl), .unit = *std::move(unit)};
}

std::string describe_needed_reload(const Settings& settings) {
  return fmt::format(
      "the file of {} has changed since systemd read it, and counts after: systemctl "
      "{}daemon-reload",
      settings.unit, settings.is_of_user ? "--user " : "");
}

tl::expected<void, Failure> Executor::prepare() {
  auto found = find_unit(world_, resource_, deadline_);
  if (!found) {
    return tl::unexpected(std::move(found.error()));
  }
  systemctl_ = std::move(found->systemctl);
  unit_ = std::move(found->unit);
  return {};
}

reconcile::Executor::Ran Executor::check(const process::LineSink& on_line) {
  const process::Result active = systemctl_->run("is-active", on_line);
  const std::string activity = first_line(active);
  Ran ran{.record = {.task = "is-active",
                     .subject = "systemctl is-active",
                     .ending = active.ending,
                     .duration = active.duration,
                     .output = active.output}};
  if (!std::holds_alternative<process::Exited>(active.ending)) {
    return ran;
  }
  if (!is_one_of(activity, running) && !is_one_of(activity, stopped) &&
      !is_one_of(activity, between)) {
    ran.result = CheckResult::unknown;
    return ran;
  }
  std::string file_state;
  if (settings_.enablement != Enablement::ignored) {
    const process::Result at_boot = systemctl_->run("is-enabled", on_line);
    file_state = first_line(at_boot);
    ran.record.task = "is-active, is-enabled";
    ran.record.duration += at_boot.duration;
    ran.record.output += at_boot.output;
    if (!std::holds_alternative<process::Exited>(at_boot.ending)) {
      ran.record.ending = at_boot.ending;
      return ran;
    }
  }
  differs_in_activity_ =
      !(settings_.runs ? is_one_of(activity, running) : is_one_of(activity, stopped));
  differs_at_boot_ = differs(file_state, settings_.enablement);
  const bool is_drifted = differs_in_activity_ || differs_at_boot_;
  ran.result = is_drifted ? CheckResult::drifted : CheckResult::satisfied;
  ran.record.ending = process::Exited{.code = is_drifted ? 1 : 0};
  if (!is_drifted) {
    ran.note = unit_.needs_reload ? describe_needed_reload(settings_) : "";
    return ran;
  }
  ran.note = settings_.unit;
  if (differs_in_activity_) {
    ran.note += fmt::format(" is {}, not {}{}", activity, settings_.runs ? "running" : "stopped",
                            activity == "inactive" || activity == "active"
                                ? ""
                                : fmt::format(" ({})", systemctl_->status_line("Active:")));
  }
  if (differs_at_boot_) {
    ran.note += fmt::format("{} is {}, not {}", differs_in_activity_ ? ", and" : "", file_state,
                            settings_.enablement == Enablement::disabled ? "disabled" : "enabled");
  }
  return ran;
}

reconcile::Executor::Ran Executor::apply(const process::LineSink& on_line) {
  Ran ran{.record = {.task = "systemctl", .ending = process::Exited{.code = 0}}};
  const bool is_done =
      (!unit_.needs_reload || step("daemon-reload", on_line, ran)) &&
      (!differs_at_boot_ ||
       step(settings_.enablement == Enablement::disabled ? "disable" : "enable", on_line, ran)) &&
      (!differs_in_activity_ || step(settings_.runs ? "start" : "stop", on_line, ran));
  unit_.needs_reload = unit_.needs_reload && !is_done;
  return ran;
}

/// Whether it succeeded; `ran` holds what is known of all steps so far.
bool Executor::step(const char* verb, const process::LineSink& on_line, Ran& ran) const {
  process::Result result = systemctl_->run(verb, on_line);
  ran.record.task = verb;
  ran.record.subject = fmt::format("systemctl {}", verb);
  ran.record.ending = result.ending;
  ran.record.duration += result.duration;
  ran.record.output += result.output;
  ran.is_cut = ran.is_cut || result.output_truncated;
  if (process::succeeded(result.ending)) {
    return true;
  }
  ran.note =
      fmt::format("systemctl {} {} {}{}", verb, settings_.unit, process::describe(result.ending),
                  is_refusal(result.output)
                      ? ": it is not permitted; run fluke as root, or allow it by polkit(8)"
                      : behind(systemctl_->status_line("Active:")));
  return false;
}

}  // namespace systemd
