#include "manifest/locals.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "hcl/evaluate/evaluate.h"
#include "manifest/report.h"

namespace manifest {
namespace {

/// How many names of a long cycle are shown at its beginning, before the last one.
constexpr std::size_t shown_names = 8;

}  // namespace

/// One walk over the graph of references, depth first, with a stack of its own.
class Locals::Evaluation {
 public:
  Evaluation(Locals& locals, const Evaluator& evaluator, diagnostic::Diagnostics& diagnostics)
      : locals_(locals),
        evaluator_(evaluator),
        diagnostics_(diagnostics),
        states_(locals.locals_.size()) {}

  void run() {
    for (std::size_t index = 0; index < states_.size(); ++index) {
      visit(index);
    }
  }

 private:
  enum class State { untouched, open, in_cycle, done };

  /// A local on the way, and how far its references have been followed.
  struct Frame {
    std::size_t index = 0;
    std::vector<std::size_t> needs;
    std::size_t next = 0;
  };

  void visit(std::size_t start);
  void open(std::size_t index);
  void close(const Frame& frame);
  void report_cycle(std::size_t first);
  [[nodiscard]] std::vector<std::size_t> needs_of(std::size_t index) const;

  Locals& locals_;
  const Evaluator& evaluator_;
  diagnostic::Diagnostics& diagnostics_;
  std::vector<State> states_;
  std::vector<Frame> stack_;
};

void Locals::Evaluation::visit(std::size_t start) {
  if (states_[start] == State::untouched) {
    open(start);
  }
  while (!stack_.empty()) {
    Frame& frame = stack_.back();
    if (frame.next == frame.needs.size()) {
      close(frame);
      stack_.pop_back();
      continue;
    }
    const std::size_t needed = frame.needs[frame.next++];
    if (states_[needed] == State::untouched) {
      open(needed);
    } else if (states_[needed] != State::done) {
      report_cycle(needed);
    }
  }
}

void Locals::Evaluation::open(std::size_t index) {
  states_[index] = State::open;
  stack_.push_back({.index = index, .needs = needs_of(index), .next = 0});
}

std::vector<std::size_t> Locals::Evaluation::needs_of(std::size_t index) const {
  std::vector<std::size_t> needs;
  for (const hcl::Traversal* traversal :
       hcl::references(*locals_.locals_[index].attribute->value)) {
    const std::optional<std::string_view> name = name_below(locals_root, *traversal);
    if (!name) {
      continue;
    }
    if (const auto found = locals_.index_.find(*name); found != locals_.index_.end()) {
      needs.push_back(found->second);
    }
  }
  return needs;
}

void Locals::Evaluation::close(const Frame& frame) {
  const bool was_in_cycle = states_[frame.index] == State::in_cycle;
  states_[frame.index] = State::done;
  if (was_in_cycle) {
    return;
  }
  const Local& local = locals_.locals_[frame.index];
  locals_.values_.set(local.attribute->name.text,
                      evaluator_.evaluate(*local.attribute->value, *local.source, diagnostics_));
}

void Locals::Evaluation::report_cycle(std::size_t first) {
  std::vector<std::size_t> cycle;
  auto frame = std::ranges::find(stack_, first, &Frame::index);
  for (; frame != stack_.end(); ++frame) {
    cycle.push_back(frame->index);
  }
  const bool is_new = std::ranges::any_of(
      cycle, [this](std::size_t index) { return states_[index] == State::open; });
  for (const std::size_t index : cycle) {
    states_[index] = State::in_cycle;
  }
  if (!is_new) {
    return;
  }
  // The one that was declared first opens the message, wherever the walk came in.
  std::rotate(cycle.begin(), std::ranges::min_element(cycle), cycle.end());
  std::string path;
  for (std::size_t at = 0; at < cycle.size(); ++at) {
    if (at < shown_names || at + 1 == cycle.size()) {
      path += fmt::format("local.{} -> ", locals_.locals_[cycle[at]].attribute->name.text);
    } else if (at == shown_names) {
      path += "... -> ";
    }
  }
  const Local& local = locals_.locals_[cycle.front()];
  const std::string_view name = local.attribute->name.text;
  report(diagnostics_, Kind::local_cycle, {local.source->file.get(), local.attribute->name.range},
         fmt::format("local \"{}\" depends on itself", name),
         fmt::format("{}local.{}", path, name));
}

Locals::Locals(const std::vector<Document>& documents, diagnostic::Diagnostics& diagnostics) {
  for (const Document& document : documents) {
    if (!document.syntax_errors.empty()) {
      values_.mark_incomplete();
    }
    for (const hcl::Block& block : document.tree.body.blocks) {
      if (block.type.text != "locals") {
        continue;
      }
      for (const hcl::Attribute& attribute : block.body.attributes) {
        collect(attribute, *document.source, diagnostics);
      }
    }
  }
}

void Locals::collect(const hcl::Attribute& attribute, const Source& source,
                     diagnostic::Diagnostics& diagnostics) {
  const std::string_view name = attribute.name.text;
  if (values_.declare(name)) {
    index_.emplace(name, locals_.size());
    locals_.push_back({.attribute = &attribute, .source = &source});
    return;
  }
  const Local& first = locals_[index_.at(name)];
  auto& error =
      report(diagnostics, Kind::duplicate_local, {source.file.get(), attribute.name.range},
             fmt::format("duplicate local \"{}\"", name),
             "the names of locals are shared by all locals blocks of all manifests");
  add_note(error, {first.source->file.get(), first.attribute->name.range},
           "it is defined here first");
}

void Locals::evaluate(const Evaluator& evaluator, diagnostic::Diagnostics& diagnostics) {
  Evaluation(*this, evaluator, diagnostics).run();
}

}  // namespace manifest
