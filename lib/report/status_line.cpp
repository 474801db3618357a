#include "report/status_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "text/duration.h"
#include "text/quote.h"
#include "text/utf8.h"

namespace report {
namespace {

/// As much of `text` as fills at most `columns` columns.
std::string_view cut(std::string_view text, std::size_t columns) {
  std::size_t length = 0;
  std::size_t width = 0;
  while (length < text.size()) {
    const std::size_t cluster = text::grapheme_length(text.substr(length));
    width += text::display_width(text.substr(length, cluster));
    if (width > columns) {
      break;
    }
    length += cluster;
  }
  return text.substr(0, length);
}

/// `name` with its end cut off where, with `others` beside it, it does not fit into `columns`. With
/// very little room it stays whole, for a few letters of it say nothing.
std::string shortened(const std::string& name, std::size_t columns, std::size_t others) {
  constexpr std::size_t least = 8;
  const std::size_t room = columns - std::min(columns, others);
  return room < least || text::display_width(name) <= room ? name
                                                           : std::string(cut(name, room - 1)) + "…";
}

}  // namespace

StatusLine::StatusLine(Write terminal, Columns columns)
    : terminal_(std::move(terminal)), columns_(std::move(columns)) {}

void StatusLine::include_started(const manifest::Include& include) {
  name_ = text::neutralised(include.checkout.name);
}

void StatusLine::include_ended(const reconcile::ResourceOutcome& /*outcome*/) {
  name_.clear();
  erase();
}

void StatusLine::resource_started(const manifest::Resource& resource) {
  name_ = text::neutralised(resource.name);
}

void StatusLine::phase_started(const manifest::Resource& /*resource*/, reconcile::Phase phase) {
  start(reconcile::name_of(phase));
}

void StatusLine::start(std::string_view phase) {
  phase_ = phase;
  phase_start_ = std::chrono::steady_clock::now();
  last_output_.clear();
}

void StatusLine::output_lines(const manifest::Resource& /*resource*/, reconcile::Phase /*phase*/,
                              std::string_view lines) {
  // More than this no terminal shows.
  constexpr std::size_t enough = 1000;
  lines = lines.substr(0, lines.find_last_not_of("\r\n") + 1);
  if (!lines.empty()) {
    last_output_ = lines.substr(lines.rfind('\n') + 1, enough);
    std::ranges::replace(last_output_, '\t', ' ');
  }
}

void StatusLine::resource_ended(const reconcile::ResourceOutcome& /*outcome*/) {
  ++ended_;
  name_.clear();
  erase();
}

void StatusLine::notification_started(const manifest::Notification& notification) {
  // The resources that are counted have all ended.
  total_ = 0;
  name_ = text::neutralised(notification.task.name);
  start("notify");
}

void StatusLine::notification_ended(const reconcile::NotificationOutcome& /*outcome*/) {
  name_.clear();
  erase();
}

void StatusLine::draw() {
  const std::size_t columns = columns_();
  if (name_.empty() || columns < 2) {
    return;
  }
  // The last column stays free: a cursor behind it is in the next line on some terminals.
  terminal_(fmt::format("\r{}\x1b[K", cut(text(columns - 1), columns - 1)));
  is_drawn_ = true;
}

void StatusLine::erase() {
  if (is_drawn_) {
    terminal_("\r\x1b[K");
    is_drawn_ = false;
  }
}

std::string StatusLine::text(std::size_t columns) const {
  using std::chrono::seconds;
  const auto elapsed =
      std::chrono::duration_cast<seconds>(std::chrono::steady_clock::now() - phase_start_);
  const std::string count = total_ == 0 ? "" : fmt::format("[{}/{}] ", ended_ + 1, total_);
  const std::string what = fmt::format(": {} {}", phase_, text::format_duration(elapsed));
  std::string line = count + shortened(name_, columns, count.size() + what.size()) + what;
  if (!last_output_.empty()) {
    line += "  " + text::neutralised(last_output_, text::Colours::left_out);
  }
  return line;
}

}  // namespace report
