// The kinds of reports that --report knows, by name.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace fluke {

enum class ReportKind : std::uint8_t { json, jsonl, junit, prometheus, html, github };

struct ReportKindName {
  std::string_view name;
  ReportKind kind;
};

/// In the order in which help and messages name them.
inline constexpr std::array report_kinds = {
    ReportKindName{"json", ReportKind::json},
    ReportKindName{"jsonl", ReportKind::jsonl},
    ReportKindName{"junit", ReportKind::junit},
    ReportKindName{"prometheus", ReportKind::prometheus},
    ReportKindName{"html", ReportKind::html},
    ReportKindName{"github", ReportKind::github},
};

/// `--report KIND=FILE`, for every kind but github, which has no file.
struct ReportFile {
  ReportKind kind = ReportKind::json;
  std::string path;
};

}  // namespace fluke
