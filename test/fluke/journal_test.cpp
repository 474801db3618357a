#include "fluke/journal.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>

#include "file/descriptor.h"
#include "support/temporary_directory.h"
#include "text/lines.h"
#include "text/utf8.h"

namespace {

using fluke::with_priority;
using report::Urgency;

TEST(Journal, HasAPriorityBeforeEachLine) {
  EXPECT_EQ(with_priority("one\n\ntwo\n", Urgency::error), "<3>one\n<3>\n<3>two\n");
  EXPECT_EQ(with_priority("one\n", Urgency::warning), "<4>one\n");
  EXPECT_EQ(with_priority("<0>one\n", Urgency::info), "<6><0>one\n");
  EXPECT_EQ(with_priority("", Urgency::info), "");
}

TEST(Journal, HasAPriorityAlsoWhereItCutsALine) {
  const std::string line = std::string(49151, 'a') + "<0>forged" + std::string(70000, 'b') + "\n";
  std::size_t size = 0;
  text::for_each_line(with_priority(line, Urgency::info), [&](std::string_view part) {
    EXPECT_TRUE(part.starts_with("<6>")) << part.substr(0, 10);
    EXPECT_LT(part.size(), 48U * 1024);
    size += part.size() - 3;
  });
  EXPECT_EQ(size, line.size() - 1);
  std::string umlauts = "a";
  for (int i = 0; i < 30000; ++i) {
    umlauts += "ö";
  }
  EXPECT_EQ(text::find_invalid_utf8(with_priority(umlauts, Urgency::info)), std::nullopt);
}

TEST(Journal, IsWhatTheEnvironmentNames) {
  const support::TemporaryDirectory directory;
  const auto file = directory.write("stream", "");
  const file::Descriptor stream(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
  struct stat status {};
  ASSERT_EQ(::fstat(stream.get(), &status), 0);
  unsetenv("JOURNAL_STREAM");
  EXPECT_FALSE(fluke::is_journal(stream.get()));
  const std::string name = std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
  setenv("JOURNAL_STREAM", name.c_str(), 1);
  EXPECT_TRUE(fluke::is_journal(stream.get()));
  setenv("JOURNAL_STREAM", (name + "1").c_str(), 1);
  EXPECT_FALSE(fluke::is_journal(stream.get()));
  EXPECT_FALSE(fluke::is_journal(-1));
  unsetenv("JOURNAL_STREAM");
}

}  // namespace
