// Lets several observers hear the same run, in the order given.
#pragma once

#include <utility>
#include <vector>

#include "reconcile/observer.h"

namespace reconcile {

class FanOut : public Observer {
 public:
  /// The observers outlive it.
  explicit FanOut(std::vector<Observer*> observers) : observers_(std::move(observers)) {}

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

 private:
  std::vector<Observer*> observers_;
};

}  // namespace reconcile
