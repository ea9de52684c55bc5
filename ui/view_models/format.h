// Numbers, times and names as the window shows them: by locale, a dash where nothing is known.
// Exports never pass through here; they write numbers with a point.
#pragma once

#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "core/history/run_store.h"

namespace loom::ui {

QString text(const std::string& utf8);
QString joined(const std::vector<std::string>& parts);  // "a, b"

QString format_score(std::optional<double> score);                               // "61.3"
QString format_interval(std::optional<double> low, std::optional<double> high);  // "[52.1, 69.8]"
QString format_difference(std::optional<double> points);  // with its sign: "+3.4"
QString format_count(size_t count);
QString format_duration(double seconds);      // "9.4 s", "3:05", "1:02:03"
QString format_bytes(size_t bytes);           // "1.2 GB", decimal units
QString format_time(const std::string& utc);  // ISO 8601 UTC to local date and time
QString format_percent(double share);         // 0…1 to "37 %"

QString state_word(RunState state);
QString state_word(SampleState state);
QString capability_name(const std::string& id);
QString language_names(const std::vector<std::string>& codes);  // "English, Russian"

}  // namespace loom::ui
