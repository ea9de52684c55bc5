#include "ui/settings/language.h"

#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>
#include <QTranslator>

#include "core/base/file_paths.h"

namespace loom::ui {
namespace {

const QString kLanguage = QStringLiteral("appearance/language");
const QString kEnglish = QStringLiteral("en"), kProgram = QStringLiteral("loomscope");

QString folder() {
  auto translations = paths::translations();
  return translations ? QString::fromStdString(translations->string()) : QString();
}

// Wanted languages, the best first; English needs no file.
QStringList wanted() {
  const QString chosen = chosen_language();
  if (!chosen.isEmpty()) return {chosen};
  QStringList languages;
  for (QString language : QLocale::system().uiLanguages())
    languages << language.replace(QLatin1Char('-'), QLatin1Char('_'));
  return languages;
}

bool install(QCoreApplication& application, const QString& program, const QString& code,
             const QString& place) {
  auto* translator = new QTranslator(&application);
  if (translator->load(QLocale(code), program, QStringLiteral("_"), place))
    return application.installTranslator(translator);
  delete translator;
  return false;
}

}  // namespace

QStringList installed_languages() {
  QStringList codes{kEnglish};
  const QDir files(folder());
  if (folder().isEmpty()) return codes;
  for (const QString& name :
       files.entryList({kProgram + QStringLiteral("_*.qm")}, QDir::Files, QDir::Name)) {
    QString code = name.mid(kProgram.size() + 1);
    code.chop(3);
    if (code != kEnglish && QLocale(code).language() != QLocale::C) codes << code;
  }
  return codes;
}

QString language_title(const QString& code) {
  const QLocale locale(code);
  QString title = locale.nativeLanguageName();
  if (title.isEmpty()) return code;
  title[0] = title[0].toUpper();
  return code.startsWith(kEnglish) ? QStringLiteral("English") : title;
}

QString chosen_language() {
  return QSettings().value(kLanguage).toString();
}

void choose_language(const QString& code) {
  QSettings().setValue(kLanguage, code);
}

QString install_language(QCoreApplication& application) {
  for (const QString& code : wanted()) {
    if (code == kEnglish || code.startsWith(kEnglish + QLatin1Char('_'))) return kEnglish;
    if (!install(application, kProgram, code, folder())) continue;
    // Words of the toolkit's own dialogs, where they are installed.
    install(application, QStringLiteral("qtbase"), code,
            QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    return code;
  }
  return kEnglish;
}

}  // namespace loom::ui
