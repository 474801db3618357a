// `fluke fmt`: canonical layout for the files named, in place or only shown.
#include <algorithm>
#include <array>

#include "fluke/commands.h"
#include "fluke/fail.h"
#include "fluke/line_diff.h"
#include "fluke/rewrite.h"
#include "hcl/format/format.h"
#include "hcl/syntax/parser.h"
#include "manifest/read.h"
#include "text/quote.h"

namespace fluke {
namespace {

/// Of two ends the one that matters more.
ExitCode worse(ExitCode a, ExitCode b) {
  constexpr std::array order = {ExitCode::success, ExitCode::not_canonical,
                                ExitCode::report_not_written, ExitCode::invalid_manifest,
                                ExitCode::unreadable_manifest};
  return *std::max(std::ranges::find(order, a), std::ranges::find(order, b));
}

/// On a terminal the text of a file must not act.
void show_diff(std::string_view diff, Output& out) {
  if (!out.is_terminal()) {
    out.write(diff);
    return;
  }
  while (!diff.empty()) {
    const std::size_t newline = diff.find('\n');
    out.write(text::neutralised(diff.substr(0, newline)) + "\n");
    diff.remove_prefix(newline + 1);
  }
}

ExitCode format_file(const diagnostic::SourceFile& file, const Options& options, Console& console) {
  const bool is_filter = options.manifests.front() == "-";
  const hcl::ParseResult parsed = hcl::parse(file);
  if (diagnostic::has_errors(parsed.diagnostics)) {
    print(parsed.diagnostics, options, console);
    return ExitCode::invalid_manifest;
  }
  const std::string formatted = hcl::format(file.text());
  const bool is_canonical = formatted == file.text();
  const std::string name = text::neutralised(file.name());
  if (options.diff) {
    show_diff(line_diff(name, file.text(), formatted), console.out);
  } else if (is_filter && !options.check) {
    console.out.write(formatted);
  } else if (!is_canonical) {
    if (!options.check) {
      if (const auto written = rewrite(file.name(), formatted); !written) {
        console.complain(written.error());
        return ExitCode::report_not_written;
      }
    }
    console.out.write(name + "\n");
  }
  return options.check && !is_canonical ? ExitCode::not_canonical : ExitCode::success;
}

}  // namespace

End fmt_command(const Options& options, Console& console) {
  const manifest::ReadResult read = manifest::read(options.manifests);
  print(read.diagnostics, options, console);
  ExitCode code =
      diagnostic::has_errors(read.diagnostics) ? ExitCode::unreadable_manifest : ExitCode::success;
  for (const manifest::Source& source : read.sources) {
    code = worse(code, format_file(*source.file, options, console));
  }
  return {.code = code};
}

}  // namespace fluke
