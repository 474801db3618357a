#include "reconcile/executor.h"

#include <variant>

namespace reconcile {

Answer answer_of(const process::Ending& ending) {
  const auto* exited = std::get_if<process::Exited>(&ending);
  if (exited == nullptr) {
    return Answer::none;
  }
  return exited->code == 0 ? Answer::satisfied : Answer::drifted;
}

}  // namespace reconcile
