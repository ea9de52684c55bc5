#include "ui/pages/models/model_fit.h"

#include <QCoreApplication>

#include "ui/shell/icons.h"
#include "ui/shell/quantity_text.h"

namespace loom::ui {
namespace {
constexpr size_t kShortest_tokens = 1024;

QString tr(const char* text) { return QCoreApplication::translate("loom::ui", text); }
}  // namespace

ModelFit fit_model(const LocalModel& model, const std::vector<LocalDevice>& devices) {
  ModelFit result;
  result.device = roomiest_device(devices);
  const uint64_t free_bytes = tightest_fit(0, devices, {result.device}).free_bytes;
  result.free_bytes = free_bytes;
  if (!model.supported) return result;
  size_t window = model.window_tokens;
  size_t shortest = window == 0 ? kShortest_tokens : std::min(window, kShortest_tokens);
  result.needed_bytes = forecast_memory(model, shortest).total();
  if (result.needed_bytes > free_bytes) {
    result.fit = Fit::too_large;
    return result;
  }
  result.longest_tokens = shortest;
  while (result.longest_tokens < window) {
    size_t longer = std::min(window, result.longest_tokens * 2);
    uint64_t needed = forecast_memory(model, longer).total();
    if (needed > free_bytes) break;
    result.longest_tokens = longer;
    result.needed_bytes = needed;
  }
  result.fit = result.longest_tokens >= window ? Fit::whole_window : Fit::part_of_window;
  return result;
}

QString fit_text(const ModelFit& fit) {
  switch (fit.fit) {
    case Fit::whole_window: return tr("Fits in %1 memory").arg(device_text(fit.device));
    case Fit::part_of_window:
      return tr("Fits in %1 memory up to %2")
          .arg(device_text(fit.device), tokens_text(fit.longest_tokens));
    case Fit::too_large:
      return tr("Needs %1, %3 free in %2 memory")
          .arg(bytes_text(fit.needed_bytes), device_text(fit.device), bytes_text(fit.free_bytes));
    case Fit::unsupported: break;
  }
  return tr("Not supported");
}

QString short_fit_text(const ModelFit& fit) {
  switch (fit.fit) {
    case Fit::whole_window: return tr("Fits");
    case Fit::part_of_window: return tr("Fits up to %1").arg(tokens_text(fit.longest_tokens));
    case Fit::too_large: return tr("Too large");
    case Fit::unsupported: break;
  }
  return tr("Not supported");
}

QIcon fit_icon(const ModelFit& fit) {
  switch (fit.fit) {
    case Fit::whole_window: return icon(Icon::check, IconTone::success);
    case Fit::part_of_window: return icon(Icon::warning, IconTone::warning);
    case Fit::too_large: return icon(Icon::error, IconTone::danger);
    case Fit::unsupported: break;
  }
  return icon(Icon::cancel, IconTone::secondary);
}

}  // namespace loom::ui
