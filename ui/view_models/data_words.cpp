#include "ui/view_models/data_words.h"

#include <QCoreApplication>
#include <algorithm>

#include "ui/shell/icons.h"
#include "ui/view_models/format.h"

namespace loom::ui {
namespace {

QString tr(const char* source) {
  return QCoreApplication::translate("loom::ui", source);
}

}  // namespace

QString data_word(const BenchmarkData& data) {
  switch (data.state) {
    case BenchmarkData::generated:
      return tr("Generated");
    case BenchmarkData::ready:
      return tr("Ready");
    case BenchmarkData::partial:
      return tr("%1 of %2 files")
          .arg(format_count(data.files.size() - data.absent.size()),
               format_count(data.files.size()));
    case BenchmarkData::missing: {
      const bool on_hub = std::any_of(data.absent.begin(), data.absent.end(),
                                      [](const DataFile& file) { return !file.hub_id.empty(); });
      if (!on_hub) return tr("Missing");
      return data.absent_bytes == 0 ? tr("To fetch")
                                    : tr("%1 to fetch").arg(format_bytes(data.absent_bytes));
    }
  }
  return {};
}

QIcon data_icon(BenchmarkData::State state) {
  switch (state) {
    case BenchmarkData::generated:
    case BenchmarkData::ready: return icon(Icon::check, IconTone::success);
    case BenchmarkData::partial: return icon(Icon::info, IconTone::secondary);
    case BenchmarkData::missing: break;
  }
  return icon(Icon::warning, IconTone::warning);
}

// Which files would be read if they were here, and where they would be looked for.
QString data_hint(const BenchmarkData& data, const std::filesystem::path& folder) {
  if (data.absent.empty()) return {};
  // Own benchmarks name a whole path, the program's a place in the folder.
  if (const std::string& first = data.absent.front().path;
      std::filesystem::path(first).is_absolute())
    return tr("Your data is not at %1").arg(text(first));
  constexpr size_t kMostNames = 8;
  std::vector<std::string> names;
  for (const DataFile& file : data.absent) {
    if (names.size() == kMostNames) {
      names.push_back("…");
      break;
    }
    names.push_back(file.path);
  }
  return tr("Official files that are not in %1: %2").arg(text(folder.string()), joined(names));
}

}  // namespace loom::ui
