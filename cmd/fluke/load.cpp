#include "fluke/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

#include "fluke/build_info.h"
#include "manifest/decode.h"
#include "manifest/include_files.h"
#include "manifest/read.h"
#include "manifest/read_given.h"
#include "text/quote.h"

namespace fluke {
namespace {

std::optional<std::string> look_up_environment(std::string_view name) {
  const char* value = std::getenv(std::string(name).c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

/// Says of what cannot be read which variable named it.
void name_variable(std::string_view option, const Invocation& invocation,
                   diagnostic::Diagnostics& diagnostics) {
  if (invocation.from_environment.contains(option)) {
    for (diagnostic::Diagnostic& problem : diagnostics) {
      problem.detail += fmt::format("; {} names it", invocation.setter_of(option));
    }
  }
}

/// Says where manifests were looked for, and why there.
void explain_assumed(diagnostic::Diagnostics& diagnostics) {
  const auto found = std::ranges::find(diagnostics, "no-manifest", &diagnostic::Diagnostic::kind);
  if (found != diagnostics.end()) {
    std::error_code ignored;
    found->summary = fmt::format("no manifest was named, and there is none below {}",
                                 text::quoted(std::filesystem::current_path(ignored).string()));
    found->detail =
        "neither the command line nor FLUKE_MANIFEST names one, and no file here ends in "
        "\".fluke.hcl\"; name a file, a directory or \"-\", or write a first manifest with "
        "fluke init";
  }
}

/// What to say of manifests that declare nothing.
diagnostic::Diagnostic no_resource(const std::vector<manifest::Source>& sources,
                                   manifest::ResourceTypes types) {
  const bool is_empty = std::ranges::all_of(
      sources, [](const manifest::Source& source) { return source.file->text().empty(); });
  return {.kind = "no-resource",
          .summary = sources.size() == 1
                         ? fmt::format("no resource in {}", text::quoted(sources[0].file->name()))
                         : fmt::format("no resource in {} manifests", sources.size()),
          .detail = is_empty ? "it is empty" : manifest::any_block(types) + " declares one"};
}

std::vector<const manifest::ResourceType*> known_types(const Invocation& invocation) {
  return {invocation.types.begin(), invocation.types.end()};
}

/// Whether a directory of the command line stands for what lies in `directory` too.
bool is_named(const std::filesystem::path& directory, const Inputs& inputs) {
  std::error_code ignored;
  const auto is_hidden = [](const std::filesystem::path& name) {
    return name.native().starts_with('.') && name != ".";
  };
  return std::ranges::any_of(inputs.manifests, [&](const std::string& argument) {
    const std::filesystem::path named = std::filesystem::weakly_canonical(argument, ignored);
    const std::filesystem::path inner =
        std::filesystem::weakly_canonical(directory, ignored).lexically_relative(named);
    return std::filesystem::is_directory(named, ignored) && !inner.empty() &&
           std::ranges::none_of(inner, is_hidden);
  });
}

/// Refuses includes whose manifests a directory of the command line would stand for as well: those
/// would be read before they are synced, and one that is invalid would never be replaced.
void refuse_named_includes(Loaded& loaded, const Inputs& inputs) {
  for (const manifest::Include& include : loaded.manifest.includes) {
    if (is_named(include.checkout.working_dir, inputs)) {
      loaded.diagnostics.push_back(
          {.kind = "include-named",
           .summary = fmt::format("include \"{}\" lies in a directory that is named itself",
                                  include.checkout.name),
           .detail = "its manifests would be read twice; put it elsewhere, or name the manifest "
                     "that includes it instead of the directory",
           .file = include.checkout.file,
           .range = include.checkout.working_dir_range,
           .notes = {}});
      loaded.failure = ExitCode::invalid_manifest;
    }
  }
}

/// Where there is no telling what is included, decode() finds the mistake.
void find_includes(Loaded& loaded, const Inputs& inputs, const Invocation& invocation) {
  if (!loaded.failure && !manifest::may_include(loaded.sources)) {
    return;
  }
  auto decoded = loaded.failure ? std::nullopt
                                : manifest::decode_includes(
                                      loaded.sources, known_types(invocation), look_up_environment,
                                      loaded.given,
                                      {.version = build_info().version, .labels = loaded.labels});
  if (decoded) {
    loaded.manifest = *std::move(decoded);
    refuse_named_includes(loaded, inputs);
    if (!loaded.failure) {
      return;
    }
    loaded.is_partial = true;
  }
  decode(loaded, invocation);
}

}  // namespace

Loaded read(const Inputs& inputs, const Invocation& invocation) {
  Loaded loaded;
  loaded.labels = inputs.labels;
  manifest::ReadResult read = manifest::read(inputs.manifests);
  manifest::ReadGivenResult given = manifest::read_given(inputs.given);
  name_variable("manifest", invocation, read.diagnostics);
  name_variable("var-file", invocation, given.diagnostics);
  if (inputs.assumes_manifest) {
    explain_assumed(read.diagnostics);
  }
  add(loaded, std::move(read));
  loaded.given = std::move(given.given);
  std::ranges::move(given.diagnostics, std::back_inserter(loaded.diagnostics));
  if (diagnostic::has_errors(loaded.diagnostics)) {
    loaded.failure = ExitCode::unreadable_manifest;
  }
  find_includes(loaded, inputs, invocation);
  return loaded;
}

void add(Loaded& loaded, manifest::ReadResult read) {
  if (diagnostic::has_errors(read.diagnostics)) {
    loaded.failure = ExitCode::unreadable_manifest;
    loaded.is_partial = true;
  }
  std::ranges::move(read.sources, std::back_inserter(loaded.sources));
  std::ranges::move(manifest::Masking().apply(read.diagnostics), std::back_inserter(loaded.texts));
  std::ranges::move(read.diagnostics, std::back_inserter(loaded.diagnostics));
}

void add_includes(Loaded& loaded) {
  for (const manifest::Include& include : loaded.manifest.includes) {
    if (!include.checkout.enabled) {
      continue;
    }
    if (manifest::is_absent(include)) {
      loaded.diagnostics.push_back(manifest::describe_absent(include));
      loaded.is_partial = true;
    } else {
      add(loaded, manifest::read_include(include));
    }
  }
}

void decode(Loaded& loaded, const Invocation& invocation) {
  const std::vector<const manifest::ResourceType*> types = known_types(invocation);
  manifest::DecodeResult decoded =
      manifest::decode(loaded.sources, types, look_up_environment, loaded.given,
                       {.version = build_info().version,
                        .labels = loaded.labels,
                        .lacks_sources = loaded.is_partial});
  loaded.manifest = std::move(decoded.manifest);
  std::ranges::move(decoded.texts, std::back_inserter(loaded.texts));
  if (diagnostic::has_errors(decoded.diagnostics) && !loaded.failure) {
    loaded.failure = ExitCode::invalid_manifest;
  }
  std::ranges::move(decoded.diagnostics, std::back_inserter(loaded.diagnostics));
  if (!loaded.failure && !decoded.declares_resources && !loaded.is_partial) {
    loaded.diagnostics.push_back(no_resource(loaded.sources, types));
    loaded.failure = ExitCode::unreadable_manifest;
  }
}

Loaded load(const Inputs& inputs, const Invocation& invocation) {
  Loaded loaded = read(inputs, invocation);
  if (!loaded.failure) {
    add_includes(loaded);
    decode(loaded, invocation);
  }
  return loaded;
}

}  // namespace fluke
