#include "report/status_line.h"

#include <gtest/gtest.h>

#include <string>

namespace {

/// A terminal of some width that remembers what was written to it.
struct Screen {
  std::size_t columns = 80;
  std::string written;

  report::StatusLine line(std::size_t total) {
    report::StatusLine line([this](std::string_view text) { written += text; },
                            [this] { return columns; });
    line.expect(total);
    return line;
  }
};

manifest::Resource resource(const std::string& name) {
  return {.name = name};
}

TEST(StatusLine, CountsNothingBeforeTheResourcesAreKnown) {
  Screen screen;
  report::StatusLine line = screen.line(0);
  manifest::Include include;
  include.checkout.name = "infra";
  line.include_started(include);
  line.phase_started(include.checkout, reconcile::Phase::sync);
  line.draw();
  line.include_ended({.name = "infra"});
  line.expect(2);
  line.resource_started(resource("deploy"));
  line.phase_started(resource("deploy"), reconcile::Phase::check);
  line.draw();
  EXPECT_EQ(screen.written, "\rinfra: sync 0s\x1b[K\r\x1b[K\r[1/2] deploy: check 0s\x1b[K");
}

TEST(StatusLine, CountsNoNotifications) {
  Screen screen;
  report::StatusLine line = screen.line(1);
  line.resource_ended({});
  manifest::Notification notification;
  notification.task.name = "ops";
  line.notification_started(notification);
  line.draw();
  line.notification_ended({});
  line.draw();
  EXPECT_EQ(screen.written, "\rops: notify 0s\x1b[K\r\x1b[K");
}

TEST(StatusLine, SaysWhatRunsAndForHowLong) {
  Screen screen;
  report::StatusLine line = screen.line(4);
  line.resource_started(resource("deploy"));
  line.phase_started(resource("deploy"), reconcile::Phase::check);
  line.draw();
  EXPECT_EQ(screen.written, "\r[1/4] deploy: check 0s\x1b[K");
}

TEST(StatusLine, CountsTheResourcesThatHaveEnded) {
  Screen screen;
  report::StatusLine line = screen.line(2);
  line.resource_ended({});
  line.resource_started(resource("api"));
  line.phase_started(resource("api"), reconcile::Phase::sync);
  line.draw();
  EXPECT_EQ(screen.written, "\r[2/2] api: sync 0s\x1b[K");
}

TEST(StatusLine, ShowsTheLastLineOfOutputThatIsNotEmpty) {
  Screen screen;
  report::StatusLine line = screen.line(1);
  line.resource_started(resource("deploy"));
  line.phase_started(resource("deploy"), reconcile::Phase::apply);
  line.output_lines(resource("deploy"), reconcile::Phase::apply, "zero\none\ttwo\x1b[2J\n");
  line.output_lines(resource("deploy"), reconcile::Phase::apply, "\n");
  line.draw();
  EXPECT_EQ(screen.written, "\r[1/1] deploy: apply 0s  one two\\x1b[2J\x1b[K");
}

TEST(StatusLine, ForgetsTheOutputOfThePhaseBefore) {
  Screen screen;
  report::StatusLine line = screen.line(1);
  line.resource_started(resource("deploy"));
  line.output_lines(resource("deploy"), reconcile::Phase::apply, "old\n");
  line.phase_started(resource("deploy"), reconcile::Phase::verify);
  line.draw();
  EXPECT_EQ(screen.written, "\r[1/1] deploy: verify 0s\x1b[K");
}

TEST(StatusLine, IsCutToTheTerminalWithWideCharactersWhole) {
  Screen screen{.columns = 13};
  report::StatusLine line = screen.line(1);
  line.resource_started(resource("日本語"));
  line.phase_started(resource("日本語"), reconcile::Phase::check);
  line.draw();
  EXPECT_EQ(screen.written, "\r[1/1] 日本語\x1b[K");

  screen = {.columns = 12};
  line.draw();
  EXPECT_EQ(screen.written, "\r[1/1] 日本\x1b[K");
}

TEST(StatusLine, CutsALongNameRatherThanThePhase) {
  Screen screen{.columns = 40};
  report::StatusLine line = screen.line(4);
  const manifest::Resource resource{.name = "certificates-of-all-customers[\"example.org\"]"};
  line.resource_started(resource);
  line.phase_started(resource, reconcile::Phase::apply);
  line.draw();
  EXPECT_EQ(screen.written, "\r[1/4] certificates-of-all-cu…: apply 0s\x1b[K");
}

TEST(StatusLine, GoesOnceAndOnlyIfItWasThere) {
  Screen screen;
  report::StatusLine line = screen.line(1);
  line.erase();
  EXPECT_EQ(screen.written, "");
  line.resource_started(resource("deploy"));
  line.draw();
  screen.written.clear();
  line.erase();
  line.erase();
  EXPECT_EQ(screen.written, "\r\x1b[K");
}

TEST(StatusLine, IsNotDrawnBetweenResources) {
  Screen screen;
  report::StatusLine line = screen.line(2);
  line.resource_started(resource("deploy"));
  line.resource_ended({});
  line.draw();
  EXPECT_EQ(screen.written, "");
}

}  // namespace
