// Plays a written run to a TextReporter and shows what it writes: the language of the golden files
// in test/golden/report.
//
//   options quiet verbose colour terminal narrow no-summary    (any of them)
//   phase deploy check                a phase starts
//   line deploy check TEXT            a child prints a line
//   end deploy failed check           a resource ends, in that phase (which may be absent)
//     reason TEXT                     … and what is known of it:
//     output TEXT                     one line of the failing command's output
//     git fast-forwarded 4f2a b77e    the action, and the commits before and after ("-": none)
//     tag v1.2, commit b77e           what is followed instead of main
//     signer NAME FINGERPRINT         who signed
//     submodules                      they have moved
//     note TEXT                       what else git has to say
//     edited TEXT                     which local changes there are
//     check 20ms 1                    how long it took, and the number of attempts
//   run 3300ms                        the run ends; `run 3300ms 15`: by that signal
//
// ␛ stands for the escape character. Each line of the answer says where it was written: 1| or 2|.
#pragma once

#include <string>
#include <string_view>

namespace report {

[[nodiscard]] std::string play(std::string_view script);

}  // namespace report
