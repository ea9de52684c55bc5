// Keys for hubs and servers, kept by the desktop's key ring (Secret Service, KWallet) under the
// name that plans refer to. A key is never written to a file of this program, nor shown again.
#pragma once

#include <QObject>
#include <QPointer>
#include <functional>

namespace loom::ui {

class KeyRing : public QObject {
  Q_OBJECT
 public:
  // value: empty when the ring has no such key. problem: why the ring could not be asked, else
  // empty. Called on the GUI thread, and not at all when `asker` is gone.
  using Answer = std::function<void(const QString& value, const QString& problem)>;

  using QObject::QObject;
  void read(const QString& name, QObject* asker, Answer answer);
  void write(const QString& name, const QString& value, QObject* asker, Answer answer);
  void remove(const QString& name, QObject* asker, Answer answer);
};

inline const QString kHubKey = QStringLiteral("HF_TOKEN");

}  // namespace loom::ui
