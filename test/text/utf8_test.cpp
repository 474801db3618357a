#include "text/utf8.h"

#include <gtest/gtest.h>

namespace text {
namespace {

using namespace std::string_view_literals;

TEST(FindInvalidUtf8, FollowsRfc3629) {
  struct Row {
    const char* name;
    std::string_view bytes;
    std::optional<std::size_t> expected;
  };
  const Row rows[] = {
      {"empty", "", std::nullopt},
      {"ASCII with NUL", "a\0b"sv, std::nullopt},
      {"every length", "aé€😀", std::nullopt},
      {"first and last of two bytes", "\xc2\x80\xdf\xbf", std::nullopt},
      {"first and last of three bytes", "\xe0\xa0\x80\xef\xbf\xbf", std::nullopt},
      {"around the surrogates", "\xed\x9f\xbf\xee\x80\x80", std::nullopt},
      {"first and last of four bytes", "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", std::nullopt},
      {"lone continuation", "ab\x80", 2},
      {"cut off", "ab\xe2\x82", 2},
      {"continuation missing", "\xe2\x82z", 0},
      {"overlong in two bytes", "\xc0\x80", 0},
      {"overlong in three bytes", "\xe0\x9f\xbf", 0},
      {"overlong in four bytes", "\xf0\x8f\xbf\xbf", 0},
      {"surrogate", "\xed\xa0\x80", 0},
      {"above U+10FFFF", "\xf4\x90\x80\x80", 0},
      {"never a first byte", "\xf5\x80\x80\x80", 0},
      {"behind a long ASCII run", "0123456789abcdef0123\xff", 20},
      {"behind a character", "aé\xff", 3},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(find_invalid_utf8(row.bytes), row.expected) << row.name;
  }
}

TEST(DecodeUtf8, GivesTheCharacterAndItsLength) {
  const auto euro = decode_utf8("€uro");
  ASSERT_TRUE(euro.has_value());
  EXPECT_EQ(euro->value, U'€');
  EXPECT_EQ(euro->length, 3U);
  EXPECT_FALSE(decode_utf8("").has_value());
  EXPECT_FALSE(decode_utf8("\x80").has_value());
}

TEST(Graphemes, CountWhatAPersonSees) {
  struct Row {
    const char* name;
    std::string_view text;
    std::size_t first_length;
    std::size_t count;
    std::size_t width;
  };
  const Row rows[] = {
      {"empty", "", 0, 0, 0},
      {"ASCII", "abc", 1, 3, 3},
      {"precomposed", "éa", 2, 2, 2},
      {"combining mark", "e\u0301a", 3, 2, 2},
      {"two combining marks", "o\u0302\u0301", 5, 1, 1},
      {"combining mark behind a long run", "0123456789abcdefe\u0301", 1, 17, 17},
      {"CJK", "日本", 3, 2, 4},
      {"family of three", "👩‍👩‍👧!", 18, 2, 3},
      {"flag", "🇩🇪", 8, 1, 2},
      {"two flags", "🇩🇪🇫🇷", 8, 2, 4},
      {"CRLF", "\r\na", 2, 2, 1},
      {"LFCR", "\n\ra", 1, 3, 1},
      {"CRLF inside a long run", "0123456789\r\nabcdefgh", 1, 19, 18},
      {"control character", "\x1b[m", 1, 3, 2},
      {"invalid bytes", "\xff\xfe", 1, 2, 0},
      {"invalid byte behind a letter", "a\xff", 1, 2, 1},
      {"mark behind an invalid byte", "\xff\u0301", 1, 2, 0},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(grapheme_length(row.text), row.first_length) << row.name;
    EXPECT_EQ(count_graphemes(row.text), row.count) << row.name;
    EXPECT_EQ(display_width(row.text), row.width) << row.name;
  }
}

TEST(Graphemes, OneThatTheOffsetSplitsIsNotCounted) {
  const std::string_view text = "ae\u0301b";
  EXPECT_EQ(count_graphemes_before(text, 0), 0U);
  EXPECT_EQ(count_graphemes_before(text, 1), 1U);
  EXPECT_EQ(count_graphemes_before(text, 2), 1U);
  EXPECT_EQ(count_graphemes_before(text, 3), 1U);
  EXPECT_EQ(count_graphemes_before(text, 4), 2U);
  EXPECT_EQ(count_graphemes_before(text, 5), 3U);
  EXPECT_EQ(count_graphemes_before(text, 99), 3U);
}

TEST(IsAscii, LooksAtEveryByte) {
  EXPECT_TRUE(is_ascii(""));
  EXPECT_TRUE(is_ascii("\x01 a plain text \x7f"));
  const std::string text(20, 'a');
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string other = text;
    other[i] = '\x80';
    EXPECT_FALSE(is_ascii(other)) << i;
  }
}

TEST(NormalizeNfc, ComposesAndLeavesTheRest) {
  EXPECT_EQ(normalize_nfc(""), "");
  EXPECT_EQ(normalize_nfc("plain"), "plain");
  EXPECT_EQ(normalize_nfc("e\u0301"), "\u00e9");
  EXPECT_EQ(normalize_nfc("\u1112\u1161\u11ab"), "\ud55c");
  EXPECT_EQ(normalize_nfc("ﬁ"), "ﬁ");
  EXPECT_EQ(normalize_nfc("e\u0301\0x"sv), "\u00e9\0x"sv);
}

}  // namespace
}  // namespace text
