#include "executor/systemd/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace systemd {
namespace {

constexpr std::array<std::string_view, 11> suffixes = {".service", ".socket", ".timer",     ".path",
                                                       ".target",  ".mount",  ".automount", ".swap",
                                                       ".slice",   ".scope",  ".device"};

constexpr std::string_view characters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:-_.\\@";

}  // namespace

std::vector<Settings::Member> Settings::members() const {
  return {
      {"unit", unit},
      {"state", runs ? "running" : "stopped"},
      {"enabled", enablement == Enablement::ignored ? Value("ignore")
                                                    : Value(enablement != Enablement::disabled)},
      {"user", is_of_user}};
}

std::string Settings::command(manifest::Operation operation) const {
  const std::string systemctl = is_of_user ? "systemctl --user" : "systemctl";
  const bool is_ignored = enablement == Enablement::ignored;
  switch (operation) {
    case manifest::Operation::prepare:
      return fmt::format("{} show {}", systemctl, unit);
    case manifest::Operation::check:
      return fmt::format("{} is-active {}", systemctl, unit) +
             (is_ignored ? "" : fmt::format("; {} is-enabled {}", systemctl, unit));
    case manifest::Operation::apply:
      return (is_ignored
                  ? ""
                  : fmt::format("{} {} {}; ", systemctl,
                                enablement == Enablement::disabled ? "disable" : "enable", unit)) +
             fmt::format("{} {} {}", systemctl, runs ? "start" : "stop", unit);
  }
  return "";
}

std::optional<std::string> Settings::subject() const {
  return is_of_user ? "user " + unit : unit;
}

const Settings& settings_of(const manifest::Resource& resource) {
  return dynamic_cast<const Settings&>(*resource.settings);
}

std::optional<std::string> unit_name_problem(std::string_view name) {
  const auto ends_it = [&](std::string_view suffix) {
    return name.ends_with(suffix) && name.size() > suffix.size();
  };
  if (name.empty() || name.front() == '-') {
    return "the name of a unit is not empty and does not begin with \"-\"";
  }
  if (name.find_first_not_of(characters) != std::string_view::npos) {
    return "the name of a unit holds letters, digits and any of : - _ . \\ @";
  }
  if (std::ranges::none_of(suffixes, ends_it)) {
    return fmt::format(
        "its name ends in what it is, as in \"{}.service\"; systemd.unit(5) has the suffixes",
        name.find('.') == std::string_view::npos ? name : "app");
  }
  if (name.find("@.") != std::string_view::npos) {
    return "this names a template; write an instance of it, such as \"name@instance.service\"";
  }
  return std::nullopt;
}

}  // namespace systemd
