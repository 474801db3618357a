// `fluke validate`: starts no process.
#include <fmt/format.h>

#include "fluke/commands.h"
#include "fluke/documents.h"
#include "fluke/fail.h"
#include "fluke/load.h"
#include "fluke/reports.h"
#include "text/quote.h"

namespace fluke {

End validate_command(const Options& options, Console& console) {
  const Loaded loaded = load(options);
  if (loaded.failure) {
    return fail_to_load(options, loaded, console);
  }
  print_warnings(loaded, options, console);
  if (options.format == Format::text && !options.quiet) {
    console.out.write(fmt::format("{} in {}: valid\n",
                                  text::counted(loaded.manifest.resources.size(), "resource"),
                                  text::counted(loaded.sources.size(), "manifest")));
  }
  Reports reports(options, &loaded.manifest, loaded.diagnostics, console);
  return reports.finish({}, nothing_happened());
}

}  // namespace fluke
