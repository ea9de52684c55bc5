// Words for what the catalogue holds.
#pragma once

#include <QString>
#include <string>
#include <vector>

namespace loom::ui {

QString lengths_text(const std::vector<size_t>& lengths);            // "4,096 to 131,072"
QString metric_title(const std::string& metric);

}  // namespace loom::ui
