// Models as cards with a check box: name, architecture, size, window, weights, and whether they
// fit this machine.
#pragma once

#include <QAbstractListModel>
#include <QStyledItemDelegate>
#include <set>

#include "core/catalog/local_devices.h"
#include "core/catalog/local_models.h"

namespace loom::ui {

class ModelCards : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Role { detail_role = Qt::UserRole + 1, badge_role, good_role };

  using QAbstractListModel::QAbstractListModel;
  void show_models(std::vector<LocalModel> models);
  const std::vector<LocalModel>& models() const { return models_; }
  // Forecast at this many tokens, or the model's window where that is shorter.
  void set_sequence_tokens(size_t tokens);
  // The devices of this machine, and which of them the plan uses: each has to hold the model.
  void set_devices(std::vector<LocalDevice> devices);
  void set_used_devices(std::vector<std::string> ids);
  std::vector<LocalModel> chosen() const;
  void choose(const std::set<std::filesystem::path>& paths);

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 Q_SIGNALS:
  void choice_changed();

 private:
  DeviceFit fit_of(const LocalModel& model) const;
  QString badge(const LocalModel& model) const;
  QString detail(const LocalModel& model) const;
  void repaint();

  std::vector<LocalModel> models_;
  std::set<std::filesystem::path> chosen_;
  size_t sequence_tokens_ = 4096;
  std::vector<LocalDevice> devices_;
  std::vector<std::string> used_;  // ids of devices_
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
