// The window's language: as the system has it, English, which is built in, or one of the
// translations that lie in paths::translations() as loomscope_LANGUAGE.qm.
#pragma once

#include <QCoreApplication>
#include <QString>
#include <QStringList>

namespace loom::ui {

// Codes such as "en" and "zh_CN", English first.
QStringList installed_languages();
// In its own words, as its readers look for it.
QString language_title(const QString& code);

QString chosen_language();  // empty: as the system has it
void choose_language(const QString& code);

// Once, before the first widget: what is chosen later is read at the next start. The language that
// is shown.
QString install_language(QCoreApplication& application);

}  // namespace loom::ui
