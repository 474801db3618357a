#include "report/junit.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "diagnostic/render.h"
#include "report/markup.h"
#include "report/time.h"

namespace report {
namespace {

using std::chrono_literals::operator""ns;
using reconcile::Cause;
using reconcile::NotificationOutcome;
using reconcile::Outcome;
using reconcile::ResourceOutcome;

/// What a test case holds after its name: nothing where it passed.
struct Verdict {
  /// "failure", "error" or "skipped".
  std::string_view element;
  std::string_view type;
  std::string message;
  std::string text;
};

std::string_view name_of(Cause cause) {
  switch (cause) {
    case Cause::failed:
      return "failed";
    case Cause::misconfigured:
      return "misconfigured";
    case Cause::program_missing:
      return "program-missing";
    case Cause::locked:
      return "locked";
    case Cause::interrupted:
      return "interrupted";
  }
  return "";
}

/// Where it was declared, what is wrong, and what the command printed last.
template <typename Outcome>
std::string explanation(const Outcome& one) {
  return fmt::format("{}:{}: {}\n{}", one.manifest, one.line, one.reason, one.output);
}

std::string_view element_of(Cause cause) {
  return cause == Cause::failed ? "failure" : "error";
}

std::optional<Verdict> verdict_of(const ResourceOutcome& resource) {
  switch (resource.outcome) {
    case Outcome::satisfied:
    case Outcome::applied:
      return std::nullopt;
    case Outcome::drifted:
      return Verdict{"failure", "drifted", resource.reason, explanation(resource)};
    case Outcome::failed:
      break;
    case Outcome::skipped:
      return Verdict{"skipped", "", resource.reason, ""};
    case Outcome::disabled:
      return Verdict{"skipped", "", "disabled", ""};
  }
  const Cause cause = resource.cause.value_or(Cause::failed);
  const std::string phase =
      resource.phase ? fmt::format("{}: ", reconcile::name_of(*resource.phase)) : "";
  return Verdict{element_of(cause), name_of(cause), phase + resource.reason, explanation(resource)};
}

std::optional<Verdict> verdict_of(const NotificationOutcome& notification) {
  if (!notification.cause) {
    return std::nullopt;
  }
  return Verdict{element_of(*notification.cause), name_of(*notification.cause), notification.reason,
                 explanation(notification)};
}

std::string as_xml(const Verdict& verdict) {
  const std::string type =
      verdict.type.empty() ? "" : fmt::format(" type=\"{}\"", escaped_attribute(verdict.type));
  const std::string head = fmt::format("      <{}{} message=\"{}\"", verdict.element, type,
                                       escaped_attribute(verdict.message));
  return verdict.text.empty()
             ? head + "/>\n"
             : fmt::format("{}>{}</{}>\n", head, escaped(verdict.text), verdict.element);
}

std::string test_case(std::string_view class_name, std::string_view name, std::string_view time,
                      const std::optional<Verdict>& verdict) {
  const std::string head =
      fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"{}\"",
                  escaped_attribute(class_name), escaped_attribute(name), time);
  return verdict ? fmt::format("{}>\n{}    </testcase>\n", head, as_xml(*verdict)) : head + "/>\n";
}

/// The test cases, and how many of them there are of each kind.
struct Cases {
  std::string xml;
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;

  void add(std::string_view class_name, std::string_view name, std::string_view time,
           const std::optional<Verdict>& verdict) {
    xml += test_case(class_name, name, time, verdict);
    ++tests;
    if (verdict) {
      ++(verdict->element == "failure" ? failures : verdict->element == "error" ? errors : skipped);
    }
  }

  void count(const Cases& other) {
    tests += other.tests;
    failures += other.failures;
    errors += other.errors;
  }

  [[nodiscard]] std::string counts() const {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\"", tests, failures, errors);
  }
};

Cases cases_of(const reconcile::RunOutcome& outcome, const diagnostic::Diagnostics& diagnostics) {
  Cases cases;
  const auto error = std::ranges::find(diagnostics, diagnostic::Severity::error,
                                       &diagnostic::Diagnostic::severity);
  if (error != diagnostics.end()) {
    cases.add("fluke", "manifests", seconds(outcome.duration),
              Verdict{"error", error->kind, error->summary,
                      diagnostic::render(diagnostics, diagnostic::Colour::off)});
  }
  for (const ResourceOutcome* one : outcome.all()) {
    cases.add(one->type, one->name, seconds(one->duration), verdict_of(*one));
  }
  return cases;
}

Cases cases_of(const std::vector<NotificationOutcome>& notifications) {
  Cases cases;
  for (const NotificationOutcome& one : notifications) {
    cases.add("notify", one.name, seconds(one.task ? one.task->duration : 0ns), verdict_of(one));
  }
  return cases;
}

std::string test_suite(std::string_view name, std::string_view time, std::string_view timestamp,
                       const Cases& cases) {
  return fmt::format(R"(  <testsuite name="{}" {} skipped="{}" time="{}" timestamp="{}">
{}  </testsuite>
)",
                     escaped_attribute(name), cases.counts(), cases.skipped, time, timestamp,
                     cases.xml);
}

}  // namespace

std::string to_junit(const RunInfo& info, const reconcile::RunOutcome& outcome,
                     const diagnostic::Diagnostics& diagnostics) {
  Cases cases = cases_of(outcome, diagnostics);
  const std::string name = info.command.empty() ? "fluke" : "fluke " + info.command;
  const std::string time = seconds(outcome.duration);
  std::string suites = test_suite(name, time, iso_time(outcome.started_at), cases);
  if (!outcome.notifications.empty()) {
    const Cases notifications = cases_of(outcome.notifications);
    std::chrono::nanoseconds taken{0};
    for (const NotificationOutcome& one : outcome.notifications) {
      taken += one.task ? one.task->duration : 0ns;
    }
    suites += test_suite(name + " notifications", seconds(taken),
                         iso_time(outcome.started_at + outcome.duration), notifications);
    cases.count(notifications);
  }
  return fmt::format(R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="fluke" {} time="{}">
{}</testsuites>
)",
                     cases.counts(), time, suites);
}

}  // namespace report
