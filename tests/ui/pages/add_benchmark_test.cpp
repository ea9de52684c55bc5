// The dialog that makes a benchmark of the user's own data: columns, prompt, folders, mistakes.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

#include "core/base/file_paths.h"
#include "tests/ui/pages/own_data_dialog.h"

using namespace loom;
using namespace loom::ui;
using loom::testing::choose_metric;
using loom::testing::is_added;
using loom::testing::opens_on;
using loom::testing::OwnData;
using loom::testing::part;
namespace fs = std::filesystem;

class AddBenchmarkTest : public QObject {
  Q_OBJECT
  std::unique_ptr<OwnData> own_;

 private Q_SLOTS:
  void init() {
    own_ = std::make_unique<OwnData>();
    QVERIFY(own_->is_open());
  }
  void cleanup() { own_.reset(); }

  void columns_are_mapped_and_the_prompt_is_shown() {
    AddBenchmarkDialog dialog(*own_->workspace());
    dialog.show();
    dialog.choose(own_->ships());
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
    own_->workspace().keep_pictures(dialog, QStringLiteral("add-benchmark"));
  }

  void invalid_input_explains_itself() {
    AddBenchmarkDialog dialog(*own_->workspace());
    dialog.show();
    auto* add = part<QPushButton>(dialog, "add_custom");
    auto* data = part<QLabel>(dialog, "data_message");
    QTest::mouseClick(add, Qt::LeftButton);
    QVERIFY(data->isVisible() && !data->text().isEmpty());
    dialog.choose(own_->home() / "nothing.jsonl");
    QTRY_VERIFY(data->text().contains(QStringLiteral("does not exist")));
    dialog.choose(own_->put("broken.csv", "a,b\n1,2,3\n"));
    QTRY_VERIFY(data->text().contains(QStringLiteral("broken.csv:2")));
    QVERIFY(part<QPushButton>(dialog, "add_custom")->isEnabled());
    own_->workspace().keep_pictures(dialog, QStringLiteral("add-benchmark-broken"));

    dialog.choose(own_->ships());
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
    QVERIFY((*own_->workspace()).catalog().benchmarks.back().custom == nullptr);
  }

  void a_bad_record_far_down_is_named_and_nothing_is_stored() {
    std::string rows;
    for (int i = 0; i < 500; ++i) rows += "{\"question\": \"Q?\", \"answer\": \"A\"}\n";
    AddBenchmarkDialog dialog(*own_->workspace());
    dialog.show();
    dialog.choose(own_->put("long.jsonl", rows + "{\"question\": \"Q?\"}\n"));
    QTRY_VERIFY(!part<QPlainTextEdit>(dialog, "prompt_preview")->toPlainText().isEmpty());
    QTest::mouseClick(part<QPushButton>(dialog, "add_custom"), Qt::LeftButton);
    auto* message = part<QLabel>(dialog, "data_message");
    QTRY_VERIFY(message->text().contains(QStringLiteral("long.jsonl:501")));
    QVERIFY(dialog.isVisible());
    QVERIFY(!fs::exists(paths::benchmarks() / "long.json"));
  }

  void a_folder_becomes_a_benchmark() {
    AddBenchmarkDialog dialog(*own_->workspace());
    dialog.show();
    dialog.choose(own_->notes());
    auto* state = part<QLabel>(dialog, "folder_state");
    QTRY_VERIFY(state->text().contains(QStringLiteral("80 sentences")));
    own_->workspace().keep_pictures(dialog, QStringLiteral("add-documents"));
    auto* lengths = part<QLineEdit>(dialog, "document_lengths");
    lengths->setText(QStringLiteral("10"));
    QTest::mouseClick(part<QPushButton>(dialog, "add_custom"), Qt::LeftButton);
    QVERIFY(lengths->hasFocus());
    lengths->setText(QStringLiteral("1k, 3000"));
    QVERIFY(is_added(dialog));
    const auto* benchmark = (*own_->workspace()).catalog().benchmark(dialog.benchmark_id());
    QVERIFY(benchmark && benchmark->custom);
    QVERIFY(benchmark->lengths == (std::vector<size_t>{1024, 3000}));
    QCOMPARE(benchmark->capability, std::string("retrieval"));
    QCOMPARE(benchmark->tasks.size(), size_t{3});
  }

  void a_shared_definition_is_taken() {
    own_->ships();
    AddBenchmarkDialog dialog(*own_->workspace());
    dialog.show();
    dialog.choose(
        own_->put("shared.json",
                  "{\"format\": 1, \"id\": \"shared\", \"title\": \"Shared\", \"data\": \"Old "
                  "ships.jsonl\", \"columns\": {\"question\": \"question\", \"answers\": "
                  "\"answer\"}, \"prompt\": \"{question}\", \"metric\": \"token_f1\"}"));
    QTRY_COMPARE(part<QLineEdit>(dialog, "custom_title")->text(), QStringLiteral("Shared"));
    QVERIFY(is_added(dialog));
    QVERIFY((*own_->workspace()).catalog().benchmark("shared"));
  }

  void everything_has_a_name_and_is_reached_by_tab() {
    own_->put_encoder("meaning", "bert_score");
    AddBenchmarkDialog dialog(*own_->workspace());
    QVERIFY(opens_on(dialog, own_->ships()));
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
