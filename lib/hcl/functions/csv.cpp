#include "hcl/functions/csv.h"

#include <fmt/format.h>

#include <cstddef>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "hcl/functions/size_limit.h"
#include "text/quote.h"

namespace hcl::functions {
namespace {

using Record = std::vector<std::string>;

/// Reads one record after the other.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  /// The next record, without fields at the end of the text.
  [[nodiscard]] tl::expected<Record, FunctionError> next() {
    do {
      read_line();
    } while (line_ == "\n");
    first_line_ = line_number_;
    Record record;
    while (!line_.empty()) {
      auto field = line_.starts_with('"') ? quoted_field() : bare_field();
      if (!field) {
        return tl::unexpected(std::move(field.error()));
      }
      record.push_back(std::move(*field));
    }
    return record;
  }

  /// Says where the last record began and what is wrong with it.
  [[nodiscard]] tl::unexpected<FunctionError> problem(std::string_view what) const {
    return problem_at(first_line_, what);
  }

 private:
  /// Puts the next line into `line_`, its end as "\n"; the last one has none if the text has none.
  void read_line() {
    ++line_number_;
    const std::size_t end = rest_.find('\n');
    const bool has_end = end != std::string_view::npos;
    line_ = rest_.substr(0, end);
    rest_.remove_prefix(has_end ? end + 1 : rest_.size());
    if (line_.ends_with('\r')) {
      line_.pop_back();
    }
    line_ += has_end ? "\n" : "";
  }

  [[nodiscard]] static tl::unexpected<FunctionError> problem_at(std::size_t line,
                                                                std::string_view what) {
    return fail(0, fmt::format("line {}: {}", line, what));
  }

  /// Removes a field's end, the comma or the line's, behind `length` bytes. A comma at the very end
  /// of the text has an empty field behind it: the line end that is missing there is put back.
  std::string take(std::size_t length) {
    std::string field = line_.substr(0, length);
    const bool has_comma = length < line_.size() && line_[length] == ',';
    line_.erase(0, length + 1);
    if (has_comma && line_.empty()) {
      line_ = "\n";
    }
    return field;
  }

  tl::expected<std::string, FunctionError> bare_field() {
    const std::string field = take(std::min(line_.find_first_of(",\n"), line_.size()));
    if (field.find('"') != std::string::npos) {
      return problem_at(line_number_,
                        "a quote within a field: put the field in quotes, and write \"\"");
    }
    return field;
  }

  tl::expected<std::string, FunctionError> quoted_field() {
    std::string field;
    std::size_t at_byte = 1;
    while (true) {
      const std::size_t quote = line_.find('"', at_byte);
      field += line_.substr(at_byte, quote == std::string::npos ? quote : quote - at_byte);
      if (quote == std::string::npos) {
        if (rest_.empty()) {
          return problem_at(line_number_, "a quoted field is not closed");
        }
        read_line();
        at_byte = 0;
        continue;
      }
      at_byte = quote + 1;
      const char next = at_byte < line_.size() ? line_[at_byte] : '\n';
      if (next == '"') {
        field += '"';
        ++at_byte;
      } else if (next == ',' || next == '\n') {
        static_cast<void>(take(at_byte));
        return field;
      } else {
        return problem_at(line_number_,
                          "text behind a closing quote; within quotes a quote "
                          "is written \"\"");
      }
    }
  }

  std::string_view rest_;
  std::string line_;
  std::size_t line_number_ = 0;
  std::size_t first_line_ = 0;
};

/// The numbers, from 1 on, of two columns that have the same name.
std::optional<std::pair<std::size_t, std::size_t>> namesakes(const Record& header) {
  std::map<std::string_view, std::size_t> seen;
  for (std::size_t column = 1; column <= header.size(); ++column) {
    const auto [first, is_new] = seen.emplace(header[column - 1], column);
    if (!is_new) {
      return std::pair(first->second, column);
    }
  }
  return std::nullopt;
}

Value row(const Record& header, const Record& record) {
  Members members;
  for (std::size_t i = 0; i < header.size(); ++i) {
    members.emplace(header[i], Value::string(record[i]));
  }
  return Value::object(std::move(members));
}

Type row_type(const Record& header) {
  return row(header, Record(header.size())).type();
}

}  // namespace

FunctionResult parse_csv(std::string_view text) {
  Reader reader(text);
  const auto header = reader.next();
  if (!header) {
    return tl::unexpected(header.error());
  }
  if (header->empty()) {
    return fail(0, "there is no line with the names of the columns");
  }
  if (const auto columns = namesakes(*header)) {
    return fail(
        0, fmt::format("columns {} and {} have the same name", columns->first, columns->second));
  }
  SizeLimit limit;
  Elements rows;
  while (true) {
    const auto record = reader.next();
    if (!record) {
      return tl::unexpected(record.error());
    }
    if (record->empty()) {
      return Value::list(row_type(*header), std::move(rows));
    }
    if (record->size() != header->size()) {
      return reader.problem(fmt::format("{}, where the first line names {}",
                                        text::counted(record->size(), "field"), header->size()));
    }
    rows.push_back(row(*header, *record));
    if (!limit.take(rows.back())) {
      return fail(0, too_large().value().message);
    }
  }
}

}  // namespace hcl::functions
