#include "fluke/load.h"

#include <cstdlib>
#include <iterator>
#include <utility>

#include "manifest/decode.h"
#include "manifest/read.h"

namespace fluke {
namespace {

std::optional<std::string> look_up_environment(std::string_view name) {
  const char* value = std::getenv(std::string(name).c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace

Loaded load(std::span<const std::string> arguments) {
  Loaded loaded;
  manifest::ReadResult read = manifest::read(arguments);
  loaded.sources = std::move(read.sources);
  loaded.diagnostics = std::move(read.diagnostics);
  if (diagnostic::has_errors(loaded.diagnostics)) {
    loaded.failure = ExitCode::unreadable_manifest;
  }
  manifest::DecodeResult decoded = manifest::decode(loaded.sources, look_up_environment);
  loaded.manifest = std::move(decoded.manifest);
  if (diagnostic::has_errors(decoded.diagnostics) && !loaded.failure) {
    loaded.failure = ExitCode::invalid_manifest;
  }
  std::ranges::move(decoded.diagnostics, std::back_inserter(loaded.diagnostics));
  return loaded;
}

}  // namespace fluke
