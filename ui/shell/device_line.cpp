#include "ui/shell/device_line.h"

#include <QCoreApplication>
#include <QStringList>

#include "ui/shell/quantity_text.h"

namespace loom::ui {

QString device_line(const std::vector<LocalDevice>& devices) {
  auto tr = [](const char* text) {
    return QCoreApplication::translate("loom::ui", text);
  };
  QStringList gpus;
  QString processor, free;
  for (const LocalDevice& device : devices) {
    if (device.id != "cpu") {
      gpus << QString::fromStdString(device.name);
      continue;
    }
    processor = device.cores == 1 ? tr("1 core") : tr("%1 cores").arg(device.cores);
    free = bytes_text(device.memory_free_bytes);
  }
  QString gpu = gpus.isEmpty()     ? tr("none")
                : gpus.size() == 1 ? gpus.front()
                                   : tr("%1 × %2").arg(gpus.size()).arg(gpus.front());
  return tr("CPU %1 · GPU %2 · %3 free").arg(processor, gpu, free);
}

}  // namespace loom::ui
