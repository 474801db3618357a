#include "doctor/present.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "text/lines.h"
#include "text/quote.h"
#include "text/utf8.h"

namespace doctor {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t verdict_width = 4;
constexpr std::size_t subject_width = std::string_view("directory").size();

std::string_view colour_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok:
      return "\x1b[32m";
    case Verdict::warn:
      return "\x1b[33m";
    case Verdict::fail:
      return "\x1b[31m";
  }
  return "";
}

std::string padded(std::string_view word, std::size_t width) {
  const std::size_t columns = text::display_width(word);
  return std::string(word) + std::string(width - std::min(width, columns) + 2, ' ');
}

std::string verdict_column(Verdict verdict, bool colour) {
  const std::string column = padded(name_of(verdict), verdict_width);
  return colour ? fmt::format("{}{}\x1b[0m", colour_of(verdict), column) : column;
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

Json as_json(const Finding& finding) {
  return {{"verdict", name_of(finding.verdict)},
          {"resource", text_or_null(finding.resource)},
          {"subject", finding.subject},
          {"message", finding.message},
          {"output", text_or_null(finding.output)}};
}

}  // namespace

std::string finding_line(const Finding& finding, const Style& style) {
  const std::string name =
      finding.resource.empty() ? std::string(host_name) : text::neutralised(finding.resource);
  std::string lines = verdict_column(finding.verdict, style.colour) +
                      padded(name, style.name_width) + padded(finding.subject, subject_width) +
                      text::neutralised(finding.message) + "\n";
  text::for_each_line(finding.output, [&](std::string_view line) {
    lines += std::string(verdict_width + 2, ' ') + "| " + text::neutralised(line) + "\n";
  });
  return lines;
}

std::string totals_line(const Findings& findings) {
  std::string line = fmt::format("{}:", text::counted(findings.size(), "check"));
  std::string_view separator = " ";
  for (const Verdict verdict : all_verdicts) {
    if (const std::size_t number = count(findings, verdict); number > 0) {
      line += fmt::format("{}{} {}", separator, number, name_of(verdict));
      separator = ", ";
    }
  }
  return line + "\n";
}

std::string to_json(const Findings& findings, std::string_view version, int exit_code) {
  Json list = Json::array();
  Json summary = Json::object();
  for (const Finding& finding : findings) {
    list.push_back(as_json(finding));
  }
  for (const Verdict verdict : all_verdicts) {
    summary[name_of(verdict)] = count(findings, verdict);
  }
  const Json document = {{"schema", 1},         {"fluke", version},
                         {"command", "doctor"}, {"exit_code", exit_code},
                         {"summary", summary},  {"findings", list}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace doctor
