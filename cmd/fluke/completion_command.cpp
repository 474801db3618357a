// `fluke completion`: prints the script that was embedded when fluke was built.
#include "fluke/commands.h"
#include "fluke/completion_scripts.h"

namespace fluke {

End completion_command(const Options& options, Console& console) {
  switch (options.shell) {
    case Shell::bash:
      console.out.write(bash_completion);
      break;
    case Shell::zsh:
      console.out.write(zsh_completion);
      break;
    case Shell::fish:
      console.out.write(fish_completion);
      break;
  }
  return {};
}

}  // namespace fluke
