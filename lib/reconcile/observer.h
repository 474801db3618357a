// Hears what the engine does while it does it. The engine never prints.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "manifest/manifest.h"
#include "reconcile/outcome.h"

namespace reconcile {

class Observer {
 public:
  virtual ~Observer() = default;

  /// Before any resource is known. What happens in between is told as for a resource, which is then
  /// the include's checkout and has no type.
  virtual void include_started(const manifest::Include& /*include*/) {}
  virtual void include_ended(const ResourceOutcome& /*outcome*/) {}

  virtual void resource_started(const manifest::Resource& /*resource*/) {}
  virtual void phase_started(const manifest::Resource& /*resource*/, Phase /*phase*/) {}
  /// Lines that a child printed, each ended by LF, as they came, control characters and all.
  virtual void output_lines(const manifest::Resource& /*resource*/, Phase /*phase*/,
                            std::string_view /*lines*/) {}
  virtual void phase_ended(const manifest::Resource& /*resource*/, Phase /*phase*/) {}
  /// Also for a resource that was never started (skipped, disabled).
  virtual void resource_ended(const ResourceOutcome& /*outcome*/) {}
  virtual void run_ended(const RunOutcome& /*outcome*/) {}
  /// After the run.
  virtual void notification_started(const manifest::Notification& /*notification*/) {}
  virtual void notification_ended(const NotificationOutcome& /*outcome*/) {}

 protected:
  Observer() = default;
  Observer(const Observer&) = default;
  Observer& operator=(const Observer&) = default;
};

/// Lets several observers hear the same run, in the order given.
class FanOut : public Observer {
 public:
  /// The observers outlive it.
  explicit FanOut(std::vector<Observer*> observers) : observers_(std::move(observers)) {}

  void include_started(const manifest::Include& include) override {
    for (Observer* observer : observers_) {
      observer->include_started(include);
    }
  }
  void include_ended(const ResourceOutcome& outcome) override {
    for (Observer* observer : observers_) {
      observer->include_ended(outcome);
    }
  }
  void resource_started(const manifest::Resource& resource) override {
    for (Observer* observer : observers_) {
      observer->resource_started(resource);
    }
  }
  void phase_started(const manifest::Resource& resource, Phase phase) override {
    for (Observer* observer : observers_) {
      observer->phase_started(resource, phase);
    }
  }
  void output_lines(const manifest::Resource& resource, Phase phase,
                    std::string_view lines) override {
    for (Observer* observer : observers_) {
      observer->output_lines(resource, phase, lines);
    }
  }
  void phase_ended(const manifest::Resource& resource, Phase phase) override {
    for (Observer* observer : observers_) {
      observer->phase_ended(resource, phase);
    }
  }
  void resource_ended(const ResourceOutcome& outcome) override {
    for (Observer* observer : observers_) {
      observer->resource_ended(outcome);
    }
  }
  void run_ended(const RunOutcome& outcome) override {
    for (Observer* observer : observers_) {
      observer->run_ended(outcome);
    }
  }
  void notification_started(const manifest::Notification& notification) override {
    for (Observer* observer : observers_) {
      observer->notification_started(notification);
    }
  }
  void notification_ended(const NotificationOutcome& outcome) override {
    for (Observer* observer : observers_) {
      observer->notification_ended(outcome);
    }
  }

 private:
  std::vector<Observer*> observers_;
};

}  // namespace reconcile
