// A cell with a bar behind its text, as long as its share.
#pragma once

#include <QStyledItemDelegate>

namespace loom::ui {

class ShareDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  // 0…1; cells without it have no bar.
  static constexpr int share_role = Qt::UserRole + 1;
  static constexpr int color_role = Qt::UserRole + 2;

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override;
};

}  // namespace loom::ui
