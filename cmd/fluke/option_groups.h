// The options that several commands have, declared in groups: each group under its heading in the
// help, each long option with its FLUKE_… variable.
#pragma once

#include <CLI/App.hpp>
#include <string>

#include "fluke/raw_options.h"

namespace fluke {

CLI::Option* add_flag(CLI::App& app, const std::string& names, bool& target,
                      const std::string& help);

/// An option with a value; the last one counts.
void add_text(CLI::App& app, const std::string& name, std::string& target, const std::string& type,
              const std::string& help);

/// Of two flags that exclude each other, the one on the command line wins over the other one's
/// variable: that is not read any more.
void silence_variable_of(CLI::Option* other, CLI::Option* flag);

void add_manifests(CLI::App& app, Raw& raw);
void add_variables(CLI::App& app, Raw& raw);
void add_selection(CLI::App& app, Raw& raw);

/// Deadline of each command; `note` says what else decides, and the default.
void add_timeout(CLI::App& app, Raw& raw, const std::string& note);

void add_colour(CLI::App& app, Raw& raw);
void add_report(CLI::App& app, Raw& raw);
/// The result is --quiet.
CLI::Option* add_output(CLI::App& app, Raw& raw, const std::string& formats);

void add_mise(CLI::App& app, Raw& raw);
void add_programs(CLI::App& app, Raw& raw);

}  // namespace fluke
