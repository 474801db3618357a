#include "manifest/read_given.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <tl/expected.hpp>
#include <utility>

#include "file/contents.h"
#include "file/descriptor.h"
#include "manifest/input.h"
#include "manifest/report.h"
#include "text/quote.h"

namespace manifest {
namespace {

tl::expected<Source, int> read_file(const std::string& path) {
  std::error_code error;
  const std::filesystem::path directory = std::filesystem::absolute(path, error).parent_path();
  const file::Descriptor descriptor(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!descriptor.is_open()) {
    return tl::unexpected(errno);
  }
  return file::read_all(descriptor.get(), max_text_size).map([&](std::string text) {
    return Source(path, std::move(text), directory);
  });
}

Given option(const std::string& text) {
  std::error_code error;
  return {.form = Given::Form::option,
          .source = Source("--var " + text.substr(0, text.find('=')), text,
                           std::filesystem::current_path(error))};
}

}  // namespace

ReadGivenResult read_given(std::span<const GivenArgument> arguments) {
  ReadGivenResult result;
  for (const GivenArgument& argument : arguments) {
    if (!argument.is_file) {
      result.given.push_back(option(argument.text));
    } else if (auto source = read_file(argument.text)) {
      const bool is_json = argument.text.ends_with(".json");
      result.given.push_back({.form = is_json ? Given::Form::json_file : Given::Form::hcl_file,
                              .source = *std::move(source)});
    } else {
      report(result.diagnostics, Kind::cannot_read_values, {},
             fmt::format("cannot read {}", text::quoted(argument.text)),
             describe_read_error(source.error(), "a file of values"));
    }
  }
  return result;
}

}  // namespace manifest
