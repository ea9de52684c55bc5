// The dialog that makes a benchmark of the user's own data, used as a user does.
#pragma once

#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>

#include "tests/ui/pages/own_data.h"
#include "ui/pages/benchmarks/add_benchmark_dialog.h"

namespace loom::testing {

// Shows the dialog and chooses the data; whether it read them and shows a prompt made of them.
inline bool opens_on(ui::AddBenchmarkDialog& dialog, const std::filesystem::path& data) {
  dialog.show();
  dialog.choose(data);
  auto* preview = part<QPlainTextEdit>(dialog, "prompt_preview");
  return QTest::qWaitFor([&] { return !preview->toPlainText().isEmpty(); });
}

// Presses Add; whether the dialog was done with it.
inline bool is_added(ui::AddBenchmarkDialog& dialog) {
  QSignalSpy accepted(&dialog, &QDialog::accepted);
  QTest::mouseClick(part<QPushButton>(dialog, "add_custom"), Qt::LeftButton);
  return QTest::qWaitFor([&] { return accepted.size() == 1; });
}

}  // namespace loom::testing
