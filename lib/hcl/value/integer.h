// An integer of any size.
#pragma once

#include <gmp.h>

#include <string>

namespace hcl {

/// An integer of GMP, freed at the end of its scope.
class Integer {
 public:
  Integer() { mpz_init(value_); }
  Integer(const Integer&) = delete;
  Integer& operator=(const Integer&) = delete;
  ~Integer() { mpz_clear(value_); }

  [[nodiscard]] mpz_ptr get() { return value_; }

  [[nodiscard]] std::string digits(int base = 10) const {
    std::string text(mpz_sizeinbase(value_, base) + 2, '\0');
    mpz_get_str(text.data(), base, value_);
    text.resize(text.find('\0'));
    return text;
  }

 private:
  mpz_t value_;
};

}  // namespace hcl
