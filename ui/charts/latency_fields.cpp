#include "ui/charts/latency_fields.h"

#include "ui/charts/figure_words.h"
#include "ui/shell/quantity_text.h"

namespace loom::ui {
namespace {

using Field = LatencyTableModel::Field;

}  // namespace

bool latency_known(const LatencyRow::Cell& cell) {
  return cell.samples > 0 || cell.wall_s > 0;
}

double latency_number(const LatencyRow::Cell& cell, Field field) {
  switch (field) {
    case Field::total:
      return cell.wall_s;
    case Field::tokenise:
      return cell.timings.tokenise_s;
    case Field::prefill:
      return cell.timings.prefill_new_s + cell.timings.prefill_reused_s;
    case Field::decode:
      return cell.timings.decode_s;
    case Field::prefill_rate:
      return cell.prefill_tokens_per_s.value_or(-1);
    case Field::decode_rate:
      return cell.decode_tokens_per_s.value_or(-1);
    case Field::memory:
      return static_cast<double>(cell.peak_memory_bytes);
  }
  return 0;
}

QString latency_text(const LatencyRow::Cell& cell, Field field) {
  const QString nothing = QStringLiteral("–");
  if (!latency_known(cell)) return nothing;
  const double value = latency_number(cell, field);
  switch (field) {
    case Field::total:
    case Field::tokenise:
    case Field::prefill:
    case Field::decode:
      return QString::fromStdString(loom::duration_text(value, local_theme()));
    case Field::prefill_rate:
    case Field::decode_rate:
      return value < 0 ? nothing : decimal_text(value, 1);
    case Field::memory:
      return decimal_text(value / 1e9, 2);
  }
  return {};
}

QString latency_title(Field field) {
  switch (field) {
    case Field::total:
      return LatencyTableModel::tr("Total\nh:mm:ss");
    case Field::tokenise:
      return LatencyTableModel::tr("Tokenise\nh:mm:ss");
    case Field::prefill:
      return LatencyTableModel::tr("Prefill\nh:mm:ss");
    case Field::decode:
      return LatencyTableModel::tr("Decode\nh:mm:ss");
    case Field::prefill_rate:
      return LatencyTableModel::tr("Prefill\ntokens/s");
    case Field::decode_rate:
      return LatencyTableModel::tr("Decode\ntokens/s");
    case Field::memory:
      return LatencyTableModel::tr("Memory\nGB");
  }
  return {};
}

QString latency_help(Field field) {
  switch (field) {
    case Field::total:
      return LatencyTableModel::tr("Time from the first prompt to the last score");
    case Field::tokenise:
      return LatencyTableModel::tr("Time to turn prompts into tokens");
    case Field::prefill:
      return LatencyTableModel::tr("Time to read prompts, reused parts included");
    case Field::decode:
      return LatencyTableModel::tr("Time to write answers");
    case Field::prefill_rate:
      return LatencyTableModel::tr("Tokens of prompts read in a second, reused parts left out");
    case Field::decode_rate:
      return LatencyTableModel::tr("Tokens of answers written in a second");
    case Field::memory:
      return LatencyTableModel::tr("The most memory that was in use");
  }
  return {};
}

}  // namespace loom::ui
