// Manifests from text to what they mean: whatever is read, decoding returns, with resources that
// keep the rules or with an error that has its place.
#include <cstddef>
#include <vector>

#include "executor/mise/type.h"
#include "fuzz/promise.h"
#include "manifest/decode.h"

namespace {

std::optional<std::string> environment(std::string_view name) {
  return name == "HOME" ? std::optional<std::string>("/root") : std::nullopt;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<manifest::Source> sources;
  sources.emplace_back("fuzz.fluke.hcl", fuzz::text_of(data, size), "/srv");
  const manifest::ResourceType* const types[] = {&mise::resource_type()};
  const manifest::DecodeResult result = manifest::decode(sources, types, environment);
  fuzz::promise_sound(result.diagnostics);
  if (!diagnostic::has_errors(result.diagnostics)) {
    for (const manifest::Resource& resource : result.manifest.resources) {
      fuzz::promise(!resource.name.empty(), "a resource has a name");
      fuzz::promise(resource.working_dir.is_absolute(), "a working directory is absolute");
    }
  }
  return 0;
}
