// The models on this machine as rows; sorting uses the numbers behind the texts.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "ui/pages/models/model_fit.h"

namespace loom::ui {

class ModelsTable : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { name, architecture, parameters, window, file_size, weight_type, fit, column_count };
  static constexpr int sort_role = Qt::UserRole;

  using QAbstractTableModel::QAbstractTableModel;
  void set_models(std::vector<LocalModel> models, const std::vector<LocalDevice>& devices);
  const LocalModel& model(int row) const { return models_[static_cast<size_t>(row)]; }
  const ModelFit& model_fit(int row) const { return fits_[static_cast<size_t>(row)]; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  QString text(const LocalModel& model, const ModelFit& fit, int column) const;
  QVariant sort_key(const LocalModel& model, const ModelFit& fit, int column) const;
  std::vector<LocalModel> models_;
  std::vector<ModelFit> fits_;
};

}  // namespace loom::ui
