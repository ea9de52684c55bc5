#include "ui/shell/device_status.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <thread>

#include "ui/shell/quantity_text.h"

namespace loom::ui {
namespace {

// The value of "Key: value" in one of the kernel's text files; their size says 0, so read to end.
QString value_in(const QString& file, const QByteArray& key) {
  QFile in(file);
  if (!in.open(QIODevice::ReadOnly)) return {};
  for (QByteArray line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
    if (!line.startsWith(key)) continue;
    return QString::fromUtf8(line.mid(line.indexOf(':') + 1)).trimmed();
  }
  return {};
}

uint64_t kilobytes(const QByteArray& key) {
  QString value = value_in(QStringLiteral("/proc/meminfo"), key);
  return value.section(QLatin1Char(' '), 0, 0).toULongLong() * 1024;
}

QString tr(const char* text, int n = -1) {
  return QCoreApplication::translate("loom::ui::DeviceStatus", text, nullptr, n);
}

}  // namespace

DeviceStatus read_device_status() {
  DeviceStatus status;
  status.processor = value_in(QStringLiteral("/proc/cpuinfo"), "model name");
  status.cores = static_cast<int>(std::thread::hardware_concurrency());
  QDir driver(QStringLiteral("/proc/driver/nvidia/gpus"));
  for (const QString& gpu : driver.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
    status.gpus << value_in(driver.filePath(gpu + QStringLiteral("/information")), "Model");
  status.memory_bytes = kilobytes("MemTotal");
  status.free_bytes = kilobytes("MemAvailable");
  return status;
}

QString device_line(const DeviceStatus& status) {
  QString gpu = status.gpus.isEmpty() ? tr("none")
                : status.gpus.size() == 1
                    ? status.gpus.front()
                    : tr("%1 × %2").arg(status.gpus.size()).arg(status.gpus.front());
  return tr("CPU %1 · GPU %2 · %3 free")
      .arg(status.cores == 1 ? tr("1 core") : tr("%1 cores").arg(status.cores), gpu,
           bytes_text(status.free_bytes));
}

}  // namespace loom::ui
