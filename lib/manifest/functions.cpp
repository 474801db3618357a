#include "manifest/functions.h"

#include <fmt/format.h>

#include <optional>
#include <span>
#include <string>

#include "hcl/value/convert.h"
#include "text/quote.h"
#include "text/utf8.h"

namespace manifest {
namespace {

using Answer = tl::expected<hcl::Value, hcl::FunctionError>;

Answer failure(std::size_t argument, std::string message) {
  return tl::unexpected(hcl::FunctionError{.argument = argument, .message = std::move(message)});
}

/// `env(name)` and `env(name, default)`.
Answer call_env(const EnvironmentLookup& environment, std::span<const hcl::Value> arguments) {
  if (arguments[0].is_unknown()) {
    return hcl::Value::unknown();
  }
  const std::optional<hcl::Value> converted = hcl::to_string(arguments[0]);
  if (!converted || converted->as_string() == nullptr) {
    return failure(0, "the name of an environment variable must be a string");
  }
  const std::string& name = *converted->as_string();
  if (const std::optional<std::string> value = environment(name)) {
    if (text::find_invalid_utf8(*value)) {
      return failure(0, fmt::format("the environment variable {} holds bytes that are not UTF-8",
                                    text::quoted(name)));
    }
    return hcl::Value::string(*value);
  }
  if (arguments.size() > 1) {
    return arguments[1];
  }
  return failure(0, fmt::format("the environment variable {0} is not set; set it, or give a "
                                "default: env({0}, \"...\")",
                                text::quoted(name)));
}

}  // namespace

hcl::Functions make_functions(const EnvironmentLookup& environment) {
  return {{"env",
           {.parameters = {{.name = "name", .type = {}, .takes_null = true},
                           {.name = "default", .type = {}, .takes_null = true}},
            .rest = {},
            .optional_parameters = 1,
            .call = [&environment](std::span<const hcl::Value> arguments) {
              return call_env(environment, arguments);
            }}}};
}

}  // namespace manifest
