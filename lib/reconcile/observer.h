// Hears what the engine does while it does it. The engine never prints.
#pragma once

#include <string_view>

#include "manifest/manifest.h"
#include "reconcile/outcome.h"

namespace reconcile {

class Observer {
 public:
  virtual ~Observer() = default;

  virtual void resource_started(const manifest::Resource& /*resource*/) {}
  virtual void phase_started(const manifest::Resource& /*resource*/, Phase /*phase*/) {}
  /// Lines that a child printed, each ended by LF, as they came, control characters and all.
  virtual void output_lines(const manifest::Resource& /*resource*/, Phase /*phase*/,
                            std::string_view /*lines*/) {}
  virtual void phase_ended(const manifest::Resource& /*resource*/, Phase /*phase*/) {}
  /// Also for a resource that was never started (skipped, disabled).
  virtual void resource_ended(const ResourceOutcome& /*outcome*/) {}
  virtual void run_ended(const RunOutcome& /*outcome*/) {}

 protected:
  Observer() = default;
  Observer(const Observer&) = default;
  Observer& operator=(const Observer&) = default;
};

}  // namespace reconcile
