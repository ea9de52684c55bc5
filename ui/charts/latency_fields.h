// The quantities of a latency table: what stands in a header and in a cell.
#pragma once

#include <QString>

#include "ui/charts/latency_table_model.h"

namespace loom::ui {

bool latency_known(const LatencyRow::Cell& cell);  // anything was done
double latency_number(const LatencyRow::Cell& cell, LatencyTableModel::Field field);
QString latency_text(const LatencyRow::Cell& cell, LatencyTableModel::Field field);
QString latency_title(LatencyTableModel::Field field);  // two short lines, the unit below
QString latency_help(LatencyTableModel::Field field);   // the title's tooltip

}  // namespace loom::ui
