#include "ui/wizards/token_counts.h"

#include <QLocale>
#include <QRegularExpression>

namespace loom::ui {
namespace {
constexpr size_t kKilo = 1024, kMega = 1024 * 1024;
constexpr size_t kLargest = 16'777'216;
}  // namespace

std::optional<size_t> parse_tokens(const QString& text) {
  QString digits = text.trimmed();
  size_t unit = 1;
  if (digits.endsWith(QLatin1Char('k'), Qt::CaseInsensitive)) unit = kKilo;
  if (digits.endsWith(QLatin1Char('m'), Qt::CaseInsensitive)) unit = kMega;
  if (unit > 1) digits.chop(1);
  bool whole = false;
  qulonglong count = digits.trimmed().toULongLong(&whole);
  if (!whole) count = QLocale().toULongLong(digits.trimmed(), &whole);
  if (!whole || count > kLargest / unit) return std::nullopt;
  return static_cast<size_t>(count) * unit;
}

std::optional<std::vector<size_t>> parse_token_list(const QString& text) {
  static const QRegularExpression kBetween(QStringLiteral("[,;\\s]+"));
  std::vector<size_t> counts;
  for (const QString& part : text.split(kBetween, Qt::SkipEmptyParts)) {
    auto count = parse_tokens(part);
    if (!count) return std::nullopt;
    counts.push_back(*count);
  }
  return counts;
}

QString format_tokens(size_t tokens) {
  if (tokens >= kMega && tokens % kMega == 0)
    return QString::number(tokens / kMega) + QLatin1Char('M');
  if (tokens >= kKilo && tokens % kKilo == 0)
    return QString::number(tokens / kKilo) + QLatin1Char('k');
  return QLocale().toString(static_cast<qulonglong>(tokens));
}

}  // namespace loom::ui
