// Models as cards with a check box: name, architecture, size, window, weights, and whether they
// fit this machine.
#pragma once

#include <QAbstractListModel>
#include <QStyledItemDelegate>
#include <set>

#include "core/catalog/local_models.h"

namespace loom::ui {

struct MemoryNeed {
  uint64_t needed_bytes = 0, free_bytes = 0;
  bool fits() const { return free_bytes == 0 || needed_bytes <= free_bytes; }
};

class ModelCards : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Role { detail_role = Qt::UserRole + 1, badge_role, good_role };

  using QAbstractListModel::QAbstractListModel;
  void show_models(std::vector<LocalModel> models);
  const std::vector<LocalModel>& models() const { return models_; }
  // Forecast at this many tokens, or the model's window where that is shorter.
  void set_sequence_tokens(size_t tokens);
  std::vector<LocalModel> chosen() const;
  void choose(const std::set<std::filesystem::path>& paths);

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 Q_SIGNALS:
  void choice_changed();

 private:
  MemoryNeed need(const LocalModel& model) const;
  QString badge(const LocalModel& model) const;
  QString detail(const LocalModel& model) const;

  std::vector<LocalModel> models_;
  std::set<std::filesystem::path> chosen_;
  size_t sequence_tokens_ = 4096;
};

// Two lines and a badge beside the check box that the style draws.
class ModelCardDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace loom::ui
