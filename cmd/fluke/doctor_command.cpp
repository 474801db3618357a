// `fluke doctor`: shows what a run would meet here, before it does.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "doctor/clock.h"
#include "doctor/labels.h"
#include "doctor/present.h"
#include "doctor/programs.h"
#include "doctor/resource.h"
#include "doctor/space.h"
#include "fluke/build_info.h"
#include "fluke/commands.h"
#include "fluke/programs.h"
#include "fluke/session.h"
#include "report/summary.h"

namespace fluke {
namespace {

using Resources = std::vector<const manifest::Resource*>;

/// For git or mise to answer a question.
constexpr std::chrono::seconds usual_timeout{15};

std::optional<std::chrono::milliseconds> deadline(const DoctorOptions& options) {
  const std::chrono::milliseconds timeout = options.timeout.value_or(usual_timeout);
  return timeout.count() == 0 ? std::nullopt : std::optional(timeout);
}

report::Priority priority_of(doctor::Verdict verdict) {
  switch (verdict) {
    case doctor::Verdict::fail:
      return report::Priority::error;
    case doctor::Verdict::warn:
      return report::Priority::warning;
    case doctor::Verdict::ok:
      break;
  }
  return report::Priority::info;
}

/// Prints each finding as it comes, and keeps it. What a signal has cut short says nothing about
/// the host, and is left out.
class Printer {
 public:
  Printer(std::span<const std::string_view> names, const DoctorOptions& options,
          process::Cancellation& cancellation, Console& console)
      : options_(options),
        cancellation_(cancellation),
        console_(console),
        style_{
            .name_width = std::max(
                doctor::host_name.size(),
                report::name_width(names, console.out.is_terminal() ? console.out.columns() : 0)),
            .colour = use_colour(options.output.colour, console.out)} {}

  void add(doctor::Findings findings) {
    if (cancellation_.requested()) {
      return;
    }
    for (doctor::Finding& finding : findings) {
      if (options_.output.format == Format::text &&
          (!options_.output.quiet || finding.verdict != doctor::Verdict::ok)) {
        console_.out.write(doctor::finding_line(finding, style_), priority_of(finding.verdict));
      }
      all_.push_back(std::move(finding));
    }
  }

  [[nodiscard]] ExitCode finish() const {
    const ExitCode code = doctor::count(all_, doctor::Verdict::fail) > 0 ? ExitCode::misconfigured
                                                                         : ExitCode::success;
    const bool all_well = doctor::count(all_, doctor::Verdict::ok) == all_.size();
    if (options_.output.format == Format::json) {
      console_.out.write(doctor::to_json(all_, build_info().version, static_cast<int>(code)));
    } else if (!options_.output.quiet || !all_well) {
      console_.out.write(doctor::totals_line(all_));
    }
    return code;
  }

 private:
  const DoctorOptions& options_;
  process::Cancellation& cancellation_;
  Console& console_;
  doctor::Style style_;
  doctor::Findings all_;
};

std::vector<std::filesystem::path> directories_of(const std::vector<manifest::Include>& includes,
                                                  const Resources& resources) {
  std::vector<std::filesystem::path> directories;
  directories.reserve(includes.size() + resources.size());
  for (const manifest::Include& include : includes) {
    directories.push_back(include.checkout.working_dir);
  }
  for (const manifest::Resource* resource : resources) {
    if (!resource->working_dir.empty()) {
      directories.push_back(resource->working_dir);
    }
  }
  return directories;
}

/// Where the program that runs lies; nothing where the kernel does not tell.
std::optional<std::filesystem::path> this_program() {
  std::error_code error;
  std::filesystem::path path = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? std::nullopt : std::optional(std::move(path));
}

doctor::FoundByName found_by_name(const ProgramOptions& options, const reconcile::World& world) {
  doctor::FoundByName found = world.programs;
  std::erase_if(found, [&](const auto& program) {
    return named_program(options, program.first).has_value();
  });
  if (auto path = this_program()) {
    found.emplace("fluke", *std::move(path));
  }
  return found;
}

void examine_host(const Resources& resources, const DoctorOptions& options, Session& session,
                  const reconcile::ResourceTypes& types, reconcile::World& world,
                  Printer& printer) {
  const std::vector<manifest::Include>& includes = session.loaded().manifest.includes;
  std::vector<process::Program> programs;
  for (const reconcile::ResourceType* type :
       types_of(with_tasks_of_notifications(resources, session.loaded().manifest), types)) {
    programs.insert(programs.end(), type->programs().begin(), type->programs().end());
  }
  printer.add(doctor::examine_programs(world, needs_git(resources) || needs_git(includes), programs,
                                       deadline(options)));
  printer.add(doctor::examine_hands(world.environment, session.programs().passed_over));
  printer.add(
      doctor::examine_cron(world.environment, programs, found_by_name(options.programs, world)));
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  printer.add({doctor::examine_clock(now, build_info().commit_time)});
  printer.add(doctor::examine_space(directories_of(includes, resources)));
  printer.add(doctor::examine_labels(session.loaded().manifest));
}

std::vector<std::string_view> names_of(const std::vector<manifest::Include>& includes,
                                       const Resources& resources) {
  std::vector<std::string_view> names;
  names.reserve(includes.size() + resources.size());
  for (const manifest::Include& include : includes) {
    names.emplace_back(include.checkout.name);
  }
  for (const manifest::Resource* resource : resources) {
    names.emplace_back(resource->name);
  }
  return names;
}

ExitRequest examine(const Resources& resources, const DoctorOptions& options,
                    const Invocation& invocation, Session& session, Console& console) {
  reconcile::World world = session.world();
  const std::vector<manifest::Include>& includes = session.loaded().manifest.includes;
  Printer printer(names_of(includes, resources), options, world.cancellation, console);
  examine_host(resources, options, session, invocation.types, world, printer);
  doctor::ResourceDoctor resource_doctor(world, deadline(options));
  for (const manifest::Include& include : includes) {
    if (!world.cancellation.requested()) {
      printer.add(resource_doctor.examine(include));
    }
  }
  for (const manifest::Resource* resource : resources) {
    if (!world.cancellation.requested()) {
      printer.add(resource_doctor.examine(*resource));
    }
  }
  for (const manifest::Notification& notification : session.loaded().manifest.notifications) {
    if (!world.cancellation.requested()) {
      printer.add(resource_doctor.examine(notification));
    }
  }
  if (const auto signal = world.cancellation.requested()) {
    return {.code = ExitCode::failure, .signal = signal};
  }
  return {.code = printer.finish()};
}

}  // namespace

ExitRequest execute(const DoctorOptions& options, const Invocation& invocation, Console& console) {
  Session session(invocation, options.inputs, options.output, console);
  const auto selected =
      (options.inputs.manifests.empty() ? tl::expected<void, ExitRequest>() : session.load())
          .and_then([&] { return session.select(options.selection); });
  if (!selected) {
    return selected.error();
  }
  if (const auto found =
          session.find_programs(options.programs, true,
                                with_tasks_of_notifications(*selected, session.loaded().manifest));
      !found) {
    return found.error();
  }
  session.print_warnings();
  if (const auto watching = session.watch_for_signals(); !watching) {
    return watching.error();
  }
  return examine(*selected, options, invocation, session, console);
}

}  // namespace fluke
