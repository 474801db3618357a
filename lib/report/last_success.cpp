#include "report/last_success.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <system_error>

#include "text/lines.h"

namespace report {
namespace {

/// What is left to read of one line.
class Line {
 public:
  explicit Line(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool take(std::string_view expected) {
    if (!rest_.starts_with(expected)) {
      return false;
    }
    rest_.remove_prefix(expected.size());
    return true;
  }

  /// Up to the quote that ends it.
  [[nodiscard]] std::optional<std::string> take_label_value() {
    std::string value;
    while (!rest_.empty() && rest_.front() != '"') {
      const std::size_t length = rest_.front() == '\\' ? 2 : 1;
      if (rest_.size() < length) {
        return std::nullopt;
      }
      const char last = rest_[length - 1];
      value += length == 2 && last == 'n' ? '\n' : last;
      rest_.remove_prefix(length);
    }
    return take("\"") ? std::optional(value) : std::nullopt;
  }

  /// The number that fills the rest.
  [[nodiscard]] std::optional<double> take_number() const {
    double number = 0;
    const char* end = rest_.data() + rest_.size();
    const auto [read, error] = std::from_chars(rest_.data(), end, number);
    return error == std::errc() && read == end && std::isfinite(number) ? std::optional(number)
                                                                        : std::nullopt;
  }

 private:
  std::string_view rest_;
};

void read_line(std::string_view text, std::string_view metric, std::string_view label,
               LastTimes& found) {
  Line line(text);
  if (!line.take(metric) || !line.take("{") || !line.take(label) || !line.take("=\"")) {
    return;
  }
  const std::optional<std::string> name = line.take_label_value();
  if (!name || !line.take("} ")) {
    return;
  }
  if (const std::optional<double> number = line.take_number(); number && *number > 0) {
    found[*name] = *number;
  }
}

}  // namespace

LastTimes read_last_times(std::string_view metrics, std::string_view metric,
                          std::string_view label) {
  LastTimes found;
  text::for_each_line(metrics,
                      [&](std::string_view line) { read_line(line, metric, label, found); });
  return found;
}

}  // namespace report
