// `fluke fmt`: canonical layout for the files named, in place or only shown.
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "fluke/commands.h"
#include "hcl/layout/layout.h"
#include "hcl/syntax/parser.h"
#include "manifest/masking.h"
#include "manifest/read.h"
#include "manifest/sensitive_defaults.h"
#include "text/quote.h"

namespace fluke {
namespace {

/// Each with its newline, if it has one.
using Lines = std::vector<std::string_view>;

Lines split_into_lines(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    lines.push_back(text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1));
    text.remove_prefix(lines.back().size());
  }
  return lines;
}

void add_line(std::string& diff, char mark, std::string_view line) {
  diff += mark;
  diff += line;
  diff += line.ends_with('\n') ? "" : "\n\\ No newline at end of file\n";
}

/// The lines from `begin` to `end`, as they were and as they are.
std::string hunk(const Lines& before, const Lines& after, std::size_t begin, std::size_t end) {
  std::string text = fmt::format("@@ -{0},{1} +{0},{1} @@\n", begin + 1, end - begin);
  std::string added;
  for (std::size_t line = begin; line < end; ++line) {
    if (before[line] == after[line]) {
      text += std::exchange(added, "");
      add_line(text, ' ', before[line]);
    } else {
      add_line(text, '-', before[line]);
      add_line(added, '+', after[line]);
    }
  }
  return text + added;
}

/// A unified diff; empty where both are equal. Layout neither adds nor removes lines, so they are
/// compared one by one.
std::string unified_diff(std::string_view name, const Lines& before, const Lines& after) {
  constexpr std::size_t context = 3;
  const std::size_t count = std::min(before.size(), after.size());
  std::string hunks;
  for (std::size_t line = 0; line < count;) {
    if (before[line] == after[line]) {
      ++line;
      continue;
    }
    const std::size_t begin = line - std::min(line, context);
    std::size_t end = line + 1;
    // Changes whose contexts meet share a hunk.
    for (; line < std::min(end + 2 * context + 1, count); ++line) {
      end = before[line] == after[line] ? end : line + 1;
    }
    hunks += hunk(before, after, begin, std::min(end + context, count));
  }
  return hunks.empty() ? "" : fmt::format("--- {0}\n+++ {0}\n{1}", name, hunks);
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

/// The excerpts show no more of what is secret than those of other commands.
void print_syntax_errors(const manifest::Source& source, ColourMode colour, Console& console) {
  hcl::ParseResult parsed = hcl::parse(*source.file);
  std::vector<manifest::Document> documents;
  documents.push_back({.source = &source,
                       .tree = std::move(parsed.file),
                       .syntax_errors = std::move(parsed.diagnostics)});
  manifest::Masking masking;
  manifest::mask_sensitive_defaults(documents, masking);
  diagnostic::Diagnostics& errors = documents.front().syntax_errors;
  const manifest::SourceFiles texts = masking.apply(errors);
  console.print(errors, colour);
}

tl::expected<void, Failure> rewrite(const std::string& name, const file::RewritableFile* original,
                                    std::string_view formatted) {
  const auto cannot_rewrite = [&name](std::string_view reason) {
    return Failure{.code = ExitCode::report_not_written,
                   .message = fmt::format("cannot rewrite {}: {}", text::quoted(name), reason)};
  };
  if (original == nullptr) {
    return tl::unexpected(
        cannot_rewrite("it is not a regular file; use - to format standard input"));
  }
  return original->replace(formatted).map_error([&](const file::Error& error) {
    return cannot_rewrite(error.code == ESTALE
                              ? "it was changed or replaced in the meantime; run fluke fmt again"
                              : file::describe(error));
  });
}

ExitCode format_file(const manifest::Source& source, const file::RewritableFile* original,
                     const FmtOptions& options, Console& console) {
  const bool is_filter = options.files.front() == "-";
  const diagnostic::SourceFile& file = *source.file;
  const auto formatted = hcl::canonical_layout(file);
  if (!formatted) {
    print_syntax_errors(source, options.colour, console);
    return ExitCode::invalid_manifest;
  }
  const bool is_canonical = *formatted == file.text();
  const std::string name = text::neutralised(file.name());
  if (options.diff) {
    show_diff(unified_diff(name, split_into_lines(file.text()), split_into_lines(*formatted)),
              console.out);
  } else if (is_filter && !options.check) {
    console.out.write(*formatted);
  } else if (!is_canonical) {
    const auto rewritten =
        options.check ? tl::expected<void, Failure>() : rewrite(file.name(), original, *formatted);
    if (!rewritten) {
      console.complain(rewritten.error().message);
      return rewritten.error().code;
    }
    console.out.write(name + "\n");
  }
  return options.check && !is_canonical ? ExitCode::not_canonical : ExitCode::success;
}

}  // namespace

ExitRequest execute(const FmtOptions& options, const Invocation& /*invocation*/, Console& console) {
  ExitCode code = ExitCode::success;
  const diagnostic::Diagnostics unreadable = manifest::read_rewritable(
      options.files, [&](const manifest::Source& source, const file::RewritableFile* original) {
        code = worse(code, format_file(source, original, options, console));
      });
  console.print(unreadable, options.colour);
  return {.code = diagnostic::has_errors(unreadable) ? worse(code, ExitCode::unreadable_manifest)
                                                     : code};
}

}  // namespace fluke
