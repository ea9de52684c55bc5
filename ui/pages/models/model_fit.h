// Whether a model runs in the memory that is free now, and up to which length.
#pragma once

#include <QIcon>
#include <QString>

#include "core/catalog/local_models.h"

namespace loom::ui {

enum class Fit { whole_window, part_of_window, too_large, unsupported };

struct ModelFit {
  Fit fit = Fit::unsupported;
  size_t longest_tokens = 0;  // the longest length that fits: a power of two, or the window
  uint64_t needed_bytes = 0;  // at that length; for what is too large, at the shortest
  uint64_t free_bytes = 0;
};

ModelFit fit_model(const LocalModel& model, uint64_t free_bytes);
QString fit_text(
    const ModelFit& fit);  // "fits", "fits up to 8,192 tokens", "needs 17.2 GB, 14.2 GB free"
QIcon fit_icon(const ModelFit& fit);

}  // namespace loom::ui
