// basename, dirname.
#include "hcl/functions/paths.h"

#include <algorithm>
#include <filesystem>

#include "hcl/functions/call.h"
#include "hcl/functions/subjects.h"

namespace hcl::functions {
namespace {

FunctionResult call_basename(Arguments arguments) {
  std::string_view path = string_of(arguments[0]);
  const std::size_t last = path.find_last_not_of('/');
  if (last == std::string_view::npos) {
    return Value::string(path.empty() ? "." : "/");
  }
  path = path.substr(0, last + 1);
  return Value::string(path.substr(path.rfind('/') + 1));
}

FunctionResult call_dirname(Arguments arguments) {
  const std::string_view path = string_of(arguments[0]);
  return Value::string(clean_path(path.substr(0, path.rfind('/') + 1)));
}

}  // namespace

std::string clean_path(std::string_view path) {
  std::string clean = std::filesystem::path(path).lexically_normal().string();
  // Two slashes at the start mean nothing special, and one at the end means nothing.
  const std::size_t slashes = std::min(clean.find_first_not_of('/'), clean.size());
  clean.erase(0, slashes > 1 ? slashes - 1 : 0);
  if (clean.size() > 1 && clean.ends_with('/')) {
    clean.pop_back();
  }
  return clean.empty() ? "." : clean;
}

Functions path_functions() {
  const Parameter path{"path", Type::string()};
  return {
      {"basename", {.parameters = {path}, .call = call_basename}},
      {"dirname", {.parameters = {path}, .call = call_dirname}},
  };
}

}  // namespace hcl::functions
