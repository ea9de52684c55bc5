// Words for what the catalogue holds.
#pragma once

#include <QString>
#include <string>
#include <vector>

namespace loom::ui {

QString lengths_text(const std::vector<size_t>& lengths);  // "4k to 128k"
QString metric_title(const std::string& metric);

}  // namespace loom::ui
