#include "ui/charts/share_delegate.h"

#include <QPainter>

namespace loom::ui {

void ShareDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
  QVariant share = index.data(share_role);
  if (share.isValid()) {
    QColor color = index.data(color_role).value<QColor>();
    color.setAlphaF(0.3f);  // text keeps its contrast on it
    QRectF bar = QRectF(option.rect).adjusted(2, 3, -2, -3);
    bar.setWidth(bar.width() * qBound(0.0, share.toDouble(), 1.0));
    painter->fillRect(bar, color);
  }
  QStyledItemDelegate::paint(painter, option, index);
}

}  // namespace loom::ui
