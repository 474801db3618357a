// The HCL library alone, in one process: how many bytes it parses and lays out in a second, and how
// long it takes to evaluate every attribute of many resources.
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>
#include <vector>

#include "bench/typical.h"
#include "hcl/evaluate/evaluate.h"
#include "hcl/functions/functions.h"
#include "hcl/layout/layout.h"
#include "hcl/syntax/parser.h"

namespace {

void count_bytes(benchmark::State& state, std::string_view text) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

void parse(benchmark::State& state) {
  const diagnostic::SourceFile source("site.hcl",
                                      bench::typical_site(static_cast<int>(state.range(0))));
  for (auto _ : state) {
    benchmark::DoNotOptimize(hcl::parse(source));
  }
  count_bytes(state, source.text());
}
BENCHMARK(parse)->Arg(bench::large_site)->Unit(benchmark::kMillisecond);

void lay_out(benchmark::State& state) {
  const diagnostic::SourceFile source("site.hcl",
                                      bench::typical_site(static_cast<int>(state.range(0))));
  for (auto _ : state) {
    benchmark::DoNotOptimize(hcl::canonical_layout(source));
  }
  count_bytes(state, source.text());
}
BENCHMARK(lay_out)->Arg(bench::large_site)->Unit(benchmark::kMillisecond);

/// Every attribute of a body and of the blocks in it.
void evaluate_all(const hcl::Body& body, const hcl::Scope& scope,
                  const diagnostic::SourceFile& source, diagnostic::Diagnostics& diagnostics) {
  for (const hcl::Attribute& attribute : body.attributes) {
    benchmark::DoNotOptimize(evaluate(*attribute.value, scope, source, diagnostics));
  }
  for (const hcl::Block& block : body.blocks) {
    evaluate_all(block.body, scope, source, diagnostics);
  }
}

void evaluate(benchmark::State& state) {
  using hcl::Number;
  using hcl::Value;
  const int resources = static_cast<int>(state.range(0));
  const diagnostic::SourceFile source("site.hcl", bench::typical_site(resources));
  const hcl::ParseResult parsed = hcl::parse(source);
  const hcl::Functions functions = hcl::standard_functions();
  hcl::Scope scope(functions);
  scope.set("local", Value::object({{"root", Value::string("/opt")},
                                    {"stage", Value::string("production")},
                                    {"domain", Value::string("example.org")},
                                    {"retries", Value::number(Number(3))}}));
  hcl::Members services;
  for (int i = 0; i < resources; ++i) {
    services.emplace("service-" + std::to_string(i), Value::boolean(true));
  }
  scope.set("mise", Value::object(services));
  diagnostic::Diagnostics diagnostics;
  for (auto _ : state) {
    evaluate_all(parsed.file.body, scope, source, diagnostics);
  }
  if (!diagnostics.empty()) {
    state.SkipWithError(diagnostics.front().summary.c_str());
  }
}
BENCHMARK(evaluate)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
