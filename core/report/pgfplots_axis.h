// What the pgfplots sources of all charts share: the picture around an axis, colours and marks of
// series, lists of options.
#pragma once

#include <string>
#include <vector>

#include "core/report/chart_text.h"
#include "core/report/latex_text.h"

namespace loom {

class PgfAxis {
 public:
  // `environment`: "axis" or "polaraxis". `needs`: what goes into the document's preamble besides
  // pgfplots itself.
  PgfAxis(std::string environment, double width, double height,
          const std::vector<std::string>& needs = {});

  void option(const std::string& text);
  // Positions of an axis with a text each: "xtick" and "xticklabels".
  void ticks(const std::string& axis, const std::vector<double>& at,
             const std::vector<std::string>& labels);
  void legend_below(size_t entries);
  // A body's line, as it is.
  void add(const std::string& line);
  // Coordinates with the look of a series; `more`: further options.
  void plot(size_t series, const std::string& more, const std::string& coordinates);
  void legend_entry(const std::string& label);
  std::string source() const;

 private:
  std::string environment_, head_, options_, body_;
  std::vector<bool> defined_;  // colours of series
};

std::string pgf_number(double value, int decimals = 2);  // "nan" for none
// "{rgb,255:red,0;green,114;blue,178}"
std::string pgf_color(Color color);

}  // namespace loom
