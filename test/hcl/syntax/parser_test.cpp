// What the parser makes of sources without mistakes.
#include "hcl/syntax/parser.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "hcl/syntax/dump.h"
#include "support/diagnostics.h"

namespace {

struct Row {
  const char* name;
  std::string source;
  std::string tree;
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class Parses : public testing::TestWithParam<Row> {};

TEST_P(Parses, ToTheTree) {
  const diagnostic::SourceFile source("test.hcl", GetParam().source);
  const hcl::ParseResult result = hcl::parse(source);
  EXPECT_EQ(support::render_with_kinds(result.diagnostics), "");
  EXPECT_EQ(hcl::dump(result.file.body), GetParam().tree);
}

const auto row_name = [](const testing::TestParamInfo<Row>& info) {
  return std::string(info.param.name);
};

INSTANTIATE_TEST_SUITE_P(
    Bodies, Parses,
    testing::Values(
        Row{"nothing", "", ""}, Row{"no_final_newline", "a = 1", "a=1"},
        Row{"byte_order_mark",
            "\xEF\xBB\xBF"
            "a = 1\n",
            "a=1"},
        Row{"crlf", "a = 1\r\nb {\r\n c = 2\r\n}\r\n", "a=1; b {c=2}"},
        Row{"labels", "a b \"c\\n\" d-e \"$${f}\" {\n}\n", R"(a "b" "c\n" "d-e" "${f}" {})"},
        Row{"one_line_block", "a { b = [1,\n2] }\n", "a {b=[1,2]}"},
        Row{"attribute_and_block_of_one_name", "a = 1\na {}\n", "a=1; a {}"},
        Row{"comments", "# a\n// b\na = /* c\n */ 1 # d\n/**/ b = 2 // e", "a=1; b=2"},
        Row{"keywords_as_names", "for = 1\nnull = 2\ntrue {}\n", "for=1; null=2; true {}"},
        Row{"foreign_names", "größe = 1\n名 = 2\n_x = é\n", "größe=1; 名=2; _x=é"}),
    row_name);

INSTANTIATE_TEST_SUITE_P(
    Expressions, Parses,
    testing::Values(
        Row{"literals", "a = [1, 2.50, 3e+2, true, false, null]\n",
            "a=[1,2.50,3e+2,TRUE,FALSE,NULL]"},
        Row{"precedence", "a = b || c && d == e < f + g * -h\n",
            "a=(|| b (&& c (== d (< e (+ f (* g (- h)))))))"},
        Row{"left_associative", "a = 1 - 2 - 3 / 4 % 5\n", "a=(- (- 1 2) (% (/ 3 4) 5))"},
        Row{"dash_in_names", "a = n-1\nb = n -1\nc = 5-n\n", "a=n-1; b=(- n 1); c=(- 5 n)"},
        Row{"chained_signs", "a = !-!b.c\n", "a=(! (- (! b.c)))"},
        Row{"conditionals", "a = b ? c : d ? e : f\n", "a=(? b c (? d e f))"},
        Row{"newlines_in_brackets", "a = (\n1\n+\n2\n)\nb = [\n1\n,\n2,\n]\n",
            "a=((+ 1 2)); b=[1,2]"},
        Row{"traversals", "a = b.c[0].d[\"e\"][f]\ng = h.0.i\n", R"(a=b.c[0].d["e"][f]; g=h.0.i)"},
        Row{"relative_traversals", "a = f(1).b\nb = (c)[0]\nc = \"d\".e\n",
            R"(a=<f(1)>.b; b=<(c)>[0]; c=<"d">.e)"},
        Row{"attribute_splat", "a = b.*.c.0.d[1]\n", "a=<<b>.*{.c.0.d}>[1]"},
        Row{"full_splat", "a = b[*].c[0]\n", "a=<b>[*]{.c[0]}"},
        Row{"splat_in_a_splat", "a = b[*].c[*].d.*.e[0]\n", "a=<b>[*]{.c[*4].d.*1.e[0]}"},
        Row{"calls", "a = f()\nb = g(1, 2,)\nc = h(\n1, d...)\ne = x::y::z(1)\n",
            "a=f(); b=g(1,2); c=h(1,d...); e=x::y::z(1)"}),
    row_name);

INSTANTIATE_TEST_SUITE_P(
    Collections, Parses,
    testing::Values(
        Row{"objects", "a = { b = 1, c : 2\n\n d = 3,\n }\n", "a={b=1,c=2,d=3}"},
        Row{"keys", "a = { null = 1, (b) = 2, \"c d\" = 3, \"${e}\" = 4, 5 = 6, f() = 7 }\n",
            R"(a={null=1,(b)=2,"c d"=3,${e}=4,5=6,f()=7})"},
        Row{"parentheses_in_an_object", "a = { b = (1\n+ 2) }\n", "a={b=((+ 1 2))}"},
        Row{"tuple_for", "a = [for b in c : b if b > 1]\n", "a=(for b in c: b if (> b 1))"},
        Row{"object_for", "a = {\nfor k, v in m :\nk => v... if true\n}\n",
            "a=(for k,v in m: k=>v... if TRUE)"},
        Row{"a_key_named_for", "a = { b = 1, for = 2 }\n", "a={b=1,for=2}"}),
    row_name);

INSTANTIATE_TEST_SUITE_P(
    Templates, Parses,
    testing::Values(
        Row{"empty", "a = \"\"\n", R"(a="")"},
        Row{"escapes", R"(a = "\n\r\t\"\\\u00e9\U0001F600")", "a=\"\\n\\r\\t\\\"\\\\é😀\""},
        Row{"doubled_marks", R"(a = "$${b} %%{c} $$${d} $e $$ 5% ${f}")",
            R"(a="${b} %{c} $${d} $e $$ 5% "${f})"},
        Row{"unwrapped", "a = \"${b}\"\nc = \"${ d }${e}\"\n", "a=${b}; c=${d}${e}"},
        Row{"a_brace_behind_a_quote", R"(a = "\"{"
b = "${ "{" }"
)",
            R"(a="\"{"; b=${"{"})"},
        Row{"nested", R"(a = "b${"c${d}"}e${{f = "}"}}")", R"(a="b"${"c"${d}}"e"${{f="}"}})"},
        Row{"newlines_in_an_interpolation", "a = \"${\nb\n}\"\n", "a=${b}"},
        Row{"strip", R"(a = "b \n ${~ c ~} \t d")", R"(a="b"${c}"d")"},
        Row{"strip_leaves_an_empty_text", R"(a = " ${~ b}")", R"(a=""${b})"},
        Row{"if", R"(a = "%{ if b }c%{ else }${d}%{ endif }")", R"(a=%{if b then "c" else ${d}})"},
        Row{"for", R"(a = "%{ for k, v in m }${k}%{ if v },%{ endif }%{ endfor }")",
            R"(a=%{for k,v in m do ${k}%{if v then "," else }})"}),
    row_name);

INSTANTIATE_TEST_SUITE_P(
    Heredocs, Parses,
    testing::Values(
        Row{"plain", "a = <<EOT\n b\n\\n $${c}\n  EOT\nd = 1\n", R"(a=<<" b\n\\n ${c}\n"; d=1)"},
        Row{"empty_heredoc", "a = <<EOT\nEOT\n", R"(a=<<"")"},
        Row{"interpolation_in_a_line", "a = <<EOT\nb ${c} EOT\nEOT\n", R"(a=<<"b "${c}" EOT\n")"},
        Row{"any_space_around_the_closing_marker", "a = <<EOT\nb\n\u2003EOT\u00a0\nc = 1\n",
            R"(a=<<"b\n"; c=1)"},
        Row{"crlf_kept", "a = <<EOT\r\nb\r\nEOT\r\n", R"(a=<<"b\r\n")"},
        Row{"in_a_call", "a = f(<<EOT\nb\nEOT\n, 1)\n", R"(a=f(<<"b\n",1))"},
        Row{"in_an_object", "a = { b = <<EOT\nc\nEOT\n d = 1 }\n", R"(a={b=<<"c\n",d=1})"},
        Row{"flush", "a = <<-EOT\n    b\n      c\n    EOT\n", R"(a=<<"b\n  c\n")"},
        Row{"flush_ignores_blank_lines", "a = <<-E\n    b\n  \n\n    c\nE\n",
            R"(a=<<"b\n  \n\nc\n")"},
        Row{"flush_counts_a_tab_as_one", "a = <<-E\n\t\tb\n  c\nE\n", R"(a=<<"b\nc\n")"},
        Row{"flush_with_interpolation_first", "a = <<-E\n  b\n${c}\nE\n", R"(a=<<"  b\n"${c}"\n")"},
        Row{"flush_before_interpolation", "a = <<-E\n  b\n  ${c}d\nE\n", R"(a=<<"b\n"${c}"d\n")"},
        Row{"flush_sees_no_escapes", "a = <<-E\n  b\n  $${c}\nE\n", R"(a=<<"b\n${c}\n")"},
        Row{"strip_to_the_end_of_the_line", "a = <<E\nb ${c ~}\n  d\nE\n",
            R"(a=<<"b "${c}"  d\n")"},
        Row{"strip_from_the_start_of_the_line", "a = <<E\nb\n  ${~ c}\nE\n",
            R"(a=<<"b\n"${c}"\n")"},
        Row{"strip_at_column_one_takes_the_newline", "a = <<E\nb \n${~ c}\nE\n",
            R"(a=<<"b"${c}"\n")"}),
    row_name);

TEST(Parser, KeepsTheRangesOfABlock) {
  const diagnostic::SourceFile source("test.hcl", "mise \"a\" {\n  b = 1\n}\n");
  const hcl::ParseResult result = hcl::parse(source);
  const hcl::Block& block = result.file.body.blocks[0];
  EXPECT_EQ(source.text(block.header), "mise \"a\"");
  EXPECT_EQ(source.text(block.labels[0].range), "\"a\"");
  EXPECT_EQ(source.text(block.open_brace), "{");
  EXPECT_EQ(source.text(block.close_brace), "}");
  EXPECT_EQ(source.text(block.body.range), "\n  b = 1\n");
  EXPECT_EQ(source.text(block.body.attributes[0].range), "b = 1");
  EXPECT_EQ(source.text(block.body.attributes[0].equals), "=");
}

TEST(Parser, FindsAnAttributeByName) {
  const diagnostic::SourceFile source("test.hcl", "a = 1\nb = 2\n");
  const hcl::ParseResult result = hcl::parse(source);
  EXPECT_EQ(result.file.body.find("b"), &result.file.body.attributes[1]);
  EXPECT_EQ(result.file.body.find("c"), nullptr);
}

TEST(Parser, GoesOnBehindEachMistake) {
  const diagnostic::SourceFile source("test.hcl",
                                      "a = \"x\nb = [1, 2\nc = 3\nd = { x = 1 y = 2, z = 3 }\n"
                                      "e == 5\nf = g(1 2, 3)\nmise x\n{\n  h =\n  i = 1\n}\n");
  const hcl::ParseResult result = hcl::parse(source);
  EXPECT_EQ(hcl::dump(result.file.body),
            R"(a="x"; b=INVALID; c=3; d={x=1,z=3}; e=5; f=g(1,3); mise "x" {h=INVALID; i=1})");
  EXPECT_EQ(result.diagnostics.size(), 7U);
}

}  // namespace
