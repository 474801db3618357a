#include "report/workflow_commands.h"

#include <algorithm>

namespace report {

/// Whether `c` is the second colon of a line that begins with "::", or the bracket of "##[" or of
/// "##vso[". The runner cuts white space from the start of a line, and it compares as its culture
/// does, which passes over characters without weight, such as a soft hyphen: only printable ASCII
/// characters count as neighbours.
bool WorkflowCommandGuard::completes_command(char c) {
  if (c == '\n' || c == '\r') {
    printable_ = 0;
    last_.clear();
    return false;
  }
  if (c <= ' ' || c > '~') {
    return false;
  }
  constexpr std::string_view azure = "##vso";
  const bool completes = (c == ':' && last_ == ":" && printable_ == 1) ||
                         (c == '[' && (last_.ends_with('#') || last_ == azure));
  last_ += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  last_.erase(0, last_.size() - std::min(last_.size(), azure.size()));
  ++printable_;
  return completes;
}

std::string WorkflowCommandGuard::pass(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (completes_command(c)) {
      out += ' ';
    }
    out += c;
  }
  return out;
}

std::string json_without_workflow_commands(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  WorkflowCommandGuard guard;
  for (const char c : json) {
    // No line of JSON begins with a colon, and a bracket behind a number sign is in a string.
    if (guard.completes_command(c)) {
      out += "\\u005b";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace report
