// Quantities as the window writes them: by the user's locale, always with a unit.
#pragma once

#include <QString>
#include <cstdint>
#include <string>

namespace loom::ui {

// Every number with decimals that the window shows passes through here: pages, tables and charts.
QString decimal_text(double value, int decimals);  // "1,234.5"
QString bytes_text(uint64_t bytes);         // "14.2 GB", decimal prefixes
QString device_text(const std::string& id);  // "CPU" of "cpu", "GPU 0" of "cuda:0"
QString count_text(uint64_t count);         // "1,260"
QString large_count_text(uint64_t count);   // "134.5 M", "7.2 B"
QString tokens_text(uint64_t tokens);       // "8,192 tokens"
// "8,192 tokens"; "no limit" of a recurrent model; "unknown" where a file does not say it.
QString window_text(uint64_t tokens, bool recurrent);
QString duration_text(double seconds);      // "12 min", "1 h 5 min", "40 s"
QString percent_text(double share);         // 0…1 as "37 %"

}  // namespace loom::ui
