// What models-registry says, in the window's language: titles, summaries and help of benchmarks,
// tasks, parameters and methods. Names of data sets stay as they are.
#pragma once

#include <QString>
#include <span>
#include <string>

namespace loom::ui {

// Words that have no translation, such as those of a newer registry, are shown as they are. Those of
// a benchmark that the user described (`own`) are the user's.
QString registry_text(const std::string& words, bool own = false);

// All that translators are given. A test holds them against the registry.
std::span<const char* const> registry_words();

}  // namespace loom::ui
