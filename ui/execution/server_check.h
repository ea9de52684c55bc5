// Asks a server whether it answers, on a thread of its own. The newest question wins.
#pragma once

#include <QObject>
#include <QStringList>
#include <thread>

namespace loom::ui {

class ServerCheck : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;
  void ask(const QString& address, const QString& key);
  void forget();  // no answer is wanted any more

 Q_SIGNALS:
  void answers(const QStringList& models);
  void fails(const QString& problem);

 private:
  quint64 asked_ = 0;
  std::jthread thread_;
};

}  // namespace loom::ui
