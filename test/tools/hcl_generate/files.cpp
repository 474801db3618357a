#include "tools/hcl_generate/files.h"

#include "tools/hcl_generate/expressions.h"

namespace generate {
namespace {

constexpr const char* comments[] = {"# note\n", "// note\n", "/* note */\n", "/* a\n b */\n",
                                    "#\n",      "\n",        "\n\n",         "# é ${ \"\n"};
constexpr const char* types[] = {"service", "b", "mise", "a-b", "ü", "for", "true", "if"};
constexpr const char* labels[] = {"\"web\"",   "name", "\"a b\"",   "\"\"",        "\"é\\n\"",
                                  "\"$${x}\"", "x-1",  "\"%%{y}\"", "\"\\u00e9\"", "null"};

bool ends_with_line_break(const std::string& text) {
  return !text.empty() && text.back() == '\n';
}

/// Writes bodies; names count up, so that no two attributes of a body share one.
class Structure {
 public:
  explicit Structure(Random& random) : random_(&random), expressions_(random) {}

  std::string attribute(int depth) {
    std::string text = "a" + std::to_string(count_++) + (random_->chance(90) ? " " : "");
    text += "=";
    text += random_->chance(90) ? " " : expressions_.gap();
    text += expressions_.value(expressions_.any_kind(), depth);
    if (!ends_with_line_break(text)) {
      text += random_->chance(8) ? random_->one_of({" # note\n", "  // note\n", " /* note */\n"})
                                 : "\n";
    }
    return text;
  }

  std::string body(int depth, const std::string& indent) {
    std::string text;
    const std::size_t count = random_->below(5);
    for (std::size_t i = 0; i < count; ++i) {
      text += random_->chance(15) ? random_->one_of(comments) : "";
      text += indent;
      text += depth > 0 && random_->chance(45) ? block(depth - 1, indent) : attribute(2);
    }
    return text;
  }

 private:
  std::string block(int depth, const std::string& indent) {
    std::string text = random_->one_of(types);
    const std::size_t count = random_->below(3);
    for (std::size_t i = 0; i < count; ++i) {
      text += " " + random_->one_of(labels);
    }
    text += random_->chance(90) ? " {" : "{";
    if (random_->chance(15)) {
      return text + random_->one_of({"}\n", " }\n", " a = 1 }\n", "x=[1,\n2]}\n", " } # note\n"});
    }
    text += random_->chance(8) ? " # note\n" : "\n";
    text += body(depth, indent + "  ");
    return text + indent + "}\n";
  }

  Random* random_;
  Expressions expressions_;
  int count_ = 0;
};

}  // namespace

const std::string_view variables = R"({
  "s": "hello", "empty": "", "u": "e\u0301te\u0301 👩‍👩‍👧", "lines": "one\ntwo\n", "numeric": "12",
  "truth": "true", "ünï": "unicode",
  "n": 3, "zero": 0, "f": 2.5, "big": 123456789012345678901234567890, "neg": -7, "a-b": 5,
  "b": true, "no": false, "nothing": null,
  "words": ["alpha", "beta", "gamma"], "nums": [3, 1, 2], "mixed": [1, "a", true, null],
  "nested": [[1, 2], [3]], "none": [],
  "o": {"name": "web", "port": 80, "on": true, "tags": {"env": "prod", "zone": "b"},
        "list": [1, 2, 3]},
  "hosts": [{"name": "a", "port": 1, "tags": ["x", "y"]}, {"name": "b", "port": 2, "tags": ["z"]}],
  "map": {"k1": "v1", "k2": "v2"}, "empty_object": {}
}
)";

std::string attributes_file(Random& random, int depth) {
  Structure structure(random);
  std::string text;
  for (int i = 0; i < 6; ++i) {
    text += structure.attribute(depth);
  }
  return text;
}

std::string structure_file(Random& random) {
  Structure structure(random);
  std::string text = random.chance(10) ? random.one_of(comments) : "";
  text += structure.body(3, "") + structure.body(2, "");
  if (random.chance(20) && ends_with_line_break(text)) {
    text.pop_back();
  }
  return text;
}

}  // namespace generate
