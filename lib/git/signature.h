// Whose signature a commit has, and whether it is one that counts: asked of git with the keys of
// the manifest, whatever the configuration of the user or the repository says of keys, formats and
// programs (gpg.*).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "git/checkout.h"
#include "git/error.h"
#include "git/remote.h"
#include "git/repository.h"
#include "git/revision.h"
#include "process/environment.h"

namespace git {

/// The program that git has look at signatures: "ssh-keygen", "gpg".
[[nodiscard]] std::string_view verifier_of(const Verify& verify);

/// Its absolute path. Where there is none, Cause::not_started.
[[nodiscard]] tl::expected<std::filesystem::path, Error> find_verifier(
    const Verify& verify, const process::Environment& environment);

/// Refuses a git that does not know signatures of such keys.
[[nodiscard]] tl::expected<void, Error> check_version(Repository& repository, const Verify& verify);

/// Refuses keys, revoked ones included, that are absent, that others than root and this user can
/// change, or that lie in the checkout for which they vouch.
[[nodiscard]] tl::expected<void, Error> check_keys(const Verify& verify,
                                                   const std::filesystem::path& checkout);

/// Who signed `fetched`: the tag, where that has a signature of its own, or else the commit. One
/// without a good signature by one of the keys is refused, with the reason.
[[nodiscard]] tl::expected<Signer, Error> verify_signature(const Repository& repository,
                                                           const Verify& verify,
                                                           const Revision& revision,
                                                           const Fetched& fetched);

/// The same where the source asks for it; otherwise nobody.
[[nodiscard]] tl::expected<std::optional<Signer>, Error> verify_if_wanted(
    const Repository& repository, const Source& source, const Fetched& fetched);

/// The same for `head`, the commit that is checked out, or the tag here that leads to it.
[[nodiscard]] tl::expected<std::optional<Signer>, Error> verify_head(Repository& repository,
                                                                     const Source& source,
                                                                     const std::string& head);

}  // namespace git
