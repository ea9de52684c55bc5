// Servers that the user keeps in Settings, so that they are chosen by name wherever one can be
// used. Of a key only its name in the key ring is kept.
#pragma once

#include <QList>
#include <QString>

namespace loom::ui {

struct KeptServer {
  QString name;      // shown
  QString address;   // up to its version: "https://api.example.org/v1"
  QString key_name;  // in the key ring; empty: the server wants no key
  QString model;     // as the server calls it; empty: asked for where it is used
  bool operator==(const KeptServer&) const = default;
};

QList<KeptServer> kept_servers();
void keep_servers(const QList<KeptServer>& servers);

}  // namespace loom::ui
