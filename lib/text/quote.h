// Shows foreign text (names from a manifest, output of a child) so that it cannot act: control
// characters, escape sequences and invalid bytes are made visible.
#pragma once

#include <string>
#include <string_view>

namespace text {

/// `text` in double quotes, on one line: `"` and `\` are escaped, control characters (C0, DEL, C1)
/// and invalid bytes appear as \n, \t, \r or \xNN.
[[nodiscard]] std::string quoted(std::string_view text);

/// `line` with its control characters (tab excepted), C1 controls and bytes that are not UTF-8
/// made visible as \xNN, so that it cannot move a terminal's cursor or change its state.
[[nodiscard]] std::string neutralised(std::string_view line);

/// What becomes of the sequences that set colours and the like (ESC [ … m).
enum class Colours {
  left_out,
  /// They pass, and are undone at the end of the line.
  kept,
};

/// The same but for colours, for a line of which nobody knows who wrote it: what no reader sees
/// (zero-width characters, those that turn the direction of writing or end a line) is made visible
/// too, so that the line cannot look like another one. The two joiners stay: scripts and emoji are
/// made with them.
[[nodiscard]] std::string neutralised(std::string_view line, Colours colours);

/// `word` so that a shell reads it as one word, on one line; one that knows $'\n' where there are
/// control characters or invalid bytes.
[[nodiscard]] std::string shell_word(std::string_view word);

/// "a string", "an object".
[[nodiscard]] std::string with_article(std::string_view noun);

/// "1 resource", "2 resources".
[[nodiscard]] std::string counted(std::size_t count, std::string_view singular);
[[nodiscard]] std::string counted(std::size_t count, std::string_view singular,
                                  std::string_view plural);

}  // namespace text
