#include "ui/shell/form_labels.h"

#include <QFormLayout>
#include <QLayoutItem>
#include <algorithm>

#include "ui/shell/theme.h"

namespace loom::ui {

void align_form_labels(QWidget& root) {
  QList<QWidget*> labels;
  int widest = 0;
  for (QFormLayout* form : root.findChildren<QFormLayout*>()) {
    form->setHorizontalSpacing(spacing::small);  // by itself it differs from row to row
    for (int row = 0; row < form->rowCount(); ++row)
      if (QLayoutItem* item = form->itemAt(row, QFormLayout::LabelRole); item && item->widget()) {
        labels << item->widget();
        widest = std::max(widest, item->widget()->sizeHint().width());
      }
  }
  for (QWidget* label : labels) label->setMinimumWidth(widest);
}

}  // namespace loom::ui
