#include "report/timeline.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/duration.h"

namespace report {
namespace {

using std::chrono::nanoseconds;

/// The width of the drawing in units of its own; it is stretched to the room that there is.
constexpr double width = 1000;

/// Of a phase that took no time: it is still to be seen.
constexpr double least_width = 3;

/// A round time of which a few fill the whole.
nanoseconds step_for(nanoseconds whole) {
  constexpr int most_labels = 6;
  nanoseconds step = std::chrono::milliseconds(1);
  for (;;) {
    for (const int factor : {1, 2, 5}) {
      if (whole <= step * factor * most_labels) {
        return step * factor;
      }
    }
    step *= 10;
  }
}

std::string label(nanoseconds time) {
  return text::format_duration(std::chrono::duration_cast<std::chrono::milliseconds>(time));
}

std::string description(const reconcile::ResourceOutcome& resource) {
  std::string text;
  for (const reconcile::PhaseTime& time : resource.phases) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", reconcile::name_of(time.phase),
                        text::human_duration(time.duration));
  }
  return text;
}

}  // namespace

Timeline::Timeline(nanoseconds whole)
    : whole_(std::max<nanoseconds>(whole, std::chrono::milliseconds(1))), step_(step_for(whole_)) {}

std::string Timeline::scale() const {
  std::string out;
  for (nanoseconds at{0}; at <= whole_; at += step_) {
    out += fmt::format("<span style=\"left:{:.2f}%\">{}</span>", 100 * part(at), label(at));
  }
  return out;
}

std::string Timeline::bars_of(const reconcile::ResourceOutcome& resource) const {
  std::string out = fmt::format(
      "<svg viewBox=\"0 0 {} 18\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">",
      width, description(resource));
  for (nanoseconds at{0}; at <= whole_; at += step_) {
    out += fmt::format("<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"-6\" y2=\"21\"/>",
                       width * part(at));
  }
  for (const reconcile::PhaseTime& time : resource.phases) {
    const double length = std::max(least_width, width * part(time.duration));
    const double begin = std::min(width * part(time.begin), width - length);
    const std::string_view phase = reconcile::name_of(time.phase);
    out += fmt::format(
        "<rect class=\"{}\" x=\"{:.1f}\" y=\"2\" width=\"{:.1f}\" height=\"14\"><title>{} "
        "{}</title></rect>",
        phase, begin, length, phase, text::human_duration(time.duration));
  }
  return out + "</svg>";
}

double Timeline::part(nanoseconds time) const {
  return static_cast<double>(time.count()) / static_cast<double>(whole_.count());
}

}  // namespace report
