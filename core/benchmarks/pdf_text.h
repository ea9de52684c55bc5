// The text of a PDF file, by the program pdftotext of the package poppler-utils.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "core/base/result.h"

namespace loom {

// Unsupported: the program is not installed. It runs shut in where that is possible, with limits of
// time and output, and sees only the file's bytes. Texts are kept in the cache by the file's hash.
// $LOOMSCOPE_PDFTOTEXT names another program that takes the same arguments.
Result<std::string> pdf_text(const std::filesystem::path& file, std::stop_token stop = {});

}  // namespace loom
