// The window in other languages: files that are whole, and words that are found again at run time.
#include <QDir>
#include <QLibraryInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QTranslator>
#include <QXmlStreamReader>
#include <QtTest>
#include <set>

#include "core/base/file_paths.h"
#include "core/catalog/catalog.h"
#include "tests/support/test_folders.h"
#include "ui/charts/figure_words.h"
#include "ui/charts/latency_table_model.h"
#include "ui/shell/quantity_text.h"
#include "ui/view_models/format.h"
#include "ui/view_models/registry_words.h"
#include "ui/wizards/evaluation_wizard.h"

using namespace loom;

namespace {

struct Message {
  QString context, source, translation;
  bool finished = true, counted = false;
};

QList<Message> messages_of(const QString& file) {
  QFile source(file);
  QList<Message> messages;
  if (!source.open(QIODevice::ReadOnly)) return messages;
  QXmlStreamReader xml(&source);
  QString context;
  while (!xml.atEnd()) {
    if (xml.readNext() != QXmlStreamReader::StartElement) continue;
    const QString name = xml.name().toString();
    if (name == QStringLiteral("name")) context = xml.readElementText();
    if (name == QStringLiteral("message")) {
      messages << Message{
          context,
          {},
          {},
          true,
          xml.attributes().value(QStringLiteral("numerus")) == QStringLiteral("yes")};
    }
    if (messages.isEmpty()) continue;
    if (name == QStringLiteral("source")) messages.last().source = xml.readElementText();
    if (name == QStringLiteral("translation")) {
      messages.last().finished = !xml.attributes().hasAttribute(QStringLiteral("type"));
      messages.last().translation =
          xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
    }
  }
  return xml.hasError() ? QList<Message>() : messages;
}

// "%1", "%L2" and "%n", in any order.
std::multiset<QString> places_of(const QString& text) {
  static const QRegularExpression place(QStringLiteral("%(L?[1-9]|n)"));
  std::multiset<QString> places;
  for (auto found = place.globalMatch(text); found.hasNext();)
    places.insert(found.next().captured());
  return places;
}

bool has_mnemonic(const QString& text) {
  return QString(text).remove(QStringLiteral("&&")).contains(u'&');
}

}  // namespace

class TranslationsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void every_message_is_translated_data() {
    QTest::addColumn<QString>("file");
    const QDir folder(
        QString::fromStdString((testing::source_folder() / "resources" / "translations").string()));
    const QStringList files = folder.entryList({QStringLiteral("loomscope_*.ts")});
    QVERIFY(files.contains(QStringLiteral("loomscope_zh_CN.ts")));
    for (const QString& file : files) QTest::newRow(qPrintable(file)) << folder.filePath(file);
  }
  // The words of the sources as they are now, where the tool that reads them is here.
  void every_message_is_translated() {
    QFETCH(QString, file);
    QTemporaryDir folder;
    const QString fresh = folder.filePath(QFileInfo(file).fileName());
    QVERIFY(QFile::copy(file, fresh));
    const QString tool =
        QLibraryInfo::path(QLibraryInfo::BinariesPath) + QStringLiteral("/lupdate");
    if (QFileInfo::exists(tool)) {
      QProcess update;
      update.setWorkingDirectory(QString::fromStdString(testing::source_folder().string()));
      update.start(tool, {QStringLiteral("-recursive"), QStringLiteral("ui"),
                          QStringLiteral("app/desktop"), QStringLiteral("-I"), QStringLiteral("."),
                          QStringLiteral("-no-obsolete"), QStringLiteral("-locations"),
                          QStringLiteral("none"), QStringLiteral("-ts"), fresh});
      QVERIFY(update.waitForFinished(60'000));
      QCOMPARE(update.exitCode(), 0);
    }
    const QList<Message> messages = messages_of(fresh);
    QVERIFY(messages.size() > 1000);
    for (const Message& message : messages) {
      const QByteArray what = (message.context + QStringLiteral(": ") + message.source).toUtf8();
      QVERIFY2(message.finished && !message.translation.isEmpty(), what.constData());
      QVERIFY2(places_of(message.source) == places_of(message.translation), what.constData());
      QVERIFY2(has_mnemonic(message.source) == has_mnemonic(message.translation), what.constData());
      // A file dialog's filter keeps its patterns.
      QCOMPARE(message.translation.count(QStringLiteral("(*")),
               message.source.count(QStringLiteral("(*")));
    }
  }

  // A benchmark that is added to the registry is added to the list, too. Names of data sets, which
  // are the same in every language, need not be in it.
  void the_registrys_words_are_listed() {
    std::set<std::string> listed;
    for (const char* words : ui::registry_words()) listed.insert(words);
    auto catalog = load_catalog(testing::source_folder() / "models-registry");
    QVERIFY2(catalog.has_value(), catalog ? "" : describe(catalog.error()).c_str());
    QStringList missing;
    auto need = [&](const std::string& words) {
      if (!words.empty() && !listed.contains(words)) missing << QString::fromStdString(words);
    };
    auto need_all = [&need](const std::vector<Parameter>& parameters) {
      for (const Parameter& parameter : parameters)
        for (const std::string* words : {&parameter.label, &parameter.help, &parameter.effect,
                                         &parameter.unit, &parameter.default_label})
          need(*words);
    };
    for (const BenchmarkDescription& benchmark : catalog->benchmarks) {
      need(benchmark.summary);
      need_all(benchmark.parameters);
      for (const TaskDescription& task : benchmark.tasks) need(task.help);
    }
    for (const auto* methods : {&catalog->servers, &catalog->augmentations})
      for (const MethodDescription& method : *methods) {
        need(method.title);
        need(method.summary);
        need_all(method.parameters);
      }
    for (const SuiteDescription& suite : catalog->suites) need(suite.summary);
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
    QVERIFY(listed.contains("Needle in a haystack"));
  }

  void a_users_own_words_are_not_translated() {
    QCOMPARE(ui::registry_text("History", true), QStringLiteral("History"));
    QCOMPARE(ui::registry_text("A new benchmark"), QStringLiteral("A new benchmark"));
  }

  void words_are_found_at_run_time() {
    const auto folder = paths::translations();
    if (!folder) QSKIP("skipped: built without lrelease");
    QTranslator chinese;
    QVERIFY(chinese.load(QLocale(QStringLiteral("zh_CN")), QStringLiteral("loomscope"),
                         QStringLiteral("_"), QString::fromStdString(folder->string())));
    QCOMPARE(ui::EvaluationWizard::tr("Run evaluation"), QStringLiteral("Run evaluation"));
    QVERIFY(QCoreApplication::installTranslator(&chinese));
    const QString button = ui::EvaluationWizard::tr("Run evaluation");
    const QString unlimited = ui::window_text(0, true), hours = ui::duration_text(3 * 3600);
    const QString task = ui::registry_text("History"), own = ui::registry_text("History", true);
    const QString languages = ui::language_names({"en", "zh"});
    const QString axis = ui::figure_word(std::string("Score"));
    ui::LatencyTableModel times;
    const QString header = times.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString();
    QCoreApplication::removeTranslator(&chinese);
    QCOMPARE(button, QStringLiteral("开始评测"));
    QCOMPARE(unlimited, QStringLiteral("无限制"));  // of a function, not of a class
    QCOMPARE(hours, QStringLiteral("3 小时"));
    QCOMPARE(axis, QStringLiteral("得分"));  // of core's figures
    QCOMPARE(header, QStringLiteral("基准"));
    QCOMPARE(task, QStringLiteral("历史"));  // of models-registry
    QCOMPARE(own, QStringLiteral("History"));
    QCOMPARE(languages, QStringLiteral("英文, 中文"));
  }
};

QTEST_MAIN(TranslationsTest)
#include "translations_test.moc"
