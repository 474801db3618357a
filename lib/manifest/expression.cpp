#include "manifest/expression.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "hcl/evaluate/evaluate.h"
#include "manifest/report.h"
#include "text/distance.h"

namespace manifest {
namespace {

constexpr std::string_view locals_root = "local";

void report_unknown_root(const hcl::Traversal& traversal, Place place,
                         diagnostic::Diagnostics& diagnostics) {
  const std::string_view root = traversal.root.text;
  if (root == "var") {
    report(diagnostics, Kind::unsupported_variable, place, "variables are not supported yet",
           "use a locals block, or env(\"NAME\") for a value from outside");
    return;
  }
  std::string detail = "a value has a name of the form local.NAME";
  if (root == "mise") {
    detail = "a resource has no value; only depends_on names resources";
  } else if (root == "locals") {
    detail += "; did you mean \"local\"?";
  } else if (traversal.steps.empty()) {
    detail = fmt::format("text stands in quotes: \"{}\"; {}", root, detail);
  } else if (text::edit_distance(root, locals_root) <= 2) {
    detail += "; did you mean \"local\"?";
  }
  report(diagnostics, Kind::unknown_variable, place, fmt::format("unknown variable \"{}\"", root),
         std::move(detail));
}

void report_unknown_local(std::string_view name, Place place, const Locals& locals,
                          diagnostic::Diagnostics& diagnostics) {
  std::string detail = "no locals block defines it";
  if (const auto near = text::nearest(name, locals.names())) {
    detail += fmt::format("; did you mean \"{}\"?", *near);
  }
  report(diagnostics, Kind::unknown_local, place, fmt::format("unknown local \"{}\"", name),
         std::move(detail));
}

/// What the names in one expression mean. A name that means nothing is reported and then unknown.
class Names {
 public:
  Names(const diagnostic::SourceFile& file, const Locals& locals,
        diagnostic::Diagnostics& diagnostics)
      : file_(file), locals_(locals), diagnostics_(diagnostics) {}

  void add(const hcl::Traversal& traversal);
  [[nodiscard]] hcl::Scope scope(const hcl::Functions& functions) &&;

 private:
  [[nodiscard]] hcl::Value value_of(std::string_view name, diagnostic::Range range) const;

  const diagnostic::SourceFile& file_;
  const Locals& locals_;
  diagnostic::Diagnostics& diagnostics_;
  hcl::Members values_;
  std::vector<std::string_view> unknown_roots_;
};

void Names::add(const hcl::Traversal& traversal) {
  if (const auto name = local_name(traversal)) {
    values_.insert_or_assign(std::string(*name),
                             value_of(*name, join(traversal.root.range, traversal.steps[0].range)));
    return;
  }
  const Place place = {&file_, traversal.root.range};
  if (traversal.root.text == locals_root) {
    report(diagnostics_, Kind::unknown_local, place, "\"local\" is not a value",
           "write local.NAME, with the name of one local");
  } else {
    report_unknown_root(traversal, place, diagnostics_);
  }
  unknown_roots_.push_back(traversal.root.text);
}

hcl::Value Names::value_of(std::string_view name, diagnostic::Range range) const {
  if (const Local* local = locals_.find(name)) {
    return local->value;
  }
  if (locals_.is_complete()) {
    report_unknown_local(name, {&file_, range}, locals_, diagnostics_);
  }
  return hcl::Value::unknown();
}

hcl::Scope Names::scope(const hcl::Functions& functions) && {
  hcl::Scope scope(functions);
  scope.set(std::string(locals_root), hcl::Value::object(std::move(values_)));
  for (const std::string_view root : unknown_roots_) {
    scope.set(std::string(root), hcl::Value::unknown());
  }
  return scope;
}

}  // namespace

std::optional<std::string_view> local_name(const hcl::Traversal& traversal) {
  if (traversal.root.text != locals_root || traversal.steps.empty()) {
    return std::nullopt;
  }
  const auto* step = std::get_if<hcl::AttributeStep>(&traversal.steps[0].step);
  return step == nullptr ? std::nullopt : std::optional(step->name.text);
}

hcl::Value evaluate(const hcl::Expression& expression, const diagnostic::SourceFile& file,
                    const Locals& locals, const hcl::Functions& functions,
                    diagnostic::Diagnostics& diagnostics) {
  const std::vector<const hcl::Traversal*> references = hcl::references(expression);
  if (references.empty()) {
    return hcl::evaluate(expression, hcl::Scope(functions), file, diagnostics);
  }
  Names names(file, locals, diagnostics);
  for (const hcl::Traversal* traversal : references) {
    names.add(*traversal);
  }
  return hcl::evaluate(expression, std::move(names).scope(functions), file, diagnostics);
}

}  // namespace manifest
