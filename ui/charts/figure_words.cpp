#include "ui/charts/figure_words.h"

#include <QCoreApplication>
#include <array>

#include "ui/shell/quantity_text.h"

namespace loom::ui {

// core/report draws these words; they are listed here for the translator.
[[maybe_unused]] static constexpr std::array kWords = {
    QT_TRANSLATE_NOOP("Figure", "%1 answers are of earlier runs, with the times of those"),
    QT_TRANSLATE_NOOP("Figure", "%1 devices × %2 wall time, at work for %3 of device time"),
    QT_TRANSLATE_NOOP("Figure", "%1 devices, at work for %2 of device time"),
    QT_TRANSLATE_NOOP("Figure", "1 answer is of an earlier run, with the time of that"),
    QT_TRANSLATE_NOOP("Figure", "1 device × %1 wall time"),
    QT_TRANSLATE_NOOP("Figure", "Axis"),
    QT_TRANSLATE_NOOP("Figure", "Benchmark"),
    QT_TRANSLATE_NOOP("Figure", "Click to hide"),
    QT_TRANSLATE_NOOP("Figure", "Click to show"),
    QT_TRANSLATE_NOOP("Figure", "Decode (s)"),
    QT_TRANSLATE_NOOP("Figure", "Decode (tokens/s)"),
    QT_TRANSLATE_NOOP("Figure", "Depth"),
    QT_TRANSLATE_NOOP("Figure", "Depth (%)"),
    QT_TRANSLATE_NOOP("Figure", "Base score"),
    QT_TRANSLATE_NOOP("Figure", "Dashed: 85 % of it"),
    QT_TRANSLATE_NOOP("Figure", "Dotted: base score, each pair's best of up to 1k tokens"),
    QT_TRANSLATE_NOOP("Figure", "Difference"),
    QT_TRANSLATE_NOOP("Figure", "Difference in points, 95 % interval"),
    QT_TRANSLATE_NOOP("Figure", "Differences per task"),
    QT_TRANSLATE_NOOP("Figure", "Effective length (tokens)"),
    QT_TRANSLATE_NOOP("Figure", "Effective length: the longest that keeps it"),
    QT_TRANSLATE_NOOP("Figure", "Effective length: the longest that scores above"),
    QT_TRANSLATE_NOOP("Figure", "Failed"),
    QT_TRANSLATE_NOOP("Figure", "Faithfulness"),
    QT_TRANSLATE_NOOP("Figure", "General"),
    QT_TRANSLATE_NOOP("Figure", "Generation"),
    QT_TRANSLATE_NOOP("Figure", "Reasoning"),
    QT_TRANSLATE_NOOP("Figure", "Retrieval"),
    QT_TRANSLATE_NOOP("Figure", "Specialization"),
    QT_TRANSLATE_NOOP("Figure", "Full colour: prefill, pale: decode"),
    QT_TRANSLATE_NOOP("Figure", "High"),
    QT_TRANSLATE_NOOP("Figure", "Length (tokens)"),
    QT_TRANSLATE_NOOP("Figure", "Low"),
    QT_TRANSLATE_NOOP("Figure", "Model"),
    QT_TRANSLATE_NOOP("Figure", "No scores by depth yet"),
    QT_TRANSLATE_NOOP("Figure", "No scores by length yet"),
    QT_TRANSLATE_NOOP("Figure", "No scores yet"),
    QT_TRANSLATE_NOOP("Figure", "No shared samples"),
    QT_TRANSLATE_NOOP("Figure", "too few pairs"),
    QT_TRANSLATE_NOOP("Figure", "No times yet"),
    QT_TRANSLATE_NOOP("Figure", "Peak memory (bytes)"),
    QT_TRANSLATE_NOOP("Figure", "Prefill (s)"),
    QT_TRANSLATE_NOOP("Figure", "Prefill (tokens/s)"),
    QT_TRANSLATE_NOOP("Figure", "Prefill reused (s)"),
    QT_TRANSLATE_NOOP("Figure", "Right of zero: better than"),
    QT_TRANSLATE_NOOP("Figure", "Run"),
    QT_TRANSLATE_NOOP("Figure", "Score"),
    QT_TRANSLATE_NOOP("Figure", "Score by length"),
    QT_TRANSLATE_NOOP("Figure", "Score by length and depth"),
    QT_TRANSLATE_NOOP("Figure", "Scores"),
    QT_TRANSLATE_NOOP("Figure", "Series"),
    QT_TRANSLATE_NOOP("Figure", "Task"),
    QT_TRANSLATE_NOOP("Figure", "Threshold"),
    QT_TRANSLATE_NOOP("Figure", "Time by benchmark"),
    QT_TRANSLATE_NOOP("Figure", "Tokenise (s)"),
    QT_TRANSLATE_NOOP("Figure", "Truncated"),
    QT_TRANSLATE_NOOP("Figure", "Unparsed"),
    QT_TRANSLATE_NOOP("Figure", "Wall time"),
    QT_TRANSLATE_NOOP("Figure", "Wall time (s)"),
    QT_TRANSLATE_NOOP("Figure", "base score"),
    QT_TRANSLATE_NOOP("Figure", "decode"),
    QT_TRANSLATE_NOOP("Figure", "depth"),
    QT_TRANSLATE_NOOP("Figure", "effective length"),
    QT_TRANSLATE_NOOP("Figure", "failed"),
    QT_TRANSLATE_NOOP("Figure", "n"),
    QT_TRANSLATE_NOOP("Figure", "no samples"),
    QT_TRANSLATE_NOOP("Figure", "no value"),
    QT_TRANSLATE_NOOP("Figure", "peak memory"),
    QT_TRANSLATE_NOOP("Figure", "prefill"),
    QT_TRANSLATE_NOOP("Figure", "some samples truncated, failed or unparsed"),
    QT_TRANSLATE_NOOP("Figure", "truncated"),
    QT_TRANSLATE_NOOP("Figure", "unparsed"),
};

std::string figure_word(const char* english) {
  return QCoreApplication::translate("Figure", english).toStdString();
}

QString figure_word(const std::string& english) {
  return QCoreApplication::translate("Figure", english.c_str());
}

FigureTheme local_theme() {
  FigureTheme theme;
  theme.translate = [](const char* english) { return figure_word(english); };
  theme.number = [](double value, int decimals) {
    return decimal_text(value, decimals).toStdString();
  };
  return theme;
}

}  // namespace loom::ui
