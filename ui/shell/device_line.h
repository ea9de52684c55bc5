// The devices of this machine in one line: "CPU 2 cores · GPU none · 14.2 GB free".
#pragma once

#include <QString>

#include "core/catalog/local_devices.h"

namespace loom::ui {

QString device_line(const std::vector<LocalDevice>& devices);

}  // namespace loom::ui
