#include "git/signature.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "file/resolve.h"
#include "file/safe_path.h"
#include "git/refs.h"
#include "process/program.h"
#include "text/fields.h"
#include "text/quote.h"

namespace git {
namespace {

namespace fs = std::filesystem;

Error refused_keys(std::string message) {
  return {.cause = Cause::refused, .message = std::move(message)};
}

bool is_ssh(const Verify& verify) {
  return verify.keys == Verify::Keys::allowed_signers;
}

/// Why others could change one of the keys, or put others in their place.
std::optional<std::string> find_hands(const fs::path& keys) {
  if (auto hands = file::why_unsafe(keys)) {
    return hands;
  }
  std::error_code error;
  for (fs::recursive_directory_iterator it(keys, error), end; !error && it != end;
       it.increment(error)) {
    if (it->is_socket(error)) {
      continue;
    }
    if (auto hands = file::why_unsafe(it->path())) {
      return hands;
    }
  }
  for (fs::path above : {keys, fs::weakly_canonical(keys, error)}) {
    while (above.has_relative_path()) {
      above = above.parent_path();
      if (auto hands = file::why_unsafe(above, file::Groups::trusted)) {
        return hands;
      }
    }
  }
  return std::nullopt;
}

/// Refuses a place of keys that others can write to, a commit included.
tl::expected<void, Error> check_place(const fs::path& place, const fs::path& checkout) {
  const std::string keys = text::quoted(place.native());
  std::error_code error;
  if (file::is_below(place, checkout) ||
      file::is_below(fs::weakly_canonical(place, error), checkout)) {
    return tl::unexpected(refused_keys(
        fmt::format("{} is in the checkout for which it vouches, {}, where a commit could "
                    "change it; name keys elsewhere",
                    keys, text::quoted(checkout.native()))));
  }
  if (const auto hands = find_hands(place)) {
    return tl::unexpected(refused_keys(
        fmt::format("{}, and whoever can change the keys decides what is checked out ({}); let "
                    "nobody write there but root or this user",
                    *hands, keys)));
  }
  return {};
}

constexpr const char* revocation_file = "gpg.ssh.revocationFile";
constexpr const char* nothing = "/dev/null";

/// The settings that hold for one question, over whatever is configured. A signature of another
/// format finds no program.
Repository with_keys(const Repository& repository, const Verify& verify, const fs::path& program) {
  constexpr const char* none = "/bin/false";
  Repository asking = repository;
  const std::string gpg = is_ssh(verify) ? none : program.native();
  asking.use({.key = "gpg.program", .value = gpg});
  asking.use({.key = "gpg.openpgp.program", .value = gpg});
  asking.use({.key = "gpg.x509.program", .value = none});
  asking.use({.key = "gpg.ssh.program", .value = is_ssh(verify) ? program.native() : none});
  asking.use({.key = "gpg.ssh.allowedSignersFile",
              .value = is_ssh(verify) ? verify.path.native() : nothing});
  asking.use({.key = revocation_file,
              .value = verify.revoked_keys.empty() ? nothing : verify.revoked_keys.native()});
  // Whether the owner of the home trusts a key is not asked: that it is there is enough.
  asking.use({.key = "gpg.minTrustLevel", .value = is_ssh(verify) ? "fully" : "undefined"});
  if (!is_ssh(verify)) {
    asking.set_variable("GNUPGHOME", verify.path.native());
  }
  return asking;
}

/// The rest of the first line of `text` that begins with `beginning`.
std::optional<std::string> line_after(std::string_view text, std::string_view beginning) {
  while (!text.empty()) {
    const std::string_view line = text::take(text, '\n');
    if (line.starts_with(beginning)) {
      return std::string(line.substr(beginning.size()));
    }
  }
  return std::nullopt;
}

/// From `beginning` to the end of its line, wherever that is.
std::string rest_of_line(std::string_view text, std::string_view beginning) {
  const std::size_t at = text.find(beginning);
  return at == std::string_view::npos ? "" : std::string(text.substr(at, text.find('\n', at) - at));
}

std::string last_field(const std::string& fields) {
  return fields.substr(fields.rfind(' ') + 1);
}

/// What ssh-keygen(1) says: Good "git" signature for PRINCIPAL with TYPE key FINGERPRINT.
std::optional<Signer> read_ssh_signer(std::string_view messages) {
  const auto good = line_after(messages, "Good \"git\" signature for ");
  const std::size_t with = good ? good->rfind(" with ") : std::string::npos;
  if (with == std::string::npos) {
    return std::nullopt;
  }
  return Signer{.principal = good->substr(0, with), .fingerprint = last_field(*good)};
}

/// The lines for programs that gpg prints (doc/DETAILS in its sources).
std::optional<Signer> read_gpg_signer(std::string_view messages) {
  const auto good = line_after(messages, "[GNUPG:] GOODSIG ");
  const auto valid = line_after(messages, "[GNUPG:] VALIDSIG ");
  if (!good || !valid || line_after(messages, "[GNUPG:] TRUST_NEVER")) {
    return std::nullopt;
  }
  return Signer{.principal = good->substr(good->find(' ') + 1), .fingerprint = last_field(*valid)};
}

/// A commit or a tag as git stores it.
struct Object {
  /// "commit", "tag".
  std::string_view type;
  std::string name;
  std::string text;

  [[nodiscard]] bool has_signature(std::string_view kind) const {
    // The message of a commit may hold anything; that of a tag ends with the signature.
    const std::string_view part =
        type == "commit" ? std::string_view(text).substr(0, text.find("\n\n")) : text;
    return part.find(fmt::format("-----BEGIN {}", kind)) != std::string_view::npos;
  }
  [[nodiscard]] bool has_ssh_signature() const { return has_signature("SSH SIGNATURE-----"); }
  [[nodiscard]] bool has_gpg_signature() const { return has_signature("PGP "); }
  [[nodiscard]] bool has_any_signature() const {
    return has_ssh_signature() || has_gpg_signature() || has_signature("SIGNED MESSAGE-----");
  }
};

tl::expected<Object, Error> read_object(Repository& repository, std::string_view type,
                                        const std::string& name) {
  auto answer = repository.query({"cat-file", std::string(type), name});
  if (!answer) {
    return tl::unexpected(std::move(answer.error()));
  }
  if (answer->status != 0) {
    return tl::unexpected(repository.failure("cat-file", *answer));
  }
  return Object{.type = type, .name = name, .text = std::move(answer->output)};
}

/// commit 4f2a91c, "Subject" by "Author <author@example.org>".
std::string described(const Object& object) {
  const std::string author =
      line_after(object.text, object.type == "commit" ? "author " : "tagger ").value_or("");
  const std::size_t message = object.text.find("\n\n");
  const std::string subject =
      message == std::string::npos
          ? ""
          : object.text.substr(message + 2, object.text.find('\n', message + 2) - message - 2);
  return fmt::format("{} {}, {} by {}", object.type, abbreviated(object.name),
                     text::quoted(subject), text::quoted(author.substr(0, author.rfind('>') + 1)));
}

std::string ssh_reason(const Verify& verify, std::string_view messages) {
  const auto says = [&](std::string_view words) {
    return messages.find(words) != std::string_view::npos;
  };
  const std::string keys = text::quoted(verify.path.native());
  const std::string key =
      last_field(line_after(messages, "Good \"git\" signature with ").value_or(""));
  for (const std::string_view words : {"key has expired", "key is not yet valid"}) {
    if (says(words)) {
      return fmt::format("its key {} was not valid when it was made ({}); sign it with one that is",
                         key, rest_of_line(messages, words));
    }
  }
  if (says("is not permitted for use in signature namespace")) {
    return fmt::format(
        "{} does not allow its key to sign for git (namespaces); sign it with one "
        "that may, or change that there",
        keys);
  }
  if (says("namespace does not match")) {
    return "its signature was not made for git but for something else; sign it with git";
  }
  if (says("incorrect signature") || says("invalid format")) {
    return "its signature does not fit it: one of them was changed after it was made";
  }
  if (says("No principal matched")) {
    return fmt::format(
        "it is signed by a key that {} does not list, {}; if that counts, list it "
        "there",
        keys, key);
  }
  return "ssh-keygen does not accept its signature";
}

std::string gpg_reason(const Verify& verify, std::string_view messages) {
  const auto status = [&](std::string_view keyword) {
    return line_after(messages, fmt::format("[GNUPG:] {} ", keyword));
  };
  const std::string key = last_field(status("VALIDSIG").value_or(""));
  if (status("BADSIG")) {
    return "its signature does not fit it: one of them was changed after it was made";
  }
  if (status("REVKEYSIG")) {
    return fmt::format("its key {} was revoked; sign it with another one", key);
  }
  if (status("EXPKEYSIG")) {
    return fmt::format("its key {} has expired; extend that, or sign it with another one", key);
  }
  if (status("EXPSIG")) {
    return fmt::format("its signature, by the key {}, has expired; sign it again", key);
  }
  if (const auto unknown = status("ERRSIG")) {
    return fmt::format(
        "it is signed by a key that is not in {}, {}; if that counts, import it "
        "there",
        text::quoted(verify.path.native()), last_field(*unknown));
  }
  if (status("TRUST_NEVER")) {
    return fmt::format("its key {} is never to be trusted, as {} has it", key,
                       text::quoted(verify.path.native()));
  }
  return "gpg does not accept its signature";
}

std::string reason(const Verify& verify, const Object& object, std::string_view messages) {
  if (!object.has_any_signature()) {
    return "it is not signed; sign it, or put a signed commit on top";
  }
  if (is_ssh(verify) && !object.has_ssh_signature()) {
    return fmt::format(
        "it is not signed with an SSH key, as the manifest wants (allowed_signers), "
        "but with {}",
        object.has_gpg_signature() ? "OpenPGP" : "X.509");
  }
  if (!is_ssh(verify) && !object.has_gpg_signature()) {
    return fmt::format(
        "it is not signed with OpenPGP, as the manifest wants (gnupg_home), but with "
        "{}",
        object.has_ssh_signature() ? "an SSH key" : "X.509");
  }
  return is_ssh(verify) ? ssh_reason(verify, messages) : gpg_reason(verify, messages);
}

Error refused(const Object& object, std::string_view why, std::string output) {
  return {.cause = Cause::refused,
          .message = fmt::format("{}, is refused: {}", described(object), why),
          .output = std::move(output)};
}

/// What git says of a signature, and whose it is, where it is good.
struct Answer {
  std::string messages;
  std::optional<Signer> signer;
};

tl::expected<Answer, Error> ask_for_signer(Repository& asking, const Verify& verify,
                                           std::string_view type, const std::string& name) {
  return asking.query({fmt::format("verify-{}", type), "--raw", name}).map([&](Result result) {
    Answer answer{.messages = std::move(result.messages), .signer = std::nullopt};
    if (result.status == 0) {
      answer.signer =
          is_ssh(verify) ? read_ssh_signer(answer.messages) : read_gpg_signer(answer.messages);
    }
    return answer;
  });
}

/// ssh-keygen does not say that it is for a revoked key that a signature is not good. So it is
/// asked again, as if none were revoked.
tl::expected<std::string, Error> explain(Repository& asking, const Verify& verify,
                                         const Object& object, std::string_view messages) {
  if (!is_ssh(verify) || !object.has_ssh_signature()) {
    return reason(verify, object, messages);
  }
  if (auto known = check_version(asking, verify); !known) {
    return tl::unexpected(std::move(known.error()));
  }
  if (!verify.revoked_keys.empty()) {
    Repository lenient = asking;
    lenient.use({.key = revocation_file, .value = nothing});
    const auto answer = ask_for_signer(lenient, verify, object.type, object.name);
    if (!answer) {
      return tl::unexpected(answer.error());
    }
    if (answer->signer) {
      return fmt::format("its key {} is revoked by {}; sign it with another one",
                         answer->signer->fingerprint, text::quoted(verify.revoked_keys.native()));
    }
  }
  return reason(verify, object, messages);
}

tl::expected<Signer, Error> verify_object(Repository& asking, const Verify& verify,
                                          std::string_view type, const std::string& name) {
  const auto answer = ask_for_signer(asking, verify, type, name);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  if (answer->signer) {
    return *answer->signer;
  }
  const auto object = read_object(asking, type, name);
  if (!object) {
    return tl::unexpected(object.error());
  }
  const auto why = explain(asking, verify, *object, answer->messages);
  return tl::unexpected(why ? refused(*object, *why, answer->messages) : why.error());
}

}  // namespace

std::string_view verifier_of(const Verify& verify) {
  return is_ssh(verify) ? "ssh-keygen" : "gpg";
}

tl::expected<fs::path, Error> find_verifier(const Verify& verify,
                                            const process::Environment& environment) {
  process::PassedOver passed_over;
  const std::string_view name = verifier_of(verify);
  if (auto found = process::find_program(name, environment, {}, &passed_over)) {
    return fs::path(*found);
  }
  return tl::unexpected(Error{
      .cause = Cause::not_started,
      .message = fmt::format("{} was not found on PATH, and verifies signatures; install {}{}",
                             name, is_ssh(verify) ? "openssh-client" : "gpg",
                             passed_over.empty() ? "" : ": " + passed_over.front())});
}

tl::expected<void, Error> check_version(Repository& repository, const Verify& verify) {
  constexpr std::pair first_for_ssh(2, 34);
  if (!is_ssh(verify)) {
    return {};
  }
  return repository.ask({"version"}).and_then([&](std::string version) {
    version.erase(0, std::string_view("git version ").size());
    return process::leading_numbers(version) >= first_for_ssh
               ? tl::expected<void, Error>()
               : tl::unexpected(refused_keys(fmt::format(
                     "git {} knows no signatures of SSH keys (allowed_signers); install 2.34 or "
                     "newer, or name one with --git",
                     version)));
  });
}

tl::expected<void, Error> check_keys(const Verify& verify, const fs::path& checkout) {
  const std::string keys = text::quoted(verify.path.native());
  const fs::path& revoked = verify.revoked_keys;
  std::error_code error;
  const bool is_there = is_ssh(verify) ? fs::is_regular_file(verify.path, error)
                                       : fs::is_directory(verify.path, error);
  if (!is_there) {
    return tl::unexpected(refused_keys(fmt::format(
        "there is no {} {} with the keys that vouch for {}; {}",
        is_ssh(verify) ? "file" : "directory", keys, text::quoted(checkout.native()),
        is_ssh(verify) ? "write one as ssh-keygen(1) has it under ALLOWED SIGNERS"
                       : fmt::format("import them with gpg --import into one that is made with: "
                                     "install -d -m 700 {}",
                                     shell_word(verify.path.native())))));
  }
  if (!revoked.empty() && (!fs::is_regular_file(revoked, error) ||
                           faccessat(AT_FDCWD, revoked.c_str(), R_OK, AT_EACCESS) != 0)) {
    return tl::unexpected(refused_keys(fmt::format(
        "the file of revoked keys, {}, is not there or cannot be read; write one, which "
        "may be empty",
        text::quoted(revoked.native()))));
  }
  auto safe = check_place(verify.path, checkout);
  return safe && !revoked.empty() ? check_place(revoked, checkout) : safe;
}

tl::expected<Signer, Error> verify_signature(const Repository& repository, const Verify& verify,
                                             const Revision& revision, const Fetched& fetched) {
  const auto program = find_verifier(verify, repository.environment());
  if (!program) {
    return tl::unexpected(program.error());
  }
  Repository asking = with_keys(repository, verify, *program);
  if (!fetched.is_annotated_tag()) {
    return verify_object(asking, verify, "commit", fetched.commit);
  }
  const auto tag = read_object(asking, "tag", fetched.object);
  if (!tag) {
    return tl::unexpected(tag.error());
  }
  if (!tag->has_any_signature()) {
    return verify_object(asking, verify, "commit", fetched.commit);
  }
  // A ref of another name may lead to a tag that was signed long ago.
  if (const std::string name = line_after(tag->text, "tag ").value_or(""); name != revision.name) {
    return tl::unexpected(refused(*tag,
                                  fmt::format("it was signed as tag {}, not {}", text::quoted(name),
                                              text::quoted(revision.name)),
                                  ""));
  }
  return verify_object(asking, verify, "tag", fetched.object);
}

tl::expected<std::optional<Signer>, Error> verify_if_wanted(const Repository& repository,
                                                            const Source& source,
                                                            const Fetched& fetched) {
  if (!source.verify) {
    return std::nullopt;
  }
  return verify_signature(repository, *source.verify, source.revision, fetched)
      .map([](Signer signer) { return std::optional(std::move(signer)); });
}

tl::expected<std::optional<Signer>, Error> verify_head(Repository& repository, const Source& source,
                                                       const std::string& head) {
  Fetched here{.commit = head, .object = head};
  if (source.verify && source.revision.kind == Revision::Kind::tag) {
    const std::string ref = tag_ref(source.revision.name);
    const auto names = repository.query({"rev-parse", "--quiet", ref, ref + "^{commit}"});
    if (!names) {
      return tl::unexpected(names.error());
    }
    std::string_view rest = names->output;
    const std::string_view object = text::take(rest, '\n');
    if (names->status == 0 && text::take(rest, '\n') == head) {
      here.object = object;
    }
  }
  return verify_if_wanted(repository, source, here);
}

}  // namespace git
