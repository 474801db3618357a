// Lays help texts out for a terminal of any width.
#pragma once

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <string>

#include "fluke/command_info.h"

namespace fluke {

/// Two columns, "-q,--quiet" and what it does, without CLI11's notes; in a narrow terminal one
/// below the other. Help is as wide as COLUMNS says, or else the terminal that standard output is;
/// 80 where neither tells.
class HelpFormatter : public CLI::Formatter {
 public:
  [[nodiscard]] std::string make_help(const CLI::App* app, std::string name,
                                      CLI::AppFormatMode mode) const override;
  [[nodiscard]] std::string make_description(const CLI::App* app) const override;
  [[nodiscard]] std::string make_option(const CLI::Option* option,
                                        bool is_positional) const override;
  [[nodiscard]] std::string make_subcommand(const CLI::App* command) const override;
};

/// What stands at the end of the help of a command: its examples first.
[[nodiscard]] std::string footer_text(const CommandInfo& info);

}  // namespace fluke
