// A page that can be read without this program: one file, nothing loaded from elsewhere.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace loom {

// results as results_json() gives them; radar_svg is an <svg> element.
std::string report_html(const nlohmann::json& results, const std::string& radar_svg);

}  // namespace loom
