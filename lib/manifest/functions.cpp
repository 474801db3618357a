#include "manifest/functions.h"

#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "diagnostic/diagnostic.h"
#include "hcl/evaluate/evaluate.h"
#include "hcl/functions/functions.h"
#include "hcl/functions/host.h"

namespace manifest {
namespace {

tl::unexpected<hcl::FunctionError> failure(std::string message) {
  return tl::unexpected(hcl::FunctionError{.argument = 0, .message = std::move(message)});
}

/// A template must not be able to include itself.
hcl::FunctionResult refuse_template(const std::string& /*path*/, const std::string& /*text*/,
                                    const hcl::Members& /*variables*/) {
  return failure("a template cannot call templatefile");
}

/// What templatefile() gives for a template's text.
hcl::FunctionResult render(const std::string& path, std::string text, const hcl::Members& variables,
                           const hcl::Functions& functions, hcl::Budget& budget) {
  hcl::Scope scope(functions);
  for (const auto& [name, value] : variables) {
    scope.set(name, value);
  }
  const diagnostic::SourceFile source(path, std::move(text));
  diagnostic::Diagnostics diagnostics;
  hcl::Value value = hcl::evaluate_template(source, scope, budget, diagnostics);
  if (diagnostics.empty()) {
    return value;
  }
  const diagnostic::Diagnostic& first = diagnostics.front();
  const diagnostic::Position position = source.position(first.range.begin);
  return failure(fmt::format("{}:{}:{}: {}; {}", path, position.line, position.column,
                             first.summary, first.detail));
}

}  // namespace

hcl::Functions make_functions(const EnvironmentLookup& environment,
                              const std::filesystem::path& directory, hcl::Budget& budget) {
  const auto may_look = [&budget] {
    // About as many as are taken in the time of a look.
    constexpr std::uint64_t steps = 20;
    budget.spend(steps);
    return !budget.is_spent();
  };
  hcl::Host host{.directory = directory,
                 .environment = environment,
                 .render = refuse_template,
                 .may_look = may_look};
  hcl::Functions functions = hcl::standard_functions();
  functions.merge(hcl::host_functions(host));
  const auto for_templates = std::make_shared<const hcl::Functions>(functions);
  host.render = [for_templates, &budget](const std::string& path, std::string text,
                                         const hcl::Members& variables) {
    return render(path, std::move(text), variables, *for_templates, budget);
  };
  functions["templatefile"] = std::move(hcl::host_functions(host)["templatefile"]);
  return functions;
}

const hcl::Functions& FunctionTable::in(const std::filesystem::path& directory) {
  const auto known = by_directory_.find(directory);
  return known != by_directory_.end()
             ? known->second
             : by_directory_.emplace(directory, make_functions(environment_, directory, budget_))
                   .first->second;
}

}  // namespace manifest
