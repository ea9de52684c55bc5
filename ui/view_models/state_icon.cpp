#include "ui/view_models/state_icon.h"

#include "ui/shell/icons.h"

namespace loom::ui {

Sign sign_of(RunState state) {
  switch (state) {
    case RunState::created:
      return Sign::waiting;
    case RunState::running:
      return Sign::running;
    case RunState::paused:
      return Sign::paused;
    case RunState::finished:
      return Sign::done;
    case RunState::finished_with_failures:
      return Sign::attention;
    case RunState::failed:
      return Sign::failed;
    case RunState::cancelled:
      return Sign::cancelled;
  }
  return Sign::waiting;
}

QIcon sign_icon(Sign sign) {
  switch (sign) {
    case Sign::done:
      return icon(Icon::check, IconTone::success);
    case Sign::attention:
      return icon(Icon::warning, IconTone::warning);
    case Sign::failed:
      return icon(Icon::error, IconTone::danger);
    case Sign::wrong:
      return icon(Icon::close, IconTone::danger);
    case Sign::cancelled:
      return icon(Icon::cancel, IconTone::secondary);
    case Sign::running:
      return icon(Icon::play, IconTone::accent);
    case Sign::paused:
      return icon(Icon::pause, IconTone::secondary);
    case Sign::waiting:
      return icon(Icon::clock, IconTone::secondary);
  }
  return {};
}

}  // namespace loom::ui
