// Whether a model runs in the memory that is free now on a device, and up to which length.
#pragma once

#include <QIcon>
#include <QString>

#include "core/catalog/local_devices.h"
#include "core/catalog/local_models.h"

namespace loom::ui {

enum class Fit { whole_window, part_of_window, too_large, unsupported };

struct ModelFit {
  Fit fit = Fit::unsupported;
  size_t longest_tokens = 0;  // the longest length that fits: a power of two, or the window
  uint64_t needed_bytes = 0;  // at that length; for what is too large, at the shortest
  uint64_t free_bytes = 0;
  std::string device = "cpu";
};

// On the roomiest of the devices.
ModelFit fit_model(const LocalModel& model, const std::vector<LocalDevice>& devices);
// "Fits in CPU memory", "Fits in GPU 0 memory up to 8,192 tokens", "Needs 17.2 GB, 14.2 GB free in
// CPU memory"
QString fit_text(const ModelFit& fit);
// The same in a word or two, for a narrow list: "Fits", "Fits up to 8,192 tokens", "Too large".
QString short_fit_text(const ModelFit& fit);
QIcon fit_icon(const ModelFit& fit);

}  // namespace loom::ui
