#include "app/desktop/start_timing.h"

#include <time.h>
#include <unistd.h>

#include <QEvent>
#include <QTimer>
#include <QWidget>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

namespace loom::desktop {
namespace {

// Field 22 of /proc/self/stat: start in clock ticks since boot, so with a grain of 10 ms.
double process_age_ms() {
  std::ifstream file("/proc/self/stat");
  std::string text{std::istreambuf_iterator<char>(file), {}};
  std::istringstream fields(text.substr(text.rfind(')') + 2));  // after "pid (name) "
  std::string field;
  for (int number = 3; number <= 22; ++number) fields >> field;
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  double started_s = std::stod(field) / double(sysconf(_SC_CLK_TCK));
  return (double(now.tv_sec) + double(now.tv_nsec) * 1e-9 - started_s) * 1e3;
}

class FirstPaint : public QObject {
 public:
  explicit FirstPaint(QWidget& window) : QObject(&window) { window.installEventFilter(this); }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::Paint) {
      watched->removeEventFilter(this);
      // After this event the children are painted and the frame is with the window system.
      QTimer::singleShot(0, this, [this] {
        std::cout << "first frame: " << int(process_age_ms()) << " ms" << std::endl;
        deleteLater();
      });
    }
    return false;
  }
};

}  // namespace

void print_first_frame(QWidget& window) {
  if (qEnvironmentVariableIntValue("LOOMSCOPE_TIMING") == 1) new FirstPaint(window);
}

}  // namespace loom::desktop
