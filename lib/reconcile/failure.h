// Why a phase failed, before it is known which resource's outcome will tell it.
#pragma once

#include <string>

#include "reconcile/outcome.h"

namespace reconcile {

struct Failure {
  Cause cause = Cause::failed;
  /// In one line. With Cause::interrupted it is not read: signal and phase say it all.
  std::string reason;
  /// The end of what the failing command printed.
  std::string output;
};

}  // namespace reconcile
