// Where a test calls a helper that checks something: std::source_location, for compilers that have
// it in the language and not in the library (Clang 14).
#pragma once

namespace support {

class SourceLocation {
 public:
  [[nodiscard]] static constexpr SourceLocation current(const char* file = __builtin_FILE(),
                                                        int line = __builtin_LINE()) {
    return {file, line};
  }

  [[nodiscard]] constexpr const char* file_name() const { return file_; }
  [[nodiscard]] constexpr int line() const { return line_; }

 private:
  constexpr SourceLocation(const char* file, int line) : file_(file), line_(line) {}

  const char* file_;
  int line_;
};

}  // namespace support
