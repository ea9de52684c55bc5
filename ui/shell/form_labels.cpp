#include "ui/shell/form_labels.h"

#include <QFormLayout>
#include <QLayoutItem>
#include <algorithm>

#include "ui/shell/theme.h"

namespace loom::ui {
namespace {
// A form gives a label 7/4 of its height at most and no more than its field has: with this the
// words stand in the middle of a field of one row and at the top of higher ones.
constexpr int kLabelHeight = (spacing::control * 4 + 6) / 7;
}  // namespace

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
  for (QWidget* label : labels) label->setMinimumSize(widest, kLabelHeight);
}

}  // namespace loom::ui
