#include "fluke/habits.h"

#include <algorithm>
#include <span>

namespace fluke {
namespace {

constexpr std::string_view looking[] = {
    "plan",    "diff",      "status",    "preview", "drift",   "dry-run",
    "--plan",  "--dry-run", "--dryrun",  "--noop",  "--no-op", "--just-print",
    "--check", "--diff",    "--preview", "-n",      "-C"};

constexpr std::string_view doing[] = {"apply", "deploy",    "up",   "converge",
                                      "sync",  "reconcile", "pull", "--apply"};

constexpr std::string_view repeating[] = {"watch",      "daemon",  "--watch", "--watch-interval",
                                          "--interval", "--daemon"};

constexpr std::string_view agreeing[] = {"--yes", "-y", "--auto-approve"};

constexpr std::string_view proving[] = {"lint",   "test",           "verify",
                                        "syntax", "--syntax-check", "--lint"};

constexpr std::string_view versions[] = {"version", "-V"};

bool holds(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

std::optional<std::string_view> answer_to_habit(std::string_view word) {
  if (holds(looking, word)) {
    return "fluke check shows what a run would change, and changes nothing";
  }
  if (holds(doing, word)) {
    return "fluke run brings resources to their desired state";
  }
  if (holds(agreeing, word)) {
    return "fluke run asks no questions, and fluke check changes nothing";
  }
  if (holds(proving, word)) {
    return "fluke validate finds mistakes in manifests, and fluke fmt --check those in their "
           "layout";
  }
  if (holds(versions, word)) {
    return "fluke --version prints the version";
  }
  if (holds(repeating, word)) {
    return "fluke runs once, and cron or a systemd timer starts it again; see man fluke-fleet";
  }
  return std::nullopt;
}

}  // namespace fluke
