#include "manifest/decode.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hcl/syntax/parser.h"
#include "hcl/value/convert.h"
#include "manifest/document.h"
#include "manifest/evaluator.h"
#include "manifest/functions.h"
#include "manifest/host.h"
#include "manifest/include.h"
#include "manifest/locals.h"
#include "manifest/relations.h"
#include "manifest/report.h"
#include "manifest/resource_block.h"
#include "manifest/schema.h"
#include "manifest/sensitive_defaults.h"
#include "manifest/variable_values.h"
#include "manifest/variables.h"
#include "manifest/version.h"

namespace manifest {
namespace {

std::vector<Document> parse(std::span<const Source> sources) {
  std::vector<Document> documents;
  documents.reserve(sources.size());
  for (const Source& source : sources) {
    hcl::ParseResult parsed = hcl::parse(*source.file);
    documents.push_back({.source = &source,
                         .tree = std::move(parsed.file),
                         .syntax_errors = std::move(parsed.diagnostics)});
  }
  return documents;
}

bool is_well_formed(const std::vector<Document>& documents) {
  return std::ranges::all_of(
      documents, [](const Document& document) { return document.syntax_errors.empty(); });
}

Declarations decode_notifications(const std::vector<Document>& documents,
                                  const DecodeContext& context) {
  Declarations declared;
  const ResourceType* type = find_task_type(context.evaluator.types());
  for (const Document& document : documents) {
    for (const hcl::Block& block : document.tree.body.blocks) {
      if (type != nullptr && block.type.text == notify_block) {
        decode_resource_block(block, *type, document, context, nullptr, declared);
      }
    }
  }
  return declared;
}

/// Whether nothing is wrong in the block itself.
bool is_sound(const DecodedBlock& block, const diagnostic::Diagnostics& diagnostics) {
  return std::ranges::none_of(diagnostics, [&](const diagnostic::Diagnostic& problem) {
    return problem.severity == diagnostic::Severity::error && problem.file == block.file &&
           problem.range.begin >= block.range.begin && problem.range.begin <= block.range.end;
  });
}

/// Those that can be relied on, whatever else is wrong.
std::vector<Notification> notifications_of(Declarations declared,
                                           const diagnostic::Diagnostics& diagnostics) {
  std::vector<Notification> notifications;
  for (const DecodedBlock& block : declared.blocks) {
    if (!is_sound(block, diagnostics)) {
      continue;
    }
    for (std::size_t i = block.first; i < block.first + block.count; ++i) {
      if (declared.links[i].is_known) {
        notifications.push_back(
            {.task = std::move(declared.resources[i]), .on = std::move(declared.links[i].on)});
      }
    }
  }
  return notifications;
}

Declarations decode_blocks(const std::vector<Document>& documents, const Host& host,
                           const DecodeContext& context) {
  std::size_t count = 0;
  for (const Document& document : documents) {
    count += document.tree.body.blocks.size();
  }
  // As many as there mostly are; growing would take the room twice.
  Declarations declared;
  declared.blocks.reserve(count);
  declared.resources.reserve(count);
  declared.links.reserve(count);
  for (const Document& document : documents) {
    for (const hcl::Block& block : document.tree.body.blocks) {
      if (const ResourceType* type = find_type(context.evaluator.types(), block.type.text)) {
        decode_resource_block(block, *type, document, context, nullptr, declared);
      } else if (block.type.text == task_block) {
        decode_task(block, host, document, context, declared);
      }
    }
  }
  return declared;
}

/// Warns of tasks whose drift is to be told, where nothing tells anybody.
void warn_of_unheard_alerts(const std::vector<Document>& documents, const Declarations& declared,
                            diagnostic::Diagnostics& diagnostics) {
  const bool is_heard = std::ranges::any_of(documents, [](const Document& document) {
    return document.tree.body.find_block(notify_block) != nullptr;
  });
  for (const DecodedTask& task : declared.tasks) {
    const auto& policy = task.task->drift;
    if (!is_heard && policy && *policy != DriftPolicy::remediate) {
      report(diagnostics, Kind::unheard_alert, {task.file, task.policy_range},
             "nobody hears of this drift",
             "the policy is to alert, but no notify block says whom; the reports and the exit "
             "status tell it all the same")
          .severity = diagnostic::Severity::warning;
    }
  }
}

/// All text that a sensitive value holds.
void collect_secrets(const hcl::Value& value, text::Secrets& secrets) {
  if (const hcl::Elements* elements = value.as_elements()) {
    for (const hcl::Value& element : *elements) {
      collect_secrets(element, secrets);
    }
  } else if (const hcl::Members* members = value.as_members()) {
    for (const auto& [key, member] : *members) {
      collect_secrets(member, secrets);
    }
  } else if (const auto text = hcl::to_string(value);
             text && text->as_string() != nullptr && value.as_bool() == nullptr) {
    secrets.add(*text->as_string());
  }
}

void collect_secrets(const Resource& resource, text::Secrets& secrets) {
  for (const auto& [name, value] : resource.env) {
    if (resource.sensitive_env.contains(name)) {
      secrets.add(value);
    }
  }
}

text::Secrets secrets_of(const Variables& variables, const Manifest& manifest) {
  text::Secrets secrets;
  for (const Variable& variable : variables.all()) {
    if (variable.is_sensitive) {
      collect_secrets(*variables.values().find(variable.name), secrets);
    }
  }
  for (const Resource& resource : manifest.resources) {
    collect_secrets(resource, secrets);
  }
  for (const Notification& notification : manifest.notifications) {
    collect_secrets(notification.task, secrets);
  }
  return secrets;
}

/// Puts the diagnostics into the order of the texts, manifests first, and of their places.
void sort(diagnostic::Diagnostics& diagnostics, std::span<const Source> sources,
          std::span<const Given> given) {
  std::unordered_map<const diagnostic::SourceFile*, std::size_t> order;
  for (const Source& source : sources) {
    order.emplace(source.file.get(), order.size());
  }
  for (const Given& one : given) {
    order.emplace(one.source.file.get(), order.size());
  }
  // What is left comes from the environment.
  for (const diagnostic::Diagnostic& problem : diagnostics) {
    order.emplace(problem.file, order.size());
  }
  std::ranges::stable_sort(diagnostics, {}, [&order](const diagnostic::Diagnostic& problem) {
    return std::pair(order[problem.file], problem.range.begin);
  });
}

void check_syntax(const std::vector<Document>& documents, ResourceTypes types,
                  diagnostic::Diagnostics& diagnostics) {
  const Schema schema(types);
  for (const Document& document : documents) {
    std::ranges::copy(document.syntax_errors, std::back_inserter(diagnostics));
    check_schema(
        document.tree.body,
        {.schema = schema, .file = document.file(), .syntax_errors = document.syntax_errors},
        diagnostics);
  }
}

/// Whether `version` is one that the attribute admits; where that cannot be told, it is.
bool is_admitted(const hcl::Attribute& attribute, const Version& version, const Document& document,
                 diagnostic::Diagnostics& diagnostics) {
  const Place place = {&document.file(), attribute.value->range};
  const std::optional<std::string_view> text = hcl::constant_text(*attribute.value);
  const auto constraint = text ? VersionConstraint::parse(*text) : std::nullopt;
  if (!constraint) {
    report(diagnostics, Kind::invalid_version, place, "invalid required_version",
           "it is a string such as \">= 0.2\" or \">= 0.2, < 1.0\", without any ${...}");
    return true;
  }
  if (constraint->admits(version)) {
    return true;
  }
  report(diagnostics, Kind::unsupported_version, place,
         fmt::format("this is fluke {}, but the manifest needs {}", fmt::join(version, "."), *text),
         "install such a version; fluke --version shows what is installed");
  return false;
}

/// Whether all documents are written for this fluke. Asked before anything else: what another
/// version means by the rest is not known here.
bool is_wanted_version(const std::vector<Document>& documents, std::string_view own,
                       diagnostic::Diagnostics& diagnostics) {
  const std::optional<Version> version = parse_version(own);
  bool is_wanted = true;
  for (const Document& document : documents) {
    for (const hcl::Block& block : document.tree.body.blocks) {
      const hcl::Attribute* required = block.body.find("required_version");
      if (version && block.type.text == "fluke" && required != nullptr) {
        is_wanted = is_admitted(*required, *version, document, diagnostics) && is_wanted;
      }
    }
  }
  return is_wanted;
}

/// All that the blocks of manifests may refer to.
class Definitions {
 public:
  /// Everything outlives it, and the diagnostics too.
  Definitions(std::span<const Source> sources, const Outside& outside, const Decoder& decoder,
              diagnostic::Diagnostics& diagnostics);
  Definitions(const Definitions&) = delete;
  Definitions& operator=(const Definitions&) = delete;

  [[nodiscard]] const std::vector<Document>& documents() const { return documents_; }
  [[nodiscard]] const Evaluator& evaluator() const { return *evaluator_; }
  [[nodiscard]] const Host& host() const { return host_; }
  /// Nothing is hidden by mistakes of syntax, or missing.
  [[nodiscard]] bool is_complete() const { return !lacks_sources_ && is_well_formed(documents_); }

  /// False where the manifests are for another fluke: then nothing else has been looked at.
  [[nodiscard]] bool is_wanted() const { return is_wanted_; }

  /// Sets what is sensitive, and brings the diagnostics into order and makes them fit to be shown.
  void finish(DecodeResult& result);

 private:
  std::span<const Source> sources_;
  Outside outside_;
  bool lacks_sources_;
  Masking masking_;
  std::vector<Document> documents_;
  bool is_wanted_;
  FunctionTable functions_;
  std::optional<Variables> variables_;
  SourceFiles texts_;
  Host host_;
  hcl::Value host_value_;
  std::optional<Locals> locals_;
  std::optional<Evaluator> evaluator_;
};

Definitions::Definitions(std::span<const Source> sources, const Outside& outside,
                         const Decoder& decoder, diagnostic::Diagnostics& diagnostics)
    : sources_(sources),
      outside_(outside),
      lacks_sources_(decoder.lacks_sources),
      documents_(parse(sources)),
      is_wanted_(is_wanted_version(documents_, decoder.version, diagnostics)),
      functions_(outside.environment) {
  const ResourceTypes types = outside.types;
  mask_sensitive_defaults(documents_, masking_);
  if (!is_wanted_) {
    documents_.clear();
  }
  check_syntax(documents_, types, diagnostics);
  variables_.emplace(documents_,
                     Evaluator(functions_, {.rule = "this is a constant", .types = types}),
                     diagnostics);
  locals_.emplace(documents_, diagnostics);
  if (lacks_sources_ || !is_wanted_) {
    variables_->mark_incomplete();
    locals_->mark_incomplete();
  }
  texts_ = resolve(*variables_, outside_, functions_, masking_, diagnostics);
  const Evaluator of_host(functions_, {.variables = &variables_->values(),
                                       .rule = "what describes the host refers to variables only",
                                       .types = types});
  host_ =
      decode_host(documents_, {.evaluator = of_host, .diagnostics = diagnostics}, decoder.labels);
  host_value_ = value_of(host_);
  evaluator_.emplace(functions_, Visible{.variables = &variables_->values(),
                                         .locals = &locals_->values(),
                                         .host = &host_value_,
                                         .rule = {},
                                         .types = types});
  locals_->evaluate(*evaluator_, diagnostics);
}

void Definitions::finish(DecodeResult& result) {
  result.manifest.host = host_;
  result.manifest.secrets = secrets_of(*variables_, result.manifest);
  for (const Variable& variable : variables_->all()) {
    if (variable.is_sensitive) {
      result.manifest.sensitive_variables.emplace(variable.name);
    }
  }
  sort(result.diagnostics, sources_, outside_.given);
  result.texts = std::move(texts_);
  std::ranges::move(masking_.apply(result.diagnostics), std::back_inserter(result.texts));
}

}  // namespace

DecodeResult decode(std::span<const Source> sources, ResourceTypes types,
                    const EnvironmentLookup& environment, std::span<const Given> given,
                    const Decoder& decoder) {
  DecodeResult result;
  Definitions definitions(sources, {.given = given, .environment = environment, .types = types},
                          decoder, result.diagnostics);
  const DecodeContext context = {.evaluator = definitions.evaluator(),
                                 .diagnostics = result.diagnostics};
  result.manifest.includes = manifest::decode_includes(definitions.documents(), context).includes;
  Declarations declared = decode_blocks(definitions.documents(), definitions.host(), context);
  warn_of_unheard_alerts(definitions.documents(), declared, result.diagnostics);
  check_directories(result.manifest.includes, declared.resources, result.diagnostics);
  check_relations(declared, definitions.is_complete(), result.diagnostics);
  Declarations notifications = decode_notifications(definitions.documents(), context);
  check_relations(notifications, definitions.is_complete(), result.diagnostics);
  result.manifest.notifications = notifications_of(std::move(notifications), result.diagnostics);
  result.manifest.is_partial = decoder.lacks_sources;
  result.declares_resources = !declared.blocks.empty();
  result.manifest.resources = std::move(declared.resources);
  result.manifest.others = std::move(declared.others);
  definitions.finish(result);
  return result;
}

std::optional<Manifest> decode_includes(std::span<const Source> sources, ResourceTypes types,
                                        const EnvironmentLookup& environment,
                                        std::span<const Given> given, const Decoder& decoder) {
  DecodeResult result;
  diagnostic::Diagnostics of_others;
  Definitions definitions(
      sources, {.given = given, .environment = environment, .types = types},
      {.version = decoder.version, .labels = decoder.labels, .lacks_sources = true}, of_others);
  check_syntax(definitions.documents(), types, result.diagnostics);
  DecodedIncludes decoded = manifest::decode_includes(
      definitions.documents(),
      {.evaluator = definitions.evaluator(), .diagnostics = result.diagnostics});
  check_directories(decoded.includes, {}, result.diagnostics);
  if (!definitions.is_wanted() || !decoded.is_known || diagnostic::has_errors(result.diagnostics)) {
    return std::nullopt;
  }
  result.manifest.includes = std::move(decoded.includes);
  definitions.finish(result);
  return std::move(result.manifest);
}

bool may_include(std::span<const Source> sources) {
  return std::ranges::any_of(sources, [](const Source& source) {
    return source.file->text().find("include") != std::string_view::npos;
  });
}

}  // namespace manifest
