// The names of resources: that of their block, and where a block stands for several, the key of the
// instance in brackets behind it: site["key"]. Before the name of a block in a task stands that of
// the task: deploy/site["key"].
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace manifest {

/// `site["key"]`, on one line whatever the key is.
[[nodiscard]] std::string instance_name(std::string_view block, std::string_view key);

/// `deploy/site`; `block` itself where `task` is empty.
[[nodiscard]] std::string name_in_task(std::string_view task, std::string_view block);

/// The name of the task that a resource stands in; empty if it stands in none.
[[nodiscard]] std::string_view task_of(std::string_view resource);

/// The name of the block that a resource comes from: what stands before the bracket.
[[nodiscard]] std::string_view block_of(std::string_view resource);

/// What stands between the brackets, with its quotes; empty for the only resource of a block.
[[nodiscard]] std::string_view quoted_key_of(std::string_view resource);

/// How `depends_on` refers to a block of that type and name, or to a task.
[[nodiscard]] std::string reference_to(std::string_view type, std::string_view name);

/// What to say where somebody wanted `wanted` and there are only `names`, all of one block and not
/// none: "did you mean site["a"]?", or "there are site["a"], site["b"]".
[[nodiscard]] std::string describe_instances(std::span<const std::string_view> names,
                                             std::string_view wanted);

}  // namespace manifest
