// `fluke list`.
#include "fluke/commands.h"
#include "fluke/fail.h"
#include "fluke/load.h"
#include "fluke/selection.h"
#include "fluke/version.h"
#include "report/list.h"

namespace fluke {

End list_command(const Options& options, Console& console) {
  const Loaded loaded = load(options);
  if (loaded.failure) {
    return fail_to_load(options, loaded, console);
  }
  const auto selected = select(loaded.manifest, options);
  if (!selected) {
    return fail_with(options, ExitCode::usage, selected.error(), console);
  }
  print_warnings(loaded, options, console);
  console.out.write(options.format == Format::json ? report::list_as_json(*selected, version)
                                                   : report::list_as_text(*selected));
  return {};
}

}  // namespace fluke
