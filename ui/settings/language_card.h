// Which language the window speaks from the next start on.
#pragma once

#include "ui/shell/fact_list.h"

class QComboBox;
class QLabel;

namespace loom::ui {

class LanguageCard : public Card {
  Q_OBJECT
 public:
  explicit LanguageCard(QWidget* parent = nullptr);

 private:
  void choose();

  QString at_start_;
  QComboBox* languages_ = nullptr;
  QLabel* note_ = nullptr;
};

}  // namespace loom::ui
