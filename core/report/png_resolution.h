// The physical size of a PNG, which cairo does not write.
#pragma once

#include <string>

namespace loom {

// Puts a pHYs chunk (PNG specification 11.3.5.3) after the header of a PNG.
std::string with_resolution(const std::string& png, double dpi);

}  // namespace loom
