#include "ui/wizards/evaluation_wizard.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTreeWidget>

#include "tests/support/patience.h"
#include "tests/ui/wizards/open_wizard.h"

using loom::ui::EvaluationWizard;

class EvaluationWizardTest : public loom::testing::OpenWizard {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    if (!loom::testing::default_model()) QSKIP("skipped: the default model has not been fetched");
  }
  void init() { open(); }
  void cleanup() { close(); }
  void clicksThroughToAPlan();
  void theRowShowsExamplePrompts();
  void nothingTickedExplainsItself();
  void invalidInputExplainsItself();
  void takesTheNumbersThatAPlanTakes_data();
  void takesTheNumbersThatAPlanTakes();
  void lengthsWithoutDataExplainThemselves();
  void backKeepsInput();
  void invalidSettingsStayWithTheirBenchmark();
  void searchKeepsTicks();
  void escapeAsksWhenSomethingWasEntered();
  void escapeClosesWhatWasOnlyLookedAt();
  void aKeyboardAloneSetsUpAPlan();
};

void EvaluationWizardTest::clicksThroughToAPlan() {
  QSignalSpy run(wizard_.get(), &EvaluationWizard::run_wanted);
  tick(QStringLiteral("Code words"));
  tick(QStringLiteral("Value tracing"));
  type("samples", QStringLiteral("3"));
  click("wizard_next");
  QCOMPARE(wizard_->current_step(), 1);
  tick_model();
  for (int step = 2; step <= 4; ++step) {
    click("wizard_next");
    QCOMPARE(wizard_->current_step(), step);
  }
  type("temperature", QStringLiteral("0.5"));
  type("seed", QStringLiteral("7"));
  type("max_length", QStringLiteral("4k"));
  click("wizard_next");
  QCOMPARE(wizard_->current_step(), 5);
  QTRY_VERIFY(
      find<QLabel>("wizard_footer")
          .text()
          .startsWith(QStringLiteral("1 benchmark · 1 model · 1 method = 2 jobs · 6 samples")));
  type("run_name", QStringLiteral("My run"));
  const auto model = *loom::testing::default_model();
  nlohmann::json expected = nlohmann::json::parse(R"({
    "format": 1, "name": "My run", "models": [{"chat_template": "auto"}],
    "servers": [{"id": "local", "parameters": {}}],
    "augmentations": [{"id": "none", "parameters": {}}],
    "benchmarks": [{"id": "starter", "tasks": ["value_tracing", "code_words"], "lengths": [],
                    "samples": 3, "parameters": {}}],
    "devices": ["cpu"],
    "decoding": {"temperature": 0.5, "top_k": 0, "top_p": 1.0, "min_p": 0.0, "seed": 0},
    "max_length": 4096, "truncation": "benchmark", "seed": 7, "rule_set": "official", "tags": []})");
  expected["models"][0]["path"] = model.string();
  expected["models"][0]["name"] = wizard_->plan().models.at(0).name;
  QCOMPARE(to_json(wizard_->plan()).dump(1).c_str(), expected.dump(1).c_str());
  QVERIFY(check_plan(wizard_->plan(), workspace_->catalog()).empty());

  const auto file = home_->path() / "plan.json";
  QVERIFY(wizard_->save_plan(file).has_value());
  auto read = loom::read_plan(file);
  QVERIFY(read.has_value());
  QCOMPARE(to_json(*read).dump().c_str(), expected.dump().c_str());
  click("wizard_next");
  QCOMPARE(run.size(), 1);
}

void EvaluationWizardTest::theRowShowsExamplePrompts() {
  const auto models = home_->path() / "data/models";
  std::filesystem::create_directories(models);
  std::filesystem::create_symlink(*loom::testing::default_model(), models / "small.gguf");
  wizard_ = std::make_unique<EvaluationWizard>(*workspace_);
  wizard_->show();
  QVERIFY(QTest::qWaitForWindowExposed(wizard_.get()));
  auto& tree = find<QTreeWidget>("benchmark_tree");
  auto& prompt = find<QPlainTextEdit>("sample_prompt");
  QStringList prompts;
  for (const char* title : {"Code words", "Value tracing"}) {
    tree.setCurrentItem(task(QLatin1String(title)));
    const QString before = prompts.isEmpty() ? QString() : prompts.last();
    QTRY_VERIFY_WITH_TIMEOUT(prompt.isVisibleTo(wizard_.get()) && prompt.toPlainText() != before,
                             loom::testing::patient(60'000));
    prompts << prompt.toPlainText();
    QVERIFY(prompts.last().startsWith(QStringLiteral("<|im_start|>")));  // as the model gets it
  }
  QVERIFY(prompts[0] != prompts[1]);
  tree.setCurrentItem(task(QStringLiteral("Code words"))->parent());  // its first task
  QTRY_VERIFY_WITH_TIMEOUT(prompt.isVisibleTo(wizard_.get()), loom::testing::patient(60'000));
  QVERIFY(prompt.toPlainText().startsWith(QStringLiteral("<|im_start|>")));
  tree.setCurrentItem(tree.topLevelItem(0));  // a capability has none
  QVERIFY(!prompt.isVisibleTo(wizard_.get()));
}

void EvaluationWizardTest::nothingTickedExplainsItself() {
  click("wizard_next");
  QCOMPARE(wizard_->current_step(), 0);
  QVERIFY(find<QLabel>("benchmarks_message").isVisible());
  tick(QStringLiteral("Code words"));
  QVERIFY(!find<QLabel>("benchmarks_message").isVisible());
}

void EvaluationWizardTest::invalidInputExplainsItself() {
  tick(QStringLiteral("Code words"));
  tick_model();
  QVERIFY(wizard_->go_to(4));
  type("top_p", QStringLiteral("1.5"));
  QVERIFY(find<QLabel>("top_p_message").isVisible());
  QCOMPARE(find<QLabel>("top_p_message").text(),
           QStringLiteral("Enter a number above 0, up to 1."));
  click("wizard_next");
  QCOMPARE(wizard_->current_step(), 4);
  QVERIFY(find<QLineEdit>("top_p").hasFocus());
  type("top_p", QStringLiteral("0.9"));
  click("wizard_next");
  QCOMPARE(wizard_->current_step(), 5);
}

// `value` is what the input means, as it would stand in a plan file.
void EvaluationWizardTest::takesTheNumbersThatAPlanTakes_data() {
  QTest::addColumn<QString>("field");
  QTest::addColumn<QString>("place");
  QTest::addColumn<QString>("input");
  QTest::addColumn<QString>("value");
  QTest::addColumn<bool>("good");
  auto row = [](const char* field, const char* place, const char* input, const char* value,
                bool good) {
    QTest::addRow("%s %s", field, input)
        << QString::fromLatin1(field) << QString::fromLatin1(place) << QString::fromLatin1(input)
        << QString::fromLatin1(value) << good;
  };
  row("top_p", "/decoding/top_p", "0", "0", false);
  row("top_p", "/decoding/top_p", "0.001", "0.001", true);
  row("top_p", "/decoding/top_p", "1", "1", true);
  row("top_p", "/decoding/top_p", "1.01", "1.01", false);
  row("top_p", "/decoding/top_p", "-0.1", "-0.1", false);
  row("top_p", "/decoding/top_p", "nan", "null", false);
  row("min_p", "/decoding/min_p", "0", "0", true);
  row("min_p", "/decoding/min_p", "1", "1", true);
  row("min_p", "/decoding/min_p", "1.1", "1.1", false);
  row("temperature", "/decoding/temperature", "0", "0", true);
  row("temperature", "/decoding/temperature", "100", "100", true);
  row("temperature", "/decoding/temperature", "101", "101", false);
  row("temperature", "/decoding/temperature", "-1", "-1", false);
  row("temperature", "/decoding/temperature", "inf", "null", false);
  row("top_k", "/decoding/top_k", "1000000", "1000000", true);
  row("top_k", "/decoding/top_k", "1000001", "1000001", false);
  row("top_k", "/decoding/top_k", "-1", "-1", false);
  row("top_k", "/decoding/top_k", "1.5", "1.5", false);
  row("repetition_penalty", "/decoding/repetition_penalty", "0", "0", true);
  row("repetition_penalty", "/decoding/repetition_penalty", "100", "100", true);
  row("repetition_penalty", "/decoding/repetition_penalty", "100.5", "100.5", false);
  row("max_length", "/max_length", "0", "0", true);
  row("max_length", "/max_length", "16m", "16777216", true);
  row("max_length", "/max_length", "16777217", "16777217", false);
  row("decoding_seed", "/decoding/seed", "-1", "-1", false);
  row("decoding_seed", "/decoding/seed", "9000000000000000", "9000000000000000", true);
  row("seed", "/seed", "-1", "-1", false);
  row("seed", "/seed", "0", "0", true);
}

void EvaluationWizardTest::takesTheNumbersThatAPlanTakes() {
  QFETCH(QString, field);
  QFETCH(QString, place);
  QFETCH(QString, input);
  QFETCH(QString, value);
  QFETCH(bool, good);
  tick(QStringLiteral("Code words"));
  tick_model();
  QVERIFY(wizard_->go_to(4));
  const QByteArray name = field.toLatin1();
  type(name.constData(), input);
  QCOMPARE(find<QLabel>(QByteArray(name + "_message").constData()).isVisible(), !good);
  QCOMPARE(wizard_->step(4).is_complete(), good);
  if (value == QStringLiteral("null")) return;  // no number at all
  nlohmann::json json = to_json(wizard_->plan());
  json[nlohmann::json::json_pointer(place.toStdString())] =
      nlohmann::json::parse(value.toStdString());
  const auto read = loom::plan_from_json(json);
  const bool plan_takes = read && check_plan(*read, workspace_->catalog()).empty();
  QCOMPARE(plan_takes, good);
  if (good) QCOMPARE(to_json(wizard_->plan()).dump().c_str(), to_json(*read).dump().c_str());
}

// LIBRA's data has lengths of its own; between them there is none.
void EvaluationWizardTest::lengthsWithoutDataExplainThemselves() {
  tick_model();
  loom::EvaluationPlan plan = wizard_->plan();
  plan.benchmarks = {{"libra", {"librusec_mhqa"}, {6000}, 0, nlohmann::json::object(), ""}};
  QVERIFY(!check_plan(plan, workspace_->catalog()).empty());
  wizard_->set_plan(plan);
  QVERIFY(!wizard_->step(0).is_complete());
  click("wizard_next");
  QCOMPARE(wizard_->current_step(), 0);
  auto& message = find<QLabel>("benchmarks_message");
  QVERIFY2(message.text().startsWith(QStringLiteral("LIBRA has no data")),
           qPrintable(message.text()));
  QVERIFY(find<QLineEdit>("own_lengths").hasFocus());
  type("own_lengths", QStringLiteral("8192"));
  QVERIFY(!message.isVisible());
  QVERIFY(wizard_->step(0).is_complete());
}

void EvaluationWizardTest::backKeepsInput() {
  tick(QStringLiteral("Code words"));
  type("samples", QStringLiteral("5"));
  tick_model();
  QVERIFY(wizard_->go_to(4));
  type("temperature", QStringLiteral("0.7"));
  for (int i = 0; i < 4; ++i) click("wizard_back");
  QCOMPARE(wizard_->current_step(), 0);
  QCOMPARE(find<QLineEdit>("samples").text(), QStringLiteral("5"));
  QCOMPARE(task(QStringLiteral("Code words"))->checkState(0), Qt::Checked);
  QCOMPARE(task(QStringLiteral("Starter suite"))->checkState(0), Qt::PartiallyChecked);
  QVERIFY(wizard_->go_to(4));
  QCOMPARE(find<QLineEdit>("temperature").text(), QStringLiteral("0.7"));
  QCOMPARE(wizard_->plan().decoding.temperature, 0.7);
  QCOMPARE(wizard_->plan().models.size(), size_t{1});
}

void EvaluationWizardTest::invalidSettingsStayWithTheirBenchmark() {
  auto& tree = find<QTreeWidget>("benchmark_tree");
  auto samples = [this] { return find<QLineEdit>("samples").text(); };
  tick(QStringLiteral("Code words"));
  type("samples", QStringLiteral("many"));
  tree.setCurrentItem(task(QStringLiteral("Needle")));
  QVERIFY(samples() != QStringLiteral("many"));
  click("wizard_next");
  QCOMPARE(wizard_->current_step(), 0);
  QCOMPARE(samples(), QStringLiteral("many"));
  QVERIFY(find<QLineEdit>("samples").hasFocus());
  type("samples", QStringLiteral("4"));
  tree.setCurrentItem(task(QStringLiteral("Needle")));
  tree.setCurrentItem(task(QStringLiteral("Code words")));
  QCOMPARE(samples(), QStringLiteral("4"));
  QCOMPARE(wizard_->plan().benchmarks.at(0).samples, size_t{4});
}

void EvaluationWizardTest::searchKeepsTicks() {
  tick(QStringLiteral("Code words"));
  type("benchmark_search", QStringLiteral("tracing"));
  QVERIFY(task(QStringLiteral("Code words"))->isHidden());
  QVERIFY(!task(QStringLiteral("Value tracing"))->isHidden());
  type("benchmark_search", QString());
  QVERIFY(!task(QStringLiteral("Code words"))->isHidden());
  QCOMPARE(wizard_->plan().benchmarks.at(0).tasks, std::vector<std::string>{"code_words"});
}

void EvaluationWizardTest::escapeAsksWhenSomethingWasEntered() {
  wizard_ = std::make_unique<EvaluationWizard>(*workspace_);
  wizard_->show();
  QVERIFY(QTest::qWaitForWindowExposed(wizard_.get()));
  QVERIFY(!wizard_->has_entries());
  tick(QStringLiteral("Code words"));
  QVERIFY(wizard_->has_entries());
  QTest::keyClick(wizard_.get(), Qt::Key_Escape);
  auto* question = wizard_->findChild<QMessageBox*>(QStringLiteral("discard_question"));
  QVERIFY(question && question->isVisible());
  QVERIFY(wizard_->isVisible());
  QTest::keyClick(question, Qt::Key_Escape);  // the safe answer
  QTRY_VERIFY(!wizard_->findChild<QMessageBox*>(QStringLiteral("discard_question")));
  QVERIFY(wizard_->isVisible());
  QCOMPARE(wizard_->plan().benchmarks.size(), size_t{1});
  click("wizard_cancel");
  question = wizard_->findChild<QMessageBox*>(QStringLiteral("discard_question"));
  QVERIFY(question);
  for (QAbstractButton* button : question->buttons())
    if (button->text() == QStringLiteral("Discard")) {
      QTest::mouseClick(button, Qt::LeftButton);
      break;
    }
  QTRY_VERIFY(!wizard_->isVisible());
}

void EvaluationWizardTest::escapeClosesWhatWasOnlyLookedAt() {
  wizard_ = std::make_unique<EvaluationWizard>(*workspace_);
  wizard_->set_plan(loom::starter_plan(loom::testing::default_model()->string()));
  wizard_->show();
  QTRY_COMPARE_WITH_TIMEOUT(wizard_->plan().models.size(), size_t{1}, 20000);
  for (int step = 1; step < wizard_->step_count(); ++step) QVERIFY(wizard_->go_to(step));
  QVERIFY(!wizard_->has_entries());
  QTest::keyClick(wizard_.get(), Qt::Key_Escape);
  QVERIFY(!wizard_->isVisible());
  QVERIFY(!wizard_->findChild<QMessageBox*>(QStringLiteral("discard_question")));
}

void EvaluationWizardTest::aKeyboardAloneSetsUpAPlan() {
  QVERIFY(QTest::qWaitForWindowActive(wizard_.get()));
  tick_model();
  auto press = [](Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); };
  // Opens where there is something to enter, and Tab leads from the search to what it searches.
  QCOMPARE(QApplication::focusWidget(), &find<QLineEdit>("benchmark_search"));
  auto& tree = find<QTreeWidget>("benchmark_tree");
  for (int i = 0; i < 20 && QApplication::focusWidget() != &tree; ++i) press(Qt::Key_Tab);
  QCOMPARE(QApplication::focusWidget(), &tree);
  for (Qt::Key key : {Qt::Key_Home, Qt::Key_Down, Qt::Key_Space}) press(key);
  QCOMPARE(wizard_->plan().benchmarks.size(), size_t{1});
  // Behind the content come the buttons, in their order.
  QStringList buttons;
  for (int i = 0; i < 100 && !buttons.contains(QStringLiteral("wizard_next")); ++i) {
    press(Qt::Key_Tab);
    if (const QString name = QApplication::focusWidget()->objectName();
        name.startsWith(QStringLiteral("wizard_")))
      buttons << name;
  }
  QCOMPARE(buttons, (QStringList{QStringLiteral("wizard_cancel"), QStringLiteral("wizard_next")}));
  tree.setFocus();
  QSignalSpy run(wizard_.get(), &EvaluationWizard::run_wanted);
  for (int step = 1; step < wizard_->step_count(); ++step) {
    press(Qt::Key_Return);
    QCOMPARE(wizard_->current_step(), step);
    QVERIFY(wizard_->step(step).isAncestorOf(QApplication::focusWidget()));
  }
  press(Qt::Key_Return);
  QCOMPARE(run.size(), 1);
}

QTEST_MAIN(EvaluationWizardTest)
#include "evaluation_wizard_test.moc"
