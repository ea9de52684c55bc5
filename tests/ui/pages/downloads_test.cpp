// Fetching from the window: what the Benchmarks page and the dialog of the Models page do against a
// stand-in for the hub.
#include "ui/execution/downloads.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeWidget>
#include <QtTest>

#include "core/base/text_file.h"
#include "core/catalog/benchmark_data.h"
#include "core/catalog/local_models.h"
#include "tests/support/hub_server.h"
#include "tests/ui/pages/open_workspace.h"
#include "ui/pages/benchmarks/benchmark_files.h"
#include "ui/pages/benchmarks/benchmarks_page.h"
#include "ui/pages/models/add_model_dialog.h"
#include "ui/pages/models/models_page.h"
#include "ui/settings/hub_card.h"

using namespace loom;
using namespace loom::ui;
using loom::testing::Fault;

class DownloadsTest : public QObject {
  Q_OBJECT

  loom::testing::HubServer server_;
  loom::testing::TemporaryFolder cache_;
  std::unique_ptr<loom::testing::OpenWorkspace> workspace_;

  const BenchmarkDescription& benchmark() { return *(**workspace_).catalog().benchmark("lveval"); }
  template <typename Widget>
  static Widget* part(QWidget& page, const char* name) {
    return page.findChild<Widget*>(QString::fromLatin1(name));
  }

 private Q_SLOTS:
  void initTestCase() {
    qputenv("HF_ENDPOINT", QByteArray::fromStdString(server_.url()));
    qputenv("HF_TOKEN", "hf_secret");
  }
  void init() {
    static int number = 0;
    const auto folder = cache_.path() / std::to_string(++number);
    qputenv("HF_HUB_CACHE", QByteArray::fromStdString(folder.string()));
    qputenv("LOOMSCOPE_HOME", QByteArray::fromStdString((folder / "home").string()));
    workspace_ = std::make_unique<loom::testing::OpenWorkspace>();
    QVERIFY(workspace_->is_open());
    if (number == 1)
      for (const DataFile& file : benchmark().files)
        server_.add_file("datasets", file.hub_id, file.hub_path,
                         file.path + std::string(100'000, 'x'), true);
  }
  void cleanup() {
    workspace_.reset();
    server_.clear_faults();
  }

  void the_page_fetches_and_shows_what_came() {
    BenchmarksPage page(**workspace_);
    page.refresh();
    page.resize(1000, 700);
    page.show();
    auto* tree = part<QTreeWidget>(page, "catalogue_tree");
    const auto rows = tree->findItems(QStringLiteral("LV-Eval"), Qt::MatchRecursive);
    QVERIFY(!rows.isEmpty());
    QCOMPARE(rows.front()->text(4), QStringLiteral("To fetch"));
    tree->setCurrentItem(rows.front());
    auto* fetch = part<QPushButton>(page, "fetch_data");
    QVERIFY(fetch->isVisible() && fetch->isEnabled());
    QCOMPARE(fetch->accessibleName(), QStringLiteral("Fetch"));
    workspace_->keep_pictures(page, QStringLiteral("benchmarks-to-fetch"));
    QSignalSpy succeeded(&(**workspace_).downloads().work(), &FileWork::succeeded);
    fetch->click();
    QTRY_COMPARE(succeeded.size(), 1);
    QTRY_VERIFY(!fetch->isVisible());
    QVERIFY(part<QLabel>(page, "data_state")->text().startsWith(QStringLiteral("11 of 11")));
    QCOMPARE(tree->findItems(QStringLiteral("LV-Eval"), Qt::MatchRecursive).front()->text(4),
             QStringLiteral("Ready"));
  }

  void stopping_keeps_what_came() {
    server_.add_fault({Fault::drip, "/lfs/", 4, 50'000});
    BenchmarkFiles files(**workspace_);
    files.show_benchmark(&benchmark());
    files.show();
    auto* button = part<QPushButton>(files, "fetch_data");
    FileWork& work = (**workspace_).downloads().work();
    QSignalSpy stopped(&work, &FileWork::stopped);
    button->click();
    QTRY_COMPARE(button->text(), QStringLiteral("Stop"));
    QTRY_VERIFY(work.share() > 0.1);
    QTRY_VERIFY(part<QLabel>(files, "data_state")->text().contains(QStringLiteral("of 1.1 MB")));
    button->click();
    QTRY_COMPARE(stopped.size(), 1);
    QVERIFY(stopped.front().at(1).toString().contains(QStringLiteral("kept")));
    QTRY_COMPARE(button->text(), QStringLiteral("Fetch"));
    const size_t before = server_.requests().size();
    button->click();
    QTRY_VERIFY_WITH_TIMEOUT(!button->isVisible(), 20'000);
    const auto requests = server_.requests();
    QVERIFY(std::any_of(requests.begin() + static_cast<long>(before), requests.end(),
                        [](const auto& request) {
                          const std::string range = request.header("Range");  // "bytes=50001-"
                          return range.size() > 7 && std::stoul(range.substr(6)) >= 50'000;
                        }));
  }

  void a_refusal_is_told_without_the_key() {
    server_.add_fault({Fault::status, "LVEval", -1, 0, 403, "X-Error-Code: GatedRepo\r\n"});
    QSignalSpy failed(&(**workspace_).downloads().work(), &FileWork::failed);
    (**workspace_).downloads().fetch(benchmark());
    QTRY_COMPARE(failed.size(), 1);
    const auto error = failed.front().front().value<Error>();
    QVERIFY(describe(error).find("hf_secret") == std::string::npos);
    QVERIFY(describe(error).find(server_.url()) != std::string::npos);
  }

  void the_dialog_takes_only_repositories() {
    AddModelDialog dialog((**workspace_).hub_settings());
    auto* repo = part<QLineEdit>(dialog, "hub_repo");
    auto* fetch = part<QPushButton>(dialog, "fetch_model");
    QVERIFY(!fetch->isEnabled());
    repo->setText(QStringLiteral("../etc/passwd"));
    QVERIFY(!fetch->isEnabled());
    QVERIFY(!part<QLabel>(dialog, "repo_problem")->text().isEmpty());
    repo->setText(QStringLiteral("org/tiny@main"));
    QVERIFY(fetch->isEnabled());
    QCOMPARE(dialog.repo()->id, std::string("org/tiny"));
    dialog.show();
    workspace_->keep_pictures(dialog, QStringLiteral("add-model"));
  }

  void the_models_page_goes_on_beside_its_dialog() {
    const auto golden = loom::testing::source_folder() / "tests/golden/architectures/qwen2";
    for (const char* name : {"config.json", "model.safetensors"})
      server_.add_file("models", "org/beside", name, *read_file(golden / name), false);
    ModelsPage page(**workspace_);
    page.show();
    page.primary_action()->trigger();
    auto* dialog = page.findChild<AddModelDialog*>();
    QVERIFY(dialog && dialog->isVisible() && !dialog->isModal());
    page.primary_action()->trigger();  // the same one
    QCOMPARE(page.findChildren<AddModelDialog*>().size(), 1);
    part<QLineEdit>(*dialog, "hub_repo")->setText(QStringLiteral("org/beside"));
    QSignalSpy changed(&**workspace_, &Workspace::folders_changed);
    part<QPushButton>(*dialog, "fetch_model")->click();
    QTRY_COMPARE(changed.size(), 1);
    QVERIFY(resolve_model("hf:org/beside", (**workspace_).model_folders()).has_value());
    QTRY_VERIFY(!page.findChild<AddModelDialog*>());
  }

  void a_model_comes_and_is_found() {
    const auto golden = loom::testing::source_folder() / "tests/golden/architectures/qwen2";
    for (const char* name : {"config.json", "model.safetensors"})
      server_.add_file("models", "org/tiny", name, *read_file(golden / name), false);
    QSignalSpy changed(&**workspace_, &Workspace::folders_changed);
    (**workspace_).downloads().fetch({HubRepo::model, "org/tiny"}, {});
    QTRY_COMPARE(changed.size(), 1);
    QVERIFY(resolve_model("hf:org/tiny", (**workspace_).model_folders()).has_value());
  }

  void settings_are_kept() {
    HubCard card(**workspace_);
    auto* offline = part<QAbstractButton>(card, "hub_offline");
    QVERIFY(!offline->isChecked());
    offline->click();
    QVERIFY((**workspace_).hub_settings().offline);
    QVERIFY(part<QLabel>(card, "hub_key_state")->text().contains(QStringLiteral("HF_TOKEN")));
    qunsetenv("HF_ENDPOINT");
    HubCard other(**workspace_);
    auto* endpoint = part<QLineEdit>(other, "hub_endpoint");
    QVERIFY(endpoint->isEnabled());
    endpoint->setText(QStringLiteral("https://mirror.example/"));
    Q_EMIT endpoint->editingFinished();
    QCOMPARE((**workspace_).hub_settings().endpoint, std::string("https://mirror.example"));
    qputenv("HF_ENDPOINT", QByteArray::fromStdString(server_.url()));
  }
};

QTEST_MAIN(DownloadsTest)
#include "downloads_test.moc"
