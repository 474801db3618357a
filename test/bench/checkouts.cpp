#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "bench/settings.h"
#include "bench/site.h"
#include "support/http_remote.h"

namespace bench {
namespace {

/// A remote with 50 commits after the one that the tag "old" names, the last of them signed, and
/// checkouts of both ends.
class Remotes {
 public:
  explicit Remotes(int count) : count_(count) {
    must(fmt::format(
        "cd {}; git init -qb main origin; cd origin; "
        "for i in $(seq 40); do seq $((i * 50)) > file$i; done; echo '#' > none.fluke.hcl; "
        "git add .; git commit -qm first; "
        "git tag old; "
        "for i in $(seq 50); do echo $i >> file$((i % 40 + 1)); git commit -qam \"change $i\"; "
        "done; ssh-keygen -qt ed25519 -N '' -f ../key; echo \"me $(cat ../key.pub)\" > ../signers; "
        "git -c gpg.format=ssh -c user.signingKey=../key commit -qS --allow-empty -m signed; "
        "cd ..; git clone -q --bare origin origin.git; "
        "touch origin.git/git-daemon-export-ok; git -C origin.git update-server-info",
        path()));
  }

  [[nodiscard]] std::string path() const { return scratch_.path().native(); }
  [[nodiscard]] std::string file_url() const { return "file://" + path() + "/origin.git"; }

  /// Checkouts w0, w1, … below `name`, of one branch, `revision` being the newest they know.
  void clone(const std::string& name, const std::string& url, const std::string& revision) const {
    must(fmt::format(
        "mkdir {0}/{1}; cd {0}/{1}; git clone -q --bare ../origin ../{1}.git; "
        "git -C ../{1}.git update-ref refs/heads/main {2}; "
        "for i in $(seq 0 {3}); do git clone -q --single-branch --no-tags file://{0}/{1}.git w$i; "
        "git -C w$i remote set-url origin {4}; git -C w$i gc -q; git -C w$i status; done",
        path(), name, revision, count_ - 1, url));
  }

  /// `more` goes into each git block.
  [[nodiscard]] std::string site(const std::string& name, const std::string& url,
                                 const std::string& more = "") const {
    return scratch_.write(name + (more.empty() ? "" : "-more") + ".hcl",
                          manifest(count_, path() + "/" + name + "/w#",
                                   fmt::format("  git {{\n    url = \"{}\"\n{}  }}\n", url, more)));
  }

  /// The same directories, of resources that leave git to as many includes.
  [[nodiscard]] std::string including_site(const std::string& name, const std::string& url) const {
    std::string text = manifest(count_, path() + "/" + name + "/w#");
    for (int i = 0; i < count_; ++i) {
      text += fmt::format(
          "include \"i{}\" {{\n  working_dir = \"{}/{}/w{}\"\n  manifests = [\"none.fluke.hcl\"]\n"
          "  git {{\n    url = \"{}\"\n  }}\n}}\n",
          i, path(), name, i, url);
    }
    return scratch_.write(name + ".hcl", text);
  }

  [[nodiscard]] std::string signers() const { return path() + "/signers"; }

 private:
  int count_;
  support::TemporaryDirectory scratch_;
};

Contender sync(const std::string& manifest) {
  return fluke({"run", "--mise", STUB_MISE, manifest});
}

/// The same by hand. The stand-in for mise is called as often as fluke calls it, so that nothing
/// but the syncs differs.
Contender sync_loop(int count, const std::string& command, const std::filesystem::path& directory) {
  return loop("loop", count,
              fmt::format("{} && {} tasks ls && {} run check", command, STUB_MISE, STUB_MISE),
              directory);
}

void measure_nothing_new(const Settings& settings, Table& table, const Remotes& remotes, int count,
                         const std::string& kind, const std::string& url) {
  remotes.clone(kind, url, "main");
  table.add_ratio(
      fmt::format("sync with nothing new, {} checkouts, {}", count, kind),
      "loop of git pull --ff-only",
      compare(sync_loop(count, "git -C w$i pull -q --ff-only", remotes.path() + "/" + kind),
              sync(remotes.site(kind, url)), settings.pairs),
      1.0);
}

/// An include is fetched, compared with its remote, and read from its commit.
void measure_includes(const Settings& settings, Table& table, const Remotes& remotes, int count,
                      const std::string& kind, const std::string& url) {
  const std::string name = "included-" + kind;
  remotes.clone(name, url, "main");
  table.add_ratio(fmt::format("include with nothing new, {} of them, {}", count, kind),
                  "loop of git fetch",
                  compare(sync_loop(count, "git -C w$i fetch -q", remotes.path() + "/" + name),
                          sync(remotes.including_site(name, url)), settings.pairs),
                  1.1);
}

/// What it adds to a sync that the commit has to be signed, beside the question to git alone.
void measure_verification(const Settings& settings, Table& table, const Remotes& remotes,
                          int count) {
  const std::string url = remotes.file_url();
  remotes.clone("signed", url, "main");
  const Contender plain = sync(remotes.site("signed", url));
  const Contender verified = sync(remotes.site(
      "signed", url,
      fmt::format("    verify {{\n      allowed_signers = \"{}\"\n    }}\n", remotes.signers())));
  const Contender by_git =
      loop("loop", count,
           fmt::format("git -C w$i -c gpg.ssh.allowedSignersFile={} verify-commit --raw HEAD",
                       remotes.signers()),
           remotes.path() + "/signed");
  Comparison added;
  for (int pair = 0; pair < settings.pairs; ++pair) {
    const Cost without = run(plain);
    const Cost with = run(verified);
    added.baseline.push_back(run(by_git));
    added.candidate.push_back({.wall = with.wall - without.wall, .cpu = with.cpu - without.cpu});
  }
  table.add_ratio(fmt::format("verify, beside the sync of {} checkouts", count),
                  "loop of git verify-commit", added, 1.2);
}

/// Moves what `former` matches out of the way: where much has just been deleted, ext4 takes long to
/// find an inode for each new file, whoever makes it. Then writes to the disk what others have left
/// to be written, so that no syncfs of a contender does.
std::string clear(std::string_view former, std::string_view then = "true") {
  return fmt::format("mkdir -p old; mv {} $(mktemp -d old/XXXXXX) || true; {}; sync -f .", former,
                     then);
}

/// What fluke has updated or cloned has been written to the disk when it says so, which git alone
/// leaves to the kernel: beside git alone, and beside git and sync(1), which is the same work.
constexpr std::array<std::string_view, 2> endings = {"", " && sync -f w$i"};

void measure_new_commits(const Settings& settings, Table& table, const Remotes& remotes,
                         int count) {
  const std::string url = remotes.file_url();
  remotes.clone("pristine", url, "old");
  Contender candidate = sync(remotes.site("behind", url));
  must(fmt::format("mkdir {}/behind", remotes.path()));
  candidate.prepare = [&] {
    // The index must match what stat(2) tells, as it does after a while.
    must(fmt::format("cd {}; {}", remotes.path(),
                     clear("behind/*",
                           "cp -a pristine/. behind; "
                           "for w in behind/*; do git -C $w status; done")));
  };
  for (const std::string_view ending : endings) {
    Contender baseline = sync_loop(count, fmt::format("git -C w$i pull -q --ff-only{}", ending),
                                   remotes.path() + "/behind");
    baseline.prepare = candidate.prepare;
    table.add_ratio(fmt::format("sync with 50 new commits, {} checkouts", count),
                    fmt::format("loop of git pull --ff-only{}", ending),
                    compare(baseline, candidate, settings.pairs), 1.05);
  }
}

/// Clones `origin`, a directory, into directories beside it.
void measure_clone(const Settings& settings, Table& table, const std::string& what,
                   const std::filesystem::path& origin, int count) {
  const std::string url = "file://" + origin.native();
  const std::filesystem::path directory = origin.parent_path();
  const std::filesystem::path site = directory / "clones.hcl";
  std::ofstream(site) << manifest(count, "w#",
                                  fmt::format("  git {{\n    url = \"{}\"\n  }}\n", url));
  Contender candidate = sync(site);
  candidate.prepare = [&] { must(fmt::format("cd {}; {}", directory.native(), clear("w*"))); };
  for (const std::string_view ending : endings) {
    Contender baseline = sync_loop(
        count, fmt::format("git clone -q --single-branch {} w$i{}", url, ending), directory);
    baseline.prepare = candidate.prepare;
    table.add_ratio(fmt::format("first clone, {}", what),
                    fmt::format("git clone --single-branch{}", ending),
                    compare(baseline, candidate, settings.pairs), 1.05);
  }
}

/// A clone of so many files, of so many bytes each.
void measure_clone_of(const Settings& settings, Table& table, const Remotes& remotes, int files,
                      int bytes) {
  const std::string directory = fmt::format("{}/{}-files", remotes.path(), files);
  must(
      fmt::format("mkdir {0}; cd {0}; git init -qb main origin; cd origin; for i in $(seq {1}); do "
                  "head -c {2} /dev/urandom > file$i; done; git add .; git commit -qm first; "
                  "cd ..; git clone -q --bare origin origin.git",
                  directory, files, bytes));
  measure_clone(settings, table, fmt::format("{} files of {} kB", files, bytes / 1000),
                directory + "/origin.git", 1);
}

}  // namespace

void measure_checkouts(const Settings& settings, Table& table) {
  const int count = settings.size(20, 2);
  const Remotes remotes(count);
  support::HttpRemote http(remotes.path());
  measure_nothing_new(settings, table, remotes, count, "file", remotes.file_url());
  const std::string http_url = "http://" + http.place() + "/origin.git";
  measure_nothing_new(settings, table, remotes, count, "http", http_url);
  measure_includes(settings, table, remotes, count, "file", remotes.file_url());
  measure_includes(settings, table, remotes, count, "http", http_url);
  measure_verification(settings, table, remotes, count);
  measure_new_commits(settings, table, remotes, count);
  measure_clone(settings, table, fmt::format("small, {} times", count),
                remotes.path() + "/origin.git", count);
  measure_clone_of(settings, table, remotes, settings.size(2000, 2), 10'000);
  measure_clone_of(settings, table, remotes, settings.size(100, 1), 1'000'000);
}

}  // namespace bench
