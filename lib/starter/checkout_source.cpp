#include "starter/checkout_source.h"

#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

#include "git/environment.h"
#include "text/url.h"

namespace starter {
namespace {

constexpr std::chrono::seconds patience{10};

class Questions {
 public:
  Questions(process::Runner& runner, const std::filesystem::path& git,
            const process::Environment& environment, const std::filesystem::path& directory)
      : runner_(runner),
        command_{.program = git,
                 .environment =
                     git::command_environment(git::clean_environment(environment), directory, {})
                         .entries(),
                 .working_dir = directory,
                 .streams = process::Streams::separate,
                 .deadline = patience} {}

  /// The first line of what git answers; nothing where it has no answer.
  [[nodiscard]] std::optional<std::string> ask(std::vector<std::string> arguments) {
    command_.arguments = std::move(arguments);
    const process::Result result = runner_.run(command_, {});
    const std::string_view line =
        std::string_view(result.output).substr(0, result.output.find('\n'));
    return process::succeeded(result.ending) && !line.empty() ? std::optional<std::string>(line)
                                                              : std::nullopt;
  }

 private:
  process::Runner& runner_;
  process::Command command_;
};

}  // namespace

std::optional<CheckoutSource> find_checkout_source(process::Runner& runner,
                                                   const std::filesystem::path& git,
                                                   const process::Environment& environment,
                                                   const std::filesystem::path& directory) {
  Questions questions(runner, git, environment, directory);
  std::optional<std::string> url = questions.ask({"remote", "get-url", "origin"});
  std::optional<std::string> branch = questions.ask({"symbolic-ref", "--short", "HEAD"});
  if (!url || !branch) {
    return std::nullopt;
  }
  return CheckoutSource{.url = text::mask_url(*url), .branch = *std::move(branch)};
}

}  // namespace starter
