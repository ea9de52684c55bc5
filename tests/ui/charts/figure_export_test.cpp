#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/text_file.h"
#include "tests/core/report/example_summaries.h"
#include "ui/charts/figure_export_dialog.h"

using namespace loom;
using namespace loom::test;
using namespace loom::ui;

class FigureExportTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void writes_figure_data_and_caption();
  void the_same_choices_give_the_same_bytes();
  void an_error_stays_in_the_dialog();
  void what_cannot_be_written_is_told_at_its_field();
  void opens_in_its_first_field();
  void choices_are_kept();
  void the_font_is_7_to_9_points();
  void existing_files_are_announced();
  void latex_where_the_chart_has_it();

 private:
  FigureSource source() const;
  static bool write(FigureExportDialog& dialog) {
    QSignalSpy written(&dialog, &FigureExportDialog::written);
    dialog.write();
    return !written.empty() || written.wait(20'000);
  }
  static QComboBox* box_with(FigureExportDialog& dialog, const QString& entry);
  static std::string bytes(const QString& file) {
    auto content = read_file(file.toStdString());
    return content ? *content : std::string();
  }
};

void FigureExportTest::initTestCase() {
  QStandardPaths::setTestModeEnabled(true);
  QCoreApplication::setOrganizationName(QStringLiteral("loomscope-tests"));
  QCoreApplication::setApplicationName(QStringLiteral("figure_export_test"));
  QSettings().clear();
}

FigureSource FigureExportTest::source() const {
  LengthCurveModel model = length_curve_model({ruler_run()});
  FigureSource source;
  source.draw = [model](double width, double height, const FigureTheme& theme) {
    return draw_length_curve(model, width, height, theme);
  };
  source.table = [model] { return to_table(model); };
  source.file_stem = QStringLiteral("length");
  source.caption = QStringLiteral("Mean score by length.");
  return source;
}

QComboBox* FigureExportTest::box_with(FigureExportDialog& dialog, const QString& entry) {
  for (QComboBox* box : dialog.findChildren<QComboBox*>())
    if (box->findText(entry) >= 0) return box;
  return nullptr;
}

void FigureExportTest::writes_figure_data_and_caption() {
  QTemporaryDir folder;
  FigureExportDialog dialog(source(), QStringLiteral("Model Llama, 50 samples each."));
  dialog.set_folder(folder.path());
  QSignalSpy written(&dialog, &FigureExportDialog::written);
  QCOMPARE(dialog.width_mm(), 84.0);
  dialog.write();
  QTRY_COMPARE(written.size(), 1);
  QCOMPARE(dialog.result(), int(QDialog::Accepted));
  QStringList files = written[0][0].toStringList();
  QCOMPARE(files.size(), 3);
  QVERIFY(bytes(files[0]).starts_with("%PDF"));
  QCOMPARE(bytes(files[1]), to_csv(source().table()));
  QCOMPARE(bytes(files[2]),
           std::string("Mean score by length.\n\nModel Llama, 50 samples each.\n"));
  QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 3);
}

void FigureExportTest::the_same_choices_give_the_same_bytes() {
  QTemporaryDir one, two;
  for (const QString& folder : {one.path(), two.path()}) {
    FigureExportDialog dialog(source(), QString());
    dialog.set_folder(folder);
    QVERIFY(write(dialog));
  }
  for (const char* name : {"length.pdf", "length.csv", "length.txt"}) {
    QString file = QString::fromLatin1(name);
    QVERIFY(!bytes(one.filePath(file)).empty());
    QVERIFY(bytes(one.filePath(file)) == bytes(two.filePath(file)));
  }
}

void FigureExportTest::an_error_stays_in_the_dialog() {
  QTemporaryDir folder;
  QVERIFY(write_file(folder.filePath(QStringLiteral("file")).toStdString(), "x"));
  FigureExportDialog dialog(source(), QString());
  dialog.show();
  dialog.set_folder(folder.filePath(QStringLiteral("file/below")));
  QSignalSpy written(&dialog, &FigureExportDialog::written);
  QSignalSpy failed(&dialog, &FigureExportDialog::failed);
  dialog.write();
  QTRY_COMPARE(failed.size(), 1);
  QVERIFY(dialog.isVisible());
  QCOMPARE(written.size(), 0);
  auto* message = dialog.findChild<QLabel*>(QStringLiteral("figure_message"));
  QVERIFY(message->isVisible() && message->text().contains(QStringLiteral("file/below")));
  QCOMPARE(message->accessibleName(), message->text());  // it is spoken when it comes
  // The next try takes it away.
  dialog.set_folder(folder.path());
  dialog.write();
  QVERIFY(!message->isVisible());
  QTRY_COMPARE(written.size(), 1);
}

void FigureExportTest::what_cannot_be_written_is_told_at_its_field() {
  QTemporaryDir folder;
  FigureExportDialog dialog(source(), QString());
  dialog.set_folder(folder.path());
  dialog.show();
  auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("figure_name"));
  auto* wrong_name = dialog.findChild<QLabel*>(QStringLiteral("figure_name_message"));
  auto* wrong_folder = dialog.findChild<QLabel*>(QStringLiteral("figure_folder_message"));
  QPushButton* write = nullptr;
  for (QPushButton* button : dialog.findChildren<QPushButton*>())
    if (button->text() == QStringLiteral("Write files")) write = button;
  QVERIFY(name && wrong_name && wrong_folder && write && write->isEnabled());
  QVERIFY(!wrong_name->isVisible() && !wrong_folder->isVisible());
  for (const char* typed : {"", "a/b"}) {
    name->selectAll();
    QTest::keyClick(name, Qt::Key_Delete);
    QTest::keyClicks(name, QLatin1String(typed));
    QVERIFY2(wrong_name->isVisible() && !write->isEnabled(), typed);
  }
  QVERIFY(wrong_name->text().contains(u'/'));
  name->setText(QStringLiteral("length"));
  QVERIFY(!wrong_name->isVisible() && write->isEnabled());
  dialog.set_folder({});
  QVERIFY(wrong_folder->isVisible() && !write->isEnabled());
}

// Not on a button that happened to be made first.
void FigureExportTest::opens_in_its_first_field() {
  FigureExportDialog dialog(source(), QString());
  dialog.show();
  QVERIFY(QTest::qWaitForWindowActive(&dialog));
  QCOMPARE(dialog.focusWidget(), box_with(dialog, QStringLiteral("Own width")));
  auto* folder = dialog.findChild<QLineEdit*>(QStringLiteral("figure_folder"));
  auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("figure_name"));
  folder->setFocus();
  QTest::keyClick(folder, Qt::Key_Tab);  // to "Browse…", which stands beside it
  QVERIFY(qobject_cast<QPushButton*>(dialog.focusWidget()));
  QTest::keyClick(dialog.focusWidget(), Qt::Key_Tab);
  QCOMPARE(dialog.focusWidget(), name);
  QTest::keyClick(name, Qt::Key_Backtab);
  QTest::keyClick(dialog.focusWidget(), Qt::Key_Backtab);
  QCOMPARE(dialog.focusWidget(), folder);
}

void FigureExportTest::choices_are_kept() {
  QTemporaryDir folder;
  {
    FigureExportDialog dialog(source(), QString());
    dialog.set_folder(folder.path());
    box_with(dialog, QStringLiteral("SVG"))->setCurrentText(QStringLiteral("SVG"));
    box_with(dialog, QStringLiteral("Own width"))->setCurrentText(QStringLiteral("Page (174 mm)"));
    QCOMPARE(dialog.width_mm(), 174.0);
    QVERIFY(write(dialog));
  }
  QVERIFY(bytes(folder.filePath(QStringLiteral("length.svg"))).find("width=\"493.228pt\"") !=
          std::string::npos);
  FigureExportDialog again(source(), QString());
  QCOMPARE(again.width_mm(), 174.0);
  QCOMPARE(box_with(again, QStringLiteral("SVG"))->currentText(), QStringLiteral("SVG"));
  QSettings().clear();
}

void FigureExportTest::the_font_is_7_to_9_points() {
  const QString key = QStringLiteral("figure_export/font_size");
  const auto size = [this] {
    FigureExportDialog dialog(source(), QString());
    return dialog.findChild<QDoubleSpinBox*>(QStringLiteral("figure_font_size"))->value();
  };
  QSettings().remove(key);
  QCOMPARE(size(), 8.0);
  QSettings().setValue(key, 5.0);  // kept when it was offered
  QCOMPARE(size(), 7.0);
  QSettings().setValue(key, 14.0);
  QCOMPARE(size(), 9.0);
  QSettings().remove(key);
}

void FigureExportTest::existing_files_are_announced() {
  QTemporaryDir folder;
  QVERIFY(write_file(folder.filePath(QStringLiteral("length.csv")).toStdString(), "x"));
  FigureExportDialog dialog(source(), QString());
  dialog.set_folder(folder.path());
  bool replace = false;
  for (QPushButton* button : dialog.findChildren<QPushButton*>())
    replace = replace || button->text() == QStringLiteral("Replace files");
  QVERIFY(replace);
}

void FigureExportTest::latex_where_the_chart_has_it() {
  QSettings().clear();
  const QString latex = QStringLiteral("LaTeX (pgfplots)");
  FigureExportDialog without(source(), {});
  QVERIFY(!box_with(without, latex));
  QTemporaryDir folder;
  FigureSource paper = source();
  paper.pgfplots = [](double width, double height) {
    return std::to_string(std::lround(width)) + " by " + std::to_string(std::lround(height));
  };
  paper.aspect = 0.5;
  FigureExportDialog dialog(paper, {});
  dialog.set_folder(folder.path());
  QComboBox* format = box_with(dialog, latex);
  QVERIFY(format);
  auto silent = [&dialog] {  // controls that are off and do not say why
    QStringList names;
    for (QWidget* field : dialog.findChildren<QWidget*>())
      if ((qobject_cast<QComboBox*>(field) || qobject_cast<QAbstractSpinBox*>(field)) &&
          !field->isEnabled() && field->toolTip().isEmpty())
        names << QString::fromLatin1(field->metaObject()->className());
    return names.join(QLatin1Char(' '));
  };
  QCOMPARE(silent(), QString());
  format->setCurrentIndex(format->findText(latex));
  QVERIFY(!box_with(dialog, QStringLiteral("300 dpi"))->isEnabled());
  QCOMPARE(silent(), QString());
  QVERIFY(write(dialog));
  QCOMPARE(bytes(folder.filePath(QStringLiteral("length.tex"))), std::string("238 by 119"));
  QVERIFY(bytes(folder.filePath(QStringLiteral("length.csv"))).starts_with("Series,"));
  QCOMPARE(bytes(folder.filePath(QStringLiteral("length.txt"))),
           std::string("Mean score by length.\n"));
  // A chart without that form falls back to the first one.
  FigureExportDialog next(source(), {});
  QCOMPARE(box_with(next, QStringLiteral("PNG"))->currentText(), QStringLiteral("PDF"));
  QSettings().clear();
}

QTEST_MAIN(FigureExportTest)
#include "figure_export_test.moc"
