#include "starter/host_manifest.h"

#include <fmt/format.h>

#include "starter/manifest_text.h"

namespace starter {
namespace {

std::string verify_lines(const HostSource& source) {
  if (source.allowed_signers) {
    return fmt::format(
        "\n"
        "    # Nothing that these keys have not signed reaches the directory.\n"
        "    verify {{\n"
        "      allowed_signers = {}\n"
        "    }}\n",
        hcl_string(source.allowed_signers->native()));
  }
  return "\n"
         "    # As it is, whoever can push to the repository decides what runs here. To have each\n"
         "    # commit signed by a key that this host knows:\n"
         "    # verify {\n"
         "    #   allowed_signers = \"/etc/fluke/allowed_signers\"\n"
         "    # }\n";
}

}  // namespace

std::string include_name(std::string_view url) {
  while (url.ends_with('/')) {
    url.remove_suffix(1);
  }
  if (url.ends_with(".git")) {
    url.remove_suffix(4);
  }
  while (url.ends_with('/')) {
    url.remove_suffix(1);
  }
  return resource_name(url.substr(url.find_last_of("/:") + 1));
}

std::string host_manifest_text(const HostSource& source) {
  // Names of the same width are aligned, and so is "=" in canonical layout.
  const std::string_view kind = name_of(source.revision.kind);
  return fmt::format(
             "# What this host has of its own: where its manifests come from. Each run fetches "
             "them "
             "first.\n"
             "# See fluke-fleet(7).\n"
             "include \"{}\" {{\n"
             "  working_dir = {}\n"
             "\n"
             "  # Every manifest in it, unless this names some:\n"
             "  # manifests = [\"common\", \"hosts/${{hostname()}}.fluke.hcl\"]\n"
             "\n"
             "  git {{\n"
             "    url{} = {}\n"
             "    {} = {}\n",
             include_name(source.url), hcl_string(source.working_dir.native()),
             std::string(kind.size() - 3, ' '), hcl_string(source.url), kind,
             hcl_string(source.revision.name)) +
         verify_lines(source) + "  }\n}\n";
}

}  // namespace starter
