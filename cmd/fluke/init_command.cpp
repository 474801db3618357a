// `fluke init`: writes a first manifest that fits a directory, and its tasks if there are none, or
// a toy to try, or the manifest of a host whose other manifests come from a repository.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <tl/expected.hpp>
#include <utility>

#include "executor/mise/client.h"
#include "executor/mise/type.h"
#include "file/contents.h"
#include "file/descriptor.h"
#include "file/safe_path.h"
#include "fluke/commands.h"
#include "fluke/session.h"
#include "git/checkout.h"
#include "git/revision.h"
#include "reconcile/executor.h"
#include "reconcile/sync.h"
#include "starter/checkout_source.h"
#include "starter/example.h"
#include "starter/host_manifest.h"
#include "starter/manifest_text.h"
#include "text/lines.h"
#include "text/quote.h"
#include "text/url.h"

namespace fluke {
namespace {

constexpr std::chrono::seconds patience{30};
constexpr std::string_view example_directory = "fluke-example";

tl::unexpected<Failure> cannot_create(const std::filesystem::path& file, int error) {
  const std::string shown = text::quoted(file.string());
  return tl::unexpected(
      Failure{.code = ExitCode::report_not_written,
              .message = error == EEXIST
                             ? fmt::format("{} already exists and was left unchanged", shown)
                             : fmt::format("cannot create {}: {}", shown, std::strerror(error))});
}

/// Makes `path` and the directories above it, and writes `text`; what is there already, even a link
/// to nowhere, is left as it is.
tl::expected<void, Failure> create_file(const std::filesystem::path& path, std::string_view text,
                                        mode_t mode = 0666) {
  std::error_code error;
  if (path.has_parent_path() && !std::filesystem::exists(path.parent_path(), error)) {
    std::filesystem::create_directories(path.parent_path(), error);
    if (error) {
      return cannot_create(path, error.value());
    }
  }
  const file::Descriptor target(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (!target.is_open()) {
    return cannot_create(path, errno);
  }
  if (const auto written = file::write_all(target.get(), text); !written) {
    ::unlink(path.c_str());
    return cannot_create(path, written.error());
  }
  return {};
}

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

ExitRequest make_example(const InitOptions& options, Session& session, Console& console) {
  const std::filesystem::path directory = options.directories.empty()
                                              ? example_directory
                                              : std::string_view(options.directories.front());
  std::filesystem::path manifest;
  for (const starter::ExampleFile& file : starter::example_files()) {
    const std::filesystem::path path = directory / file.path;
    if (const auto created = create_file(path, file.text); !created) {
      return session.fail(created.error());
    }
    console.out.write(fmt::format("wrote {}\n", text::neutralised(path.string())));
    manifest = manifest.empty() ? path : manifest;
  }
  console.out.write(next_steps(manifest));
  return {};
}

/// Asks mise and git what is there, and trusts nothing that the user has not. What they cannot tell
/// is left out, and said.
starter::Facts find_facts(const std::filesystem::path& directory, const reconcile::World& world,
                          Console& console) {
  starter::Facts facts{.directory_name = directory.filename().string()};
  if (const auto missing = reconcile::missing_program(mise::resource_type(), world)) {
    console.complain(missing->reason);
  } else if (const auto list = mise::Client(world.runner, *world.find("mise"), world.environment)
                                   .tasks({.directory = directory}, patience);
             !list) {
    console.complain(with_output(list.error().message, list.error().output));
  } else {
    facts.tasks = starter::choose_tasks(list->tasks(), directory);
    std::vector<std::string>& names = facts.task_names.emplace();
    for (const mise::Task& task : list->tasks()) {
      names.push_back(task.name);
    }
  }
  if (const std::filesystem::path* git = world.find("git")) {
    facts.source = starter::find_checkout_source(world.runner, *git, world.environment, directory);
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

/// Makes the directory if need be.
tl::expected<std::filesystem::path, Failure> find_or_make(const std::string& named) {
  std::error_code error;
  std::filesystem::create_directories(named, error);
  std::filesystem::path directory = error ? "" : std::filesystem::canonical(named, error);
  if (error) {
    return tl::unexpected(Failure{.code = ExitCode::report_not_written,
                                  .message = fmt::format("cannot create the directory {}: {}",
                                                         text::quoted(named), error.message())});
  }
  return directory;
}

/// Writes the tasks that `facts` lacks, and adds them to it.
tl::expected<void, Failure> write_tasks(const std::filesystem::path& file, starter::Facts& facts,
                                        Console& console) {
  auto created = create_file(file, starter::tasks_text(facts.tasks));
  if (!created) {
    created.error().message += "; write [tasks.check] and [tasks.apply] in it";
    return created;
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
std::string first_step(const InitOptions& options, const std::string& named, bool writes_tasks,
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

ExitRequest make_manifest(const InitOptions& options, Session& session, Console& console) {
  const std::string named = options.directories.empty() ? "." : options.directories.front();
  const auto directory = find_or_make(named);
  if (!directory) {
    return session.fail(directory.error());
  }
  if (const auto found = session.find_programs(options.programs, true, {}); !found) {
    return found.error();
  }
  session.print_passed_over();
  if (const auto watching = session.watch_for_signals(); !watching) {
    return watching.error();
  }
  starter::Facts facts = find_facts(*directory, session.world(), console);
  if (const auto signal = session.cancellation().requested()) {
    return {.code = ExitCode::failure, .signal = signal};
  }
  const std::filesystem::path place = named == "." ? "" : named;
  const bool is_known = facts.task_names.has_value();
  const bool writes_tasks = options.tasks && is_known && !(facts.tasks.check && facts.tasks.apply);
  if (writes_tasks) {
    if (const auto written = write_tasks(place / ".mise.toml", facts, console); !written) {
      return session.fail(written.error());
    }
  }
  const std::filesystem::path file =
      place / (starter::resource_name(facts.directory_name) + ".fluke.hcl");
  if (const auto created = create_file(file, starter::manifest_text(facts)); created) {
    console.out.write(fmt::format("wrote {}\n", text::neutralised(file.string())));
  } else if (!options.tasks) {
    return session.fail(created.error());
  } else {
    console.remark(created.error().message);
  }
  console.out.write(described("check", facts.tasks.check, is_known) +
                    described("apply", facts.tasks.apply, is_known) +
                    next_steps(file, first_step(options, named, writes_tasks, facts)));
  return {};
}

/// Where something of this user's lies: below `system` for root, else below the directory that the
/// variable `name` says, or `usual` in the home directory.
std::filesystem::path directory_of_user(const std::filesystem::path& system, const char* name,
                                        const std::filesystem::path& usual) {
  if (::geteuid() == 0) {
    return system;
  }
  // A relative one is to be ignored: XDG Base Directory Specification.
  if (const char* set = std::getenv(name); set != nullptr && set[0] == '/') {
    return std::filesystem::path(set) / "fluke";
  }
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home == nullptr ? "" : home) / usual / "fluke";
}

/// Whether the file can vouch for anything, before a run relies on it.
tl::expected<std::filesystem::path, Failure> examine_signers(const std::string& named) {
  const auto failure = [&named](std::string_view what) {
    return tl::unexpected(Failure{
        .code = ExitCode::misconfigured,
        .message = fmt::format("the allowed signers file {} {}", text::quoted(named), what)});
  };
  constexpr std::size_t largest = std::size_t{1} << 20U;
  std::error_code error;
  std::filesystem::path path = std::filesystem::absolute(named, error).lexically_normal();
  const auto contents = file::read_regular(path, largest);
  if (!contents) {
    return failure(fmt::format("cannot be read: {}", std::strerror(contents.error())));
  }
  if (const auto unsafe = file::why_unsafe(path)) {
    return failure(fmt::format("can be changed by others: {}", *unsafe));
  }
  bool has_key = false;
  text::for_each_line(*contents, [&has_key](std::string_view line) {
    // PRINCIPALS [OPTIONS] TYPE KEY [COMMENT]: ssh-keygen(1), ALLOWED SIGNERS.
    const std::size_t begin = line.find_first_not_of(" \t");
    has_key = has_key || (begin != std::string_view::npos && line[begin] != '#' &&
                          (line.find("ssh-") != std::string_view::npos ||
                           line.find("ecdsa-") != std::string_view::npos));
  });
  if (!has_key) {
    return failure("holds no key; a line is \"PRINCIPAL TYPE KEY\", see ssh-keygen(1)");
  }
  return path;
}

/// Asks the remote before anything is written: a host that is left alone has to reach it.
tl::expected<void, Failure> try_remote(const starter::HostSource& source,
                                       const reconcile::World& world) {
  std::optional<git::Client> client = reconcile::open_git(world);
  if (!client) {
    return tl::unexpected(
        Failure{.code = ExitCode::unavailable, .message = std::string(reconcile::git_not_found)});
  }
  return client
      ->look_for_revision(source.working_dir, {.url = source.url, .revision = source.revision},
                          patience)
      .map_error([](const git::Error& error) {
        return Failure{.code = ExitCode::failure,
                       .message = with_output(error.message, error.output)};
      });
}

tl::expected<starter::HostSource, Failure> source_of(const InitOptions& options) {
  using Kind = git::Revision::Kind;
  starter::HostSource source{
      .url = *options.from,
      .revision = {.kind = options.tag ? Kind::tag : Kind::branch,
                   .name = options.tag ? *options.tag : options.branch.value_or("main")},
      .working_dir = directory_of_user("/var/lib/fluke", "XDG_STATE_HOME", ".local/state") /
                     starter::include_name(*options.from)};
  if (options.allowed_signers) {
    auto path = examine_signers(*options.allowed_signers);
    if (!path) {
      return tl::unexpected(path.error());
    }
    source.allowed_signers = *std::move(path);
  }
  return source;
}

ExitRequest make_host_manifest(const InitOptions& options, Session& session, Console& console) {
  const auto source = source_of(options);
  if (!source) {
    return session.fail(source.error());
  }
  if (const auto found = session.find_programs(options.programs, true, {}); !found) {
    return found.error();
  }
  session.print_passed_over();
  if (const auto watching = session.watch_for_signals(); !watching) {
    return watching.error();
  }
  const auto tried = try_remote(*source, session.world());
  if (const auto signal = session.cancellation().requested()) {
    return {.code = ExitCode::failure, .signal = signal};
  }
  if (!tried) {
    return session.fail(tried.error());
  }
  const std::filesystem::path file =
      (options.directories.empty() ? directory_of_user("/etc/fluke", "XDG_CONFIG_HOME", ".config")
                                   : std::filesystem::path(options.directories.front())) /
      "host.fluke.hcl";
  // A url may hold a password.
  const mode_t mode = text::mask_url(source->url) == source->url ? 0666 : 0600;
  if (const auto created = create_file(file, starter::host_manifest_text(*source), mode);
      !created) {
    return session.fail(created.error());
  }
  console.out.write(fmt::format("wrote {}\n{} has the {}\n{}", text::neutralised(file.string()),
                                text::quoted(text::mask_url(source->url)),
                                git::described(source->revision), next_steps(file)));
  return {};
}

}  // namespace

ExitRequest execute(const InitOptions& options, const Invocation& invocation, Console& console) {
  const Inputs inputs;
  const OutputOptions output;
  Session session(invocation, inputs, output, console);
  if (options.from) {
    return make_host_manifest(options, session, console);
  }
  return options.example ? make_example(options, session, console)
                         : make_manifest(options, session, console);
}

}  // namespace fluke
