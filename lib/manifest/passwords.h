// Stars out the passwords of urls in text that is shown to people. It works on source text as well
// as on messages, also where the text is not a valid manifest, and would rather hide too much.
#pragma once

#include <string>
#include <string_view>

namespace manifest {

/// `text` with every byte of a password in a url ("https://user:PASSWORD@host") replaced by `*`;
/// the length stays. An http url with a user name only has that starred out: it is a token. An
/// interpolation (`${…}`) holds a name, not a password, and stays.
[[nodiscard]] std::string mask_passwords(std::string_view text);

}  // namespace manifest
