// Shows on a terminal what is running, on a line that is redrawn in place and goes when it is done:
//
//   [2/4] deploy: apply 12s  Compiling server v0.3.1
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "reconcile/observer.h"
#include "report/text.h"

namespace report {

/// How many columns the terminal has now.
using Columns = std::function<std::size_t()>;

class StatusLine : public reconcile::Observer {
 public:
  /// `terminal` writes to the terminal.
  StatusLine(Write terminal, Columns columns);

  /// How many resources the run has. Until that is known, nothing is counted.
  void expect(std::size_t total) { total_ = total; }

  void include_started(const manifest::Include& include) override;
  void include_ended(const reconcile::ResourceOutcome& outcome) override;

  void resource_started(const manifest::Resource& resource) override;
  void phase_started(const manifest::Resource& resource, reconcile::Phase phase) override;
  void output_lines(const manifest::Resource& resource, reconcile::Phase phase,
                    std::string_view lines) override;
  void resource_ended(const reconcile::ResourceOutcome& outcome) override;
  void notification_started(const manifest::Notification& notification) override;
  void notification_ended(const reconcile::NotificationOutcome& outcome) override;

  /// Draws the line anew; to be called a few times a second while something runs.
  void draw();

  /// Takes the line off the screen, so that something else can be written; draw() brings it back.
  void erase();

 private:
  void start(std::string_view phase);
  /// In a narrow terminal the name is cut rather than what stands behind it.
  [[nodiscard]] std::string text(std::size_t columns) const;

  std::size_t total_ = 0;
  Write terminal_;
  Columns columns_;

  std::size_t ended_ = 0;
  std::string name_;
  std::string phase_;
  std::string last_output_;
  std::chrono::steady_clock::time_point phase_start_;
  bool is_drawn_ = false;
};

}  // namespace report
