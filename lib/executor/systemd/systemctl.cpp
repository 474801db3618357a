#include "executor/systemd/systemctl.h"

#include <fmt/format.h>
#include <unistd.h>

#include <system_error>
#include <utility>
#include <variant>

#include "executor/systemd/settings.h"
#include "process/environment.h"
#include "text/fields.h"

namespace systemd {
namespace {

using reconcile::Cause;
using reconcile::Failure;

/// systemctl finds the user's manager by XDG_RUNTIME_DIR, which cron does not set.
void point_to_manager(process::Environment& environment) {
  const std::string usual = fmt::format("/run/user/{}", geteuid());
  std::error_code error;
  if (environment.get("XDG_RUNTIME_DIR").value_or("").empty() &&
      std::filesystem::is_directory(usual, error)) {
    environment.set("XDG_RUNTIME_DIR", usual);
  }
}

std::string_view trimmed(std::string_view line) {
  const std::size_t first = line.find_first_not_of(' ');
  return first == std::string_view::npos ? "" : line.substr(first);
}

Failure no_manager(const process::Result& result, bool is_of_user) {
  if (std::holds_alternative<process::Cancelled>(result.ending)) {
    return {.cause = Cause::interrupted, .reason = ""};
  }
  return {.cause = Cause::misconfigured,
          .reason = is_of_user
                        ? fmt::format("no systemd of this user answers (systemctl --user show {}); "
                                      "log in as the user, or let it run without that: loginctl "
                                      "enable-linger",
                                      process::describe(result.ending))
                        : fmt::format("no systemd answers (systemctl show {}); is it the init of "
                                      "this host?",
                                      process::describe(result.ending)),
          .output = result.output};
}

}  // namespace

Systemctl::Systemctl(const reconcile::World& world, std::filesystem::path program,
                     const manifest::Resource& resource,
                     std::optional<std::chrono::milliseconds> deadline)
    : runner_(&world.runner),
      program_(std::move(program)),
      unit_(settings_of(resource).unit),
      is_of_user_(settings_of(resource).is_of_user),
      deadline_(deadline) {
  process::Environment environment = reconcile::inherited_by_commands(world);
  for (const auto& [name, value] : resource.env) {
    environment.set(name, value);
  }
  // What it says is read.
  environment.set("LC_ALL", "C");
  environment.set("SYSTEMD_COLORS", "0");
  environment.set("SYSTEMD_PAGER", "");
  if (is_of_user_) {
    point_to_manager(environment);
  }
  environment_ = environment.entries();
}

tl::expected<Systemctl, Failure> Systemctl::find(
    const reconcile::World& world, const manifest::Resource& resource,
    std::optional<std::chrono::milliseconds> deadline) {
  process::PassedOver passed_over;
  auto program = process::find_program("systemctl", world.environment, {}, &passed_over);
  if (!program) {
    return tl::unexpected(
        Failure{.cause = Cause::program_missing,
                .reason = passed_over.empty() ? "systemctl was not found on PATH; a systemd block "
                                                "needs a host that systemd runs"
                                              : passed_over.front()});
  }
  return Systemctl(world, *std::move(program), resource, deadline);
}

process::Result Systemctl::start(std::vector<std::string> arguments,
                                 const process::LineSink& on_line) const {
  std::vector<std::string> all = {"--no-ask-password", "--no-pager"};
  if (is_of_user_) {
    all.emplace_back("--user");
  }
  all.insert(all.end(), arguments.begin(), arguments.end());
  return runner_->run({.program = program_,
                       .arguments = std::move(all),
                       .environment = environment_,
                       .working_dir = "/",
                       .deadline = deadline_},
                      on_line);
}

process::Result Systemctl::run(const char* verb, const process::LineSink& on_line) const {
  std::vector<std::string> arguments = {verb};
  if (std::string_view(verb) != "daemon-reload") {
    arguments.insert(arguments.end(), {"--", unit_});
  }
  return start(std::move(arguments), on_line);
}

tl::expected<Unit, Failure> Systemctl::show() const {
  const process::Result result =
      start({"show", "--property=LoadState,UnitFileState,NeedDaemonReload", "--", unit_}, {});
  if (!process::succeeded(result.ending)) {
    return tl::unexpected(no_manager(result, is_of_user_));
  }
  Unit unit;
  std::string_view rest = result.output;
  while (!rest.empty()) {
    std::string_view value = text::take(rest, '\n');
    const std::string_view name = text::take(value, '=');
    if (name == "LoadState") {
      unit.load_state = value;
    } else if (name == "UnitFileState") {
      unit.file_state = value;
    } else if (name == "NeedDaemonReload") {
      unit.needs_reload = value == "yes";
    }
  }
  return unit;
}

std::string Systemctl::status_line(std::string_view word) const {
  const process::Result result = start({"status", "--lines=0", "--full", "--", unit_}, {});
  std::string_view rest = result.output;
  while (!rest.empty()) {
    const std::string_view line = trimmed(text::take(rest, '\n'));
    if (line.starts_with(word)) {
      return std::string(line);
    }
  }
  return "";
}

}  // namespace systemd
