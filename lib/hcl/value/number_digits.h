// What a number is made of, for the files that make its functions.
#pragma once

#define MPFR_USE_INTMAX_T
#include <gmp.h>
#include <mpfr.h>

#include <array>

#include "hcl/value/number.h"

namespace hcl {

// In bits.
inline constexpr mpfr_prec_t precision = 512;
inline constexpr mpfr_prec_t integer_precision = 64;

inline constexpr mpfr_exp_t max_exponent = 4096;

/// A number of MPFR and its mantissa, in one piece of memory.
struct Number::Digits {
  /// At most `precision`, and a few more.
  explicit Digits(mpfr_prec_t bits = precision) {
    mpfr_custom_init(mantissa.data(), bits);
    mpfr_custom_init_set(value, MPFR_ZERO_KIND, 0, bits, mantissa.data());
  }
  Digits(const Digits&) = delete;
  Digits& operator=(const Digits&) = delete;

  mpfr_t value;
  std::array<mp_limb_t, precision / GMP_NUMB_BITS + 1> mantissa;
};

inline bool is_beyond_limit(mpfr_srcptr value) {
  return mpfr_regular_p(value) != 0 &&
         (mpfr_get_exp(value) > max_exponent || mpfr_get_exp(value) < -max_exponent);
}

}  // namespace hcl
