#include <algorithm>
#include <array>
#include <cmath>

#include "core/report/figure.h"

namespace loom {
namespace {

// Okabe and Ito, "Color Universal Design" (2008), in the order of the design.
constexpr std::array<Color, 8> kSeriesColors = {{{0x00, 0x72, 0xB2},
                                                 {0xE6, 0x9F, 0x00},
                                                 {0x00, 0x9E, 0x73},
                                                 {0xCC, 0x79, 0xA7},
                                                 {0x56, 0xB4, 0xE9},
                                                 {0xD5, 0x5E, 0x00},
                                                 {0xF0, 0xE4, 0x42},
                                                 {0x00, 0x00, 0x00}}};
constexpr std::array kMarkers = {
    MarkerShape::circle,        MarkerShape::square, MarkerShape::triangle, MarkerShape::diamond,
    MarkerShape::triangle_down, MarkerShape::cross,  MarkerShape::plus,     MarkerShape::star};

// Blue to yellow with evenly rising lightness, like cividis (Nunez, Anderton and Renslow 2018).
constexpr std::array<Color, 5> kRamp = {
    {{0, 34, 78}, {65, 77, 107}, {124, 123, 120}, {187, 175, 113}, {253, 231, 55}}};

double linear(uint8_t channel) {
  double value = channel / 255.0;
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(Color color) {
  return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

}  // namespace

SeriesStyle series_style(size_t index, bool dark) {
  static const std::array<std::vector<double>, 7> dashes = {
      {{}, {6, 2.5}, {2, 2}, {7, 2, 2, 2}, {9, 3}, {4, 1.5, 1, 1.5, 1, 1.5}, {1, 1.5}}};
  // Seven dashes against eight colours: beyond eight series a repeated colour has another dash.
  SeriesStyle style{kSeriesColors[index % kSeriesColors.size()], kMarkers[index % kMarkers.size()],
                    dashes[index % dashes.size()]};
  if (dark && index % kSeriesColors.size() == 7) style.color = {255, 255, 255};
  return style;
}

Color heat_color(double score, bool dark) {
  double share = std::clamp(score / 100, 0.0, 1.0);
  double at = (dark ? share : 1 - share) * static_cast<double>(kRamp.size() - 1);
  size_t low = std::min(static_cast<size_t>(at), kRamp.size() - 2);
  Color upper = kRamp[low + 1];
  upper.a = static_cast<uint8_t>(std::lround(255 * (at - static_cast<double>(low))));
  return blend(upper, kRamp[low]);
}

FigureColors figure_colors(const FigureTheme& theme) {
  FigureColors colors;
  if (theme.print) {
    colors.background = {255, 255, 255};
    colors.text = {0, 0, 0};
    colors.muted = {0x40, 0x40, 0x40};
    colors.grid = {0xC8, 0xC8, 0xC8};
    colors.frame = {0x60, 0x60, 0x60};
    colors.band = {255, 255, 255, 0};
    colors.warning = {0x8A, 0x4B, 0x00};
  } else if (theme.dark) {
    colors.background = {0x1D, 0x20, 0x25};
    colors.text = {0xE7, 0xEA, 0xEE};
    colors.muted = {0xA6, 0xAE, 0xBB};
    colors.grid = {0x3A, 0x40, 0x4A};
    colors.frame = {0x78, 0x81, 0x8F};
    colors.band = {0x25, 0x29, 0x2F};
    colors.warning = {0xE9, 0xB4, 0x4C};
  } else {
    colors.background = {255, 255, 255};
    colors.text = {0x1A, 0x1E, 0x24};
    colors.muted = {0x56, 0x5F, 0x6D};
    colors.grid = {0xD5, 0xDA, 0xE1};
    colors.frame = {0x8B, 0x93, 0xA0};
    colors.band = {0xF6, 0xF7, 0xF9};
    colors.warning = {0x80, 0x4D, 0x00};
  }
  return colors;
}

double contrast_ratio(Color a, Color b) {
  double light = luminance(a), dark = luminance(b);
  if (light < dark) std::swap(light, dark);
  return (light + 0.05) / (dark + 0.05);
}

Color blend(Color over, Color under) {
  double share = over.a / 255.0;
  auto mix = [share](uint8_t top, uint8_t bottom) {
    return static_cast<uint8_t>(std::lround(top * share + bottom * (1 - share)));
  };
  return {mix(over.r, under.r), mix(over.g, under.g), mix(over.b, under.b), 255};
}

}  // namespace loom
