// One thing that was looked at before a run, as data.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace doctor {

enum class Verdict : std::uint8_t {
  ok,
  /// A run works now, but perhaps not under cron, or not for long.
  warn,
  /// A run would fail.
  fail,
};

inline constexpr std::array all_verdicts = {Verdict::ok, Verdict::warn, Verdict::fail};

[[nodiscard]] std::string_view name_of(Verdict verdict);

struct Finding {
  Verdict verdict = Verdict::ok;
  /// The name of the resource; empty for what concerns the whole host.
  std::string resource = {};
  /// What was looked at: "git", "clock", "directory" …
  std::string_view subject;
  /// What was found and, unless all is well, what to do about it. May hold foreign text.
  std::string message;
  /// The end of what a program printed, where that explains it.
  std::string output = {};
};

using Findings = std::vector<Finding>;

[[nodiscard]] std::size_t count(const Findings& findings, Verdict verdict);

}  // namespace doctor
