#include "ui/view_models/registry_words.h"

#include <QCoreApplication>

namespace loom::ui {

QString registry_text(const std::string& words, bool own) {
  if (own || words.empty()) return QString::fromStdString(words);
  return QCoreApplication::translate("Registry", words.c_str());
}

}  // namespace loom::ui
