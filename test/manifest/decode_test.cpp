#include "manifest/decode.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "diagnostic/render.h"
#include "manifest_dump.h"
#include "support/temporary_directory.h"

namespace manifest {
namespace {

/// What a resource in /opt with these attributes means.
std::string resource_with(std::string_view attributes, const Environment& variables = {}) {
  return decoded(fmt::format("mise \"a\" {{\n  working_dir = \"/opt\"\n{}\n}}\n", attributes),
                 variables);
}

TEST(Decode, AManifestMayBeEmpty) {
  EXPECT_EQ(decoded(""), "");
  EXPECT_EQ(decoded("# nothing yet\n"), "");
}

TEST(Decode, AResourceNeedsOnlyItsDirectory) {
  EXPECT_EQ(decoded("mise \"deploy\" {\n  working_dir = \"/opt/app\"\n}\n"),
            "deploy in /opt/app\n");
}

TEST(Decode, EveryAttribute) {
  EXPECT_EQ(decoded(R"(
mise "database" {
  working_dir = "/srv/db"
}
mise "deploy" {
  working_dir = "/opt/app"
  check_task  = "fluke-check"
  apply_task  = "fluke-apply"
  env         = { NODE_ENV = "production", "A.B" = 1, DEBUG = false }
  trust_config = true
  timeout     = "1h30m"
  settle      = "250ms"
  depends_on  = [mise.database]
  enabled     = false

  git {
    url    = "https://github.com/taiidani/fluke.git"
    branch = "stable"
  }
}
)"),
            "database in /srv/db\n"
            "deploy in /opt/app check=\"fluke-check\" apply=\"fluke-apply\" trusted A.B=\"1\" "
            "DEBUG=\"false\" NODE_ENV=\"production\" timeout=1h30m settle=250ms after=database "
            "disabled git=https://github.com/taiidani/fluke.git branch=stable\n");
}

TEST(Decode, AValueFromTheEnvironmentIsOneExpression) {
  const std::string told = decoded("variable \"ports\" {\n  type = list(number)\n}\n",
                                   {{"FLUKE_VAR_ports", "[1]\nx = 2"}});
  EXPECT_TRUE(
      told.starts_with("# invalid-value\n"
                       "error: more than one value for variable \"ports\"\n"))
      << told;
  EXPECT_NE(told.find(" it takes one expression\n"), std::string::npos) << told;
}

TEST(Decode, ATemplateCannotIncludeItself) {
  const support::TemporaryDirectory directory;
  const std::string call = fmt::format("templatefile(\"{}/t\", {{}})", directory.path().native());
  directory.write("t", fmt::format("${{{}}}", call));
  const std::string told = decoded(fmt::format("locals {{\n  a = {}\n}}\n", call));
  EXPECT_NE(told.find("; a template cannot call templatefile\n"), std::string::npos) << told;
}

/// The names of the notifications that are used though something is wrong.
std::string notifications_in(std::string_view text) {
  const Scene scene = split_scene(text);
  const DecodeResult result = decode_scene(scene);
  EXPECT_TRUE(diagnostic::has_errors(result.diagnostics));
  std::string names;
  for (const Notification& notification : result.manifest.notifications) {
    names += notification.task.name + " ";
  }
  return names;
}

TEST(Decode, NotificationsAreUsedWhereTheErrorIsElsewhere) {
  const std::string notify = R"(
notify "ops" {
  working_dir = "/ops"
  task        = "alert"
  env         = { WHO = var.who }
}
variable "who" {
  default = "all"
}
)";
  EXPECT_EQ(notifications_in(notify + "mise \"a\" {}\n"), "ops ");
  EXPECT_EQ(notifications_in(notify + "mise \"a\" {\n  working_dir = \n}\n"), "ops ");
  EXPECT_EQ(notifications_in(notify + "notify \"b\" {}\n"), "ops ");
}

TEST(Decode, NotificationsAreNotUsedWhereTheyAreNotWhollyKnown) {
  constexpr std::string_view open =
      "notify \"ops\" {\n  working_dir = \"/ops\"\n  task = \"alert\"\n";
  for (const std::string_view wrong :
       {"  tisk = 1\n}\n", "  timeout = 3\n}\n", "  env = { A = var.a }\n}\nvariable \"a\" {}\n",
        "  env = { A = }\n}\n", "  env = { A = local.a }\n}\nlocals {\n  a = local.b\n}\n",
        "  for_each = var.a\n}\nvariable \"a\" {}\n"}) {
    EXPECT_EQ(notifications_in(std::string(open) + std::string(wrong)), "") << wrong;
  }
}

TEST(Decode, TheBranchIsMainUnlessSaid) {
  EXPECT_EQ(resource_with("git {\n url = \"/srv/git/a.git\"\n}"),
            "a in /opt git=/srv/git/a.git branch=main\n");
}

TEST(Decode, ACheckoutMayHaveToBeClean) {
  EXPECT_EQ(resource_with("git {\n url = \"/srv/a\"\n require_clean = true\n}"),
            "a in /opt git=/srv/a branch=main clean\n");
  EXPECT_EQ(resource_with("git {\n url = \"/srv/a\"\n require_clean = false\n}"),
            "a in /opt git=/srv/a branch=main\n");
}

TEST(Decode, NullMeansAbsent) {
  EXPECT_EQ(resource_with(R"(
  check_task = null
  apply_task = null
  env        = null
  timeout    = null
  settle     = null
  depends_on = null
  enabled    = null
  git {
    url    = "/srv/a"
    branch = null
  }
)"),
            "a in /opt git=/srv/a branch=main\n");
}

TEST(Decode, PrimitivesConvertAsInHcl) {
  EXPECT_EQ(resource_with("check_task = 5\nenabled = \"false\"\nenv = { A = true, B = 0.5 }\n"),
            "a in /opt check=\"5\" A=\"true\" B=\"0.5\" disabled\n");
}

TEST(Decode, AZeroTimeoutIsKept) {
  EXPECT_EQ(resource_with("timeout = \"0s\""), "a in /opt timeout=0s\n");
}

TEST(Decode, ResourcesComeInDeclarationOrderOverAllManifests) {
  EXPECT_EQ(decoded(R"(
mise "z" { working_dir = "/z" }
mise "m" { working_dir = "/m" }
## b.hcl
mise "a" {
  working_dir = "/a"
  depends_on  = [mise.z, mise.m, mise.z]
}
)"),
            "z in /z\nm in /m\na in /a after=z after=m\n");
}

TEST(Decode, ARelativeDirectoryCountsFromTheManifest) {
  const auto directory_of = [](std::string_view text) {
    return decoded(fmt::format("mise \"a\" {{\n  working_dir = \"{}\"\n}}\n", text));
  };
  EXPECT_EQ(directory_of("app"), "a in /etc/fluke/app\n");
  EXPECT_EQ(directory_of("."), "a in /etc/fluke\n");
  EXPECT_EQ(directory_of(".."), "a in /etc\n");
  EXPECT_EQ(directory_of("../../opt//x/./y/"), "a in /opt/x/y\n");
  EXPECT_EQ(directory_of("/"), "a in /\n");
  EXPECT_EQ(directory_of("/opt/app/"), "a in /opt/app\n");
  EXPECT_EQ(directory_of("//opt/app"), "a in /opt/app\n");
  EXPECT_EQ(directory_of("/opt/./a/../b"), "a in /opt/b\n");
  EXPECT_EQ(directory_of("..app/x.."), "a in /etc/fluke/..app/x..\n");
  EXPECT_EQ(directory_of("a~b"), "a in /etc/fluke/a~b\n");
}

TEST(Decode, DependenciesAreNamedByAttributeOrByIndex) {
  EXPECT_EQ(decoded(R"(
mise "a-b" { working_dir = "/1" }
mise "a.b" { working_dir = "/2" }
mise "c" {
  working_dir = "/3"
  depends_on  = [
    mise.a-b,
    mise["a.b"],
  ]
}
)"),
            "a-b in /1\na.b in /2\nc in /3 after=a-b after=a.b\n");
}

TEST(Decode, ADirectoryMayBeShared) {
  EXPECT_EQ(decoded(R"(
mise "a" {
  working_dir = "/opt"
  git { url = "/srv/a" }
}
mise "b" { working_dir = "/opt" }
mise "c" {
  working_dir = "/opt/"
  git {
    url    = "/srv/a"
    branch = "main"
  }
}
mise "d" {
  working_dir = "/opt"
  enabled     = false
  git { url = "/srv/d" }
}
)"),
            "a in /opt git=/srv/a branch=main\nb in /opt\nc in /opt git=/srv/a branch=main\n"
            "d in /opt disabled git=/srv/d branch=main\n");
}

TEST(Decode, EnvReadsTheEnvironment) {
  const Environment variables = {{"TASK", "verify"}, {"EMPTY", ""}};
  EXPECT_EQ(resource_with("check_task = env(\"TASK\")", variables), "a in /opt check=\"verify\"\n");
  EXPECT_EQ(resource_with("check_task = env(\"TASK\", \"x\")", variables),
            "a in /opt check=\"verify\"\n");
  EXPECT_EQ(resource_with("check_task = env(\"OTHER\", \"x\")", variables),
            "a in /opt check=\"x\"\n");
  EXPECT_EQ(resource_with("check_task = env(\"OTHER\", null)", variables), "a in /opt\n");
  EXPECT_EQ(resource_with("env = { A = env(\"EMPTY\", \"x\") }", variables), "a in /opt A=\"\"\n");
}

TEST(Decode, AResourceKnowsItsPlace) {
  const std::vector<Source> sources =
      split_sources("\nmise \"deploy\" {\n  working_dir = \"/opt\"\n}\n");
  const DecodeResult result = decode_with(sources, {});
  ASSERT_EQ(result.manifest.resources.size(), 1U);
  const Resource& resource = result.manifest.resources[0];
  EXPECT_EQ(resource.file, sources[0].file.get());
  EXPECT_EQ(resource.file->text(resource.range), "mise \"deploy\"");
}

TEST(Decode, DiagnosticsComeInFileOrderWhoeverFindsThem) {
  const std::vector<Source> sources = split_sources(R"(
locals {
  a = env("UNSET")
}
mise "x" {
  depends_on  = [mise.y]
  working_dir = local.b
  colour      = 1
  timeout     = "soon"
}
## second.hcl
mise "x" {}
)");
  std::string places;
  for (const auto& problem : decode_with(sources, {}).diagnostics) {
    places += fmt::format("{}:{} ", problem.file->name(),
                          problem.file->position(problem.range.begin).line);
  }
  EXPECT_EQ(places,
            "site.hcl:3 site.hcl:6 site.hcl:7 site.hcl:8 site.hcl:9 second.hcl:1 second.hcl:1 ");
}

TEST(Decode, NoDiagnosticShowsAPassword) {
  for (const std::string_view manifest : {
           // In the value that is wrong, beside it, in a broken line, in a message of the
           // evaluator, in a note, and in a place that expects no url.
           "mise \"a\" {\n working_dir = \"/a\"\n git { url = \"https://u:hunter2@h/\\n\" }\n}\n",
           "mise \"a\" {\n working_dir = \"/a\"\n git { url = \"a::https://u:hunter2@h\" }\n}\n",
           "mise \"a\" { git { url = \"https://u:hunter2@h\" } }\n",
           "mise \"a\" {\n git { url = \"https://u:hunter2@h }\n}\n",
           "locals {\n u = \"https://u:hunter2@h\"\n v = local.u + 1\n w = local.u.x\n}\n",
           "locals {\n u = \"https://u:hunter2@h\"\n u = 1\n}\nlocals { u = 2 }\n",
           "mise \"a\" {\n working_dir = \"/a\"\n timeout = \"https://u:hunter2@h\"\n}\n",
           "mise \"a\" {\n working_dir = \"/a\"\n check_task = \"-https://u:hunter2@h\"\n}\n",
           "mise \"https://u:hunter2@h\" { working_dir = \"/a\" }\n",
           "mise \"a\" {\n working_dir = \"/a\"\n git { url = \"https://hunter2@h/\\n\" }\n}\n",
       }) {
    const std::vector<Source> sources = split_sources(manifest);
    const DecodeResult result = decode_with(sources, {});
    EXPECT_FALSE(result.diagnostics.empty()) << manifest;
    const std::string rendered = diagnostic::render(result.diagnostics, diagnostic::Colour::off);
    EXPECT_EQ(rendered.find("hunter2"), std::string::npos) << rendered;
  }
}

TEST(Decode, TenThousandResourcesAndTheirDependencies) {
  std::string text;
  for (int i = 0; i < 10000; ++i) {
    text += fmt::format("mise \"r{}\" {{\n  working_dir = \"/opt/{}\"\n", i, i);
    text += i == 0 ? "}\n" : fmt::format("  depends_on = [mise.r{}]\n}}\n", i - 1);
  }
  const std::vector<Source> sources = split_sources("## big.hcl\n" + text);
  const DecodeResult result = decode_with(sources, {});
  EXPECT_TRUE(result.diagnostics.empty());
  ASSERT_EQ(result.manifest.resources.size(), 10000U);
  EXPECT_EQ(result.manifest.resources.back().depends_on, std::vector<std::string>{"r9998"});
}

}  // namespace
}  // namespace manifest
