// Standard output and standard error: the only place of the program that writes to them. Where they
// go to systemd's journal each line has its priority, so that `journalctl -p err` shows what failed
// and nothing else.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "diagnostic/diagnostic.h"
#include "fluke/options.h"
#include "fluke/writer.h"
#include "report/text.h"
#include "report/workflow_commands.h"

namespace fluke {

/// One of the standard streams.
class Output {
 public:
  explicit Output(int fd);

  void write(std::string_view text);

  /// Whole lines that matter so much: where they go to systemd's journal, they say so.
  void write(std::string_view lines, report::Priority priority);

  /// The same, kept back for a moment where more may come.
  void hold(std::string_view lines, report::Priority priority);
  void flush() { writer_.flush(); }

  /// From now on, what write() and hold() write holds no command that GitHub's runner would obey.
  void guard_against_workflow_commands() { guard_.emplace(); }

  /// Writes commands to GitHub's runner, a line each.
  void write_commands(std::string_view lines) { writer_.write(lines); }

  [[nodiscard]] Writer& writer() { return writer_; }
  [[nodiscard]] bool is_terminal() const { return is_terminal_; }
  [[nodiscard]] bool is_journal() const { return is_journal_; }

  /// How wide the terminal is now; 80 where it does not say.
  [[nodiscard]] std::size_t columns() const;

 private:
  int fd_;
  bool is_terminal_;
  bool is_journal_;
  Writer writer_;
  std::optional<report::WorkflowCommandGuard> guard_;
};

struct Console {
  Output out{1};
  Output err{2};

  /// "fluke: MESSAGE" on standard error: something is wrong.
  void complain(std::string_view message);

  /// The same about something that is not.
  void remark(std::string_view message);

  /// Diagnostics with excerpts, on standard error.
  void print(const diagnostic::Diagnostics& diagnostics, ColourMode colour);

  /// From now on, a reader who stops reading holds nothing up: for those who block signals.
  void limit_waiting();

  /// After the last write. Whether all of standard output was taken; complains of what was not.
  [[nodiscard]] bool finish();
};

/// Whether to colour what goes to `output`: as `mode` says, or automatically on a terminal unless
/// NO_COLOR is set or TERM is "dumb".
[[nodiscard]] bool use_colour(ColourMode mode, const Output& output);

/// Whether a line may be redrawn in place on `output`: on a terminal, unless TERM is "dumb" or CI
/// is set.
[[nodiscard]] bool may_redraw(const Output& output);

/// Whether what is written to `fd` goes to the journal: JOURNAL_STREAM in the environment names
/// that (systemd.exec(5)).
[[nodiscard]] bool is_journal(int fd);

/// `lines` with "<3>", "<4>" or "<6>" before each (sd-daemon(3)). A line that is longer than what
/// the journal takes as one becomes several: the rest could give itself another priority.
[[nodiscard]] std::string with_priority(std::string_view lines, report::Priority priority);

/// `message`, and below it the lines that a command printed, made harmless.
[[nodiscard]] std::string with_output(std::string message, std::string_view lines);

/// Makes sure that the descriptors 0 to 2 are open, so that no file of ours becomes one of them. A
/// stream that was closed fails at its first use.
void open_standard_streams();

}  // namespace fluke
