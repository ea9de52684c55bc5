// What this machine has to run models on, read from the kernel's files in well under a millisecond.
#pragma once

#include <QString>
#include <QStringList>
#include <cstdint>

namespace loom::ui {

struct DeviceStatus {
  QString processor;  // "AMD EPYC 7B13"
  int cores = 0;
  QStringList gpus;  // names as the driver gives them; empty without a driver
  uint64_t memory_bytes = 0, free_bytes = 0;
};

DeviceStatus read_device_status();
// "CPU 2 cores · GPU none · 14.2 GB free"
QString device_line(const DeviceStatus& status);

}  // namespace loom::ui
