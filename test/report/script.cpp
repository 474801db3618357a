#include "report/script.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

#include "executor/mise/settings.h"
#include "executor/mise/type.h"
#include "report/text.h"
#include "text/duration.h"
#include "text/lines.h"

namespace report {
namespace {

using reconcile::GitAction;
using reconcile::Outcome;
using reconcile::Phase;

constexpr std::array all_outcomes = {Outcome::satisfied, Outcome::applied, Outcome::drifted,
                                     Outcome::failed,    Outcome::skipped, Outcome::disabled};
constexpr std::array all_phases = {Phase::lock,  Phase::sync,  Phase::tasks,
                                   Phase::check, Phase::apply, Phase::verify};

constexpr std::array all_git_actions = {
    GitAction::up_to_date, GitAction::cloned, GitAction::fast_forwarded, GitAction::switched,
    GitAction::not_cloned, GitAction::behind, GitAction::elsewhere};

template <typename Values>
auto named(const Values& values, std::string_view name) {
  for (const auto value : values) {
    if (reconcile::name_of(value) == name) {
      return value;
    }
  }
  throw std::invalid_argument("script: no such name: " + std::string(name));
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    text.replace(at, from.size(), to);
    at += to.size();
  }
  return text;
}

/// The words of one line of a script.
class Line {
 public:
  explicit Line(const std::string& text) : words_(text) {}

  std::string word() {
    std::string word;
    words_ >> word;
    return word;
  }

  std::string rest() {
    std::string rest;
    std::getline(words_ >> std::ws, rest);
    return rest;
  }

  std::chrono::milliseconds duration() { return text::parse_duration(word()).value(); }

 private:
  std::istringstream words_;
};

class Player {
 public:
  std::string play(std::string_view script);

 private:
  void read_names(std::string_view script);
  void option(const std::string& name);
  void start_resource(Line& line);
  void describe_resource(const std::string& what, Line& line);
  void end_resource();
  void end_run(Line& line);
  TextReporter& reporter();
  WriteLines writer(std::string_view stream);

  std::string written_;
  TextOptions options_;
  std::map<std::string, manifest::Resource> resources_;
  std::optional<TextReporter> reporter_;
  std::optional<reconcile::ResourceOutcome> resource_;
  reconcile::RunOutcome run_;
};

std::string Player::play(std::string_view script) {
  read_names(script);
  std::istringstream lines{std::string(script)};
  for (std::string text; std::getline(lines, text);) {
    Line line(text);
    const std::string what = line.word();
    if (!text.starts_with(' ')) {
      end_resource();
    }
    if (what == "options") {
      for (std::string word = line.word(); !word.empty(); word = line.word()) {
        option(word);
      }
    } else if (what == "phase") {
      const manifest::Resource& resource = resources_.at(line.word());
      reporter().phase_started(resource, named(all_phases, line.word()));
    } else if (what == "line") {
      const manifest::Resource& resource = resources_.at(line.word());
      const Phase phase = named(all_phases, line.word());
      reporter().output_lines(resource, phase, std::string(line.rest()) + "\n");
    } else if (what == "end") {
      start_resource(line);
    } else if (what == "run") {
      end_run(line);
    } else {
      describe_resource(what, line);
    }
  }
  end_resource();
  return std::move(written_);
}

/// The reporter wants to know all resources before the first event.
void Player::read_names(std::string_view script) {
  std::istringstream lines{std::string(script)};
  for (std::string text; std::getline(lines, text);) {
    Line line(text);
    const std::string what = line.word();
    if (what == "end" || what == "phase") {
      const std::string name = line.word();
      manifest::Resource& resource = resources_[name];
      resource.name = name;
      resource.working_dir = "/opt/" + name;
      resource.type = &mise::resource_type();
      resource.settings = std::make_shared<mise::Settings>();
      resource.git = {.url = "https://user:secret@host/app", .revision = {.name = "main"}};
    }
  }
}

void Player::option(const std::string& name) {
  options_.colour_out |= name == "colour";
  options_.colour_err |= name == "colour";
  options_.neutralised_err |= name == "terminal";
  options_.columns = name == "narrow" ? 40 : options_.columns;
  options_.summary &= name != "no-summary";
  if (name == "quiet") {
    options_.verbosity = Verbosity::quiet;
  } else if (name == "verbose") {
    options_.verbosity = Verbosity::verbose;
  }
}

void Player::start_resource(Line& line) {
  resource_.emplace();
  resource_->name = line.word();
  resource_->outcome = named(all_outcomes, line.word());
  if (const std::string phase = line.word(); !phase.empty()) {
    resource_->phase = named(all_phases, phase);
  }
}

void Player::describe_resource(const std::string& what, Line& line) {
  const auto commit = [&] {
    const std::string word = line.word();
    return word == "-" ? "" : word;
  };
  if (what == "reason") {
    resource_->reason = line.rest();
  } else if (what == "output") {
    resource_->output += line.rest() + '\n';
  } else if (what == "note") {
    resource_->git->notes.push_back(line.rest());
  } else if (what == "edited") {
    resource_->git->edited = line.rest();
  } else if (what == "signer") {
    resource_->git->signer = git::Signer{.principal = line.word(), .fingerprint = line.word()};
  } else if (what == "tag" || what == "commit") {
    resource_->git->requested = {
        .kind = what == "tag" ? git::Revision::Kind::tag : git::Revision::Kind::commit,
        .name = line.word()};
  } else if (what == "submodules") {
    resource_->git->updated = true;
  } else if (what == "git") {
    reconcile::GitRecord& git = resource_->git.emplace();
    git.requested.name = "main";
    git.action = named(all_git_actions, line.word());
    git.updated = git.action == GitAction::cloned || git.action == GitAction::fast_forwarded ||
                  git.action == GitAction::switched;
    git.before = commit();
    git.after = commit();
  } else {
    reconcile::TaskRecord task;
    task.task = what == "apply" ? "apply" : "check";
    task.source = "/opt/" + resource_->name + "/.mise.toml";
    task.duration = line.duration();
    task.attempts = std::max(1, std::atoi(line.word().c_str()));
    (what == "check"   ? resource_->check
     : what == "apply" ? resource_->apply
                       : resource_->verify) = task;
  }
}

void Player::end_resource() {
  if (resource_) {
    reporter().resource_ended(*resource_);
    run_.resources.push_back(*std::move(resource_));
    resource_.reset();
  }
}

void Player::end_run(Line& line) {
  run_.duration = line.duration();
  if (const std::string signal = line.word(); !signal.empty()) {
    run_.interrupted_by = std::stoi(signal);
  }
  reporter().run_ended(run_);
}

TextReporter& Player::reporter() {
  if (!reporter_) {
    std::vector<const manifest::Resource*> resources;
    for (const auto& [name, resource] : resources_) {
      resources.push_back(&resource);
    }
    reporter_.emplace(options_, writer("1| "), writer("2| "));
    reporter_->expect(resources);
  }
  return *reporter_;
}

WriteLines Player::writer(std::string_view stream) {
  return [this, stream](std::string_view lines, Priority /*priority*/) {
    text::for_each_line(lines, [&](std::string_view line) {
      written_ += stream;
      written_ += line;
      written_ += '\n';
    });
  };
}

}  // namespace

std::string play(std::string_view script) {
  const std::string escaped = replaced(std::string(script), "␛", "\x1b");
  return replaced(Player().play(escaped), "\x1b", "␛");
}

}  // namespace report
