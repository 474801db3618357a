#include "e2e/deploy_host.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>

namespace e2e {

void wait_for(const support::Running& program, std::string_view text) {
  for (int tries = 0; tries < 6000; ++tries) {
    if (program.err_so_far().find(text) != std::string::npos) {
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  ADD_FAILURE() << "nothing printed like " << text << ", only:\n" << program.err_so_far();
}

}  // namespace e2e
