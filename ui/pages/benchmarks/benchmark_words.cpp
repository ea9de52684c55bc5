#include "ui/pages/benchmarks/benchmark_words.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

#include "core/report/charts.h"
#include "ui/shell/quantity_text.h"

namespace loom::ui {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("loom::ui::BenchmarkWords", text);
}

struct Title {
  const char *id, *text;
};
constexpr Title kMetrics[] = {
    {"contains_all", QT_TRANSLATE_NOOP("loom::ui::BenchmarkWords",
                                       "Share of the references that the answer contains")},
    {"contains_any",
     QT_TRANSLATE_NOOP("loom::ui::BenchmarkWords", "The answer contains one of the references")},
    {"choice", QT_TRANSLATE_NOOP("loom::ui::BenchmarkWords", "The right letter is chosen")},
    {"squad_exact_match",
     QT_TRANSLATE_NOOP("loom::ui::BenchmarkWords", "The answer equals a reference")},
    {"meteor", QT_TRANSLATE_NOOP("loom::ui::BenchmarkWords", "Words, stems and synonyms (METEOR)")},
    {"rouge_score",
     QT_TRANSLATE_NOOP("loom::ui::BenchmarkWords", "Longest common sequence of words (ROUGE-L)")},
    {"number_share",
     QT_TRANSLATE_NOOP("loom::ui::BenchmarkWords", "Share of the answer's numbers that are right")},
    {"not_scored", QT_TRANSLATE_NOOP("loom::ui::BenchmarkWords", "Not scored: answers to read")},
    {"pass_at_1", QT_TRANSLATE_NOOP("loom::ui::BenchmarkWords",
                                    "The program passes its tests in the sandbox (pass@1)")},
    {"token_f1", QT_TRANSLATE_NOOP("loom::ui::BenchmarkWords",
                                   "Overlap of words with the best reference (F1)")},
    {"bertscore", QT_TRANSLATE_NOOP("loom::ui::BenchmarkWords",
                                    "Nearness in meaning by an encoder (BERTScore)")},
    {"reference_perplexity",
     QT_TRANSLATE_NOOP("loom::ui::BenchmarkWords", "Perplexity of the reference, lower is better")},
    {"word_recall",
     QT_TRANSLATE_NOOP("loom::ui::BenchmarkWords", "Share of the reference's words in the answer")},
    {"written_form", QT_TRANSLATE_NOOP("loom::ui::BenchmarkWords",
                                       "Asked words used, and how near the length is")}};

}  // namespace

QString metric_title(const std::string& metric) {
  for (const Title& title : kMetrics)
    if (metric == title.id) return tr(title.text);
  return QString::fromStdString(metric);  // a new metric shows its id rather than nothing
}

QString lengths_text(const std::vector<size_t>& lengths) {
  if (lengths.empty()) return {};
  auto [least, most] = std::minmax_element(lengths.begin(), lengths.end());
  FigureTheme local;
  local.number = [](double value, int decimals) {
    return decimal_text(value, decimals).toStdString();
  };
  auto text = [&local](size_t tokens) {
    return QString::fromStdString(length_text(tokens, local));
  };
  if (*least == *most) return text(*least);
  return QCoreApplication::translate("loom::ui::BenchmarkWords", "%1 to %2")
      .arg(text(*least), text(*most));
}

}  // namespace loom::ui
