// The dialog that makes a benchmark of the user's own data, and where it appears.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTimer>
#include <QToolButton>
#include <QTreeWidget>
#include <QtTest>

#include "core/base/file_paths.h"
#include "core/base/text_file.h"
#include "core/catalog/custom_benchmark.h"
#include "tests/ui/pages/open_workspace.h"
#include "ui/pages/benchmarks/add_benchmark_dialog.h"
#include "ui/pages/benchmarks/benchmarks_page.h"
#include "ui/wizards/evaluation_wizard.h"

using namespace loom;
using namespace loom::ui;
namespace fs = std::filesystem;

class AddBenchmarkTest : public QObject {
  Q_OBJECT

  std::unique_ptr<loom::testing::TemporaryFolder> home_;
  std::unique_ptr<loom::testing::OpenWorkspace> workspace_;

  template <typename Widget>
  static Widget* part(QWidget& parent, const char* name) {
    auto* found = parent.findChild<Widget*>(QLatin1String(name));
    if (!found) qFatal("no %s", name);
    return found;
  }
  fs::path put(const char* name, const std::string& bytes) {
    const fs::path file = home_->path() / "own" / name;
    if (!write_file(file, bytes)) qFatal("cannot write");
    return file;
  }
  fs::path ships() {
    return put("Old ships.jsonl",
               "{\"question\": \"Which ship?\", \"answer\": \"Vega\", \"document\": \"The Vega "
               "sailed.\", \"year\": 1879}\n"
               "{\"question\": \"Which port?\", \"answer\": \"Oslo\", \"document\": \"Oslo.\", "
               "\"year\": 1880}\n");
  }
  fs::path notes() {
    std::string text;
    for (int i = 0; i < 80; ++i) text += "Day " + std::to_string(i) + " was a quiet day. ";
    return put("notes/a.md", text).parent_path();
  }
  static void choose_metric(QWidget& dialog, const char* id) {
    auto* metric = part<QComboBox>(dialog, "custom_metric");
    metric->setCurrentIndex(metric->findData(QLatin1String(id)));
  }
  void put_encoder(const char* name, const char* golden) const {
    const fs::path models = home_->path() / "home/data/models";
    fs::create_directories(models);
    fs::copy(loom::testing::source_folder() / "tests/golden/encoders" / golden, models / name);
  }
  // Does things in the next modal dialog as a user would.
  void when_open(const std::function<void(AddBenchmarkDialog&)>& act) {
    QTimer::singleShot(0, this, [this, act] {
      auto* dialog = qobject_cast<AddBenchmarkDialog*>(QApplication::activeModalWidget());
      dialog ? act(*dialog) : when_open(act);
    });
  }
  static QTreeWidgetItem* selected(QTreeWidget& tree, const QString& title) {
    QTreeWidgetItem* item = tree.currentItem();
    return item && item->text(0) == title ? item : nullptr;
  }

 private Q_SLOTS:
  void init() {
    home_ = std::make_unique<loom::testing::TemporaryFolder>();
    qputenv("LOOMSCOPE_HOME", (home_->path() / "home").c_str());
    qputenv("HF_HUB_CACHE", (home_->path() / "hub").c_str());
    workspace_ = std::make_unique<loom::testing::OpenWorkspace>();
    QVERIFY(workspace_->is_open());
  }
  void cleanup() { workspace_.reset(); }

  void columns_are_mapped_and_the_prompt_is_shown() {
    AddBenchmarkDialog dialog(**workspace_);
    dialog.show();
    dialog.choose(ships());
    auto* preview = part<QPlainTextEdit>(dialog, "prompt_preview");
    QTRY_VERIFY(preview->toPlainText().contains(QStringLiteral("Which ship?")));
    QCOMPARE(preview->toPlainText(), QStringLiteral("The Vega sailed.\n\nWhich ship?\nAnswer:"));
    QCOMPARE(part<QComboBox>(dialog, "question_column")->currentText(), QStringLiteral("question"));
    QCOMPARE(part<QComboBox>(dialog, "context_column")->currentText(), QStringLiteral("document"));
    QCOMPARE(part<QComboBox>(dialog, "answers_column")->currentText(), QStringLiteral("answer"));
    QCOMPARE(part<QLineEdit>(dialog, "custom_title")->text(), QStringLiteral("Old ships"));
    QVERIFY(part<QLabel>(dialog, "expected_answer")->text().contains(QStringLiteral("Vega")));
    // A gap goes to where the cursor is, and the preview follows at once.
    auto* prompt = part<QPlainTextEdit>(dialog, "prompt_template");
    prompt->setPlainText(QStringLiteral("Q:  end"));
    QTextCursor cursor = prompt->textCursor();
    cursor.setPosition(3);
    prompt->setTextCursor(cursor);
    QTest::mouseClick(part<QToolButton>(dialog, "insert_question"), Qt::LeftButton);
    QCOMPARE(prompt->toPlainText(), QStringLiteral("Q: {question} end"));
    QCOMPARE(preview->toPlainText(), QStringLiteral("Q: Which ship? endAnswer:"));
    prompt->setPlainText(QStringLiteral("{question} {nothing}"));
    QVERIFY(part<QLabel>(dialog, "preview_message")->text().contains(QStringLiteral("{nothing}")));
    prompt->setPlainText(QStringLiteral("{question} {year}"));
    QCOMPARE(preview->toPlainText(), QStringLiteral("Which ship? 1879Answer:"));
    workspace_->keep_pictures(dialog, QStringLiteral("add-benchmark"));
  }

  void invalid_input_explains_itself() {
    AddBenchmarkDialog dialog(**workspace_);
    dialog.show();
    auto* add = part<QPushButton>(dialog, "add_custom");
    auto* data = part<QLabel>(dialog, "data_message");
    QTest::mouseClick(add, Qt::LeftButton);
    QVERIFY(data->isVisible() && !data->text().isEmpty());
    dialog.choose(home_->path() / "nothing.jsonl");
    QTRY_VERIFY(data->text().contains(QStringLiteral("does not exist")));
    dialog.choose(put("broken.csv", "a,b\n1,2,3\n"));
    QTRY_VERIFY(data->text().contains(QStringLiteral("broken.csv:2")));
    QVERIFY(part<QPushButton>(dialog, "add_custom")->isEnabled());
    workspace_->keep_pictures(dialog, QStringLiteral("add-benchmark-broken"));

    dialog.choose(ships());
    QTRY_VERIFY(!part<QPlainTextEdit>(dialog, "prompt_preview")->toPlainText().isEmpty());
    QVERIFY(data->text().isEmpty());
    part<QLineEdit>(dialog, "custom_title")->clear();
    QTest::mouseClick(add, Qt::LeftButton);
    QVERIFY(part<QLabel>(dialog, "title_message")->isVisible());
    part<QLineEdit>(dialog, "custom_title")->setText(QStringLiteral("Ships"));
    part<QComboBox>(dialog, "answers_column")->setCurrentIndex(0);
    QTest::mouseClick(add, Qt::LeftButton);
    QVERIFY(part<QComboBox>(dialog, "answers_column")->hasFocus());
    part<QComboBox>(dialog, "answers_column")->setCurrentIndex(1);
    part<QPlainTextEdit>(dialog, "prompt_template")->setPlainText(QStringLiteral("no gap"));
    QTest::mouseClick(add, Qt::LeftButton);
    QVERIFY(part<QLabel>(dialog, "prompt_message")->isVisible());
    QVERIFY((**workspace_).catalog().benchmarks.back().custom == nullptr);
  }

  void a_bad_record_far_down_is_named_and_nothing_is_stored() {
    std::string rows;
    for (int i = 0; i < 500; ++i) rows += "{\"question\": \"Q?\", \"answer\": \"A\"}\n";
    AddBenchmarkDialog dialog(**workspace_);
    dialog.show();
    dialog.choose(put("long.jsonl", rows + "{\"question\": \"Q?\"}\n"));
    QTRY_VERIFY(!part<QPlainTextEdit>(dialog, "prompt_preview")->toPlainText().isEmpty());
    QTest::mouseClick(part<QPushButton>(dialog, "add_custom"), Qt::LeftButton);
    auto* message = part<QLabel>(dialog, "data_message");
    QTRY_VERIFY(message->text().contains(QStringLiteral("long.jsonl:501")));
    QVERIFY(dialog.isVisible());
    QVERIFY(!fs::exists(paths::benchmarks() / "long.json"));
  }

  void the_page_shows_it_selected_and_takes_it_away_again() {
    BenchmarksPage page(**workspace_);
    page.refresh();
    page.resize(1000, 700);
    page.show();
    auto* tree = part<QTreeWidget>(page, "catalogue_tree");
    auto* remove = part<QPushButton>(page, "remove_benchmark");
    QVERIFY(!remove->isEnabled());
    when_open([&](AddBenchmarkDialog& dialog) {
      dialog.choose(ships());
      QTRY_VERIFY(!part<QPlainTextEdit>(dialog, "prompt_preview")->toPlainText().isEmpty());
      QTest::mouseClick(part<QPushButton>(dialog, "add_custom"), Qt::LeftButton);
    });
    QTest::mouseClick(part<QPushButton>(page, "add_benchmark"), Qt::LeftButton);
    QTRY_VERIFY(selected(*tree, QStringLiteral("Old ships")));
    QCOMPARE(tree->currentItem()->text(3), QStringLiteral("2"));
    QVERIFY(remove->isEnabled());
    const auto stored = read_custom_benchmark(paths::benchmarks() / "old_ships.json");
    QVERIFY(stored);
    QCOMPARE(stored->samples, size_t{2});
    workspace_->keep_pictures(page, QStringLiteral("benchmarks-own"));
    QSignalSpy offered(&page, &Page::undo_offered);
    QTest::mouseClick(remove, Qt::LeftButton);
    QVERIFY(tree->findItems(QStringLiteral("Old ships"), Qt::MatchRecursive).isEmpty());
    QCOMPARE(offered.size(), 1);
    offered.front().at(1).value<QAction*>()->trigger();
    QVERIFY(selected(*tree, QStringLiteral("Old ships")));
  }

  void a_folder_becomes_a_benchmark() {
    AddBenchmarkDialog dialog(**workspace_);
    dialog.show();
    dialog.choose(notes());
    auto* state = part<QLabel>(dialog, "folder_state");
    QTRY_VERIFY(state->text().contains(QStringLiteral("80 sentences")));
    workspace_->keep_pictures(dialog, QStringLiteral("add-documents"));
    auto* lengths = part<QLineEdit>(dialog, "document_lengths");
    lengths->setText(QStringLiteral("10"));
    QTest::mouseClick(part<QPushButton>(dialog, "add_custom"), Qt::LeftButton);
    QVERIFY(lengths->hasFocus());
    lengths->setText(QStringLiteral("1k, 3000"));
    QSignalSpy accepted(&dialog, &QDialog::accepted);
    QTest::mouseClick(part<QPushButton>(dialog, "add_custom"), Qt::LeftButton);
    QTRY_COMPARE(accepted.size(), 1);
    const auto* benchmark = (**workspace_).catalog().benchmark(dialog.benchmark_id());
    QVERIFY(benchmark && benchmark->custom);
    QVERIFY(benchmark->lengths == (std::vector<size_t>{1024, 3000}));
    QCOMPARE(benchmark->capability, std::string("retrieval"));
    QCOMPARE(benchmark->tasks.size(), size_t{3});
  }

  void a_shared_definition_is_taken() {
    ships();
    AddBenchmarkDialog dialog(**workspace_);
    dialog.show();
    dialog.choose(put("shared.json",
                      "{\"format\": 1, \"id\": \"shared\", \"title\": \"Shared\", \"data\": \"Old "
                      "ships.jsonl\", \"columns\": {\"question\": \"question\", \"answers\": "
                      "\"answer\"}, \"prompt\": \"{question}\", \"metric\": \"token_f1\"}"));
    QTRY_COMPARE(part<QLineEdit>(dialog, "custom_title")->text(), QStringLiteral("Shared"));
    QSignalSpy accepted(&dialog, &QDialog::accepted);
    QTest::mouseClick(part<QPushButton>(dialog, "add_custom"), Qt::LeftButton);
    QTRY_COMPARE(accepted.size(), 1);
    QVERIFY((**workspace_).catalog().benchmark("shared"));
  }

  void the_wizard_ticks_it_and_keeps_what_was_ticked() {
    EvaluationWizard wizard(**workspace_);
    wizard.show();
    auto* tree = part<QTreeWidget>(wizard, "benchmark_tree");
    QTreeWidgetItem* needle =
        tree->findItems(QStringLiteral("Needle in a haystack"), Qt::MatchRecursive).front();
    needle->setCheckState(0, Qt::Checked);
    when_open([&](AddBenchmarkDialog& dialog) {
      dialog.choose(ships());
      QTRY_VERIFY(!part<QPlainTextEdit>(dialog, "prompt_preview")->toPlainText().isEmpty());
      QTest::mouseClick(part<QPushButton>(dialog, "add_custom"), Qt::LeftButton);
    });
    QTest::mouseClick(part<QToolButton>(wizard, "add_benchmark"), Qt::LeftButton);
    QTRY_VERIFY(selected(*tree, QStringLiteral("Old ships")));
    workspace_->keep_pictures(wizard, QStringLiteral("wizard-own"));
    const EvaluationPlan plan = wizard.plan();
    QCOMPARE(plan.benchmarks.size(), size_t{2});
    QCOMPARE(plan.benchmarks[0].id, std::string("niah"));
    QCOMPARE(plan.benchmarks[1].id, std::string("old_ships"));
  }

  // The metric with an encoder and a layer of it; another metric hides both fields.
  void bert_score_takes_an_encoder_of_this_machine() {
    put_encoder("meaning", "bert_score");
    AddBenchmarkDialog dialog(**workspace_);
    dialog.show();
    dialog.choose(ships());
    QTRY_VERIFY(!part<QPlainTextEdit>(dialog, "prompt_preview")->toPlainText().isEmpty());
    auto* encoder = part<QComboBox>(dialog, "custom_encoder");
    auto* layer = part<QSpinBox>(dialog, "custom_layer");
    QVERIFY(!encoder->isVisible() && !layer->isVisible());
    choose_metric(dialog, "bertscore");
    QCOMPARE(part<QComboBox>(dialog, "custom_metric")->currentData().toString(),
             QStringLiteral("bertscore"));
    QVERIFY(encoder->isVisible() && layer->isVisible());
    QTRY_COMPARE(encoder->currentText(), QStringLiteral("meaning"));
    QCOMPARE(layer->maximum(), 2);
    QCOMPARE(layer->value(), -1);
    QVERIFY(!layer->text().contains(QLatin1Char('1')));  // "The last"
    workspace_->keep_pictures(dialog, QStringLiteral("add-benchmark-bertscore"));
    layer->setValue(1);
    QSignalSpy accepted(&dialog, &QDialog::accepted);
    QTest::mouseClick(part<QPushButton>(dialog, "add_custom"), Qt::LeftButton);
    QTRY_COMPARE(accepted.size(), 1);
    const auto stored = read_custom_benchmark(paths::benchmarks() / "old_ships.json");
    QVERIFY(stored);
    QCOMPARE(stored->metric, std::string("bertscore"));
    const fs::path folder = stored->metric_parameters["encoder"].get<std::string>();
    QVERIFY(fs::exists(folder / "config.json"));
    QCOMPARE(stored->metric_parameters["layer"].get<int>(), 1);
  }

  void without_an_encoder_it_is_said_where_to_get_one() {
    AddBenchmarkDialog dialog(**workspace_);
    dialog.show();
    dialog.choose(ships());
    QTRY_VERIFY(!part<QPlainTextEdit>(dialog, "prompt_preview")->toPlainText().isEmpty());
    choose_metric(dialog, "bertscore");
    auto* encoder = part<QComboBox>(dialog, "custom_encoder");
    QTRY_VERIFY(encoder->placeholderText().contains(QStringLiteral("No encoder")));
    QTest::mouseClick(part<QPushButton>(dialog, "add_custom"), Qt::LeftButton);
    auto* message = part<QLabel>(dialog, "encoder_message");
    QVERIFY(message->isVisible() && message->text().contains(QStringLiteral("Add model")));
    QVERIFY(encoder->hasFocus());
    QVERIFY(!fs::exists(paths::benchmarks() / "old_ships.json"));
    // Of several none is chosen for the user.
    put_encoder("first", "bert_score");
    put_encoder("second", "roberta");
    AddBenchmarkDialog again(**workspace_);
    again.show();
    again.choose(ships());
    QTRY_VERIFY(!part<QPlainTextEdit>(again, "prompt_preview")->toPlainText().isEmpty());
    choose_metric(again, "bertscore");
    encoder = part<QComboBox>(again, "custom_encoder");
    QTRY_COMPARE(encoder->count(), 2);
    QCOMPARE(encoder->currentIndex(), -1);
    QVERIFY(!part<QSpinBox>(again, "custom_layer")->isEnabled());
  }

  // It reads the references, so the answer may be one token unless the user wants to see more.
  void perplexity_needs_no_answer() {
    AddBenchmarkDialog dialog(**workspace_);
    dialog.show();
    dialog.choose(ships());
    QTRY_VERIFY(!part<QPlainTextEdit>(dialog, "prompt_preview")->toPlainText().isEmpty());
    auto* limit = part<QSpinBox>(dialog, "custom_limit");
    QCOMPARE(limit->value(), 64);
    choose_metric(dialog, "reference_perplexity");
    QCOMPARE(limit->value(), 1);
    QVERIFY(part<QLabel>(dialog, "metric_note")->isVisible());
    QVERIFY(!part<QComboBox>(dialog, "custom_encoder")->isVisible());
    workspace_->keep_pictures(dialog, QStringLiteral("add-benchmark-perplexity"));
    choose_metric(dialog, "token_f1");
    QCOMPARE(limit->value(), 64);
    QVERIFY(!part<QLabel>(dialog, "metric_note")->isVisible());
    limit->setValue(20);
    choose_metric(dialog, "reference_perplexity");
    QCOMPARE(limit->value(), 20);
    QSignalSpy accepted(&dialog, &QDialog::accepted);
    QTest::mouseClick(part<QPushButton>(dialog, "add_custom"), Qt::LeftButton);
    QTRY_COMPARE(accepted.size(), 1);
    const auto stored = read_custom_benchmark(paths::benchmarks() / "old_ships.json");
    QVERIFY(stored);
    QCOMPARE(stored->metric, std::string("reference_perplexity"));
    QCOMPARE(stored->max_new_tokens, 20);
    QVERIFY(stored->metric_parameters.empty());
  }

  // As a user does, who opens the list and goes down: the first choice stays chosen.
  void a_metric_chosen_by_key_stays() {
    AddBenchmarkDialog dialog(**workspace_);
    dialog.show();
    dialog.choose(ships());
    QTRY_VERIFY(!part<QPlainTextEdit>(dialog, "prompt_preview")->toPlainText().isEmpty());
    auto* metric = part<QComboBox>(dialog, "custom_metric");
    const int before = metric->currentIndex();
    metric->setFocus();
    QTest::keyClick(metric, Qt::Key_Down);
    QCOMPARE(metric->currentIndex(), before + 1);
  }

  void everything_has_a_name_and_is_reached_by_tab() {
    put_encoder("meaning", "bert_score");
    AddBenchmarkDialog dialog(**workspace_);
    dialog.show();
    dialog.choose(ships());
    QTRY_VERIFY(!part<QPlainTextEdit>(dialog, "prompt_preview")->toPlainText().isEmpty());
    choose_metric(dialog, "bertscore");
    QTRY_COMPARE(part<QComboBox>(dialog, "custom_encoder")->count(), 1);
    QSet<QWidget*> reached;
    QWidget* at = part<QLineEdit>(dialog, "custom_data");
    at->setFocus();
    for (int i = 0; i < 60; ++i) {
      QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
      reached.insert(QApplication::focusWidget());
    }
    for (const char* name :
         {"custom_data",      "custom_title",    "custom_capability", "question_column",
          "context_column",   "answers_column",  "answer_separator",  "choices_columns",
          "choice_separator", "id_column",       "custom_metric",     "custom_prefix",
          "custom_encoder",   "custom_layer",    "custom_limit",      "custom_chat",
          "insert_context",   "insert_question", "insert_choices",    "insert_column",
          "prompt_template",  "prompt_preview",  "add_custom",        "pick_file",
          "pick_folder"}) {
      auto* widget = part<QWidget>(dialog, name);
      QVERIFY2(reached.contains(widget), name);
      auto* button = qobject_cast<QAbstractButton*>(widget);
      QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()), name);
    }
  }
};

QTEST_MAIN(AddBenchmarkTest)
#include "add_benchmark_test.moc"
