#include "core/report/figure_footer.h"

#include <algorithm>

namespace loom {
namespace {

struct Place {
  size_t series = 0;
  double x = 0, width = 0;
  std::string label;
};
using Row = std::vector<Place>;

double sample_width(const FigureBuilder& b) {
  return b.em() * 2.6;
}
double gap(const FigureBuilder& b) {
  return b.em() * 1.6;
}

// Entries in rows, each row centred.
std::vector<Row> rows_of(const FigureBuilder& b, const FigureFooter& footer) {
  std::vector<Row> rows;
  double limit = b.figure.width - b.em(), x = 0;
  double sample = sample_width(b) + b.em() * 0.5;
  for (size_t i = 0; i < footer.entries.size(); ++i) {
    Place place{i, 0, 0, b.elided(footer.entries[i].label, limit - sample)};
    place.width = sample + b.width_of(place.label);
    if (rows.empty() || x + gap(b) + place.width > limit) {
      rows.emplace_back();
      x = 0;
    } else {
      x += gap(b);
    }
    place.x = x;
    x += place.width;
    rows.back().push_back(place);
  }
  for (Row& row : rows) {
    double shift = (b.figure.width - row.back().x - row.back().width) / 2;
    for (Place& place : row) place.x += shift;
  }
  return rows;
}

// Notes broken at spaces.
std::vector<std::string> note_lines(const FigureBuilder& b, const FigureFooter& footer) {
  std::vector<std::string> lines;
  for (const std::string& note : footer.notes) {
    std::string line;
    size_t begin = 0;
    while (begin < note.size()) {
      size_t end = std::min(note.find(' ', begin), note.size());
      std::string longer = line.empty() ? "" : line + " ";
      longer += note.substr(begin, end - begin);
      if (!line.empty() && b.small_width_of(longer) > b.figure.width - b.em()) {
        lines.push_back(line);
        line = note.substr(begin, end - begin);
      } else {
        line = longer;
      }
      begin = end + 1;
    }
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

void draw_sample(FigureBuilder& b, const FigureFooter& footer, const Place& place, double y) {
  bool visible = footer.entries[place.series].visible;
  SeriesStyle style = b.style(place.series);
  Color color = visible ? style.color : b.colors.grid;
  if (!footer.lines) {
    b.rectangle(place.x, y - b.em() * 0.45, sample_width(b), b.em() * 0.9, color);
    b.bar_marker(place.x, y, sample_width(b), place.series);
    return;
  }
  b.line({place.x, y}, {place.x + sample_width(b), y}, {color, 1.5, style.dash});
  b.marker({place.x + sample_width(b) / 2, y}, place.series, color);
}

void draw_entry(FigureBuilder& b, const FigureFooter& footer, const Place& place, double y) {
  const FigureFooter::Entry& entry = footer.entries[place.series];
  draw_sample(b, footer, place, y);
  Color text = entry.visible ? b.colors.text : b.colors.muted;
  double left = place.x + sample_width(b) + b.em() * 0.5;
  b.text({left, y}, place.label, Align::left, text);
  // Not by colour alone: what is switched off is struck out.
  if (!entry.visible) b.line({left, y}, {place.x + place.width, y}, {text, 0.6, {}});
  std::string tip = entry.label + "\n" + b.words(entry.visible ? "Click to hide" : "Click to show");
  b.hotspot(place.x, y - b.line_height() / 2, place.width, b.line_height(), tip,
            "legend/" + std::to_string(place.series));
}

double warning_height(const FigureBuilder& b, const FigureFooter& footer) {
  return footer.warning ? b.line_height() : 0;
}

}  // namespace

std::vector<FigureFooter::Entry> legend_of(const std::vector<ChartSeries>& series) {
  std::vector<FigureFooter::Entry> entries;
  for (const ChartSeries& s : series) entries.push_back({s.label, s.visible});
  return entries;
}

bool has_incomplete(const std::vector<ChartSeries>& series) {
  return std::any_of(series.begin(), series.end(), [](const ChartSeries& s) {
    return s.visible && std::any_of(s.values.begin(), s.values.end(), [](const ChartValue& v) {
             return v.incomplete() > 0;
           });
  });
}

double footer_height(const FigureBuilder& b, const FigureFooter& footer) {
  double lines = static_cast<double>(rows_of(b, footer).size() + note_lines(b, footer).size());
  double height = lines * b.line_height() + warning_height(b, footer);
  return height > 0 ? height + b.em() * 1.2 : 0;
}

void draw_footer(FigureBuilder& b, const FigureFooter& footer) {
  double y = b.figure.height - footer_height(b, footer) + b.em() * 0.8 + b.line_height() / 2;
  for (const Row& row : rows_of(b, footer)) {
    for (const Place& place : row) draw_entry(b, footer, place, y);
    y += b.line_height();
  }
  if (footer.warning) {
    std::string said = b.words("some samples truncated, failed or unparsed");
    double width = b.small_width_of(said) + b.em() * 1.5;
    double left = (b.figure.width - width) / 2;
    b.warning_sign({left + b.em() * 0.5, y});
    b.small_text({left + b.em() * 1.5, y}, said, Align::left, b.colors.muted);
    y += b.line_height();
  }
  for (const std::string& line : note_lines(b, footer)) {
    b.small_text({b.figure.width / 2, y}, line, Align::center, b.colors.muted);
    y += b.line_height();
  }
}

}  // namespace loom
