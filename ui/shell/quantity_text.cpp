#include "ui/shell/quantity_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <cmath>

#include "core/statistics/decimal.h"

namespace loom::ui {
namespace {

QString tr(const char* text, int n = -1) {
  return QCoreApplication::translate("loom::ui", text, nullptr, n);
}

QString decimal(double value) {
  QString text = decimal_text(value, value < 100 ? 1 : 0);
  QString zero = QLocale().decimalPoint() + QLocale().zeroDigit();
  return text.endsWith(zero) ? text.chopped(zero.size()) : text;
}

}  // namespace

QString decimal_text(double value, int decimals) {
  return QLocale().toString(as_printed(value, decimals), 'f', decimals);
}

QString bytes_text(uint64_t bytes) {
  double value = double(bytes);
  if (value >= 999.5e6) return tr("%1 GB").arg(decimal(value / 1e9));
  if (value >= 999.5e3) return tr("%1 MB").arg(decimal(value / 1e6));
  if (value >= 1e3) return tr("%1 kB").arg(decimal(value / 1e3));
  return tr("%1 bytes").arg(QLocale().toString(qulonglong(bytes)));
}

QString device_text(const std::string& id) {
  if (id == "cpu") return tr("CPU");
  const QString name = QString::fromStdString(id);
  return name.startsWith(u"cuda:") ? tr("GPU %1").arg(name.mid(5)) : name;
}

QString count_text(uint64_t count) { return QLocale().toString(qulonglong(count)); }

QString large_count_text(uint64_t count) {
  double value = double(count);
  if (value >= 999.5e6) return tr("%1 B").arg(decimal(value / 1e9));
  if (value >= 1e6) return tr("%1 M").arg(decimal(value / 1e6));
  return count_text(count);
}

QString tokens_text(uint64_t tokens) { return tr("%1 tokens").arg(count_text(tokens)); }

QString window_text(uint64_t tokens, bool recurrent) {
  if (recurrent) return tr("no limit");
  return tokens == 0 ? tr("unknown") : tokens_text(tokens);
}

QString duration_text(double seconds) {
  if (seconds < 59.5) return tr("%1 s").arg(qMax(1, int(std::lround(seconds))));
  qint64 minutes = std::llround(seconds / 60);
  if (minutes < 60) return tr("%1 min").arg(minutes);
  QString hours = QLocale().toString(minutes / 60);
  if (minutes % 60 == 0) return tr("%1 h").arg(hours);
  return tr("%1 h %2 min").arg(hours).arg(minutes % 60);
}

QString percent_text(double share) { return tr("%1 %").arg(std::floor(share * 100 + 1e-9)); }

}  // namespace loom::ui
