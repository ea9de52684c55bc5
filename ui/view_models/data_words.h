// The state of a benchmark's files on this disk, in the words of the wizard and the Benchmarks page.
#pragma once

#include <QIcon>
#include <QString>

#include "core/catalog/benchmark_data.h"

namespace loom::ui {

QString data_word(const BenchmarkData& data);  // "Missing, 1.2 GB"
QIcon data_icon(BenchmarkData::State state);
// Which files are not here and where they are looked for; empty when none is missing.
QString data_hint(const BenchmarkData& data, const std::filesystem::path& folder);

}  // namespace loom::ui
