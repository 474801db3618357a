#include "manifest/version.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <system_error>
#include <utility>

#include "text/fields.h"

namespace manifest {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t";
  const std::size_t first = text.find_first_not_of(space);
  return first == std::string_view::npos
             ? ""
             : text.substr(first, text.find_last_not_of(space) - first + 1);
}

/// Numbers with dots between them.
struct Numbers {
  Version version = {};
  std::size_t count = 0;
  /// What stands behind them.
  std::string_view rest;
};

std::optional<Numbers> read_numbers(std::string_view text) {
  Numbers numbers;
  while (numbers.count < numbers.version.size()) {
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), numbers.version[numbers.count]);
    if (error != std::errc() || numbers.version[numbers.count] < 0) {
      return std::nullopt;
    }
    ++numbers.count;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!text.starts_with('.')) {
      break;
    }
    if (numbers.count < numbers.version.size()) {
      text.remove_prefix(1);
    }
  }
  numbers.rest = text;
  return numbers;
}

}  // namespace

std::optional<Version> parse_version(std::string_view text) {
  const std::optional<Numbers> numbers = read_numbers(text);
  return numbers ? std::optional(numbers->version) : std::nullopt;
}

std::optional<VersionConstraint::Bound> VersionConstraint::parse_bound(std::string_view text) {
  constexpr std::pair<std::string_view, Relation> relations[] = {
      {">=", Relation::at_least},   {"<=", Relation::at_most}, {"!=", Relation::unequal},
      {"~>", Relation::compatible}, {">", Relation::greater},  {"<", Relation::less},
      {"=", Relation::equal},       {"", Relation::equal}};
  text = trimmed(text);
  const auto* found = std::ranges::find_if(
      relations, [&](const auto& relation) { return text.starts_with(relation.first); });
  const std::optional<Numbers> numbers = read_numbers(trimmed(text.substr(found->first.size())));
  if (!numbers || !numbers->rest.empty()) {
    return std::nullopt;
  }
  return Bound{.relation = found->second, .version = numbers->version, .precision = numbers->count};
}

std::optional<VersionConstraint> VersionConstraint::parse(std::string_view text) {
  VersionConstraint constraint;
  do {
    const std::optional<Bound> bound = parse_bound(text::take(text, ','));
    if (!bound) {
      return std::nullopt;
    }
    constraint.bounds_.push_back(*bound);
  } while (!text.empty());
  return constraint;
}

bool VersionConstraint::keeps(const Version& version, const Bound& bound) {
  switch (bound.relation) {
    case Relation::equal:
      return version == bound.version;
    case Relation::unequal:
      return version != bound.version;
    case Relation::greater:
      return version > bound.version;
    case Relation::at_least:
      return version >= bound.version;
    case Relation::less:
      return version < bound.version;
    case Relation::at_most:
      return version <= bound.version;
    case Relation::compatible:
      return version >= bound.version &&
             std::equal(version.begin(),
                        version.begin() + static_cast<std::ptrdiff_t>(bound.precision) - 1,
                        bound.version.begin());
  }
  return false;
}

bool VersionConstraint::admits(const Version& version) const {
  return std::ranges::all_of(bounds_, [&](const Bound& bound) { return keeps(version, bound); });
}

}  // namespace manifest
