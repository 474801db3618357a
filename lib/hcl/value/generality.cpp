#include "hcl/value/generality.h"

#include <algorithm>
#include <utility>

namespace hcl {
namespace {

/// Negative where `a` is the more general type of the two, positive where `b` is.
int compare(const Type& a, const Type& b);

/// The order of two types whose parts have these orders: that of those which have one, unless they
/// disagree.
int order_of_parts(const std::vector<int>& orders) {
  const bool a_is_ahead = std::any_of(orders.begin(), orders.end(), [](int o) { return o < 0; });
  const bool b_is_ahead = std::any_of(orders.begin(), orders.end(), [](int o) { return o > 0; });
  return a_is_ahead == b_is_ahead ? 0 : a_is_ahead ? -1 : 1;
}

int compare_elements(const std::vector<Type>& a, const std::vector<Type>& b) {
  if (a.size() != b.size()) {
    return 0;
  }
  std::vector<int> orders;
  for (std::size_t i = 0; i < a.size(); ++i) {
    orders.push_back(compare(a[i], b[i]));
  }
  return order_of_parts(orders);
}

int compare_attributes(const Type::Attributes& a, const Type::Attributes& b) {
  if (a.size() != b.size()) {
    return 0;
  }
  std::vector<int> orders;
  for (auto x = a.begin(), y = b.begin(); x != a.end(); ++x, ++y) {
    if (x->first != y->first) {
      return 0;
    }
    orders.push_back(compare(x->second.type, y->second.type));
  }
  return order_of_parts(orders);
}

/// Which kind is preferred among those that hold the same contents; a set, which forgets the order,
/// only where nothing else is left.
int generality(TypeKind kind) {
  switch (kind) {
    case TypeKind::list:
      return 3;
    case TypeKind::tuple:
      return 2;
    case TypeKind::set:
      return 1;
    default:
      return 0;
  }
}

int compare_kinds(const Type& a, const Type& b) {
  if (generality(a.kind()) > 0 && generality(b.kind()) > 0) {
    return generality(b.kind()) - generality(a.kind());
  }
  if (a.is(TypeKind::map) && b.is(TypeKind::object)) {
    return -1;
  }
  return a.is(TypeKind::object) && b.is(TypeKind::map) ? 1 : 0;
}

int compare(const Type& a, const Type& b) {
  if (a.is(TypeKind::any) || b.is(TypeKind::any)) {
    // Anything can stand for `any`, so it is never what others should become.
    return a.is(TypeKind::any) == b.is(TypeKind::any) ? 0 : a.is(TypeKind::any) ? 1 : -1;
  }
  if (a.is_primitive() && b.is_primitive()) {
    const bool a_is_string = a.is(TypeKind::string);
    return a_is_string == b.is(TypeKind::string) ? 0 : a_is_string ? -1 : 1;
  }
  if (!(a.kind() == b.kind())) {
    return compare_kinds(a, b);
  }
  if (a.is_collection()) {
    return compare(a.element(), b.element());
  }
  if (a.is(TypeKind::tuple)) {
    return compare_elements(a.elements(), b.elements());
  }
  return compare_attributes(a.attributes(), b.attributes());
}

}  // namespace

std::vector<std::size_t> by_generality(std::span<const Type> types) {
  std::vector<std::vector<std::size_t>> less_general(types.size());
  std::vector<std::size_t> ahead(types.size());
  for (std::size_t i = 0; i < types.size(); ++i) {
    for (std::size_t j = i + 1; j < types.size(); ++j) {
      const int order = compare(types[i], types[j]);
      if (order != 0) {
        const auto [general, special] = order < 0 ? std::pair(i, j) : std::pair(j, i);
        less_general[general].push_back(special);
        ++ahead[special];
      }
    }
  }
  std::vector<std::size_t> sorted;
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (ahead[i] == 0) {
      sorted.push_back(i);
    }
  }
  for (std::size_t next = 0; next < sorted.size(); ++next) {
    for (const std::size_t special : less_general[sorted[next]]) {
      if (--ahead[special] == 0) {
        sorted.push_back(special);
      }
    }
  }
  return sorted;
}

}  // namespace hcl
