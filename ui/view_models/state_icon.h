// Signs of states as the window's line icons. A sign never stands without its word beside it or in
// a tooltip.
#pragma once

#include <QIcon>

#include "core/history/run_store.h"

namespace loom::ui {

enum class Sign { done, attention, failed, cancelled, running, paused, waiting, wrong };

Sign sign_of(RunState state);
QIcon sign_icon(Sign sign);

}  // namespace loom::ui
