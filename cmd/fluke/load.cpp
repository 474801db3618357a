#include "fluke/load.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "manifest/decode.h"
#include "manifest/read.h"
#include "manifest/read_given.h"

namespace fluke {
namespace {

std::optional<std::string> look_up_environment(std::string_view name) {
  const char* value = std::getenv(std::string(name).c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace

Loaded load(const Options& options) {
  Loaded loaded;
  manifest::ReadResult read = manifest::read(options.manifests);
  manifest::ReadGivenResult given = manifest::read_given(options.given);
  loaded.sources = std::move(read.sources);
  loaded.given = std::move(given.given);
  loaded.diagnostics = std::move(read.diagnostics);
  std::ranges::move(given.diagnostics, std::back_inserter(loaded.diagnostics));
  if (diagnostic::has_errors(loaded.diagnostics)) {
    loaded.failure = ExitCode::unreadable_manifest;
  }
  manifest::DecodeResult decoded =
      manifest::decode(loaded.sources, look_up_environment, loaded.given);
  loaded.manifest = std::move(decoded.manifest);
  loaded.texts = std::move(decoded.texts);
  if (diagnostic::has_errors(decoded.diagnostics) && !loaded.failure) {
    loaded.failure = ExitCode::invalid_manifest;
  }
  std::ranges::move(decoded.diagnostics, std::back_inserter(loaded.diagnostics));
  return loaded;
}

}  // namespace fluke
