// md5, sha1, sha256, sha512, as hexadecimal text; the hashes are nettle's.
#include <fmt/format.h>
#include <nettle/md5.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>

#include <array>
#include <cstdint>

#include "hcl/functions/call.h"
#include "hcl/functions/subjects.h"

namespace hcl::functions {
namespace {

template <typename Context, std::size_t Size>
FunctionResult digest(Arguments arguments, void (*init)(Context*),
                      void (*update)(Context*, std::size_t, const std::uint8_t*),
                      void (*finish)(Context*, std::size_t, std::uint8_t*)) {
  const std::string& text = string_of(arguments[0]);
  Context context;
  init(&context);
  update(&context, text.size(), reinterpret_cast<const std::uint8_t*>(text.data()));
  std::array<std::uint8_t, Size> bytes{};
  finish(&context, bytes.size(), bytes.data());
  std::string hexadecimal;
  for (const std::uint8_t byte : bytes) {
    hexadecimal += fmt::format("{:02x}", byte);
  }
  return Value::string(hexadecimal);
}

FunctionResult call_md5(Arguments arguments) {
  return digest<md5_ctx, MD5_DIGEST_SIZE>(arguments, md5_init, md5_update, md5_digest);
}

FunctionResult call_sha1(Arguments arguments) {
  return digest<sha1_ctx, SHA1_DIGEST_SIZE>(arguments, sha1_init, sha1_update, sha1_digest);
}

FunctionResult call_sha256(Arguments arguments) {
  return digest<sha256_ctx, SHA256_DIGEST_SIZE>(arguments, sha256_init, sha256_update,
                                                sha256_digest);
}

FunctionResult call_sha512(Arguments arguments) {
  return digest<sha512_ctx, SHA512_DIGEST_SIZE>(arguments, sha512_init, sha512_update,
                                                sha512_digest);
}

}  // namespace

Functions hash_functions() {
  const Parameter string{"string", Type::string()};
  return {
      {"md5", {.parameters = {string}, .call = call_md5}},
      {"sha1", {.parameters = {string}, .call = call_sha1}},
      {"sha256", {.parameters = {string}, .call = call_sha256}},
      {"sha512", {.parameters = {string}, .call = call_sha512}},
  };
}

}  // namespace hcl::functions
