#include "git/repository.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "file/descriptor.h"
#include "git/git_directory.h"
#include "text/quote.h"
#include "text/url.h"

namespace git {
namespace {

constexpr std::size_t show_bytes = std::size_t{64} * 1024;

/// More locks than one command takes.
constexpr int most_locks = 16;

/// The end of `text`, beginning with a whole line: half a line might hold half a password.
std::string tail(std::string_view text) {
  if (text.size() > show_bytes) {
    text.remove_prefix(text.size() - show_bytes);
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  }
  return std::string(text);
}

Cause cause_of(const process::Ending& ending) {
  if (std::holds_alternative<process::NotStarted>(ending)) {
    return Cause::not_started;
  }
  if (std::holds_alternative<process::TimedOut>(ending)) {
    return Cause::timed_out;
  }
  return std::holds_alternative<process::Cancelled>(ending) ? Cause::cancelled : Cause::failed;
}

}  // namespace

Repository Repository::within(const std::filesystem::path& subdirectory) const {
  Repository inner = *this;
  inner.directory_ /= subdirectory;
  inner.context_.lock_origin.was_cut_off = was_cut_off(inner.directory_);
  return inner;
}

void Repository::clear_locks() const {
  if (!context_.lock_origin.was_cut_off) {
    return;
  }
  bool are_gone = true;
  for (const std::filesystem::path& lock : find_locks(directory_)) {
    auto cleared = clear_stale_lock(lock, directory_, context_.lock_origin);
    are_gone = are_gone && cleared;
    if (cleared && !cleared->empty()) {
      note(*std::move(cleared));
    }
  }
  if (are_gone) {
    unlink(fetch_note(directory_).c_str());
  }
}

tl::expected<Result, Error> Repository::fetch(std::vector<std::string> arguments,
                                              const std::string& input,
                                              const std::function<void()>& work) {
  arguments.insert(arguments.begin(),
                   {"fetch", "-q", "--no-auto-maintenance", "--no-recurse-submodules"});
  const std::filesystem::path note = fetch_note(directory_);
  // One that is there is about locks that could not be removed.
  const file::Descriptor noted(open(note.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  auto answer = run(arguments, input, work);
  if (answer && noted.is_open()) {
    // Nobody has killed it.
    unlink(note.c_str());
  }
  return answer;
}

tl::expected<Result, Error> Repository::run(const std::vector<std::string>& arguments,
                                            const std::string& input,
                                            const std::function<void()>& work) {
  for (int tries = 0;; ++tries) {
    auto answer = start(
        arguments, process::Streams::merged, context_.on_line, kept_output, input,
        tries == 0 ? work : [] {});
    if (!answer || answer->status == 0 || tries == most_locks) {
      return answer;
    }
    const auto lock = find_lock_in_the_way(directory_, answer->messages);
    if (!lock) {
      return answer;
    }
    auto cleared = clear_stale_lock(*lock, directory_, context_.lock_origin);
    if (!cleared) {
      cleared.error().output = std::move(answer->messages);
      return tl::unexpected(std::move(cleared.error()));
    }
    if (!cleared->empty()) {
      note(*std::move(cleared));
    }
  }
}

tl::expected<Result, Error> Repository::query(const std::vector<std::string>& arguments,
                                              std::size_t keep_bytes, const std::string& input) {
  return start(arguments, process::Streams::separate, {}, keep_bytes, input, [] {});
}

tl::expected<std::string, Error> Repository::ask(const std::vector<std::string>& arguments) {
  tl::expected<Result, Error> answer = query(arguments);
  if (!answer) {
    return tl::unexpected(std::move(answer.error()));
  }
  if (answer->status != 0) {
    return tl::unexpected(failure(arguments.front(), *answer));
  }
  answer->output.erase(answer->output.find_last_not_of('\n') + 1);
  return std::move(answer->output);
}

Error Repository::failure(std::string_view command, const Result& answer) const {
  return {.cause = Cause::failed,
          .message = fmt::format("git {} in {} exited with status {}", command,
                                 text::quoted(directory_.native()), answer.status),
          .output = answer.messages};
}

std::string Repository::masked(std::string_view text) const {
  return text::mask_urls(secrets_.mask(text));
}

tl::expected<Result, Error> Repository::start(const std::vector<std::string>& arguments,
                                              process::Streams streams,
                                              const process::LineSink& on_line,
                                              std::size_t keep_bytes, const std::string& input,
                                              const std::function<void()>& work) {
  process::LineSink sink;
  if (on_line) {
    sink = [&](std::string_view lines) { on_line(masked(lines)); };
  }
  const process::Environment environment =
      command_environment(context_.environment, directory_, settings_);
  process::Result result = context_.runner.run_beside({.program = context_.program,
                                                       .arguments = arguments,
                                                       .environment = environment.entries(),
                                                       .working_dir = directory_,
                                                       .streams = streams,
                                                       .deadline = context_.deadline,
                                                       .keep_bytes = keep_bytes,
                                                       .input = input},
                                                      sink, work);
  std::string messages =
      masked(tail(streams == process::Streams::merged ? result.output : result.error_output));
  const auto* exited = std::get_if<process::Exited>(&result.ending);
  if (exited == nullptr) {
    return tl::unexpected(Error{
        .cause = cause_of(result.ending),
        .message = fmt::format("git {} {}", arguments.front(), process::describe(result.ending)),
        .output = std::move(messages)});
  }
  return Result{
      .status = exited->code, .output = std::move(result.output), .messages = std::move(messages)};
}

}  // namespace git
