// The metric of a benchmark of one's own, with what it needs beside the answers.
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

#include "core/base/file_paths.h"
#include "core/catalog/custom_benchmark.h"
#include "tests/ui/pages/own_data_dialog.h"

using namespace loom;
using namespace loom::ui;
using loom::testing::choose_metric;
using loom::testing::is_added;
using loom::testing::opens_on;
using loom::testing::OwnData;
using loom::testing::part;
namespace fs = std::filesystem;

class AddBenchmarkMetricTest : public QObject {
  Q_OBJECT
  std::unique_ptr<OwnData> own_;

 private Q_SLOTS:
  void init() {
    own_ = std::make_unique<OwnData>();
    QVERIFY(own_->is_open());
  }
  void cleanup() { own_.reset(); }

  // The metric with an encoder and a layer of it; another metric hides both fields.
  void bert_score_takes_an_encoder_of_this_machine() {
    own_->put_encoder("meaning", "bert_score");
    AddBenchmarkDialog dialog(*own_->workspace());
    QVERIFY(opens_on(dialog, own_->ships()));
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
    own_->workspace().keep_pictures(dialog, QStringLiteral("add-benchmark-bertscore"));
    layer->setValue(1);
    QVERIFY(is_added(dialog));
    const auto stored = read_custom_benchmark(paths::benchmarks() / "old_ships.json");
    QVERIFY(stored);
    QCOMPARE(stored->metric, std::string("bertscore"));
    const fs::path folder = stored->metric_parameters["encoder"].get<std::string>();
    QVERIFY(fs::exists(folder / "config.json"));
    QCOMPARE(stored->metric_parameters["layer"].get<int>(), 1);
  }

  void without_an_encoder_it_is_said_where_to_get_one() {
    AddBenchmarkDialog dialog(*own_->workspace());
    QVERIFY(opens_on(dialog, own_->ships()));
    choose_metric(dialog, "bertscore");
    auto* encoder = part<QComboBox>(dialog, "custom_encoder");
    QTRY_VERIFY(encoder->placeholderText().contains(QStringLiteral("No encoder")));
    QTest::mouseClick(part<QPushButton>(dialog, "add_custom"), Qt::LeftButton);
    auto* message = part<QLabel>(dialog, "encoder_message");
    QVERIFY(message->isVisible() && message->text().contains(QStringLiteral("Add model")));
    QVERIFY(encoder->hasFocus());
    QVERIFY(!fs::exists(paths::benchmarks() / "old_ships.json"));
    // Of several none is chosen for the user.
    own_->put_encoder("first", "bert_score");
    own_->put_encoder("second", "roberta");
    AddBenchmarkDialog again(*own_->workspace());
    QVERIFY(opens_on(again, own_->ships()));
    choose_metric(again, "bertscore");
    encoder = part<QComboBox>(again, "custom_encoder");
    QTRY_COMPARE(encoder->count(), 2);
    QCOMPARE(encoder->currentIndex(), -1);
    QVERIFY(!part<QSpinBox>(again, "custom_layer")->isEnabled());
  }

  // It reads the references, so the answer may be one token unless the user wants to see more.
  void perplexity_needs_no_answer() {
    AddBenchmarkDialog dialog(*own_->workspace());
    QVERIFY(opens_on(dialog, own_->ships()));
    auto* limit = part<QSpinBox>(dialog, "custom_limit");
    QCOMPARE(limit->value(), 64);
    choose_metric(dialog, "reference_perplexity");
    QCOMPARE(limit->value(), 1);
    QVERIFY(part<QLabel>(dialog, "metric_note")->isVisible());
    QVERIFY(!part<QComboBox>(dialog, "custom_encoder")->isVisible());
    own_->workspace().keep_pictures(dialog, QStringLiteral("add-benchmark-perplexity"));
    choose_metric(dialog, "token_f1");
    QCOMPARE(limit->value(), 64);
    QVERIFY(!part<QLabel>(dialog, "metric_note")->isVisible());
    limit->setValue(20);
    choose_metric(dialog, "reference_perplexity");
    QCOMPARE(limit->value(), 20);
    QVERIFY(is_added(dialog));
    const auto stored = read_custom_benchmark(paths::benchmarks() / "old_ships.json");
    QVERIFY(stored);
    QCOMPARE(stored->metric, std::string("reference_perplexity"));
    QCOMPARE(stored->max_new_tokens, 20);
    QVERIFY(stored->metric_parameters.empty());
  }

  // As a user does, who opens the list and goes down: the first choice stays chosen.
  void a_metric_chosen_by_key_stays() {
    AddBenchmarkDialog dialog(*own_->workspace());
    QVERIFY(opens_on(dialog, own_->ships()));
    auto* metric = part<QComboBox>(dialog, "custom_metric");
    const int before = metric->currentIndex();
    metric->setFocus();
    QTest::keyClick(metric, Qt::Key_Down);
    QCOMPARE(metric->currentIndex(), before + 1);
  }
};

QTEST_MAIN(AddBenchmarkMetricTest)
#include "add_benchmark_metric_test.moc"
