#include "ui/execution/kept_servers.h"

#include <QSettings>

namespace loom::ui {
namespace {
const QString kServers = QStringLiteral("servers"), kName = QStringLiteral("name"),
              kAddress = QStringLiteral("address"), kKeyName = QStringLiteral("key_name"),
              kModel = QStringLiteral("model");
}  // namespace

QList<KeptServer> kept_servers() {
  QSettings settings;
  QList<KeptServer> servers;
  const int count = settings.beginReadArray(kServers);
  for (int i = 0; i < count; ++i) {
    settings.setArrayIndex(i);
    servers << KeptServer{settings.value(kName).toString(), settings.value(kAddress).toString(),
                          settings.value(kKeyName).toString(), settings.value(kModel).toString()};
  }
  settings.endArray();
  return servers;
}

void keep_servers(const QList<KeptServer>& servers) {
  QSettings settings;
  settings.remove(kServers);
  settings.beginWriteArray(kServers, static_cast<int>(servers.size()));
  for (int i = 0; i < servers.size(); ++i) {
    settings.setArrayIndex(i);
    settings.setValue(kName, servers[i].name);
    settings.setValue(kAddress, servers[i].address);
    settings.setValue(kKeyName, servers[i].key_name);
    settings.setValue(kModel, servers[i].model);
  }
  settings.endArray();
}

}  // namespace loom::ui
