// Reads the attributes of one block as typed values. A problem is reported and the value left out;
// an attribute that is null counts as absent, as if it had not been written.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "manifest/manifest.h"
#include "manifest/report.h"

/// Not included: who reads attributes need not know the language that they are written in.
namespace hcl {
struct Attribute;
struct Block;
struct Expression;
class Value;
}  // namespace hcl

namespace manifest {

struct DecodeContext;
struct Document;

/// A rule of rules.h.
using Rule = std::optional<std::string> (*)(std::string_view);

/// What a text stands for, and what breaks if it is wrong.
struct TextRule {
  Kind kind;
  /// "task name": messages say "invalid task name".
  std::string_view noun;
  Rule problem;
  /// A text that is never shown.
  bool is_secret = false;
};

/// What to add to the environment, in order of name.
struct EnvironmentVariables {
  std::vector<std::pair<std::string, std::string>> values;
  std::set<std::string> sensitive;
  /// The names are sensitive too.
  bool is_sensitive = false;
};

class AttributeReader {
 public:
  AttributeReader(const hcl::Block& block, const Document& document, const DecodeContext& context)
      : block_(block), document_(document), context_(context) {}

  /// `fallback` if it is absent; nothing after a problem.
  [[nodiscard]] std::optional<std::string> text(std::string_view name, const TextRule& rule,
                                                std::string_view fallback) const;
  /// `text`, the value of `name`, as a path: absolute, from the manifest's directory, and lexically
  /// normal. Nothing, after a report, where it holds what a shell would have expanded; `noun` is
  /// what should be there.
  [[nodiscard]] std::optional<std::filesystem::path> path(std::string_view name,
                                                          const std::string& text, Kind kind,
                                                          std::string_view noun) const;
  /// A whole number from 0 to `most`.
  [[nodiscard]] std::optional<int> count(std::string_view name, Kind kind, int most) const;
  /// Reports null as well.
  [[nodiscard]] std::optional<std::string> required_text(std::string_view name,
                                                         const TextRule& rule) const;
  [[nodiscard]] std::optional<bool> boolean(std::string_view name) const;
  [[nodiscard]] std::optional<std::chrono::milliseconds> duration(std::string_view name) const;
  /// The place of its value, or that of the block where it is left out.
  [[nodiscard]] diagnostic::Range range_of(std::string_view name) const;
  /// A list of strings that obey `rule`; `fallback` if it is absent.
  [[nodiscard]] std::vector<std::string> texts(std::string_view name, const TextRule& rule,
                                               std::vector<std::string> fallback) const;
  /// A list of exit statuses other than 0.
  [[nodiscard]] std::vector<int> statuses(std::string_view name) const;
  /// A list of names of outcomes; nothing if it is left out.
  [[nodiscard]] std::optional<std::vector<std::string>> outcomes(std::string_view name) const;
  /// Whether the values of all attributes are known: they are not where what they are made of has
  /// errors.
  [[nodiscard]] bool are_known() const;
  /// An object of strings; it may be sensitive.
  [[nodiscard]] EnvironmentVariables variables(std::string_view name) const;
  /// An object of strings whose keys are labels.
  [[nodiscard]] Labels labels(std::string_view name) const;
  /// Which of `choices` it is; nothing if it is absent, or after a problem.
  [[nodiscard]] std::optional<std::size_t> choice(std::string_view name,
                                                  std::span<const std::string_view> choices) const;
  /// A url, whose password may be sensitive.
  [[nodiscard]] std::optional<std::string> required_url(std::string_view name,
                                                        const TextRule& rule) const;

  diagnostic::Diagnostic& add(Kind kind, diagnostic::Range range, std::string summary,
                              std::string detail) const;

 private:
  struct Known;

  [[nodiscard]] hcl::Value evaluate(const hcl::Expression& expression,
                                    diagnostic::Diagnostics& diagnostics) const;
  /// Refuses what is sensitive: all attributes but a few are shown in reports.
  [[nodiscard]] hcl::Value evaluate(const hcl::Attribute& attribute) const;
  /// Nothing where it is absent or null, or where an error has made it unknown.
  [[nodiscard]] std::optional<Known> find(std::string_view name,
                                          bool may_be_sensitive = false) const;
  /// Those of `list` that are known; `wanted` and `example` say what it should be.
  [[nodiscard]] std::vector<Known> elements(std::string_view name, const std::optional<Known>& list,
                                            std::string_view wanted,
                                            std::string_view example) const;
  [[nodiscard]] std::optional<std::string> present_text(const hcl::Attribute& attribute,
                                                        const hcl::Value& value,
                                                        const TextRule& rule) const;
  void add_sensitive(const hcl::Attribute& attribute, std::string detail) const;
  [[nodiscard]] std::optional<std::string> checked_text(std::string_view name, const Known& found,
                                                        const TextRule& rule) const;
  [[nodiscard]] std::optional<std::string> variable(std::string_view attribute, const Known& object,
                                                    const std::string& name,
                                                    const hcl::Value& value) const;
  void add_wrong_type(std::string_view name, const Known& found, std::string_view wanted,
                      std::string_view example = "") const;

  const hcl::Block& block_;
  const Document& document_;
  const DecodeContext& context_;
};

}  // namespace manifest
