#include "executor/shell/user.h"

#include <gtest/gtest.h>

#include "process/cancellation.h"
#include "support/fake_runner.h"

namespace shell {
namespace {

TEST(User, IsReadFromItsLine) {
  const auto user = parse_user("deploy:x:1001:1002:Deploy,,,:/home/deploy:/bin/bash");
  ASSERT_TRUE(user);
  EXPECT_EQ(user->name, "deploy");
  EXPECT_EQ(user->uid, 1001U);
  EXPECT_EQ(user->gid, 1002U);
  EXPECT_EQ(user->home, "/home/deploy");
  for (const char* line : {"", "deploy", "deploy:x:1001", ":x:1:1::/:/", "deploy:x:-1:1::/:/",
                           "deploy:x:1001x:1::/:/", "+::::::"}) {
    EXPECT_FALSE(parse_user(line)) << line;
  }
}

class Users : public testing::Test {
 protected:
  Users() { world_.environment.set("PATH", "/usr/bin:/bin"); }

  process::Cancellation cancellation_ = *process::Cancellation::create();
  support::FakeRunner runner_;
  reconcile::World world_{.runner = runner_, .cancellation = cancellation_, .environment = {}};
};

TEST_F(Users, OfThisHostAreFoundWithoutAProgram) {
  const auto root = find_user("root", world_);
  ASSERT_TRUE(root);
  EXPECT_EQ(root->uid, 0U);
  EXPECT_TRUE(runner_.commands().empty());
}

TEST_F(Users, OfADirectoryServiceAreAskedFor) {
  runner_.answer("getent passwd -- ann.example",
                 {.ending = process::Exited{.code = 0},
                  .output = "ann.example:*:5001:5001:Ann:/home/ann:/bin/sh\n"});
  const auto user = find_user("ann.example", world_);
  ASSERT_TRUE(user);
  EXPECT_EQ(user->uid, 5001U);
}

TEST_F(Users, ThatNobodyKnowsAreNone) {
  runner_.answer("getent passwd -- no.such", {.ending = process::Exited{.code = 2}});
  EXPECT_FALSE(find_user("no.such", world_));
  // getent takes a number for the user of that number.
  runner_.answer("getent passwd -- 12345", {.ending = process::Exited{.code = 0},
                                            .output = "ann:*:12345:1:Ann:/home/ann:/bin/sh\n"});
  EXPECT_FALSE(find_user("12345", world_));
}

}  // namespace
}  // namespace shell
