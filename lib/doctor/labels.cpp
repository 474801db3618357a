#include "doctor/labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "text/distance.h"
#include "text/quote.h"

namespace doctor {
namespace {

std::string text_of(const manifest::Labels& labels) {
  std::string text;
  for (const auto& [name, value] : labels) {
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", name, value);
  }
  return text.empty() ? "none" : text::neutralised(text);
}

Finding unknown_label(const manifest::Task& task, std::string_view label,
                      const manifest::Labels& labels) {
  std::vector<std::string_view> known;
  for (const auto& [name, value] : labels) {
    known.emplace_back(name);
  }
  const auto near = text::nearest(label, known);
  return {.verdict = Verdict::warn,
          .subject = "labels",
          .message = fmt::format("task {} selects by {}, a label that this host does not have{}",
                                 text::quoted(task.name), text::quoted(label),
                                 near ? fmt::format("; did you mean \"{}\"?", *near) : "")};
}

}  // namespace

Findings examine_labels(const manifest::Manifest& manifest) {
  Findings findings;
  std::set<const manifest::Task*> seen;
  const auto note = [&](const manifest::Task* task) {
    if (task != nullptr && !task->selector.empty()) {
      seen.insert(task);
    }
  };
  for (const manifest::Resource& resource : manifest.resources) {
    note(resource.task.get());
  }
  std::vector<const manifest::Task*> others;
  for (const manifest::OtherResource& other : manifest.others) {
    if (!seen.contains(other.task.get())) {
      others.push_back(other.task.get());
    }
    note(other.task.get());
  }
  if (seen.empty()) {
    return findings;
  }
  findings.push_back({.subject = "labels",
                      .message = fmt::format("{} has: {}", text::quoted(manifest.host.name),
                                             text_of(manifest.host.labels))});
  for (const manifest::Task* task : others) {
    for (const auto& [name, value] : task->selector) {
      if (!manifest.host.labels.contains(name)) {
        findings.push_back(unknown_label(*task, name, manifest.host.labels));
      }
    }
  }
  return findings;
}

}  // namespace doctor
