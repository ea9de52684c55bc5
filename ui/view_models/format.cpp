#include "ui/view_models/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>
#include <cmath>

#include "ui/shell/quantity_text.h"

namespace loom::ui {
namespace {

const QString kNothing = QStringLiteral("–");

// Gives the free functions a context for translators.
struct Format {
  Q_DECLARE_TR_FUNCTIONS(Format)
};

QString number(double value) {
  return decimal_text(value, 1);
}

}  // namespace

QString text(const std::string& utf8) {
  return QString::fromStdString(utf8);
}

QString joined(const std::vector<std::string>& parts) {
  QStringList list;
  for (const std::string& part : parts) list << text(part);
  return list.join(QStringLiteral(", "));
}

QString format_score(std::optional<double> score) {
  return score ? number(*score) : kNothing;
}

QString format_interval(std::optional<double> low, std::optional<double> high) {
  if (!low || !high) return {};
  // A locale with a decimal comma would make "[52,1, 69,8]" unreadable.
  const bool comma = QLocale().decimalPoint() == QStringLiteral(",");
  const QString separator = comma ? QStringLiteral("; ") : QStringLiteral(", ");
  return QStringLiteral("[") + number(*low) + separator + number(*high) + QStringLiteral("]");
}

QString format_difference(std::optional<double> points) {
  if (!points) return kNothing;
  const QString sign = *points > 0   ? QStringLiteral("+")
                       : *points < 0 ? QStringLiteral("−")
                                     : QString();
  return sign + number(std::abs(*points));
}

QString format_count(size_t count) {
  return QLocale().toString(static_cast<qulonglong>(count));
}

QString format_duration(double seconds) {
  if (seconds < 0 || !std::isfinite(seconds)) return kNothing;
  if (seconds < 10) return Format::tr("%1 s").arg(number(seconds));
  const auto whole = static_cast<qint64>(std::llround(seconds));
  if (whole < 60) return Format::tr("%1 s").arg(whole);
  const QChar zero = QLatin1Char('0');
  // With its hours, as in the table of times: "3:05" may be hours or minutes.
  return QStringLiteral("%1:%2:%3")
      .arg(whole / 3600)
      .arg(whole / 60 % 60, 2, 10, zero)
      .arg(whole % 60, 2, 10, zero);
}

QString format_bytes(size_t bytes) {
  return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

QString format_time(const std::string& utc) {
  QDateTime time = QDateTime::fromString(text(utc), Qt::ISODateWithMs);
  if (!time.isValid()) return text(utc);
  if (time.timeSpec() == Qt::LocalTime) time.setTimeSpec(Qt::UTC);
  return QLocale().toString(time.toLocalTime(), QLocale::ShortFormat);
}

QString format_percent(double share) {
  return Format::tr("%1 %").arg(decimal_text(share * 100, 0));
}

QString state_word(RunState state) {
  switch (state) {
    case RunState::created:
      return Format::tr("Waiting");
    case RunState::running:
      return Format::tr("Running");
    case RunState::paused:
      return Format::tr("Paused");
    case RunState::finished:
      return Format::tr("Finished");
    case RunState::finished_with_failures:
      return Format::tr("Finished with failures");
    case RunState::failed:
      return Format::tr("Failed");
    case RunState::cancelled:
      return Format::tr("Cancelled");
  }
  return {};
}

QString state_word(SampleState state) {
  switch (state) {
    case SampleState::pending:
      return Format::tr("Waiting");
    case SampleState::done:
      return Format::tr("Done");
    case SampleState::failed:
      return Format::tr("Failed");
    case SampleState::cancelled:
      return Format::tr("Cancelled");
  }
  return {};
}

// Qt knows them in English only; those of the benchmarks are shown in the window's language.
QString language_names(const std::vector<std::string>& codes) {
  QStringList names;
  for (const std::string& code : codes) {
    const QLocale::Language language = QLocale(text(code)).language();
    switch (language) {
      case QLocale::C:
        names << text(code);
        break;
      case QLocale::English:
        names << Format::tr("English");
        break;
      case QLocale::Chinese:
        names << Format::tr("Chinese");
        break;
      case QLocale::Russian:
        names << Format::tr("Russian");
        break;
      default:
        names << QLocale::languageToString(language);
    }
  }
  return names.join(QStringLiteral(", "));
}

QString capability_name(const std::string& id) {
  if (id == "faithfulness") return Format::tr("Faithfulness");
  if (id == "general") return Format::tr("General");
  if (id == "reasoning") return Format::tr("Reasoning");
  if (id == "retrieval") return Format::tr("Retrieval");
  if (id == "generation") return Format::tr("Generation");
  if (id == "specialization") return Format::tr("Specialization");
  return text(id);
}

}  // namespace loom::ui
