#include "fluke/writer.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <thread>

namespace {

/// A pipe or a connection, of which a test holds both ends.
struct Ends {
  explicit Ends(bool is_socket) {
    std::array<int, 2> ends{};
    EXPECT_EQ(is_socket ? ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data())
                        : ::pipe2(ends.data(), O_CLOEXEC),
              0);
    reading = file::Descriptor(ends[0]);
    writing = file::Descriptor(ends[1]);
  }

  /// At most `size` bytes.
  [[nodiscard]] std::string read(std::size_t size) const {
    std::string text(size, '\0');
    const ssize_t count = ::read(reading.get(), text.data(), text.size());
    text.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    return text;
  }

  file::Descriptor reading;
  file::Descriptor writing;
};

class Writer : public testing::TestWithParam<bool> {
 protected:
  Ends ends{GetParam()};
};

TEST_P(Writer, WaitsForAReaderWhoIsSlow) {
  std::string text;
  for (int i = 0; text.size() < 1'000'000; ++i) {
    text += std::to_string(i) + '\n';
  }
  std::string seen;
  std::thread reader([&] {
    while (seen.size() < text.size()) {
      std::this_thread::sleep_for(std::chrono::microseconds(200));
      seen += ends.read(5000);
    }
  });
  fluke::Writer writer(ends.writing.get());
  writer.limit_waiting();
  writer.write(text.substr(0, 100'000));
  writer.write(text.substr(100'000));
  writer.finish();
  reader.join();
  EXPECT_TRUE(seen == text);
  EXPECT_EQ(writer.problem(), std::nullopt);
}

TEST_P(Writer, ChangesNoFlagsThatOthersShare) {
  const int before = ::fcntl(ends.writing.get(), F_GETFL);
  fluke::Writer writer(ends.writing.get());
  writer.write("text\n");
  EXPECT_EQ(::fcntl(ends.writing.get(), F_GETFL), before);
  EXPECT_EQ(ends.read(100), "text\n");
}

TEST_P(Writer, DropsWhatNobodyReadsAndGoesOnWithWhoReadsAgain) {
  const std::string text(4096, 'a');
  fluke::Writer writer(ends.writing.get());
  writer.limit_waiting();
  std::size_t written = 0;
  for (int i = 0; i < 1000; ++i) {
    writer.write(text);
    written += text.size();
  }
  EXPECT_EQ(writer.problem().has_value(), true);
  std::size_t seen = 0;
  std::string last;
  std::thread reader([&] {
    for (std::string part = ends.read(65536); !part.empty(); part = ends.read(65536)) {
      seen += part.size();
      last = (last + part).substr(std::max<std::size_t>(last.size() + part.size(), 10) - 10);
    }
  });
  writer.finish();
  writer.write("the end\n");
  writer.finish();
  const auto problem = writer.problem();
  writer = fluke::Writer(-1);
  ends.writing.close();
  reader.join();
  EXPECT_TRUE(last.ends_with("\nthe end\n")) << last;
  EXPECT_EQ(problem, "its reader stopped reading, and " + std::to_string(written + 9 - seen) +
                         " bytes of it are lost");
}

INSTANTIATE_TEST_SUITE_P(To, Writer, testing::Bool(), [](const auto& test_case) {
  return test_case.param ? "ASocket" : "APipe";
});

TEST(Writer, SaysWhatWentWrong) {
  fluke::Writer writer(file::Descriptor(::open("/dev/full", O_WRONLY | O_NONBLOCK | O_CLOEXEC)));
  writer.write("text\n");
  EXPECT_EQ(writer.problem(), "write: No space left on device");
}

TEST(Writer, OutlivesAReaderWhoGoesAway) {
  Ends ends(false);
  ::fcntl(ends.writing.get(), F_SETFL, O_NONBLOCK);
  ends.reading.close();
  fluke::Writer writer(std::move(ends.writing));
  writer.write("text\n");
  EXPECT_EQ(writer.problem(), "write: Broken pipe");
}

}  // namespace
