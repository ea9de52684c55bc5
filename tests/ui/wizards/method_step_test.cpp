// The Server and the Augmentation page are what the registry's JSON says.
#include "ui/wizards/method_step.h"

#include <QLineEdit>
#include <QRadioButton>
#include <QtTest>

#include "core/base/text_file.h"
#include "core/catalog/catalog.h"
#include "tests/support/test_folders.h"
#include "ui/wizards/parameter_field.h"

using namespace loom;
using namespace loom::ui;

class MethodStepTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init();
  void every_entry_is_offered_and_explained();
  void fields_come_from_the_entry();
  void wrong_input_explains_itself();
  void the_program_has_its_own_engine();

 private:
  QRadioButton* entry(const char* id) {
    return step_->findChild<QRadioButton*>(QStringLiteral("method_") + QLatin1String(id));
  }
  EvaluationPlan plan() const {
    EvaluationPlan written;
    step_->write(written);
    return written;
  }
  Catalog catalog_;
  std::unique_ptr<MethodStep> step_;
};

// The registry of the program, with a second server beside its own.
void MethodStepTest::init() {
  testing::TemporaryFolder folder;
  const auto registry = folder.path() / "registry";
  std::filesystem::copy(testing::source_folder() / "models-registry", registry,
                        std::filesystem::copy_options::recursive);
  QVERIFY(write_file(registry / "servers/pool.json",
                     R"({"format": 1, "id": "pool", "title": "A pool of machines",
  "summary": "Shares the jobs between machines.", "version": "1",
  "parameters": [{"id": "machines", "label": "Machines", "type": "integer", "default": 2,
                  "minimum": 1, "maximum": 8, "unit": "machines",
                  "help": "How many take part.", "effect": "More machines end sooner."}]})"));
  auto catalog = load_catalog(registry, {});
  QVERIFY2(catalog.has_value(), catalog ? "" : describe(catalog.error()).c_str());
  catalog_ = std::move(*catalog);
  step_ = std::make_unique<MethodStep>(QStringLiteral("Server"), QStringLiteral("A hint"),
                                       catalog_.servers, &EvaluationPlan::servers, nullptr);
  step_->resize(900, 500);
  step_->show();
}

void MethodStepTest::every_entry_is_offered_and_explained() {
  QCOMPARE(step_->findChildren<QRadioButton*>().size(), 2);
  QStringList words;
  for (QLabel* label : step_->findChildren<QLabel*>())
    if (label->isVisible()) words << label->text();
  QVERIFY(words.contains(QStringLiteral("A hint")));
  QVERIFY(words.contains(QStringLiteral("Shares the jobs between machines.")));
  QCOMPARE(entry("pool")->text(), QStringLiteral("A pool of machines"));
  QCOMPARE(entry("pool")->accessibleDescription(),
           QStringLiteral("Shares the jobs between machines."));
}

void MethodStepTest::fields_come_from_the_entry() {
  entry("pool")->click();
  QCOMPARE(plan().servers.at(0).id.c_str(), "pool");
  auto* machines = step_->findChild<QLineEdit*>(QStringLiteral("machines"));
  QVERIFY(machines && machines->isVisible());
  QCOMPARE(machines->text(), QStringLiteral("2"));
  QCOMPARE(machines->accessibleName(), QStringLiteral("Machines"));
  // Told to those who cannot hover too.
  QCOMPARE(machines->accessibleDescription(),
           QStringLiteral("How many take part. More machines end sooner."));
  machines->selectAll();
  QTest::keyClicks(machines, QStringLiteral("5"));
  QCOMPARE(plan().servers.at(0).parameters.dump().c_str(), "{\"machines\":5}");
  entry("local")->click();
  QVERIFY(plan().servers.at(0).parameters.empty());
  entry("pool")->click();  // what was typed is still there
  QCOMPARE(plan().servers.at(0).parameters.dump().c_str(), "{\"machines\":5}");
}

void MethodStepTest::wrong_input_explains_itself() {
  entry("pool")->click();
  auto* machines = step_->findChild<QLineEdit*>(QStringLiteral("machines"));
  machines->selectAll();
  QTest::keyClicks(machines, QStringLiteral("9"));
  QVERIFY(!step_->is_complete());
  auto* message = step_->findChild<QLabel*>(QStringLiteral("machines_message"));
  QVERIFY(message && message->isVisible());
  QCOMPARE(message->text(), QStringLiteral("Enter a whole number from 1 to 8."));
  entry("local")->click();  // which does not ask
  QVERIFY(step_->is_complete());
}

void MethodStepTest::the_program_has_its_own_engine() {
  auto own = load_catalog(testing::source_folder() / "models-registry", {});
  QVERIFY(own.has_value());
  QCOMPARE(own->servers.size(), size_t{1});
  QCOMPARE(own->servers.front().id.c_str(), "local");
}

QTEST_MAIN(MethodStepTest)
#include "method_step_test.moc"
