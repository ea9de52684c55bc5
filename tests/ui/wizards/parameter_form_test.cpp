#include "ui/wizards/parameter_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

#include "ui/wizards/length_chooser.h"
#include "ui/wizards/token_counts.h"

using loom::Parameter;
using loom::ui::ParameterForm;

class ParameterFormTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init();
  void showsDefaults();
  void readsWhatIsTyped();
  void explainsWrongInput_data();
  void explainsWrongInput();
  void keepsValues();
  void namesAreThereForScreenReaders();
  void tokenCounts();
  void whatTheDefaultIsHasRoom();
  void lengthsStandInColumns();

 private:
  void type(const char* field, const QString& input);
  std::unique_ptr<ParameterForm> form_;
};

namespace {

Parameter parameter(const char* id, const char* type, nlohmann::json standard) {
  Parameter made;
  made.id = id;
  made.label = std::string("Label of ") + id;
  made.type = type;
  made.default_value = std::move(standard);
  return made;
}

std::vector<Parameter> every_type() {
  Parameter budget = parameter("budget", "integer", 512);
  budget.minimum = 1;
  budget.maximum = 4096;
  budget.unit = "tokens";
  Parameter share = parameter("share", "number", 0.5);
  share.minimum = 0;
  share.maximum = 1;
  Parameter mode = parameter("mode", "choice", "fast");
  mode.choices = {"fast", "exact"};
  return {budget,
          share,
          mode,
          parameter("on", "boolean", true),
          parameter("label", "text", "a"),
          parameter("layers", "integer_list", nlohmann::json::array({1, 2}))};
}

}  // namespace

void ParameterFormTest::init() {
  form_ = std::make_unique<ParameterForm>();
  form_->set_parameters(every_type());
  form_->show();
}

void ParameterFormTest::type(const char* field, const QString& input) {
  auto* line = form_->findChild<QLineEdit*>(QLatin1String(field));
  QVERIFY(line);
  line->selectAll();
  QTest::keyClick(line, Qt::Key_Delete);
  QTest::keyClicks(line, input);
}

void ParameterFormTest::showsDefaults() {
  const nlohmann::json expected = {{"budget", 512}, {"share", 0.5}, {"mode", "fast"},
                                   {"on", true},    {"label", "a"}, {"layers", {1, 2}}};
  QCOMPARE(form_->values().dump().c_str(), expected.dump().c_str());
  QVERIFY(form_->changed_values().empty());
  QVERIFY(form_->is_valid());
}

void ParameterFormTest::readsWhatIsTyped() {
  QSignalSpy changed(form_.get(), &ParameterForm::changed);
  type("budget", QStringLiteral("2k"));
  type("share", QStringLiteral("0.25"));
  type("layers", QStringLiteral("3, 5"));
  QTest::keyClick(form_->findChild<QComboBox*>(QStringLiteral("mode")), Qt::Key_Down);
  QTest::keyClick(form_->findChild<QCheckBox*>(QStringLiteral("on")), Qt::Key_Space);
  const nlohmann::json expected = {
      {"budget", 2048}, {"share", 0.25}, {"mode", "exact"}, {"on", false}, {"layers", {3, 5}}};
  QCOMPARE(form_->changed_values().dump().c_str(), expected.dump().c_str());
  QVERIFY(changed.size() >= 5);
}

void ParameterFormTest::explainsWrongInput_data() {
  QTest::addColumn<QString>("field");
  QTest::addColumn<QString>("input");
  QTest::addColumn<QString>("message");
  QTest::newRow("too large") << "budget"
                             << "5000"
                             << "Enter a whole number from 1 to 4096.";
  QTest::newRow("empty") << "budget"
                         << ""
                         << "Enter a whole number from 1 to 4096.";
  QTest::newRow("word") << "share"
                        << "half"
                        << "Enter a number from 0 to 1.";
  QTest::newRow("list") << "layers"
                        << "1, two"
                        << "Enter whole numbers with commas between.";
}

void ParameterFormTest::explainsWrongInput() {
  QFETCH(QString, field);
  QFETCH(QString, input);
  QFETCH(QString, message);
  type(qPrintable(field), input);
  auto* label = form_->findChild<QLabel*>(field + QStringLiteral("_message"));
  QVERIFY(label && label->isVisible());
  QCOMPARE(label->text().remove(QLatin1Char(',')), QString(message).remove(QLatin1Char(',')));
  QVERIFY(!form_->is_valid());
  QVERIFY(!form_->values().contains(field.toStdString()));
  type(qPrintable(field), QStringLiteral("1"));
  QVERIFY(!label->isVisible());
  QVERIFY(form_->is_valid());
}

void ParameterFormTest::keepsValues() {
  form_->set_values({{"budget", 7}, {"mode", "exact"}});
  QCOMPARE(form_->changed_values().dump().c_str(),
           nlohmann::json({{"budget", 7}, {"mode", "exact"}}).dump().c_str());
}

void ParameterFormTest::namesAreThereForScreenReaders() {
  for (const Parameter& each : every_type()) {
    auto* control = form_->findChild<QWidget*>(QString::fromStdString(each.id));
    QVERIFY(control);
    QCOMPARE(control->accessibleName(), QString::fromStdString(each.label));
  }
}

void ParameterFormTest::tokenCounts() {
  using loom::ui::format_tokens;
  using loom::ui::parse_tokens;
  QCOMPARE(parse_tokens(QStringLiteral("4k")).value_or(0), size_t{4096});
  QCOMPARE(parse_tokens(QStringLiteral("1M")).value_or(0), size_t{1048576});
  QCOMPARE(parse_tokens(QStringLiteral(" 700 ")).value_or(0), size_t{700});
  QVERIFY(!parse_tokens(QStringLiteral("99999999999")));
  QVERIFY(!parse_tokens(QStringLiteral("18446744073709551615k")));
  QVERIFY(!parse_tokens(QStringLiteral("k")));
  QVERIFY(!parse_tokens(QStringLiteral("-4k")));
  QCOMPARE(format_tokens(8192), QStringLiteral("8k"));
}

void ParameterFormTest::whatTheDefaultIsHasRoom() {
  Parameter samples = parameter("samples", "integer", 0);
  samples.default_label = "default: official number";
  form_->set_parameters({samples});
  form_->resize(360, 200);
  form_->show();
  QVERIFY(QTest::qWaitForWindowExposed(form_.get()));
  const QLabel* hint = nullptr;
  for (const QLabel* label : form_->findChildren<QLabel*>())
    if (label->text() == QStringLiteral("default: official number")) hint = label;
  QVERIFY(hint);
  QVERIFY(hint->width() >= hint->fontMetrics().horizontalAdvance(hint->text()));
}

void ParameterFormTest::lengthsStandInColumns() {
  loom::ui::LengthChooser chooser;
  chooser.show_lengths({1024, 2048, 4096, 8192, 16384, 131072, 1048576}, {4096}, 1);
  chooser.resize(420, 160);
  chooser.show();
  QVERIFY(QTest::qWaitForWindowExposed(&chooser));
  const QList<QToolButton*> chips = chooser.findChildren<QToolButton*>();
  QCOMPARE(chips.size(), 7);
  for (const QToolButton* chip : chips) QCOMPARE(chip->width(), chips.first()->width());
  QCOMPARE(chips.at(5)->x(), chips.at(0)->x());
}

QTEST_MAIN(ParameterFormTest)
#include "parameter_form_test.moc"
