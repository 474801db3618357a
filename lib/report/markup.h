// Foreign text (names from a manifest, output of a child) as XML and HTML may hold it.
#pragma once

#include <string>
#include <string_view>

namespace report {

/// `text` without colours, and with control characters, bytes that are no UTF-8, and whatever else
/// XML 1.0 does not allow made visible as \xNN. Line ends (CR LF becomes LF) and tabs stay.
[[nodiscard]] std::string visible(std::string_view text);

/// The same as the content of an element.
[[nodiscard]] std::string escaped(std::string_view text);

/// The same as the value of an attribute in double quotes, where line ends are escaped too.
[[nodiscard]] std::string escaped_attribute(std::string_view text);

}  // namespace report
