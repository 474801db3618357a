// `fluke init`: writes a first manifest that fits a directory, and its tasks if there are none, or
// a toy to try.
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <tl/expected.hpp>
#include <utility>

#include "executor/mise/client.h"
#include "fluke/commands.h"
#include "fluke/create_file.h"
#include "fluke/fail.h"
#include "fluke/programs.h"
#include "process/cancellation.h"
#include "process/posix_runner.h"
#include "starter/checkout_source.h"
#include "starter/example.h"
#include "starter/manifest_text.h"
#include "text/lines.h"
#include "text/quote.h"

namespace fluke {
namespace {

constexpr std::chrono::seconds patience{30};
constexpr std::string_view example_directory = "fluke-example";

/// What to type next, after `first`.
std::string next_steps(const std::filesystem::path& manifest, std::string_view first = "") {
  const std::string word = text::shell_word(manifest.string());
  return fmt::format(
      "next:\n"
      "{1}"
      "  fluke check {0}  # shows what is to be done, and changes nothing\n"
      "  fluke run {0}  # does it\n",
      word, first);
}

End make_example(const Options& options, Console& console) {
  const std::filesystem::path directory =
      options.manifests.empty() ? example_directory : std::string_view(options.manifests.front());
  std::filesystem::path manifest;
  for (const starter::ExampleFile& file : starter::example_files()) {
    const std::filesystem::path path = directory / file.path;
    if (const auto created = create_file(path, file.text); !created) {
      return fail_with(options, ExitCode::report_not_written, created.error(), console);
    }
    console.out.write(fmt::format("wrote {}\n", text::neutralised(path.string())));
    manifest = manifest.empty() ? path : manifest;
  }
  console.out.write(next_steps(manifest));
  return {};
}

/// Asks mise and git what is there, and trusts nothing that the user has not. What they cannot tell
/// is left out, and said.
starter::Facts find_facts(const std::filesystem::path& directory, const Programs& programs,
                          process::Cancellation& cancellation, Console& console) {
  process::PosixRunner runner(cancellation);
  const process::Environment environment = process::Environment::from(environ);
  starter::Facts facts{.directory_name = directory.filename().string()};
  const auto program = programs.found.find("mise");
  if (program == programs.found.end()) {
    console.complain("mise was " + mise::describe_not_found(environment));
  } else if (const auto list = mise::Client(runner, program->second, environment)
                                   .tasks({.directory = directory}, patience);
             !list) {
    std::string message = list.error().message;
    text::for_each_line(list.error().output, [&message](std::string_view line) {
      message += "\n  | " + text::neutralised(line);
    });
    console.complain(message);
  } else {
    facts.tasks = starter::choose_tasks(list->tasks(), directory);
    std::vector<std::string>& names = facts.task_names.emplace();
    for (const mise::Task& task : list->tasks()) {
      names.push_back(task.name);
    }
  }
  if (const auto git = programs.found.find("git"); git != programs.found.end()) {
    facts.source = starter::find_checkout_source(runner, git->second, environment, directory);
  }
  return facts;
}

std::string described(std::string_view purpose, const std::optional<starter::TaskChoice>& choice,
                      bool is_known) {
  if (!is_known) {
    return fmt::format("{}: not known, as mise did not say which tasks there are\n", purpose);
  }
  if (!choice) {
    return fmt::format("{0}: no task yet; add [tasks.{0}] to .mise.toml\n", purpose);
  }
  return fmt::format("{}: the task {}{}\n", purpose, text::quoted(choice->name),
                     choice->is_guess ? ", guessed by its name" : "");
}

/// Makes the directory if need be; the error is a message.
tl::expected<std::filesystem::path, std::string> find_or_make(const std::string& named) {
  std::error_code error;
  std::filesystem::create_directories(named, error);
  std::filesystem::path directory = error ? "" : std::filesystem::canonical(named, error);
  if (error) {
    return tl::unexpected(
        fmt::format("cannot create the directory {}: {}", text::quoted(named), error.message()));
  }
  return directory;
}

/// Writes the tasks that `facts` lacks, and adds them to it; the error is a message.
tl::expected<void, std::string> write_tasks(const std::filesystem::path& file,
                                            starter::Facts& facts, Console& console) {
  auto created = create_file(file, starter::tasks_text(facts.tasks));
  if (!created) {
    return tl::unexpected(created.error() + "; write [tasks.check] and [tasks.apply] in it");
  }
  console.out.write(fmt::format("wrote {}\n", text::neutralised(file.string())));
  for (auto [choice, name] :
       {std::pair(&facts.tasks.check, "check"), std::pair(&facts.tasks.apply, "apply")}) {
    if (!*choice) {
      *choice = starter::TaskChoice{.name = name};
      facts.task_names->emplace_back(name);
    }
  }
  return {};
}

/// What to do about tasks before fluke can run.
std::string first_step(const Options& options, const std::string& named, bool writes_tasks,
                       const starter::Facts& facts) {
  if (writes_tasks) {
    return fmt::format("  ${{EDITOR:-vi}} {}  # write your commands in it\n",
                       text::shell_word((std::filesystem::path(named) / ".mise.toml").string()));
  }
  return options.tasks || !facts.task_names || (facts.tasks.check && facts.tasks.apply)
             ? ""
             : fmt::format("  fluke init --tasks {}  # writes the tasks that are missing\n",
                           text::shell_word(named));
}

End make_manifest(const Options& options, Console& console) {
  const std::string named = options.manifests.empty() ? "." : options.manifests.front();
  const auto directory = find_or_make(named);
  if (!directory) {
    return fail_with(options, ExitCode::report_not_written, directory.error(), console);
  }
  const auto programs =
      find_programs(options, process::Environment::from(environ), true, options.types);
  if (!programs) {
    return fail_with(options, ExitCode::unavailable, programs.error(), console);
  }
  tell_passed_over(*programs, console);
  auto cancellation = process::Cancellation::create();
  if (!cancellation) {
    return fail_with(options, ExitCode::failure, "cannot watch for signals", console);
  }
  starter::Facts facts = find_facts(*directory, *programs, *cancellation, console);
  if (const auto signal = cancellation->requested()) {
    return {.code = ExitCode::failure, .signal = signal};
  }
  const std::filesystem::path place = named == "." ? "" : named;
  const bool is_known = facts.task_names.has_value();
  const bool writes_tasks = options.tasks && is_known && !(facts.tasks.check && facts.tasks.apply);
  if (writes_tasks) {
    if (const auto written = write_tasks(place / ".mise.toml", facts, console); !written) {
      return fail_with(options, ExitCode::report_not_written, written.error(), console);
    }
  }
  const std::filesystem::path file =
      place / (starter::resource_name(facts.directory_name) + ".fluke.hcl");
  if (const auto created = create_file(file, starter::manifest_text(facts)); created) {
    console.out.write(fmt::format("wrote {}\n", text::neutralised(file.string())));
  } else if (!options.tasks) {
    return fail_with(options, ExitCode::report_not_written, created.error(), console);
  } else {
    console.remark(created.error());
  }
  console.out.write(described("check", facts.tasks.check, is_known) +
                    described("apply", facts.tasks.apply, is_known) +
                    next_steps(file, first_step(options, named, writes_tasks, facts)));
  return {};
}

}  // namespace

End init_command(const Options& options, Console& console) {
  return options.example ? make_example(options, console) : make_manifest(options, console);
}

}  // namespace fluke
