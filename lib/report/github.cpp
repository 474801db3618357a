#include "report/github.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "report/markup.h"

namespace report {
namespace {

using reconcile::Outcome;
using reconcile::ResourceOutcome;

/// The runner undoes exactly these.
std::string percent_encoded(std::string_view text, std::string_view special) {
  std::string out;
  for (const char c : text) {
    out += special.find(c) == std::string_view::npos
               ? std::string(1, c)
               : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string escaped_data(std::string_view text) {
  return percent_encoded(text, "%\r\n");
}

std::string escaped_property(std::string_view text) {
  return percent_encoded(text, "%\r\n:,");
}

/// The end of an output, from the start of a line on: an annotation has little room.
std::string_view last_lines(std::string_view output) {
  constexpr std::size_t enough = 2000;
  if (output.size() <= enough) {
    return output;
  }
  output.remove_prefix(output.size() - enough);
  return output.substr(std::min(output.find('\n') + 1, output.size()));
}

/// "file=deploy/site.hcl,"; empty for what is in no file, such as standard input.
std::string file_property(const std::string& name, const Workspace& workspace) {
  if (name.empty() || name.starts_with('<')) {
    return "";
  }
  const std::filesystem::path path = (workspace.current_directory / name).lexically_normal();
  const std::filesystem::path inside = path.lexically_relative(workspace.root);
  const bool is_inside = !workspace.root.empty() && !inside.empty() && *inside.begin() != "..";
  return fmt::format("file={},", escaped_property((is_inside ? inside : path).string()));
}

/// An annotation of the block that declares what `one` is the outcome of.
template <typename Outcome>
std::string annotation(std::string_view kind, std::string_view outcome, std::string_view phase,
                       const Outcome& one, const Workspace& workspace) {
  const std::string output = visible(last_lines(one.output));
  const std::string message =
      fmt::format("{}{}{}{}", phase, visible(one.reason), output.empty() ? "" : "\n", output);
  return fmt::format("::{} {}line={},title={}::{}\n", kind, file_property(one.manifest, workspace),
                     one.line, escaped_property(fmt::format("{} {}", one.name, outcome)),
                     escaped_data(message));
}

std::string annotate(const ResourceOutcome& resource, const Workspace& workspace) {
  const bool failed = resource.outcome == Outcome::failed;
  if (!failed && resource.outcome != Outcome::drifted) {
    return "";
  }
  const std::string phase =
      failed && resource.phase ? fmt::format("{}: ", reconcile::name_of(*resource.phase)) : "";
  return annotation(failed ? "error" : "warning", reconcile::name_of(resource.outcome), phase,
                    resource, workspace);
}

std::string annotate(const reconcile::NotificationOutcome& notification,
                     const Workspace& workspace) {
  return notification.cause ? annotation("error", "failed", "notify: ", notification, workspace)
                            : "";
}

std::string annotate(const diagnostic::Diagnostic& diagnostic, const Workspace& workspace) {
  std::string place;
  if (diagnostic.file != nullptr) {
    const diagnostic::Position begin = diagnostic.file->position(diagnostic.range.begin);
    const diagnostic::Position end = diagnostic.file->position(diagnostic.range.end);
    place = fmt::format("{}line={},col={},endLine={},endColumn={},",
                        file_property(diagnostic.file->name(), workspace), begin.line, begin.column,
                        end.line, end.column);
  }
  const bool is_error = diagnostic.severity == diagnostic::Severity::error;
  return fmt::format(
      "::{} {}title={}::{}\n", is_error ? "error" : "warning", place,
      escaped_property(diagnostic.summary),
      escaped_data(diagnostic.detail.empty() ? diagnostic.summary : diagnostic.detail));
}

}  // namespace

std::string github_annotations(const reconcile::RunOutcome& outcome,
                               const diagnostic::Diagnostics& diagnostics,
                               const Workspace& workspace) {
  std::string out;
  for (const diagnostic::Diagnostic& one : diagnostics) {
    out += annotate(one, workspace);
  }
  for (const ResourceOutcome* one : outcome.all()) {
    out += annotate(*one, workspace);
  }
  for (const reconcile::NotificationOutcome& one : outcome.notifications) {
    out += annotate(one, workspace);
  }
  return out;
}

}  // namespace report
