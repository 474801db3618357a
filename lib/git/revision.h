// What a checkout is to be brought to, and who is to vouch for it, as plain data.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace git {

struct Revision {
  enum class Kind : std::uint8_t { branch, tag, commit };
  Kind kind = Kind::branch;
  /// A commit has all its digits, in small letters.
  std::string name;

  [[nodiscard]] bool operator==(const Revision&) const = default;
};

/// "branch", "tag", "commit".
[[nodiscard]] std::string_view name_of(Revision::Kind kind);

/// `tag "v1.2"`, as a message says it; a commit is abbreviated.
[[nodiscard]] std::string described(const Revision& revision);

/// The keys that vouch for what is checked out, and no others.
struct Verify {
  enum class Keys : std::uint8_t {
    /// A file as ssh-keygen(1) has it under ALLOWED SIGNERS.
    allowed_signers,
    /// A home directory of GnuPG.
    gnupg_home,
  };
  Keys keys = Keys::allowed_signers;
  /// Absolute.
  std::filesystem::path path;
  /// SSH keys that count no more: a list of public keys, or as ssh-keygen(1) has it under KEY
  /// REVOCATION LISTS. Absolute, or empty.
  std::filesystem::path revoked_keys;
};

/// Whose signature was found to be good.
struct Signer {
  /// What the allowed signers file or the key calls them.
  std::string principal;
  std::string fingerprint;
};

}  // namespace git
