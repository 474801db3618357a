// `fluke list`.
#include "fluke/build_info.h"
#include "fluke/commands.h"
#include "fluke/session.h"
#include "report/list.h"

namespace fluke {

ExitRequest execute(const ListOptions& options, const Invocation& invocation, Console& console) {
  Session session(invocation, options.inputs, options.output, console);
  const auto selected = session.load().and_then([&] { return session.select(options.selection); });
  if (!selected) {
    return selected.error();
  }
  session.print_warnings();
  const manifest::Manifest& manifest = session.loaded().manifest;
  console.out.write(
      options.output.format == Format::json
          ? report::list_as_json(*selected, manifest, options.all_hosts, build_info().version)
          : report::list_as_text(*selected, manifest, options.all_hosts,
                                 console.out.is_terminal()));
  return {};
}

}  // namespace fluke
