// A bar that says which settings make scores incomparable. Takes no place while none do.
#pragma once

#include <QFrame>
#include <QStringList>

class QLabel;

namespace loom::ui {

class SettingsWarning : public QFrame {
  Q_OBJECT
 public:
  explicit SettingsWarning(QWidget* parent = nullptr);
  void set_differences(const QString& sentence, const QStringList& differences);
  QString warning() const;  // empty: nothing differs

 private:
  QLabel* text_ = nullptr;
};

}  // namespace loom::ui
