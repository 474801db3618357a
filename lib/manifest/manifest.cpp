#include "manifest/manifest.h"

#include <string_view>

#include "manifest/passwords.h"

namespace manifest {

Source::Source(std::string name, std::string text, std::filesystem::path directory_path)
    : directory(std::move(directory_path)) {
  std::string masked = mask_passwords(text);
  if (masked != text) {
    masked_copy = std::make_unique<diagnostic::SourceFile>(name, std::move(masked));
  }
  file = std::make_unique<diagnostic::SourceFile>(std::move(name), std::move(text));
}

}  // namespace manifest
