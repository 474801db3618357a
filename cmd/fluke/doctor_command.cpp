// `fluke doctor`: tells what a run would meet here, before it does.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "doctor/clock.h"
#include "doctor/present.h"
#include "doctor/programs.h"
#include "doctor/resource.h"
#include "doctor/space.h"
#include "fluke/build_info.h"
#include "fluke/commands.h"
#include "fluke/fail.h"
#include "fluke/load.h"
#include "fluke/programs.h"
#include "fluke/selection.h"
#include "fluke/version.h"
#include "process/posix_runner.h"
#include "report/summary.h"

namespace fluke {
namespace {

using Resources = std::vector<const manifest::Resource*>;

/// For git or mise to answer a question.
constexpr std::chrono::seconds usual_timeout{15};

std::optional<std::chrono::milliseconds> deadline(const Options& options) {
  const std::chrono::milliseconds timeout = options.timeout.value_or(usual_timeout);
  return timeout.count() == 0 ? std::nullopt : std::optional(timeout);
}

report::Urgency urgency_of(doctor::Verdict verdict) {
  switch (verdict) {
    case doctor::Verdict::fail:
      return report::Urgency::error;
    case doctor::Verdict::warn:
      return report::Urgency::warning;
    case doctor::Verdict::ok:
      break;
  }
  return report::Urgency::info;
}

/// Tells each finding as it comes, and keeps it. What a signal has cut short says nothing about the
/// host, and is not told.
class Telling {
 public:
  Telling(const Resources& resources, const Options& options, process::Cancellation& cancellation,
          Console& console)
      : options_(options),
        cancellation_(cancellation),
        console_(console),
        style_{.name_width =
                   std::max(doctor::host_name.size(),
                            report::name_width(
                                resources, console.out.is_terminal() ? console.out.columns() : 0)),
               .colour = use_colour(options.colour, console.out)} {}

  void tell(doctor::Findings findings) {
    if (cancellation_.requested()) {
      return;
    }
    for (doctor::Finding& finding : findings) {
      if (options_.format == Format::text &&
          (!options_.quiet || finding.verdict != doctor::Verdict::ok)) {
        console_.out.write(doctor::finding_line(finding, style_), urgency_of(finding.verdict));
      }
      all_.push_back(std::move(finding));
    }
  }

  [[nodiscard]] ExitCode finish() const {
    const ExitCode code = doctor::count(all_, doctor::Verdict::fail) > 0 ? ExitCode::misconfigured
                                                                         : ExitCode::success;
    const bool all_well = doctor::count(all_, doctor::Verdict::ok) == all_.size();
    if (options_.format == Format::json) {
      console_.out.write(doctor::to_json(all_, version, static_cast<int>(code)));
    } else if (!options_.quiet || !all_well) {
      console_.out.write(doctor::totals_line(all_));
    }
    return code;
  }

 private:
  const Options& options_;
  process::Cancellation& cancellation_;
  Console& console_;
  doctor::Style style_;
  doctor::Findings all_;
};

std::vector<std::filesystem::path> directories_of(const Resources& resources) {
  std::vector<std::filesystem::path> directories;
  for (const manifest::Resource* resource : resources) {
    directories.push_back(resource->working_dir);
  }
  return directories;
}

/// Where the program that runs lies; nothing where the kernel does not tell.
std::optional<std::filesystem::path> this_program() {
  std::error_code error;
  std::filesystem::path path = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? std::nullopt : std::optional(std::move(path));
}

doctor::FoundByName found_by_name(const Options& options, const reconcile::World& world) {
  doctor::FoundByName found = world.programs;
  std::erase_if(found, [&](const auto& program) {
    return named_program(options, program.first).has_value();
  });
  if (auto path = this_program()) {
    found.emplace("fluke", *std::move(path));
  }
  return found;
}

void examine_host(const Resources& resources, const Options& options, reconcile::World& world,
                  const process::PassedOver& passed_over, Telling& telling) {
  std::vector<process::Program> programs;
  for (const reconcile::ResourceType* type : types_of(resources, options)) {
    programs.insert(programs.end(), type->programs().begin(), type->programs().end());
  }
  telling.tell(doctor::examine_programs(world, needs_git(resources), programs, deadline(options)));
  telling.tell(doctor::examine_hands(world.environment, passed_over));
  telling.tell(doctor::examine_cron(world.environment, programs, found_by_name(options, world)));
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  telling.tell({doctor::examine_clock(now, build_info().time)});
  telling.tell(doctor::examine_space(directories_of(resources)));
}

End examine(const Resources& resources, const Options& options, reconcile::World& world,
            const process::PassedOver& passed_over, Console& console) {
  Telling telling(resources, options, world.cancellation, console);
  examine_host(resources, options, world, passed_over, telling);
  doctor::ResourceDoctor resource_doctor(world, deadline(options));
  for (const manifest::Resource* resource : resources) {
    if (!world.cancellation.requested()) {
      telling.tell(resource_doctor.examine(*resource));
    }
  }
  if (const auto signal = world.cancellation.requested()) {
    return {.code = ExitCode::failure, .signal = signal};
  }
  return {.code = telling.finish()};
}

}  // namespace

End doctor_command(const Options& options, Console& console) {
  const Loaded loaded = options.manifests.empty() ? Loaded() : load(options);
  if (loaded.failure) {
    return fail_to_load(options, loaded, console);
  }
  const auto selected = select(loaded.manifest, options);
  if (!selected) {
    return fail_with(options, ExitCode::usage, selected.error(), console);
  }
  process::Environment environment = environment_of_children(loaded.manifest);
  auto programs = find_programs(options, environment, true, types_of(*selected, options));
  if (!programs) {
    return fail_with(options, ExitCode::unavailable, programs.error(), console);
  }
  print_warnings(loaded, options, console);
  auto cancellation = process::Cancellation::create();
  if (!cancellation) {
    return fail_with(
        options, ExitCode::failure,
        fmt::format("cannot watch for signals: {}", std::strerror(cancellation.error())), console);
  }
  console.limit_waiting();
  process::PosixRunner runner(*cancellation);
  const process::PassedOver passed_over = programs->passed_over;
  reconcile::World world =
      make_world(runner, *cancellation, std::move(environment), *std::move(programs));
  return examine(*selected, options, world, passed_over, console);
}

}  // namespace fluke
