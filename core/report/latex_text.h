// Text as LaTeX prints it.
#pragma once

#include <string>

namespace loom {

std::string latex_text(const std::string& text);

}  // namespace loom
