// `fluke complete`, which the completion scripts call while somebody types: what the manifests on
// the line have to offer, a line each, with a tab before what there is to say about it. It never
// complains and never waits: a broken manifest offers what can be made of it.
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string_view>
#include <system_error>

#include "fluke/commands.h"
#include "fluke/load.h"
#include "manifest/declared.h"
#include "manifest/read.h"
#include "manifest/resource_name.h"
#include "text/quote.h"

namespace fluke {
namespace {

/// Without standard input and pipes, which would have to be waited for.
std::vector<std::string> at_hand(const std::vector<std::string>& manifests) {
  std::vector<std::string> found;
  std::ranges::copy_if(manifests, std::back_inserter(found), [](const std::string& path) {
    std::error_code error;
    return std::filesystem::is_regular_file(path, error) ||
           std::filesystem::is_directory(path, error);
  });
  return found;
}

std::string line(std::string_view word, std::string_view description) {
  std::string shown = text::neutralised(description);
  std::ranges::replace(shown, '\t', ' ');
  return std::string(word) + '\t' + shown + '\n';
}

std::string resources(const Options& options) {
  std::string lines;
  std::string_view last_block;
  const Loaded loaded = load(options);
  for (const manifest::Resource& resource : loaded.manifest.resources) {
    if (resource.name.empty()) {
      continue;
    }
    const std::string_view block = manifest::block_of(resource.name);
    if (block != resource.name && block != last_block) {
      lines += line(block, "all of its instances");
    }
    last_block = block;
    lines += line(resource.name, resource.working_dir.native());
  }
  return lines;
}

std::string variables(const Options& options) {
  std::string lines;
  const manifest::ReadResult read = manifest::read(options.manifests);
  for (const manifest::DeclaredVariable& variable : manifest::declared_variables(read.sources)) {
    lines += line(variable.name, variable.description);
  }
  return lines;
}

}  // namespace

End complete_command(const Options& options, Console& console) {
  Options readable = options;
  readable.manifests = at_hand(options.manifests);
  std::erase_if(readable.given, [](const manifest::GivenArgument& given) {
    std::error_code error;
    return given.is_file && !std::filesystem::is_regular_file(given.text, error);
  });
  console.out.write(options.completes == Completes::variables ? variables(readable)
                                                              : resources(readable));
  return {};
}

}  // namespace fluke
