// LOOMSCOPE_TIMING=1 prints how long the first frame took, counted from the start of the process.
#pragma once

class QWidget;

namespace loom::desktop {

void print_first_frame(QWidget& window);

}  // namespace loom::desktop
