// A server's key by its name in the key ring, and a place to keep a new one under that name. A key
// that was kept is never shown.
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace loom::ui {

class KeyRing;

class KeyFields : public QWidget {
  Q_OBJECT
 public:
  // Object names begin with, or hold, `prefix`.
  KeyFields(KeyRing& ring, const QString& prefix, QWidget* parent = nullptr);
  QString name() const;  // empty: the server wants no key
  void set_name(const QString& name);

 Q_SIGNALS:
  void changed();

 private:
  void check();
  void keep();

  KeyRing& ring_;
  QLineEdit *name_ = nullptr, *key_ = nullptr;
  QPushButton* keep_ = nullptr;
  QLabel* state_ = nullptr;
};

}  // namespace loom::ui
