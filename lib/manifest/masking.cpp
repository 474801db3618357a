#include "manifest/masking.h"

#include <algorithm>
#include <string>
#include <utility>

#include "manifest/passwords.h"

namespace manifest {
namespace {

void star_out(std::string& text, diagnostic::Range range) {
  const std::size_t end = std::min<std::size_t>(range.end, text.size());
  for (std::size_t at = range.begin; at < end; ++at) {
    const bool is_line_end = text[at] == '\n' || text[at] == '\r';
    text[at] = is_line_end ? text[at] : '*';
  }
}

}  // namespace

std::unique_ptr<diagnostic::SourceFile> Masking::masked_copy(
    const diagnostic::SourceFile& file) const {
  std::string masked = mask_passwords(file.text());
  if (const auto found = hidden_.find(&file); found != hidden_.end()) {
    for (const diagnostic::Range range : found->second) {
      star_out(masked, range);
    }
  }
  return masked == file.text()
             ? nullptr
             : std::make_unique<diagnostic::SourceFile>(file.name(), std::move(masked));
}

void conceal(diagnostic::Diagnostic& problem) {
  problem.summary = problem.kind;
  std::ranges::replace(problem.summary, '-', ' ');
  problem.detail = "the text is not shown, for it may be sensitive";
  problem.notes.clear();
}

SourceFiles Masking::apply(diagnostic::Diagnostics& diagnostics) const {
  SourceFiles copies;
  std::unordered_map<const diagnostic::SourceFile*, const diagnostic::SourceFile*> shown;
  const auto shown_for = [&](const diagnostic::SourceFile* file) {
    const auto [known, is_new] = shown.emplace(file, file);
    if (is_new && file != nullptr) {
      if (auto copy = masked_copy(*file)) {
        known->second = copies.emplace_back(std::move(copy)).get();
      }
    }
    return known->second;
  };
  for (diagnostic::Diagnostic& problem : diagnostics) {
    problem.file = shown_for(problem.file);
    problem.summary = mask_passwords(problem.summary);
    problem.detail = mask_passwords(problem.detail);
    for (diagnostic::Note& note : problem.notes) {
      note.file = shown_for(note.file);
      note.message = mask_passwords(note.message);
    }
  }
  return copies;
}

}  // namespace manifest
