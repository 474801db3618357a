#include "doctor/keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "file/contents.h"
#include "git/error.h"
#include "git/repository.h"
#include "git/signature.h"
#include "process/result.h"
#include "reconcile/sync.h"
#include "text/fields.h"
#include "text/quote.h"

namespace doctor {
namespace {

using Time = std::chrono::system_clock::time_point;

/// Somebody has time to do something about it.
constexpr std::chrono::days soon{30};

struct Key {
  std::string owner;
  /// Absent: it has no end.
  std::optional<Time> end;
  bool is_revoked = false;
};
using Keys = std::vector<Key>;

int number(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// YYYYMMDD, perhaps with a time of day behind it that is left out here (ssh-keygen(1)).
std::optional<Time> read_day(std::string_view text) {
  constexpr std::size_t digits = 8;
  if (text.size() < digits) {
    return std::nullopt;
  }
  const std::chrono::year_month_day day(
      std::chrono::year(number(text.substr(0, 4))),
      std::chrono::month(static_cast<unsigned>(number(text.substr(4, 2)))),
      std::chrono::day(static_cast<unsigned>(number(text.substr(6, 2)))));
  return day.ok() ? std::optional<Time>(std::chrono::sys_days(day)) : std::nullopt;
}

/// Principals, options and a key on each line.
Keys read_allowed_signers(std::string_view text) {
  Keys keys;
  while (!text.empty()) {
    std::string_view line = text::take(text, '\n');
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (line.empty() || line.front() == '#') {
      continue;
    }
    Key& key = keys.emplace_back();
    constexpr std::string_view option = "valid-before=\"";
    if (const std::size_t at = line.find(option); at != std::string_view::npos) {
      key.end = read_day(line.substr(at + option.size()));
    }
    key.owner = text::take(line, ' ');
  }
  return keys;
}

/// What `gpg --with-colons` prints (doc/DETAILS in its sources): the kind of a line, the validity,
/// and so on, with the end of a key in the seventh field and the name in the tenth.
Keys read_colons(std::string_view text) {
  Keys keys;
  while (!text.empty()) {
    std::string_view line = text::take(text, '\n');
    std::vector<std::string_view> fields;
    while (!line.empty()) {
      fields.push_back(text::take(line, ':'));
    }
    if (fields.size() > 6 && fields[0] == "pub") {
      Key& key = keys.emplace_back();
      key.is_revoked = fields[1] == "r";
      if (!fields[6].empty()) {
        key.end = Time(std::chrono::seconds(number(fields[6])));
      }
    } else if (fields.size() > 9 && fields[0] == "uid" && !keys.empty() &&
               keys.back().owner.empty()) {
      keys.back().owner = fields[9];
    }
  }
  return keys;
}

Finding failing(std::string message) {
  return {.verdict = Verdict::fail, .subject = "keys", .message = std::move(message)};
}

tl::expected<Keys, Finding> read_keys(const git::Verify& verify,
                                      const std::filesystem::path& program, reconcile::World& world,
                                      std::optional<std::chrono::milliseconds> deadline) {
  if (verify.keys == git::Verify::Keys::allowed_signers) {
    constexpr std::size_t most = std::size_t{1} << 20U;
    const auto text = file::read_regular(verify.path, most);
    if (!text) {
      return tl::unexpected(
          failing(fmt::format("{} cannot be read", text::quoted(verify.path.native()))));
    }
    return read_allowed_signers(*text);
  }
  const process::Result result =
      world.runner.run({.program = program,
                        .arguments = {"--homedir", verify.path.native(), "--batch", "--no-tty",
                                      "--with-colons", "--fixed-list-mode", "--list-keys"},
                        .environment = world.environment.entries(),
                        .working_dir = "/",
                        .streams = process::Streams::separate,
                        .deadline = deadline},
                       {});
  if (!process::succeeded(result.ending)) {
    return tl::unexpected(
        failing(fmt::format("gpg --list-keys in {} {}", text::quoted(verify.path.native()),
                            process::describe(result.ending))));
  }
  return read_colons(result.output);
}

std::string date(Time time) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(time));
  return fmt::format("{}-{:02}-{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

/// Those that are valid now, and the one that is so for the shortest time.
Finding judge(const git::Verify& verify, Keys keys, Time now) {
  const std::string where = text::quoted(verify.path.native());
  std::erase_if(keys,
                [&](const Key& key) { return key.is_revoked || (key.end && *key.end <= now); });
  if (keys.empty()) {
    return failing(
        fmt::format("no key in {} is valid, so that nothing can be checked out; add one", where));
  }
  const auto first = std::ranges::min_element(
      keys, {}, [](const Key& key) { return key.end.value_or(Time::max()); });
  const std::string valid =
      fmt::format("{} has {} that {} valid", where, text::counted(keys.size(), "key"),
                  keys.size() == 1 ? "is" : "are");
  if (!first->end) {
    return {.subject = "keys", .message = valid};
  }
  return {.verdict = *first->end - now < soon ? Verdict::warn : Verdict::ok,
          .subject = "keys",
          .message = fmt::format("{}, that of {} until {}{}", valid, text::quoted(first->owner),
                                 date(*first->end),
                                 *first->end - now < soon ? "; renew it before then" : "")};
}

}  // namespace

Finding examine_keys(const git::Verify& verify, const std::filesystem::path& checkout,
                     reconcile::World& world, std::optional<std::chrono::milliseconds> deadline,
                     Time now) {
  if (const auto safe = git::check_keys(verify, checkout); !safe) {
    return failing(safe.error().message);
  }
  const auto program = git::find_verifier(verify, world.environment);
  if (!program) {
    return failing(program.error().message);
  }
  if (auto client = reconcile::open_git(world)) {
    const auto known = client->open("/", deadline).and_then([&](git::Repository repository) {
      return git::check_version(repository, verify);
    });
    if (!known) {
      return failing(known.error().message);
    }
  }
  auto keys = read_keys(verify, *program, world, deadline);
  if (!keys) {
    return std::move(keys.error());
  }
  Finding finding = judge(verify, *std::move(keys), now);
  if (!verify.revoked_keys.empty()) {
    finding.message +=
        fmt::format("; those in {} do not count", text::quoted(verify.revoked_keys.native()));
  }
  return finding;
}

}  // namespace doctor
