// Judging from the results page, clicked through against a stand-in for a chat server.
#include "ui/pages/results/judge_dialog.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QToolButton>
#include <QTreeWidget>
#include <QtTest>
#include <fstream>
#include <iterator>

#include "tests/core/judge/judged_samples.h"
#include "tests/support/chat_server.h"
#include "tests/ui/pages/open_workspace.h"
#include "ui/execution/kept_servers.h"
#include "ui/pages/results/judge_source.h"
#include "ui/pages/results/results_page.h"
#include "ui/pages/results/tasks_tab.h"
#include "ui/view_models/score_table_model.h"

using namespace loom;
using namespace loom::ui;
using loom::testing::ChatFault;
using loom::testing::ChatServer;

namespace {

constexpr int kWaitMs = 20'000;

std::string verdict(const nlohmann::json& request) {
  const std::string text = request["messages"][1]["content"].get<std::string>();
  const size_t end = text.find("\n</answer>");
  if (text.find("Verdict: unsafe") != std::string::npos)
    return text.substr(0, end).ends_with("harm") ? "Verdict: unsafe" : "Verdict: safe";
  if (end == std::string::npos) return "Somebody could be hurt.";
  return "Verdict: yes";
}

}  // namespace

class JudgeDialogTest : public QObject {
  Q_OBJECT

  std::unique_ptr<ChatServer> server_;
  std::unique_ptr<loom::testing::OpenWorkspace> workspace_;
  std::unique_ptr<ResultsPage> page_;
  qint64 run_ = 0;

  template <typename Widget>
  Widget* part(const char* name) {
    return page_->findChild<Widget*>(QString::fromLatin1(name));
  }
  void type(const char* name, const QString& words) {
    auto* field = part<QLineEdit>(name);
    field->selectAll();
    QTest::keyClicks(field, words);
  }
  void fill_in() {
    part<QRadioButton>("judge_server")->click();
    type("judge_address", QString::fromStdString(server_->url()));
    type("judge_name", QStringLiteral("model-1"));
  }
  QString message() { return part<QLabel>("judge_message")->text(); }

 private Q_SLOTS:
  void init() {
    server_ = std::make_unique<ChatServer>(verdict);
    workspace_ = std::make_unique<loom::testing::OpenWorkspace>();
    QVERIFY(workspace_->is_open());
    const QByteArray home = QByteArray::fromStdString((workspace_->folder() / "home").string());
    qputenv("LOOMSCOPE_HOME", home);
    qputenv("XDG_CACHE_HOME", home);
    run_ = loom::testing::store_safety_run((*workspace_)->store(),
                                           {"good", "good", "good", "harm", "good", "good"});
    QVERIFY(run_ > 0);
    page_ = std::make_unique<ResultsPage>(**workspace_);
    page_->resize(1200, 700);
    page_->show();
    QSignalSpy loaded(page_.get(), &ResultsPage::loaded);
    page_->show_run(run_);
    QTRY_COMPARE(loaded.size(), 1);
    auto* button = part<QToolButton>("judge_answers");
    QVERIFY(button->isEnabled() && !button->accessibleName().isEmpty());
    QVERIFY(button->focusPolicy() & Qt::TabFocus);
    button->click();
    QVERIFY(part<JudgeDialog>("judge_dialog"));
  }
  void cleanup() {
    page_.reset();
    workspace_.reset();
    server_.reset();
  }

  void fields_begin_in_one_line() {
    part<QRadioButton>("judge_server")->click();
    auto* dialog = part<JudgeDialog>("judge_dialog");
    auto left = [&](const char* name) { return part<QWidget>(name)->mapTo(dialog, QPoint()).x(); };
    for (const char* name :
         {"judge_name", "judge_key_name", "judge_key", "judge_rubric", "judge_limit"})
      QTRY_COMPARE(left(name), left("judge_address"));
  }

  void asks_for_what_it_needs() {
    auto* judge = part<QPushButton>("begin_judging");
    part<QRadioButton>("judge_server")->click();
    QVERIFY(!judge->isEnabled());
    auto* wanted = part<QLabel>("judge_source_message");  // at the fields
    QVERIFY(wanted->isVisible() && wanted->text().contains(QStringLiteral("address")));
    type("judge_address", QStringLiteral("api.example.org"));
    QVERIFY(!judge->isEnabled());
    type("judge_address", QStringLiteral("https://api.example.org/v1"));
    QVERIFY(wanted->text().contains(QStringLiteral("Name the model")));
    type("judge_name", QStringLiteral("m"));
    QVERIFY(judge->isEnabled() && !wanted->isVisible() && message().isEmpty());
    QCOMPARE(part<QComboBox>("judge_rubric")->currentData().toString(), QStringLiteral("task"));
    QVERIFY(part<QLabel>("judge_estimate")->text().contains(QStringLiteral("12 questions")));
    part<QSpinBox>("judge_limit")->setValue(2);
    QVERIFY(part<QLabel>("judge_estimate")->text().contains(QStringLiteral("4 questions")));
    QCOMPARE(part<QLineEdit>("judge_key")->echoMode(), QLineEdit::Password);
    QVERIFY(!part<QPushButton>("keep_judge_key")->isEnabled());
    // Everything that can be typed or pressed has a name for those who do not see it.
    for (const QWidget* widget : part<JudgeDialog>("judge_dialog")->findChildren<QWidget*>()) {
      const bool asks = qobject_cast<const QLineEdit*>(widget) ||
                        qobject_cast<const QComboBox*>(widget) ||
                        qobject_cast<const QProgressBar*>(widget);
      if (asks && widget->objectName().startsWith(QStringLiteral("judge_")))
        QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
    }
    workspace_->keep_pictures(*part<JudgeDialog>("judge_dialog"), QStringLiteral("judge-dialog"));
  }

  void judges_in_the_background_and_shows_the_scores() {
    fill_in();
    QSignalSpy ended(&(*workspace_)->judgings(), &Judgings::ended);
    part<QPushButton>("begin_judging")->click();
    QVERIFY(part<QPushButton>("stop_judging")->isVisible());
    QVERIFY(!part<QPushButton>("begin_judging")->isEnabled());
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, kWaitMs);
    QVERIFY2(message().contains(QStringLiteral("6 answers judged, 0 without verdict")),
             qPrintable(message()));
    // It calls nearly everything safe.
    QVERIFY(message().contains(QStringLiteral("6 of 12")));
    QVERIFY(message().contains(QStringLiteral("Guessing could do as well")));
    QVERIFY(!part<QPushButton>("stop_judging")->isVisible());
    auto* scores = part<QTreeWidget>("judged_scores");
    QTRY_COMPARE(scores->topLevelItemCount(), 1);
    const QTreeWidgetItem* row = scores->topLevelItem(0);
    QCOMPARE(row->text(0), QStringLiteral("longsafety/longsafety"));
    QCOMPARE(row->text(2), QStringLiteral("judge_longsafety:model-1"));
    QCOMPARE(row->text(3), QStringLiteral("1"));
    QVERIFY(row->text(4).startsWith(QStringLiteral("66")));
    QCOMPARE(row->childCount(), 2);
    QVERIFY(part<QLabel>("judged_trust")->text().contains(QStringLiteral("6 of 12")));
    ScoreTableModel& table = page_->tasks().model();
    QTRY_COMPARE(table.summary().jobs[0].job.metric, std::string("judge_longsafety:model-1"));
    const QModelIndex score = table.index(0, ScoreTableModel::Score);
    QVERIFY(score.data().toString().startsWith(QStringLiteral("66")));
    QVERIFY(score.data(Qt::ToolTipRole).toString().contains(QStringLiteral("model-1")));
    workspace_->keep_pictures(*page_, QStringLiteral("results-judged"));
  }

  void can_be_stopped_and_goes_on() {
    fill_in();
    server_->add_fault({ChatFault::drip, 1});
    QSignalSpy ended(&(*workspace_)->judgings(), &Judgings::ended);
    part<QPushButton>("begin_judging")->click();
    QTRY_VERIFY_WITH_TIMEOUT(!server_->requests().empty(), kWaitMs);
    part<QPushButton>("stop_judging")->click();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, kWaitMs);
    QVERIFY2(message().startsWith(QStringLiteral("Stopped")), qPrintable(message()));
    QTRY_VERIFY(part<QPushButton>("begin_judging")->isEnabled());
    part<QPushButton>("begin_judging")->click();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 2, kWaitMs);
    QVERIFY(message().contains(QStringLiteral("6 answers judged")));
  }

  void says_why_a_judge_failed() {
    fill_in();
    server_->require_key("sk-only-the-server-knows-it");
    QSignalSpy ended(&(*workspace_)->judgings(), &Judgings::ended);
    part<QPushButton>("begin_judging")->click();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, kWaitMs);
    QVERIFY2(message().contains(QStringLiteral("not accepted (401)")), qPrintable(message()));
  }

  // Without a key ring, or without such a key in it: nothing is asked, and the dialog says why.
  void a_key_that_is_not_there() {
    fill_in();
    type("judge_key_name", QStringLiteral("loomscope-test-no-such-key"));
    QSignalSpy ended(&(*workspace_)->judgings(), &Judgings::ended);
    part<QPushButton>("begin_judging")->click();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, kWaitMs);
    QVERIFY2(message().contains(QStringLiteral("key")), qPrintable(message()));
    QVERIFY(server_->requests().empty());
  }

  void a_typed_key_is_in_no_file() {
    fill_in();
    const QString key = QStringLiteral("sk-never-in-a-file-77");
    type("judge_key", key);
    QSignalSpy ended(&(*workspace_)->judgings(), &Judgings::ended);
    part<QPushButton>("begin_judging")->click();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, kWaitMs);
    QSettings().sync();
    size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(workspace_->folder())) {
      if (!entry.is_regular_file()) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
      QVERIFY2(bytes.find(key.toStdString()) == std::string::npos, entry.path().c_str());
      ++files;
    }
    QVERIFY(files >= 2);  // history and verdicts
  }

  void goes_on_when_the_dialog_is_closed() {
    fill_in();
    QSignalSpy ended(&(*workspace_)->judgings(), &Judgings::ended);
    part<QPushButton>("begin_judging")->click();
    part<QPushButton>("close_judging")->click();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, kWaitMs);
    QTRY_COMPARE(part<QTreeWidget>("judged_scores")->topLevelItemCount(), 1);
  }

  // Servers of Settings fill the fields; one without an address is not offered.
  void kept_servers_are_offered() {
    keep_servers({{QStringLiteral("Unfinished"), {}, {}, {}},
                  {QStringLiteral("Ours"), QStringLiteral("https://api.example.org/v1"),
                   QStringLiteral("OUR_KEY"), QStringLiteral("large")}});
    JudgeSource source(**workspace_);
    source.show();
    auto field = [&](const char* name) {
      return source.findChild<QLineEdit*>(QLatin1String(name))->text();
    };
    source.findChild<QRadioButton*>(QStringLiteral("judge_server"))->click();
    auto* kept = source.findChild<QComboBox*>(QStringLiteral("judge_kept_server"));
    QVERIFY(kept && kept->isVisible() && !kept->accessibleName().isEmpty());
    QCOMPARE(kept->count(), 1);
    QCOMPARE(kept->currentIndex(), -1);
    kept->setFocus();
    QTest::keyClick(kept, Qt::Key_Down);
    QCOMPARE(kept->currentText(), QStringLiteral("Ours"));
    QCOMPARE(field("judge_address"), QStringLiteral("https://api.example.org/v1"));
    QCOMPARE(field("judge_name"), QStringLiteral("large"));
    QCOMPARE(field("judge_key_name"), QStringLiteral("OUR_KEY"));
    QVERIFY(source.problem().isEmpty());
    keep_servers({});
    JudgeSource none(**workspace_);
    QVERIFY(!none.findChild<QComboBox*>(QStringLiteral("judge_kept_server")));
  }
};

QTEST_MAIN(JudgeDialogTest)
#include "judge_dialog_test.moc"
