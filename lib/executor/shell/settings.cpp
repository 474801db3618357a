#include "executor/shell/settings.h"

#include <fmt/format.h>

#include "text/quote.h"

namespace shell {

std::vector<Settings::Member> Settings::members() const {
  return {{"check", check},
          {"command", apply},
          {"run_as", run_as.empty() ? Value(nullptr) : Value(run_as)},
          {"shell", shell},
          {"check_unknown", check_unknown}};
}

std::string Settings::command(manifest::Operation operation) const {
  if (operation == manifest::Operation::prepare) {
    return run_as.empty() ? shell : fmt::format("{} as {}", shell, run_as);
  }
  const std::string command = fmt::format(
      "{} -c {}", shell, text::shell_word(operation == manifest::Operation::check ? check : apply));
  return run_as.empty() ? command : fmt::format("sudo -u {} {}", run_as, command);
}

const Settings& settings_of(const manifest::Resource& resource) {
  return dynamic_cast<const Settings&>(*resource.settings);
}

}  // namespace shell
