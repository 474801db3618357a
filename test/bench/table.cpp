#include "bench/table.h"

#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <vector>

namespace bench {
namespace {

using nlohmann::json;

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double median_of(const std::vector<Cost>& costs, double Cost::*member) {
  std::vector<double> values;
  for (const Cost& cost : costs) {
    values.push_back(cost.*member);
  }
  return median(values);
}

/// Median, least and greatest, pair by pair.
json ratio_of(const Comparison& comparison, double Cost::*member) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < comparison.baseline.size(); ++i) {
    ratios.push_back(comparison.candidate[i].*member / comparison.baseline[i].*member);
  }
  const auto [least, greatest] = std::ranges::minmax(ratios);
  return {{"median", median(ratios)}, {"least", least}, {"greatest", greatest}};
}

json costs_of(const std::vector<Cost>& costs) {
  return {{"wall_seconds", median_of(costs, &Cost::wall)},
          {"cpu_seconds", median_of(costs, &Cost::cpu)}};
}

const char* verdict(double value, double goal) {
  return value <= goal ? "met" : "NOT MET";
}

/// The value of the first line of a file like /proc/cpuinfo whose name is `key`.
std::string value_in(const char* file, std::string_view key) {
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with(key) && colon != std::string::npos) {
      return line.substr(colon + 2);
    }
  }
  return "unknown";
}

std::string first_line_of(const char* command) {
  std::string line(256, '\0');
  std::FILE* pipe = popen(command, "r");
  const bool read =
      pipe != nullptr && std::fgets(line.data(), static_cast<int>(line.size()), pipe) != nullptr;
  if (pipe != nullptr) {
    pclose(pipe);
  }
  return read ? line.substr(0, line.find('\n')) : "unknown";
}

json machine() {
  utsname name{};
  uname(&name);
  return {{"processor", value_in("/proc/cpuinfo", "model name")},
          {"processors", sysconf(_SC_NPROCESSORS_ONLN)},
          {"memory", value_in("/proc/meminfo", "MemTotal")},
          {"kernel", fmt::format("{} {}", name.sysname, name.release)},
          {"compiler", "g++ " __VERSION__},
          {"git", first_line_of("git --version")},
          {"mise", first_line_of("mise --version 2>/dev/null")}};
}

}  // namespace

void Table::add_ratio(const std::string& work, const std::string& baseline,
                      const Comparison& comparison, double goal, Measure measure) {
  const json wall = ratio_of(comparison, &Cost::wall);
  const json cpu = ratio_of(comparison, &Cost::cpu);
  const json& counted = measure == Measure::wall ? wall : cpu;
  const char* kind = measure == Measure::wall ? "wall" : "cpu";
  const double ratio = counted["median"];
  lines_.push_back({{"work", work},
                    {"baseline", baseline},
                    {"pairs", comparison.baseline.size()},
                    {"baseline_cost", costs_of(comparison.baseline)},
                    {"fluke_cost", costs_of(comparison.candidate)},
                    {"wall_ratio", wall},
                    {"cpu_ratio", cpu},
                    {"measure", kind},
                    {"goal", goal},
                    {"verdict", verdict(ratio, goal)}});
  fmt::print(
      "{:<58} {:<30} {:>9.1f} {:>9.1f} ms  {} {:.3f} ({:.3f} to {:.3f}, cpu {:.3f})  "
      "goal {:.3g}  {}\n",
      work, baseline, 1000 * median_of(comparison.baseline, &Cost::wall),
      1000 * median_of(comparison.candidate, &Cost::wall), kind, ratio,
      counted["least"].get<double>(), counted["greatest"].get<double>(),
      cpu["median"].get<double>(), goal, verdict(ratio, goal));
  std::fflush(stdout);
}

void Table::add_limit(const std::string& work, double value, const std::string& unit, double goal) {
  lines_.push_back({{"work", work},
                    {"value", value},
                    {"unit", unit},
                    {"goal", goal},
                    {"verdict", verdict(value, goal)}});
  fmt::print("{:<89} {:>9.4g} {:<24}  goal {:.3g}  {}\n", work, value, unit, goal,
             verdict(value, goal));
  std::fflush(stdout);
}

void Table::add_growth(const std::string& work, int size, double seconds) {
  lines_.push_back({{"work", work}, {"size", size}, {"cpu_seconds", seconds}});
  fmt::print("{:<58} {:>9} {:>30.1f} ms cpu  {:>8.2f} us each\n", work, size, 1000 * seconds,
             1e6 * seconds / size);
  std::fflush(stdout);
}

void Table::add_growth_in_calls(const std::string& work, int size, std::size_t calls) {
  lines_.push_back({{"work", work}, {"size", size}, {"system_calls", calls}});
  fmt::print("{:<58} {:>9} {:>33} calls {:>8.2f} each\n", work, size, calls,
             static_cast<double>(calls) / size);
  std::fflush(stdout);
}

void Table::add_skipped(const std::string& work, const std::string& why) {
  lines_.push_back({{"work", work}, {"skipped", why}});
  fmt::print("{:<58} skipped: {}\n", work, why);
  std::fflush(stdout);
}

void Table::write_json(const std::filesystem::path& file) const {
  std::ofstream(file) << json{{"machine", machine()}, {"lines", lines_}}.dump(2) << '\n';
}

}  // namespace bench
