// The language list, and what is chosen in it.
#include "ui/settings/language_card.h"

#include <QComboBox>
#include <QLabel>
#include <QSettings>
#include <QtTest>
#include <fstream>

#include "tests/support/test_folders.h"
#include "ui/settings/language.h"

using namespace loom::ui;

class LanguageCardTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init();
  void listsWhatIsInstalled();
  void choosingWaitsForTheNextStart();
  void aMissingTranslationIsEnglish();

 private:
  void add_file(const char* name) {
    const auto folder = home_->path() / "translations";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / name) << "x";
  }
  std::unique_ptr<loom::testing::TemporaryFolder> home_;
};

void LanguageCardTest::init() {
  home_ = std::make_unique<loom::testing::TemporaryFolder>();
  std::filesystem::create_directories(home_->path() / "translations");
  qputenv("LOOMSCOPE_RESOURCES", home_->path().c_str());
  QCoreApplication::setOrganizationName(QStringLiteral("loomscope-test"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope,
                     QString::fromStdString(home_->path().string()));
}

void LanguageCardTest::listsWhatIsInstalled() {
  QCOMPARE(installed_languages(), QStringList{QStringLiteral("en")});
  add_file("loomscope_zh_CN.qm");
  add_file("loomscope_de.qm");
  add_file("other_fr.qm");
  add_file("loomscope_ru.ts");  // a source
  QCOMPARE(installed_languages(),
           QStringList({QStringLiteral("en"), QStringLiteral("de"), QStringLiteral("zh_CN")}));
  LanguageCard card;
  auto& list = *card.findChild<QComboBox*>(QStringLiteral("language"));
  QStringList titles;
  for (int i = 0; i < list.count(); ++i) titles << list.itemText(i);
  QCOMPARE(titles.mid(0, 3), QStringList({QStringLiteral("As the system"),
                                          QStringLiteral("English"), QStringLiteral("Deutsch")}));
  QVERIFY2(titles.at(3).contains(QStringLiteral("中文")), qPrintable(titles.at(3)));
  QVERIFY(!list.accessibleName().isEmpty());
}

void LanguageCardTest::choosingWaitsForTheNextStart() {
  add_file("loomscope_de.qm");
  LanguageCard card;
  card.show();
  auto& list = *card.findChild<QComboBox*>(QStringLiteral("language"));
  auto& note = *card.findChild<QLabel*>(QStringLiteral("language_note"));
  QVERIFY(note.text().contains(QStringLiteral("next start")));
  list.setFocus();
  QTest::keyClick(&list, Qt::Key_Down);
  QTest::keyClick(&list, Qt::Key_Down);
  QCOMPARE(chosen_language(), QStringLiteral("de"));
  QVERIFY2(note.text().contains(QStringLiteral("Deutsch")), qPrintable(note.text()));
  QTest::keyClick(&list, Qt::Key_Home);
  QCOMPARE(chosen_language(), QString());
  QVERIFY(note.text().contains(QStringLiteral("next start")));
  choose_language(QStringLiteral("de"));
  LanguageCard next;
  QCOMPARE(next.findChild<QComboBox*>(QStringLiteral("language"))->currentText(),
           QStringLiteral("Deutsch"));
}

void LanguageCardTest::aMissingTranslationIsEnglish() {
  choose_language(QStringLiteral("de"));
  QCOMPARE(install_language(*qApp), QStringLiteral("en"));
  add_file("loomscope_de.qm");  // no translation, as its bytes say
  QCOMPARE(install_language(*qApp), QStringLiteral("en"));
}

QTEST_MAIN(LanguageCardTest)
#include "language_card_test.moc"
