#include "core/report/pgfplots_axis.h"

#include <algorithm>
#include <cmath>

namespace loom {
namespace {

std::string mark_of(MarkerShape shape) {
  switch (shape) {
    case MarkerShape::circle:
      return "mark=*";
    case MarkerShape::square:
      return "mark=square*";
    case MarkerShape::triangle:
      return "mark=triangle*";
    case MarkerShape::diamond:
      return "mark=diamond*";
    case MarkerShape::triangle_down:
      return "mark=triangle*, mark options={solid, rotate=180}";
    case MarkerShape::cross:
      return "mark=x";
    case MarkerShape::plus:
      return "mark=+";
    case MarkerShape::star:
      return "mark=star";
  }
  return "mark=*";
}

std::string dash_of(const std::vector<double>& dash) {
  if (dash.empty()) return "solid";
  std::string pattern = "dash pattern=";
  for (size_t i = 0; i < dash.size(); ++i)
    pattern += (i == 0 ? "" : " ") + std::string(i % 2 == 0 ? "on " : "off ") +
               pgf_number(dash[i], 1) + "pt";
  return pattern;
}

}  // namespace

std::string pgf_number(double value, int decimals) {
  return std::isfinite(value) ? number_text(value, decimals) : "nan";
}

std::string pgf_color(Color color) {
  return "{rgb,255:red," + std::to_string(color.r) + ";green," + std::to_string(color.g) +
         ";blue," + std::to_string(color.b) + "}";
}

PgfAxis::PgfAxis(std::string environment, double width, double height,
                 const std::vector<std::string>& needs)
    : environment_(std::move(environment)) {
  head_ = "% In the preamble: \\usepackage{pgfplots}\\pgfplotsset{compat=1.16}";
  for (const std::string& one : needs) head_ += one;
  head_ += "\n";
  option("width=" + pgf_number(width, 1) + "bp, height=" + pgf_number(height, 1) + "bp");
  option("font=\\footnotesize, tick label style={font=\\scriptsize}");
}

void PgfAxis::option(const std::string& text) {
  options_ += "  " + text + ",\n";
}

void PgfAxis::ticks(const std::string& axis, const std::vector<double>& at,
                    const std::vector<std::string>& labels) {
  std::string places, texts;
  for (size_t i = 0; i < at.size(); ++i) {
    places += (i > 0 ? "," : "") + pgf_number(at[i], 4);
    texts += (i > 0 ? "," : "") + ("{" + latex_text(labels[i]) + "}");
  }
  option(axis + "tick={" + places + "}, " + axis + "ticklabels={" + texts + "}");
}

void PgfAxis::legend_below(size_t entries) {
  option("legend columns=" + std::to_string(std::clamp<size_t>(entries, 1, 2)) +
         ", legend cell align=left");
  option("legend style={at={(0.5,-0.2)}, anchor=north, draw=none, font=\\scriptsize}");
}

void PgfAxis::add(const std::string& line) {
  body_ += line + "\n";
}

void PgfAxis::plot(size_t series, const std::string& more, const std::string& coordinates) {
  const SeriesStyle style = series_style(series, false);
  const std::string color = "loomscope" + std::to_string(series + 1);
  if (defined_.size() <= series) defined_.resize(series + 1);
  if (!defined_[series])
    head_ += "\\definecolor{" + color + "}{RGB}{" + std::to_string(style.color.r) + "," +
             std::to_string(style.color.g) + "," + std::to_string(style.color.b) + "}\n";
  defined_[series] = true;
  add("\\addplot[" + color + ", thick, " + dash_of(style.dash) + ", " + mark_of(style.marker) +
      ", mark size=1.6pt" + (more.empty() ? "" : ", " + more) + "]\n  coordinates {" + coordinates +
      "};");
}

void PgfAxis::legend_entry(const std::string& label) {
  add("\\addlegendentry{" + latex_text(label) + "}");
}

std::string PgfAxis::source() const {
  return head_ + "\\begin{tikzpicture}\n\\begin{" + environment_ + "}[\n" + options_ + "]\n" +
         body_ + "\\end{" + environment_ + "}\n\\end{tikzpicture}\n";
}

}  // namespace loom
