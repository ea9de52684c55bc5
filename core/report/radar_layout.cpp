#include "core/report/radar_layout.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace loom {
namespace {

constexpr double kSmallestShare = 0.18;  // of the shorter side

double text_height(const FigureBuilder& b, const RadarLabel& label) {
  return static_cast<double>(label.lines.size()) * b.line_height();
}

// At most two lines, broken where the halves are most equal.
std::vector<std::string> wrap(const FigureBuilder& b, const std::string& label, double width) {
  if (b.width_of(label) <= width) return {label};
  size_t best = std::string::npos;
  double best_width = b.width_of(label);
  for (size_t i = 1; i + 1 < label.size(); ++i) {
    if (std::string(" _-/").find(label[i]) == std::string::npos) continue;
    double wider = std::max(b.width_of(label.substr(0, i + 1)), b.width_of(label.substr(i + 1)));
    if (wider < best_width) {
      best = i;
      best_width = wider;
    }
  }
  if (best == std::string::npos) return {b.elided(label, width)};
  std::string head = label.substr(0, label[best] == ' ' ? best : best + 1);
  return {b.elided(head, width), b.elided(label.substr(best + 1), width)};
}

RadarLabel place(const FigureBuilder& b, const RadarLayout& layout, size_t axis, RadarLabel label) {
  Point to = layout.direction(axis);
  double gap = b.em() * 0.9;
  double height = text_height(b, label);
  label.align = to.x > 0.05 ? Align::left : to.x < -0.05 ? Align::right : Align::center;
  label.x = layout.center.x + to.x * (layout.radius + gap);
  double y = layout.center.y + to.y * (layout.radius + gap);
  label.top = y - height / 2 + to.y * height / 2;
  return label;
}

bool overlap(const FigureBuilder& b, const RadarLabel& one, const RadarLabel& two) {
  auto bottom = [&](const RadarLabel& label) { return label.top + text_height(b, label) * 0.85; };
  return one.left() < two.left() + two.width && two.left() < one.left() + one.width &&
         one.top < bottom(two) && two.top < bottom(one);
}

// Labels of a crowded half move away from the equator until they stand apart.
void spread(const FigureBuilder& b, const RadarLayout& layout, std::vector<RadarLabel>& labels) {
  auto push = [&](size_t fixed, size_t moved, bool up) {
    if (!overlap(b, labels[fixed], labels[moved])) return;
    RadarLabel &stays = labels[fixed], &moves = labels[moved];
    moves.top =
        up ? stays.top - text_height(b, moves) * 0.86 : stays.top + text_height(b, stays) * 0.86;
  };
  size_t n = labels.size();
  for (size_t i = n / 4; i > 0; --i) push(i, i - 1, true);
  for (size_t i = n - n / 4; i + 1 < n; ++i) push(i, i + 1, true);
  for (size_t i = n / 4; i < n / 2; ++i) push(i, i + 1, layout.direction(i + 1).y < 0);
  for (size_t i = n - n / 4; i > n / 2 + 1; --i) push(i % n, i - 1, layout.direction(i - 1).y < 0);
}

bool fits(const FigureBuilder& b, const std::vector<RadarLabel>& labels, double height) {
  double margin = b.em() * 0.4;
  for (size_t i = 0; i < labels.size(); ++i) {
    const RadarLabel& label = labels[i];
    double right = label.left() + label.width, bottom = label.top + text_height(b, label);
    if (label.left() < margin || right > b.figure.width - margin) return false;
    if (label.top < margin || bottom > height) return false;
    for (size_t j = i + 1; j < labels.size(); ++j)
      if (overlap(b, label, labels[j])) return false;
  }
  return true;
}

// A line for each label's text at a given radius.
std::vector<RadarLabel> labels_at(const FigureBuilder& b, const RadarLayout& layout,
                                  const std::vector<std::string>& axes,
                                  const std::vector<bool>& warnings, double most_width) {
  std::vector<RadarLabel> labels;
  for (size_t axis = 0; axis < axes.size(); ++axis) {
    RadarLabel label;
    label.warning = warnings[axis];
    double sign = label.warning ? b.em() * 1.5 : 0;
    label.lines = wrap(b, axes[axis], most_width - sign);
    for (const std::string& line : label.lines)
      label.width = std::max(label.width, b.width_of(line) + sign);
    labels.push_back(place(b, layout, axis, label));
  }
  spread(b, layout, labels);
  return labels;
}

// The middle between the highest and lowest corner of the polygon, so that three axes are not
// pushed to the top.
double center_height(const RadarLayout& layout, size_t axes, double height) {
  double top = 0, bottom = 0;
  for (size_t axis = 0; axis < axes; ++axis) {
    top = std::min(top, layout.direction(axis).y);
    bottom = std::max(bottom, layout.direction(axis).y);
  }
  return height / 2 - (top + bottom) / 2 * layout.radius;
}

bool is_cut(const RadarLayout& layout) {
  for (const RadarLabel& label : layout.labels)
    for (const std::string& line : label.lines)
      if (line.ends_with("…")) return true;
  return false;
}

// The smallest circle is drawn even where labels meet.
RadarLayout largest(const FigureBuilder& b, const std::vector<std::string>& axes,
                    const std::vector<bool>& warnings, double height, double most_width) {
  RadarLayout layout;
  layout.labels.resize(axes.size());
  double shorter = std::min(b.figure.width, height);
  for (layout.radius = shorter / 2; layout.radius > shorter * kSmallestShare; layout.radius -= 1) {
    layout.center = {b.figure.width / 2, center_height(layout, axes.size(), height)};
    layout.labels = labels_at(b, layout, axes, warnings, most_width);
    if (fits(b, layout.labels, height)) break;
  }
  return layout;
}

}  // namespace

Point RadarLayout::direction(size_t axis) const {
  double angle = 2 * std::numbers::pi * static_cast<double>(axis) /
                 static_cast<double>(std::max<size_t>(1, labels.size()));
  return {std::sin(angle), -std::cos(angle)};
}

Point RadarLayout::at(size_t axis, double value) const {
  Point to = direction(axis);
  return {center.x + to.x * radius * value / 100, center.y + to.y * radius * value / 100};
}

RadarLayout lay_out_radar(const FigureBuilder& b, const std::vector<std::string>& axes,
                          const std::vector<bool>& warnings, double height) {
  RadarLayout best;
  best.labels.resize(axes.size());  // directions need their number
  for (double share : {0.34, 0.26, 0.19}) {
    RadarLayout layout = largest(b, axes, warnings, height, b.figure.width * share);
    // Broken labels are worth a larger circle, cut ones only a much larger one.
    double gain = is_cut(layout) && !is_cut(best) ? 1.7 : 1.08;
    if (layout.radius > best.radius * gain) best = layout;
  }
  // Free space above and below in equal parts.
  double top = height, bottom = 0;
  for (const RadarLabel& label : best.labels) {
    top = std::min(top, label.top);
    bottom = std::max(bottom, label.top + text_height(b, label));
  }
  double shift = (height - top - bottom) / 2;
  best.center.y += shift;
  for (RadarLabel& label : best.labels) label.top += shift;
  return best;
}

}  // namespace loom
