// Gives each line that goes to systemd's journal its priority, so that `journalctl -p err` shows
// what failed and nothing else.
#pragma once

#include <string>
#include <string_view>

#include "report/text.h"

namespace fluke {

/// Whether what is written to `fd` goes to the journal: JOURNAL_STREAM in the environment names
/// that (systemd.exec(5)).
[[nodiscard]] bool is_journal(int fd);

/// `lines` with "<3>", "<4>" or "<6>" before each (sd-daemon(3)). A line that is longer than what
/// the journal takes as one becomes several: the rest could give itself another priority.
[[nodiscard]] std::string with_priority(std::string_view lines, report::Urgency urgency);

}  // namespace fluke
