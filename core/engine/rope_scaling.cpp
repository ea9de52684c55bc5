#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/engine/rope.h"

namespace loom {
namespace {

double llama3_frequency(const Llama3Scaling& scaling, double frequency) {
  double wavelength = 2 * std::numbers::pi / frequency;
  double low = scaling.original_window / scaling.low_frequency;
  double high = scaling.original_window / scaling.high_frequency;
  if (wavelength > low) return frequency / scaling.factor;
  if (wavelength < high) return frequency;
  double smooth = (scaling.original_window / wavelength - scaling.low_frequency) /
                  (scaling.high_frequency - scaling.low_frequency);
  return (1 - smooth) * frequency / scaling.factor + smooth * frequency;
}

// The dimension that turns `rotations` times within the original window.
double yarn_dimension(const RopeSettings& settings, double rotations) {
  return static_cast<double>(settings.dimensions) *
         std::log(settings.yarn->original_window / (rotations * 2 * std::numbers::pi)) / (2 * std::log(settings.theta));
}

// Between the limits the frequency goes over from the trained one to the interpolated one.
double yarn_frequency(const RopeSettings& settings, double frequency, size_t index) {
  const YarnScaling& yarn = *settings.yarn;
  double low = yarn_dimension(settings, yarn.beta_fast), high = yarn_dimension(settings, yarn.beta_slow);
  if (yarn.truncate) {
    low = std::floor(low);
    high = std::ceil(high);
  }
  low = std::max(low, 0.0);
  high = std::min(high, static_cast<double>(settings.dimensions - 1));
  if (low == high) high += 0.001;
  double ramp = std::clamp((static_cast<double>(index) - low) / (high - low), 0.0, 1.0);
  return frequency / yarn.factor * ramp + frequency * (1 - ramp);
}

float dynamic_theta(const RopeSettings& settings, int64_t length) {
  const DynamicScaling& scaling = *settings.dynamic;
  double tokens = std::max(static_cast<double>(length), scaling.original_window);
  auto dimensions = static_cast<double>(settings.dimensions);
  double growth = scaling.factor * tokens / scaling.original_window - (scaling.factor - 1);
  return static_cast<float>(settings.theta * std::pow(growth, dimensions / (dimensions - 2)));
}

}  // namespace

int64_t rope_variant(const RopeSettings& settings, int64_t length) {
  if (settings.dynamic) return std::max<int64_t>(0, length - static_cast<int64_t>(settings.dynamic->original_window));
  return settings.longrope && length > settings.longrope->original_window;
}

std::vector<float> rope_frequencies(const RopeSettings& settings, int64_t length) {
  std::vector<float> frequencies(static_cast<size_t>(settings.dimensions / 2));
  float theta = settings.dynamic ? dynamic_theta(settings, length) : static_cast<float>(settings.theta);
  std::vector<double> divisors = settings.divisors;
  if (settings.longrope)
    divisors = rope_variant(settings, length) ? settings.longrope->long_divisors : settings.longrope->short_divisors;
  for (size_t i = 0; i < frequencies.size(); ++i) {
    float exponent = static_cast<float>(2 * i) / static_cast<float>(settings.dimensions);
    double frequency = 1.0f / std::pow(theta, exponent);
    if (i < divisors.size()) frequency /= divisors[i];
    if (settings.llama3) frequency = llama3_frequency(*settings.llama3, frequency);
    if (settings.yarn) frequency = yarn_frequency(settings, frequency, i);
    frequencies[i] = static_cast<float>(frequency / settings.linear_factor);
  }
  return frequencies;
}

}  // namespace loom
