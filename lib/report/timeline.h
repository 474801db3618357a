// When the phases of each resource ran, as plain SVG on one common scale.
#pragma once

#include <chrono>
#include <string>

#include "reconcile/outcome.h"

namespace report {

class Timeline {
 public:
  /// Of a run that took that long.
  explicit Timeline(std::chrono::nanoseconds whole);

  /// The labels of the scale, as HTML.
  [[nodiscard]] std::string scale() const;

  /// The phases of one resource, as an <svg> element.
  [[nodiscard]] std::string bars_of(const reconcile::ResourceOutcome& resource) const;

 private:
  /// A part of the whole, from 0 to 1.
  [[nodiscard]] double part(std::chrono::nanoseconds time) const;

  std::chrono::nanoseconds whole_;
  /// From one label to the next.
  std::chrono::nanoseconds step_;
};

}  // namespace report
