// Words that two answers do not share, by their longest common subsequence.
#pragma once

#include <QStringList>
#include <utility>

namespace loom::ui {

struct Word {
  QString text;  // with the space that follows it
  bool differs = false;
};
std::pair<QList<Word>, QList<Word>> word_difference(const QString& a, const QString& b);
// The words as HTML, those that differ bold and underlined.
QString marked_html(const QList<Word>& words);

}  // namespace loom::ui
