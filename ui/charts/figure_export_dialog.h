// From a chart to a figure in a paper: live preview, width, font, format; writes the figure with
// its data (CSV) and a caption text beside it.
#pragma once

#include <functional>
#include <thread>

#include "core/base/result.h"
#include "core/report/figure_files.h"
#include "ui/charts/chart_view.h"
#include "ui/shell/dialog.h"

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace loom::ui {

class FieldMessage;

class FigureExportDialog : public Dialog {
  Q_OBJECT
 public:
  FigureExportDialog(FigureSource source, const QString& provenance, QWidget* parent = nullptr);
  // What will be written; also the way to set it without clicking.
  void set_folder(const QString& folder);
  double width_mm() const;

 public Q_SLOTS:
  // Writes the three files behind the window and closes the dialog. An error stays in it.
  void write();

 Q_SIGNALS:
  void written(const QStringList& files);
  void failed();

 private:
  void create_form();
  void create_file_rows(QFormLayout& form);
  void connect_choices();
  void update_preview();
  FigureTheme theme() const;
  Figure figure() const;
  std::function<Status()> prepared(const QStringList& files) const;
  void end(const QStringList& files, const Status& status);
  QString path(const QString& suffix) const;
  QString folder_problem() const;
  QString name_problem() const;
  void show_error(const Error& error);
  void browse();
  void restore_choices();
  void save_choices() const;

  FigureSource source_;
  QString provenance_;
  FigureView* preview_ = nullptr;
  QComboBox *width_ = nullptr, *font_ = nullptr, *format_ = nullptr, *dpi_ = nullptr;
  QDoubleSpinBox *own_width_ = nullptr, *height_ = nullptr, *font_size_ = nullptr;
  QLineEdit *folder_ = nullptr, *name_ = nullptr;
  QLabel* size_ = nullptr;
  FieldMessage *message_ = nullptr, *folder_message_ = nullptr, *name_message_ = nullptr;
  QPushButton* write_ = nullptr;
  std::jthread writer_;  // last: a dialog that goes waits for it
};

}  // namespace loom::ui
