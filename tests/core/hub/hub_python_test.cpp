// One cache, two programs: huggingface_hub finds what we fetched, and we find what it fetched. Runs
// where a Python with that package is ($LOOM_HUB_PYTHON, else python3), else says "skipped".
#include <QProcess>
#include <QtTest>

#include "core/base/text_file.h"
#include "core/hub/fetch_files.h"
#include "core/hub/hub_cache.h"
#include "core/hub/list_repo.h"
#include "tests/support/hub_server.h"
#include "tests/support/test_folders.h"

using namespace loom;
using loom::testing::HubServer;
namespace fs = std::filesystem;

namespace {
constexpr int kPatience_ms = 100000;  // the package takes long to load on a busy machine
const HubRepo kRepo{HubRepo::dataset, "org/data"};
}  // namespace

class HubPythonTest : public QObject {
  Q_OBJECT
  HubServer server_;
  loom::testing::TemporaryFolder folder_;
  HubSettings settings_;
  QString python_ = qEnvironmentVariable("LOOM_HUB_PYTHON", QStringLiteral("python3"));

  std::string run(const QStringList& arguments) {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("HF_ENDPOINT", QString::fromStdString(server_.url()));
    environment.insert("HF_HOME", QString::fromStdString((folder_.path() / "home").string()));
    environment.insert("HF_HUB_DISABLE_XET", "1");
    environment.insert("HF_HUB_DISABLE_TELEMETRY", "1");
    process.setProcessEnvironment(environment);
    process.start(python_, arguments);
    if (!process.waitForFinished(kPatience_ms)) return "did not end";
    const QByteArray said = process.readAllStandardError();
    if (process.exitCode() != 0) return "failed: " + said.toStdString();
    return process.readAllStandardOutput().trimmed().toStdString();
  }
  std::string use_cache(const QStringList& arguments) {
    const fs::path script = loom::testing::source_folder() / "tests/core/hub/use_hub_cache.py";
    return run(QStringList{QString::fromStdString(script.string())} << arguments);
  }

 private Q_SLOTS:
  void initTestCase() {
    if (run({"-c", "import huggingface_hub; print('here')"}) != "here")
      QSKIP("skipped: no Python with huggingface_hub ($LOOM_HUB_PYTHON)");
    server_.add_file("datasets", "org/data", "a/b/small.jsonl", "{\"a\": 1}\n", false);
    server_.add_file("datasets", "org/data", "large.bin", std::string(200000, 'x'), true);
    settings_.endpoint = server_.url();
  }

  void python_finds_ours() {
    settings_.cache = folder_.path() / "ours";
    const QString cache = QString::fromStdString(settings_.cache.string());
    auto listing = list_hub_repo(settings_, kRepo);
    QVERIFY(listing.has_value());
    auto paths = fetch_hub_files(settings_, kRepo, *listing, listing->files, {});
    QVERIFY(paths.has_value());
    QCOMPARE(use_cache({"offline", cache, "org/data", "a/b/small.jsonl"}), (*paths)[0].string());
    QCOMPARE(use_cache({"offline", cache, "org/data", "large.bin"}), (*paths)[1].string());
    QCOMPARE(use_cache({"snapshot", cache, "org/data"}),
             HubCache(settings_.cache, kRepo).snapshot(HubServer::commit()).string());
    const size_t asked = server_.count("/lfs/");
    QCOMPARE(use_cache({"download", cache, "org/data", "large.bin"}), (*paths)[1].string());
    QCOMPARE(server_.count("/lfs/"), asked);  // it took ours
  }

  void we_find_pythons() {
    settings_.cache = folder_.path() / "theirs";
    const QString cache = QString::fromStdString(settings_.cache.string());
    const HubCache theirs(settings_.cache, kRepo);
    for (const char* file : {"a/b/small.jsonl", "large.bin"}) {
      const std::string path = use_cache({"download", cache, "org/data", file});
      QVERIFY2(fs::exists(path), path.c_str());
      QCOMPARE(theirs.find("main", file), fs::path(path));
    }
    auto listing = list_hub_repo(settings_, kRepo);
    QVERIFY(listing.has_value());
    const size_t asked = server_.count("/resolve/");
    QVERIFY(fetch_hub_files(settings_, kRepo, *listing, listing->files, {}).has_value());
    QCOMPARE(server_.count("/resolve/"), asked);  // we took theirs
  }
};

QTEST_GUILESS_MAIN(HubPythonTest)
#include "hub_python_test.moc"
