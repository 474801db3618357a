#include "manifest/assignment.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "hcl/syntax/parser.h"
#include "hcl/value/json.h"

namespace manifest {
namespace {

diagnostic::Range range_of(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

}  // namespace

Assignment plain_assignment(const Given& given, std::string_view name) {
  const std::string_view text = given.source.file->text();
  const std::size_t equals = std::min(text.find('='), text.size());
  const std::size_t begin = std::min(equals + 1, text.size());
  return {.given = &given,
          .name = std::string(name),
          .name_range = range_of(0, equals),
          .value_range = range_of(begin, text.size()),
          .value = text.substr(begin)};
}

Assignments::Assignments(std::span<const Given> given, diagnostic::Diagnostics& diagnostics)
    : diagnostics_(diagnostics) {
  for (const Given& one : given) {
    const std::string_view text = one.source.file->text();
    switch (one.form) {
      case Given::Form::option:
      case Given::Form::environment:
        assignments_.push_back(plain_assignment(one, text.substr(0, text.find('='))));
        break;
      case Given::Form::hcl_file:
        add_hcl(one);
        break;
      case Given::Form::json_file:
        add_json(one);
        break;
    }
  }
}

void Assignments::add_hcl(const Given& given) {
  hcl::ParseResult parsed = hcl::parse(*given.source.file);
  std::ranges::move(parsed.diagnostics, std::back_inserter(diagnostics_));
  for (const hcl::Block& block : parsed.file.body.blocks) {
    report(diagnostics_, Kind::block_in_values, {given.source.file.get(), block.header},
           fmt::format("unexpected block \"{}\"", block.type.text),
           "a file of values holds attributes only: NAME = VALUE");
  }
  for (const hcl::Attribute& attribute : parsed.file.body.attributes) {
    assignments_.push_back({.given = &given,
                            .name = std::string(attribute.name.text),
                            .name_range = attribute.name.range,
                            .value_range = attribute.value->range,
                            .value = attribute.value});
  }
  trees_.push_back(std::move(parsed.file));
}

void Assignments::add_json(const Given& given) {
  const diagnostic::SourceFile& file = *given.source.file;
  tl::expected<hcl::Json, hcl::JsonError> json = hcl::read_json(file.text());
  if (!json) {
    const std::size_t offset = json.error().offset;
    report(diagnostics_, Kind::invalid_json, {&file, range_of(offset, offset)}, "invalid JSON",
           json.error().message);
    return;
  }
  if (json->value.as_members() == nullptr) {
    report(diagnostics_, Kind::invalid_json, {&file, {}}, "not a JSON object",
           fmt::format("a file of values is one object; this is {}", json->value.described_type()));
    return;
  }
  for (hcl::JsonMember& member : json->members) {
    assignments_.push_back({.given = &given,
                            .name = std::move(member.name),
                            .name_range = member.name_range,
                            .value_range = member.value_range,
                            .value = std::move(member.value)});
  }
}

}  // namespace manifest
