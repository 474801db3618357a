#include "executor/shell/executor.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <system_error>
#include <utility>

#include "process/environment.h"
#include "text/quote.h"

namespace shell {
namespace {

using reconcile::Cause;
using reconcile::Failure;
using Attribute = Obstacle::Attribute;

tl::unexpected<Obstacle> obstacle(Attribute attribute, Cause cause, std::string reason) {
  return tl::unexpected(
      Obstacle{.attribute = attribute, .failure = {.cause = cause, .reason = std::move(reason)}});
}

/// What commands inherit from fluke, and what belongs to the user that they run as.
process::Environment environment_for(const std::optional<User>& user,
                                     const reconcile::World& world) {
  process::Environment environment = reconcile::inherited_by_commands(world);
  if (user) {
    environment.set("HOME", user->home.native());
    environment.set("USER", user->name);
    environment.set("LOGNAME", user->name);
  }
  return environment;
}

/// Where commands work that name no directory: at home, if that is there.
std::filesystem::path home_in(const process::Environment& environment) {
  const std::filesystem::path home = environment.get("HOME").value_or("");
  std::error_code error;
  return home.is_absolute() && std::filesystem::is_directory(home, error) ? home : "/";
}

/// The arguments of sudo(8) before the shell. It hands on only what it is told to, and is told the
/// names alone: everybody on the host can read its arguments.
std::vector<std::string> sudo_arguments(const manifest::Resource& resource, const User& user) {
  std::vector<std::string> arguments = {"-n", "-H", "-u", user.name};
  std::vector<std::string_view> names;
  for (const auto& [name, value] : resource.env) {
    names.emplace_back(name);
  }
  if (!names.empty()) {
    arguments.push_back(fmt::format("--preserve-env={}", fmt::join(names, ",")));
  }
  return arguments;
}

/// Has `launcher` become `user` first.
tl::expected<void, Obstacle> become(const User& user, const manifest::Resource& resource,
                                    const reconcile::World& world, Launcher& launcher) {
  const bool is_root = geteuid() == 0;
  const std::string_view name = is_root ? "setpriv" : "sudo";
  process::PassedOver passed_over;
  const auto found = process::find_program(name, world.environment, {}, &passed_over);
  if (!found) {
    return obstacle(
        Attribute::run_as, Cause::program_missing,
        passed_over.empty()
            ? fmt::format("{} was not found on PATH, and only it can run commands as {}; install "
                          "it, or run fluke as that user",
                          name, text::quoted(user.name))
            : passed_over.front());
  }
  launcher.arguments =
      is_root ? std::vector<std::string>{fmt::format("--reuid={}", user.uid),
                                         fmt::format("--regid={}", user.gid), "--init-groups"}
              : sudo_arguments(resource, user);
  launcher.arguments.insert(launcher.arguments.end(), {"--", launcher.program.native()});
  launcher.program = *found;
  launcher.goes_home = !is_root && resource.working_dir.empty();
  return {};
}

}  // namespace

tl::expected<Launcher, Obstacle> make_launcher(const manifest::Resource& resource,
                                               const reconcile::World& world) {
  const Settings& settings = settings_of(resource);
  if (access(settings.shell.c_str(), X_OK) != 0) {
    return obstacle(Attribute::shell, Cause::program_missing,
                    fmt::format("there is no shell {} here; install it, or name another in the "
                                "attribute shell",
                                text::quoted(settings.shell)));
  }
  std::optional<User> user;
  if (!settings.run_as.empty()) {
    user = find_user(settings.run_as, world);
    if (!user) {
      return obstacle(Attribute::run_as, Cause::misconfigured,
                      fmt::format("there is no user {} on this host; create it, or name another",
                                  text::quoted(settings.run_as)));
    }
  }
  Launcher launcher{.program = settings.shell,
                    .arguments = {},
                    .environment = environment_for(user, world),
                    .working_dir = resource.working_dir};
  if (launcher.working_dir.empty()) {
    launcher.working_dir = home_in(launcher.environment);
  }
  if (user && user->uid != geteuid()) {
    if (auto became = become(*user, resource, world, launcher); !became) {
      return tl::unexpected(std::move(became.error()));
    }
  }
  return launcher;
}

tl::expected<void, Failure> Executor::prepare() {
  auto launcher = make_launcher(resource_, world_);
  if (!launcher) {
    return tl::unexpected(std::move(launcher.error().failure));
  }
  launcher_ = *std::move(launcher);
  return {};
}

process::Result Executor::start(std::vector<std::string> arguments,
                                const process::LineSink& on_line) const {
  process::Environment environment = launcher_.environment;
  for (const auto& variables : {task_variables(), resource_.env}) {
    for (const auto& [name, value] : variables) {
      environment.set(name, value);
    }
  }
  return world_.runner.run({.program = launcher_.program,
                            .arguments = std::move(arguments),
                            .environment = environment.entries(),
                            .working_dir = launcher_.goes_home ? "/" : launcher_.working_dir,
                            .deadline = deadline_},
                           on_line);
}

reconcile::Executor::Ran Executor::run(const char* name, const std::string& command,
                                       const process::LineSink& on_line) const {
  std::vector<std::string> arguments = launcher_.arguments;
  arguments.insert(arguments.end(), {"-c", (launcher_.goes_home ? "cd; " : "") + command});
  process::Result result = start(std::move(arguments), on_line);
  return {.record = {.task = name,
                     .subject = fmt::format("the {}", name),
                     .ending = std::move(result.ending),
                     .duration = result.duration,
                     .output = std::move(result.output)},
          .is_cut = result.output_truncated};
}

reconcile::Executor::Ran Executor::check(const process::LineSink& on_line) {
  Ran ran = run("check", settings_.check, on_line);
  ran.result = reconcile::result_of(ran.record.ending, settings_.check_unknown);
  return ran;
}

/// sudo exits with status 1 where it refuses, as many a check does that says no; setpriv with one
/// that depends on its version. Whether they refuse, a command that does nothing shows: sudo -l
/// names commands too that want a password.
tl::expected<void, Failure> Executor::confirm(const reconcile::TaskRecord& check) {
  if (launcher_.arguments.empty()) {
    return {};
  }
  std::vector<std::string> arguments = launcher_.arguments;
  arguments.insert(arguments.end(), {"-c", ":"});
  const process::Result result = start(std::move(arguments), {});
  if (process::succeeded(result.ending)) {
    return {};
  }
  const std::string name = launcher_.program.filename();
  return tl::unexpected(Failure{
      .cause = std::holds_alternative<process::Cancelled>(result.ending) ? Cause::interrupted
                                                                         : Cause::misconfigured,
      .reason = fmt::format(
          "{} does not let fluke run commands as {}{}", name, text::quoted(settings_.run_as),
          name == "sudo" ? fmt::format("; allow it by this line of sudoers(5): #{} ALL=({}) "
                                       "NOPASSWD:{} {}",
                                       geteuid(), settings_.run_as,
                                       resource_.env.empty() ? "" : "SETENV:", settings_.shell)
                         : ""),
      .output = check.output.empty() ? result.output : check.output});
}

reconcile::Executor::Ran Executor::apply(const process::LineSink& on_line) {
  return run("command", settings_.apply, on_line);
}

}  // namespace shell
