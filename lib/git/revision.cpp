#include "git/revision.h"

#include <fmt/format.h>

#include "git/refs.h"
#include "text/quote.h"

namespace git {

std::string_view name_of(Revision::Kind kind) {
  switch (kind) {
    case Revision::Kind::branch:
      return "branch";
    case Revision::Kind::tag:
      return "tag";
    case Revision::Kind::commit:
      return "commit";
  }
  return "";
}

std::string described(const Revision& revision) {
  return revision.kind == Revision::Kind::commit
             ? fmt::format("commit {}", abbreviated(revision.name))
             : fmt::format("{} {}", name_of(revision.kind), text::quoted(revision.name));
}

}  // namespace git
