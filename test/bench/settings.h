// What every group of benchmarks is told.
#pragma once

#include <filesystem>

#include "bench/table.h"

namespace bench {

struct Settings {
  /// How often each of the two is run.
  int pairs = 15;
  /// Sizes so small that they measure nothing, but show that the benchmarks work.
  bool quick = false;
  /// Where the programs of HashiCorp's implementation are; empty: left out.
  std::filesystem::path original = {};

  [[nodiscard]] int size(int full, int small) const { return quick ? small : full; }
};

/// Satisfied and drifted resources, beside shell loops over mise and beside Ansible.
void measure_resources(const Settings& settings, Table& table);
/// Checkouts that are brought up to date and cloned, beside git alone.
void measure_checkouts(const Settings& settings, Table& table);
/// Runs that do nothing, beside `git --version`.
void measure_starts(const Settings& settings, Table& table);
/// Manifests that are read and laid out, beside wc and HashiCorp's implementation.
void measure_manifests(const Settings& settings, Table& table);
/// A task that prints gigabytes, beside cat.
void measure_output(const Settings& settings, Table& table);
/// Memory, system calls, and the binary.
void measure_limits(const Settings& settings, Table& table);
/// From one to many.
void measure_growth(const Settings& settings, Table& table);

}  // namespace bench
