#include "hcl/functions/host.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

#include "file/contents.h"
#include "file/descriptor.h"
#include "hcl/functions/call.h"
#include "hcl/functions/glob.h"
#include "hcl/functions/paths.h"
#include "hcl/value/limits.h"
#include "text/quote.h"
#include "text/utf8.h"

namespace hcl {
namespace {

using functions::Arguments;
using functions::fail;
using functions::shown;
using functions::shown_in;
using functions::string_of;

/// What the host says is any bytes; `what` names it in the message for those that are no text.
FunctionResult text_value(const std::string& bytes, std::string_view what) {
  if (text::find_invalid_utf8(bytes)) {
    return fail(0, fmt::format("{} holds bytes that are not UTF-8", what));
  }
  return Value::string(bytes);
}

FunctionResult call_env(const Host& host, Arguments arguments) {
  const std::string name = shown(arguments[0], text::quoted(string_of(arguments[0])));
  const std::optional<std::string> value = host.environment(string_of(arguments[0]));
  if (!value && arguments.size() > 1) {
    return arguments[1];
  }
  if (!value) {
    return fail(0, fmt::format("the environment variable {0} is not set; set it, or give a "
                               "default: env({0}, \"...\")",
                               name));
  }
  return text_value(*value, fmt::format("the environment variable {}", name));
}

FunctionResult call_hostname(const Host& /*host*/, Arguments /*arguments*/) {
  std::array<char, HOST_NAME_MAX + 1> name{};
  // It fails only where there is too little room.
  static_cast<void>(gethostname(name.data(), name.size()));
  return text_value(name.data(), "the name of this host");
}

// --- Paths --------------------------------------------------------------------------------------

using Path = tl::expected<std::string, FunctionError>;

/// The path in the first argument with the user's home in place of a "~".
Path with_home(const Host& host, Arguments arguments) {
  const std::string& path = string_of(arguments[0]);
  if (!path.starts_with('~')) {
    return path;
  }
  if (path.size() > 1 && path[1] != '/') {
    return fail(0, fmt::format("{} is the home of another user: only ~ and ~/... are understood",
                               shown(arguments[0], text::quoted(path.substr(0, path.find('/'))))));
  }
  const std::optional<std::string> home = host.environment("HOME");
  if (!home || home->empty()) {
    return fail(0, "~ stands for HOME, and that environment variable is not set");
  }
  return functions::clean_path(*home + path.substr(1));
}

/// A path that names the same from anywhere.
std::string absolute(const Host& host, const std::string& path) {
  return functions::clean_path((host.directory / path).string());
}

Path file_path(const Host& host, Arguments arguments) {
  return with_home(host, arguments).map([&host](const std::string& path) {
    return absolute(host, path);
  });
}

FunctionResult call_abspath(const Host& host, Arguments arguments) {
  return text_value(absolute(host, string_of(arguments[0])), "the absolute path");
}

FunctionResult call_pathexpand(const Host& host, Arguments arguments) {
  return with_home(host, arguments).and_then([](const std::string& path) {
    return text_value(path, "the path");
  });
}

// --- Files --------------------------------------------------------------------------------------

constexpr std::size_t max_file_size = max_value_size - part_size;

tl::unexpected<FunctionError> problem(const std::string& path, std::string_view what) {
  return fail(0, fmt::format("{}: {}", text::quoted(path), what));
}

tl::unexpected<FunctionError> system_problem(const std::string& path, int error) {
  return problem(path, std::generic_category().message(error));
}

/// What a path names that is not a regular file.
std::string_view kind_of(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFDIR:
      return "this is a directory, not a file";
    case S_IFIFO:
      return "this is a pipe, not a file";
    case S_IFSOCK:
      return "this is a socket, not a file";
    default:
      return "this is a device, not a file";
  }
}

/// The contents of a regular file, which is UTF-8 text and no larger than a value may be. Never
/// waits for another program. An error says what is wrong, path and reason.
tl::expected<std::string, FunctionError> read_text(const std::string& path) {
  const file::Descriptor descriptor(
      open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat status {};
  if (!descriptor.is_open() || fstat(descriptor.get(), &status) != 0) {
    return system_problem(path, errno);
  }
  if (!S_ISREG(status.st_mode)) {
    return problem(path, kind_of(status.st_mode));
  }
  auto text = file::read_all(descriptor.get(), max_file_size);
  if (!text && text.error() == EFBIG) {
    return problem(path, fmt::format("the file holds more than {} bytes, the most that a value can",
                                     max_file_size));
  }
  if (!text) {
    return system_problem(path, text.error());
  }
  if (const auto offset = text::find_invalid_utf8(*text)) {
    return problem(path, fmt::format("the file is not UTF-8 text: see byte {}", *offset));
  }
  return std::move(*text);
}

/// Whether `path` names a regular file; false where there is nothing. An error where there is
/// something else, or where that cannot be found out.
tl::expected<bool, FunctionError> is_file(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) {
      return false;
    }
    return system_problem(path, errno);
  }
  if (!S_ISREG(status.st_mode)) {
    return problem(path, kind_of(status.st_mode));
  }
  return true;
}

FunctionResult call_fileexists(const Host& host, Arguments arguments) {
  const Path path = file_path(host, arguments);
  if (!path) {
    return tl::unexpected(path.error());
  }
  auto exists = is_file(*path);
  if (!exists) {
    return fail(0, shown_in(std::move(exists.error().message), arguments[0], *path));
  }
  return Value::boolean(*exists);
}

FunctionResult call_fileset(const Host& host, Arguments arguments) {
  const Path directory = file_path(host, arguments);
  if (!directory) {
    return tl::unexpected(directory.error());
  }
  const auto found = functions::glob(*directory, string_of(arguments[1]), host.may_look);
  if (!found) {
    return fail(1, shown_in(shown_in(found.error().message, arguments[0], *directory), arguments[1],
                            string_of(arguments[1])));
  }
  Elements paths;
  for (const std::string& path : *found) {
    paths.push_back(Value::string(path));
  }
  return Value::set(Type::string(), std::move(paths));
}

/// The text of the file that the first argument names.
tl::expected<std::string, FunctionError> text_of(const Host& host, Arguments arguments) {
  return file_path(host, arguments).and_then([&](const std::string& path) {
    return read_text(path).map_error([&](FunctionError error) {
      error.message = shown_in(std::move(error.message), arguments[0], path);
      return error;
    });
  });
}

FunctionResult call_file(const Host& host, Arguments arguments) {
  return text_of(host, arguments).map([](const std::string& text) { return Value::string(text); });
}

FunctionResult call_templatefile(const Host& host, Arguments arguments) {
  const Members* variables = arguments[1].as_members();
  if (variables == nullptr) {
    return functions::needs(arguments, 1, "a map or object of variables");
  }
  auto text = text_of(host, arguments);
  if (!text) {
    return tl::unexpected(std::move(text.error()));
  }
  return host.render(shown(arguments[0], string_of(arguments[0])), std::move(*text), *variables);
}

}  // namespace

Functions host_functions(Host host) {
  const auto shared = std::make_shared<const Host>(std::move(host));
  const auto call = [&shared](FunctionResult (*function)(const Host&, Arguments)) {
    return [shared, function](Arguments arguments) { return function(*shared, arguments); };
  };
  const Type text = Type::string();
  const Parameter path{"path", text};
  return {
      {"abspath", {.parameters = {path}, .call = call(call_abspath)}},
      {"env",
       {.parameters = {{"name", text}, {"default", {}, true}},
        .optional_parameters = 1,
        .call = call(call_env)}},
      {"file", {.parameters = {path}, .call = call(call_file)}},
      {"fileexists", {.parameters = {path}, .call = call(call_fileexists)}},
      {"fileset", {.parameters = {path, {"pattern", text}}, .call = call(call_fileset)}},
      {"hostname", {.call = call(call_hostname)}},
      {"pathexpand", {.parameters = {path}, .call = call(call_pathexpand)}},
      {"templatefile", {.parameters = {path, {"variables", {}}}, .call = call(call_templatefile)}},
  };
}

}  // namespace hcl
