#include "manifest/evaluator.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "hcl/evaluate/evaluate.h"
#include "hcl/evaluate/scope.h"
#include "manifest/document.h"
#include "manifest/report.h"
#include "text/distance.h"
#include "text/utf8.h"

namespace manifest {
namespace {

/// What a person calls a value below that root, and how one comes into being.
struct Noun {
  std::string_view root;
  std::string_view word;
  std::string_view definition;
};

constexpr Noun local_noun = {
    .root = locals_root, .word = "local", .definition = "no locals block defines it"};
constexpr Noun variable_noun = {
    .root = variables_root, .word = "variable", .definition = "no variable block declares it"};

/// Whether a shell would take `root` for a variable of the environment, by its capitals.
bool looks_like_environment(std::string_view root) {
  return root.size() > 1 && std::ranges::all_of(root, [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
         });
}

/// `; did you mean "local"?`, or nothing.
std::string root_suggestion(std::string_view root) {
  for (const std::string_view known : {locals_root, variables_root}) {
    if (root.starts_with(known) || text::edit_distance(root, known) == 1) {
      return fmt::format("; did you mean \"{}\"?", known);
    }
  }
  return text::edit_distance(root, locals_root) == 2 ? "; did you mean \"local\"?" : "";
}

void report_unknown_root(const hcl::Traversal& traversal, ResourceTypes types, Place place,
                         diagnostic::Diagnostics& diagnostics) {
  const std::string_view root = traversal.root.text;
  std::string detail = "a value has a name of the form local.NAME or var.NAME";
  if (find_type(types, root) != nullptr || root == task_block) {
    detail = "a resource has no value; only depends_on names resources";
  } else if (looks_like_environment(root)) {
    detail = fmt::format("a variable of the environment is read by env(\"{}\")", root);
  } else if (const std::string suggestion = root_suggestion(root); !suggestion.empty()) {
    detail += suggestion;
  } else if (traversal.steps.empty()) {
    detail = fmt::format("text stands in quotes: \"{}\"; {}", root, detail);
  }
  report(diagnostics, Kind::unknown_variable, place, fmt::format("unknown variable \"{}\"", root),
         std::move(detail));
}

/// In bytes: far within what a value may hold.
constexpr std::size_t small_text = 4096;

constexpr std::array<std::string_view, 2> each_names = {"key", "value"};

/// Whether it is `each.key` or `each.value`, perhaps with more behind it.
bool is_part_of_each(const hcl::Traversal& traversal) {
  const auto name = name_below(each_root, traversal);
  return name && std::ranges::find(each_names, *name) != each_names.end();
}

void report_unknown_each(const hcl::Traversal& traversal, Place root,
                         diagnostic::Diagnostics& diagnostics) {
  const auto name = name_below(each_root, traversal);
  if (!name) {
    report(diagnostics, Kind::bare_root, root, "\"each\" is not a value",
           "write each.key or each.value");
    return;
  }
  const auto near = text::nearest(*name, each_names);
  report(
      diagnostics, Kind::unknown_variable, {root.file, join(root.range, traversal.steps[0].range)},
      fmt::format("unknown variable \"each.{}\"", *name),
      near ? fmt::format("did you mean \"each.{}\"?", *near) : "there are each.key and each.value");
}

/// The names in one expression. One that means nothing is reported and then unknown.
class Names {
 public:
  /// `each` is null where the name means nothing.
  Names(const Visible& visible, const hcl::Value* each, const diagnostic::SourceFile& file,
        diagnostic::Diagnostics& diagnostics)
      : visible_(visible), each_(each), file_(file), diagnostics_(diagnostics) {}

  void add(const hcl::Traversal& traversal);

  /// A scope with these names and no other.
  [[nodiscard]] hcl::Scope scope(const hcl::Functions& functions) &&;

 private:
  struct Part {
    const Noun& noun;
    const Namespace* values;
    const Noun& other_noun;
    const Namespace* others;
    hcl::Members members;
  };

  void add_to(Part& part, std::string_view name, diagnostic::Range range);
  void report_misplaced_each(const hcl::Traversal& traversal);
  void report_unknown(const Part& part, std::string_view name, diagnostic::Range range);

  const Visible& visible_;
  const hcl::Value* each_;
  const diagnostic::SourceFile& file_;
  diagnostic::Diagnostics& diagnostics_;
  Part locals_{local_noun, visible_.locals, variable_noun, visible_.variables, {}};
  Part variables_{variable_noun, visible_.variables, local_noun, visible_.locals, {}};
  std::vector<std::string_view> unknown_roots_;
};

void Names::add(const hcl::Traversal& traversal) {
  const std::string_view root = traversal.root.text;
  const Place place = {&file_, traversal.root.range};
  for (Part* part : {&locals_, &variables_}) {
    if (root != part->noun.root) {
      continue;
    }
    if (const auto name = name_below(root, traversal)) {
      add_to(*part, *name, join(traversal.root.range, traversal.steps[0].range));
      return;
    }
    report(diagnostics_, Kind::bare_root, place, fmt::format("\"{}\" is not a value", root),
           fmt::format("write {0}.NAME, with the name of one {1}", root, part->noun.word));
    unknown_roots_.push_back(root);
    return;
  }
  if (root == host_root) {
    if (visible_.host != nullptr) {
      return;
    }
    report(diagnostics_, Kind::misplaced_reference, place, "\"host\" cannot be used here",
           std::string(visible_.rule));
  } else if (root != each_root) {
    report_unknown_root(traversal, visible_.types, place, diagnostics_);
  } else if (each_ == nullptr) {
    report_misplaced_each(traversal);
  } else if (is_part_of_each(traversal)) {
    return;
  } else {
    report_unknown_each(traversal, place, diagnostics_);
  }
  unknown_roots_.push_back(root);
}

void Names::report_misplaced_each(const hcl::Traversal& traversal) {
  const auto name = name_below(each_root, traversal);
  const diagnostic::Range range =
      name ? join(traversal.root.range, traversal.steps[0].range) : traversal.root.range;
  report(diagnostics_, Kind::misplaced_reference, {&file_, range},
         fmt::format("{} cannot be used here", name ? fmt::format("each.{}", *name) : "\"each\""),
         visible_.rule.empty()
             ? fmt::format("it has a value in {} with for_each, but not in for_each itself",
                           any_block(visible_.types))
             : std::string(visible_.rule));
}

void Names::add_to(Part& part, std::string_view name, diagnostic::Range range) {
  const hcl::Value* value = part.values == nullptr ? nullptr : part.values->find(name);
  part.members.insert_or_assign(text::normalize_nfc(name),
                                value == nullptr ? hcl::Value::unknown() : *value);
  if (value != nullptr) {
    return;
  }
  if (part.values == nullptr) {
    report(diagnostics_, Kind::misplaced_reference, {&file_, range},
           fmt::format("{}.{} cannot be used here", part.noun.root, name),
           std::string(visible_.rule));
  } else if (part.values->is_complete()) {
    report_unknown(part, name, range);
  }
}

void Names::report_unknown(const Part& part, std::string_view name, diagnostic::Range range) {
  std::string detail(part.noun.definition);
  if (const auto near = text::nearest(name, std::span(part.values->names()))) {
    detail += fmt::format("; did you mean \"{}\"?", *near);
  } else if (part.others != nullptr && part.others->find(name) != nullptr) {
    detail += fmt::format("; the {} of this name is {}.{}", part.other_noun.word,
                          part.other_noun.root, name);
  }
  const bool is_local = part.noun.root == locals_root;
  report(diagnostics_, is_local ? Kind::unknown_local : Kind::undeclared_variable, {&file_, range},
         fmt::format("unknown {} \"{}\"", part.noun.word, name), std::move(detail));
}

hcl::Scope Names::scope(const hcl::Functions& functions) && {
  hcl::Scope scope(functions);
  for (Part* part : {&locals_, &variables_}) {
    if (!part->members.empty()) {
      scope.set(std::string(part->noun.root), hcl::Value::object(std::move(part->members)));
    }
  }
  if (each_ != nullptr) {
    scope.set(std::string(each_root), *each_);
  }
  if (visible_.host != nullptr) {
    scope.set(std::string(host_root), *visible_.host);
  }
  for (const std::string_view root : unknown_roots_) {
    scope.set(std::string(root), hcl::Value::unknown());
  }
  return scope;
}

}  // namespace

std::optional<std::string_view> name_below(std::string_view root, const hcl::Traversal& traversal) {
  if (traversal.root.text != root || traversal.steps.empty()) {
    return std::nullopt;
  }
  const auto* step = std::get_if<hcl::AttributeStep>(&traversal.steps[0].step);
  return step == nullptr ? std::nullopt : std::optional(step->name.text);
}

hcl::Value Evaluator::evaluate(const hcl::Expression& expression, const Source& source,
                               diagnostic::Diagnostics& diagnostics, const hcl::Value* each) const {
  // Most are text alone, which refers to nothing.
  if (const auto text = hcl::constant_text(expression); text && text->size() < small_text) {
    return hcl::Value::string(*text);
  }
  const diagnostic::SourceFile& file = *source.file;
  Names names(visible_, each, file, diagnostics);
  for (const hcl::Traversal* traversal : hcl::references(expression)) {
    names.add(*traversal);
  }
  return hcl::evaluate(expression, std::move(names).scope(functions_.in(source.directory)), file,
                       functions_.budget(), diagnostics);
}

void Evaluator::check_names(const hcl::Expression& expression, const Source& source,
                            diagnostic::Diagnostics& diagnostics) const {
  const hcl::Value each = hcl::Value::unknown();
  Names names(visible_, &each, *source.file, diagnostics);
  for (const hcl::Traversal* traversal : hcl::references(expression)) {
    names.add(*traversal);
  }
}

}  // namespace manifest
