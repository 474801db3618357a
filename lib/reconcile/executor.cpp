#include "reconcile/executor.h"

#include <algorithm>
#include <variant>

namespace reconcile {

Answer answer_of(const process::Ending& ending, std::span<const int> unknown) {
  const auto* exited = std::get_if<process::Exited>(&ending);
  if (exited == nullptr) {
    return Answer::none;
  }
  if (exited->code == 0) {
    return Answer::satisfied;
  }
  return std::ranges::find(unknown, exited->code) == unknown.end() ? Answer::drifted
                                                                   : Answer::unknown;
}

}  // namespace reconcile
