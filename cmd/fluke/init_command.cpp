// `fluke init`: writes a first manifest that fits a directory, or a toy to try.
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "fluke/commands.h"
#include "fluke/create_file.h"
#include "fluke/fail.h"
#include "fluke/programs.h"
#include "mise/mise.h"
#include "process/cancellation.h"
#include "process/posix_runner.h"
#include "starter/checkout_source.h"
#include "starter/example.h"
#include "starter/manifest_text.h"
#include "text/quote.h"

namespace fluke {
namespace {

constexpr std::chrono::seconds patience{30};
constexpr std::string_view example_directory = "fluke-example";

/// What to type next.
std::string next_steps(const std::filesystem::path& manifest) {
  const std::string word = text::shell_word(manifest.string());
  return fmt::format(
      "next:\n"
      "  fluke check {0}  # tells what is to be done, and changes nothing\n"
      "  fluke run {0}  # does it\n",
      word);
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

/// Asks mise and git what is there. What they cannot tell is left out, and said.
starter::Facts find_facts(const std::filesystem::path& directory, const Programs& programs,
                          process::Cancellation& cancellation, Console& console) {
  process::PosixRunner runner(cancellation);
  const process::Environment environment = process::Environment::from(environ);
  starter::Facts facts{.directory_name = directory.filename().string()};
  if (!programs.mise) {
    console.complain("mise was not found, so no task is known; fluke needs it to run: install it");
  } else if (const auto list =
                 mise::Client(runner, *programs.mise, environment).tasks(directory, patience);
             !list) {
    console.complain(list.error().message);
  } else {
    facts.tasks = starter::choose_tasks(list->tasks());
    for (const mise::Task& task : list->tasks()) {
      facts.task_names.push_back(task.name);
    }
  }
  if (programs.git) {
    facts.source = starter::find_checkout_source(runner, *programs.git, environment, directory);
  }
  return facts;
}

std::string described(std::string_view purpose, const std::optional<starter::TaskChoice>& choice) {
  if (!choice) {
    return fmt::format("{}: no task yet; add [tasks.{}] to .mise.toml\n", purpose, purpose);
  }
  return fmt::format("{}: the task {}{}\n", purpose, text::quoted(choice->name),
                     choice->is_guess ? ", guessed by its name" : "");
}

End make_manifest(const Options& options, Console& console) {
  const std::string named = options.manifests.empty() ? "." : options.manifests.front();
  std::error_code error;
  const std::filesystem::path directory = std::filesystem::canonical(named, error);
  if (error || !std::filesystem::is_directory(directory, error)) {
    return fail_with(
        options, ExitCode::unreadable_manifest,
        fmt::format("{} is no directory; make it first, or name another", text::quoted(named)),
        console);
  }
  const auto programs = find_programs(options, process::Environment::from(environ), true);
  if (!programs) {
    return fail_with(options, ExitCode::unavailable, programs.error(), console);
  }
  auto cancellation = process::Cancellation::create();
  if (!cancellation) {
    return fail_with(options, ExitCode::failure, "cannot watch for signals", console);
  }
  const starter::Facts facts = find_facts(directory, *programs, *cancellation, console);
  if (const auto signal = cancellation->requested()) {
    return {.code = ExitCode::failure, .signal = signal};
  }
  const std::filesystem::path file = std::filesystem::path(named == "." ? "" : named) /
                                     (starter::resource_name(facts.directory_name) + ".fluke.hcl");
  if (const auto created = create_file(file, starter::manifest_text(facts)); !created) {
    return fail_with(options, ExitCode::report_not_written, created.error(), console);
  }
  console.out.write(fmt::format("wrote {}\n", text::neutralised(file.string())) +
                    described("check", facts.tasks.check) + described("apply", facts.tasks.apply) +
                    next_steps(file));
  return {};
}

}  // namespace

End init_command(const Options& options, Console& console) {
  return options.example ? make_example(options, console) : make_manifest(options, console);
}

}  // namespace fluke
