#include "ui/pages/compare/word_difference.h"

#include <vector>

namespace loom::ui {
namespace {

constexpr qsizetype kMostCells = 4'000'000;  // beyond it the whole middle counts as different

QList<Word> words_of(const QString& text) {
  QList<Word> words;
  qsizetype begin = 0;
  for (qsizetype at = 0; at < text.size(); ++at) {
    const bool ends = text[at].isSpace() && (at + 1 == text.size() || !text[at + 1].isSpace());
    if (!ends) continue;
    words << Word{text.mid(begin, at + 1 - begin), false};
    begin = at + 1;
  }
  if (begin < text.size()) words << Word{text.mid(begin), false};
  return words;
}

bool same(const Word& a, const Word& b) {
  return a.text.trimmed() == b.text.trimmed();
}

void mark(QList<Word>& words, qsizetype begin, qsizetype end) {
  for (qsizetype i = begin; i < end; ++i) words[i].differs = true;
}

// Marks what the longest common subsequence of [begin, end_a) and [begin, end_b) leaves out.
void mark_middle(QList<Word>& a, QList<Word>& b, qsizetype begin, qsizetype end_a,
                 qsizetype end_b) {
  const qsizetype rows = end_a - begin, columns = end_b - begin;
  if (rows * columns > kMostCells) {
    mark(a, begin, end_a);
    mark(b, begin, end_b);
    return;
  }
  const auto at = [columns](qsizetype i, qsizetype j) {
    return static_cast<size_t>(i * (columns + 1) + j);
  };
  std::vector<int> length(at(rows, columns) + 1, 0);
  for (qsizetype i = rows - 1; i >= 0; --i)
    for (qsizetype j = columns - 1; j >= 0; --j)
      length[at(i, j)] = same(a[begin + i], b[begin + j])
                             ? length[at(i + 1, j + 1)] + 1
                             : std::max(length[at(i + 1, j)], length[at(i, j + 1)]);
  qsizetype i = 0, j = 0;
  while (i < rows && j < columns) {
    if (same(a[begin + i], b[begin + j])) {
      ++i, ++j;
    } else if (length[at(i + 1, j)] >= length[at(i, j + 1)]) {
      a[begin + i++].differs = true;
    } else {
      b[begin + j++].differs = true;
    }
  }
  mark(a, begin + i, end_a);
  mark(b, begin + j, end_b);
}

}  // namespace

std::pair<QList<Word>, QList<Word>> word_difference(const QString& first, const QString& second) {
  QList<Word> a = words_of(first), b = words_of(second);
  qsizetype begin = 0, end_a = a.size(), end_b = b.size();
  while (begin < end_a && begin < end_b && same(a[begin], b[begin])) ++begin;
  while (end_a > begin && end_b > begin && same(a[end_a - 1], b[end_b - 1])) --end_a, --end_b;
  mark_middle(a, b, begin, end_a, end_b);
  return {a, b};
}

QString marked_html(const QList<Word>& words) {
  QString html = QStringLiteral("<div style='white-space:pre-wrap'>");
  for (const Word& word : words) {
    const QString escaped = word.text.toHtmlEscaped();
    html += word.differs ? QString(QStringLiteral("<b><u>") + escaped + QStringLiteral("</u></b>"))
                         : escaped;
  }
  return html + QStringLiteral("</div>");
}

}  // namespace loom::ui
