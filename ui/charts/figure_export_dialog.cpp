#include "ui/charts/figure_export_dialog.h"

#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>

#include "core/base/text_file.h"
#include "core/export/figure_caption.h"
#include "ui/charts/figure_view.h"
#include "ui/shell/field_message.h"
#include "ui/shell/quantity_text.h"

namespace loom::ui {
namespace {

constexpr double kPointsPerMm = 72 / 25.4;

std::filesystem::path system_path(const QString& path) {
  return std::filesystem::path(path.toStdU16String());
}

Status write_texts(const QStringList& files, const std::vector<std::string>& texts) {
  for (size_t i = 0; i < texts.size(); ++i)
    LOOM_CHECK(write_file(system_path(files[static_cast<qsizetype>(i)]), texts[i]));
  return {};
}

}  // namespace

FigureExportDialog::FigureExportDialog(FigureSource source, const QString& provenance,
                                       QWidget* parent)
    : Dialog(parent), source_(std::move(source)), provenance_(provenance) {
  setWindowTitle(tr("Export figure"));
  resize(860, 520);
  create_form();
  restore_choices();
  height_->setValue(width_mm() * source_.aspect);
  connect_choices();
  preview_->set_provider([this](QSizeF, const FigureTheme&) { return figure(); });
  update_preview();
}

void FigureExportDialog::connect_choices() {
  auto resized = [this] { height_->setValue(width_mm() * source_.aspect); };
  connect(width_, &QComboBox::currentIndexChanged, this, resized);
  connect(own_width_, &QDoubleSpinBox::valueChanged, this, resized);
  for (QComboBox* box : {width_, font_, format_, dpi_})
    connect(box, &QComboBox::currentIndexChanged, this, &FigureExportDialog::update_preview);
  for (QDoubleSpinBox* box : {own_width_, height_, font_size_})
    connect(box, &QDoubleSpinBox::valueChanged, this, &FigureExportDialog::update_preview);
  for (QLineEdit* edit : {folder_, name_})
    connect(edit, &QLineEdit::textChanged, this, &FigureExportDialog::update_preview);
}

void FigureExportDialog::set_folder(const QString& folder) {
  folder_->setText(folder);
}

double FigureExportDialog::width_mm() const {
  double fixed = width_->currentData().toDouble();
  return fixed > 0 ? fixed : own_width_->value();
}

FigureTheme FigureExportDialog::theme() const {
  FigureTheme theme;
  theme.print = true;
  theme.font_family = font_->currentText().toStdString();
  theme.font_size = font_size_->value();
  return theme;
}

Figure FigureExportDialog::figure() const {
  return source_.draw(width_mm() * kPointsPerMm, height_->value() * kPointsPerMm, theme());
}

QString FigureExportDialog::path(const QString& suffix) const {
  return QDir(folder_->text()).filePath(name_->text() + u'.' + suffix);
}

QString FigureExportDialog::folder_problem() const {
  return folder_->text().trimmed().isEmpty() ? tr("Choose a folder.") : QString();
}

QString FigureExportDialog::name_problem() const {
  if (name_->text().trimmed().isEmpty()) return tr("Give the files a name.");
  return name_->text().contains(u'/')
             ? tr("A name holds no “/”: the folder has a field of its own.")
             : QString();
}

void FigureExportDialog::update_preview() {
  auto allow = [](QWidget* field, bool allowed, const QString& else_tip) {
    field->setEnabled(allowed);
    field->setToolTip(allowed ? QString() : else_tip);
  };
  allow(own_width_, width_->currentData().toDouble() <= 0, tr("For the width “Own width”"));
  allow(dpi_, format_->currentData() == QStringLiteral("png"), tr("Only a PNG has a resolution"));
  for (QWidget* field : std::initializer_list<QWidget*>{font_, font_size_})
    allow(field, format_->currentData() != QStringLiteral("tex"),
          tr("LaTeX sets the text in the document's own font"));
  preview_->set_theme(theme());
  const Figure& drawn = preview_->figure();
  size_->setText(tr("%1 × %2 mm")
                     .arg(decimal_text(drawn.width / kPointsPerMm, 1),
                          decimal_text(drawn.height / kPointsPerMm, 1)));
  folder_message_->set_message(folder_problem());
  name_message_->set_message(name_problem());
  const bool named = folder_problem().isEmpty() && name_problem().isEmpty();
  write_->setEnabled(named);
  bool exists = QFileInfo::exists(path(format_->currentData().toString())) ||
                QFileInfo::exists(path(QStringLiteral("csv"))) ||
                QFileInfo::exists(path(QStringLiteral("txt")));
  write_->setText(named && exists ? tr("Replace files") : tr("Write files"));
}

// Everything that is written, without the dialog: drawn here, written on another thread.
std::function<Status()> FigureExportDialog::prepared(const QStringList& files) const {
  const std::string caption =
      caption_file(source_.caption.toStdString(), provenance_.toStdString());
  const std::string numbers = to_csv(source_.table());
  if (format_->currentData() == QStringLiteral("tex"))
    return [files, numbers, caption,
            tex = source_.pgfplots(width_mm() * kPointsPerMm, height_->value() * kPointsPerMm)] {
      return write_texts(files, {tex, numbers, caption});
    };
  return [files, numbers, caption, drawn = figure(), theme = theme(),
          dpi = dpi_->currentData().toDouble(),
          suffix = format_->currentData().toString().toStdString()]() -> Status {
    LOOM_TRY(FigureFormat format, figure_format_from(suffix));
    LOOM_CHECK(write_figure(drawn, theme, format, system_path(files[0]), dpi));
    return write_texts(files.mid(1), {numbers, caption});
  };
}

void FigureExportDialog::write() {
  if (writer_.joinable()) return;
  const QStringList files = {path(format_->currentData().toString()), path(QStringLiteral("csv")),
                             path(QStringLiteral("txt"))};
  message_->set_message({});
  write_->setEnabled(false);
  write_->setText(tr("Writing…"));
  writer_ = std::jthread([this, files, work = prepared(files)] {
    Status status = work();
    QMetaObject::invokeMethod(
        this, [this, files, status = std::move(status)] { end(files, status); },
        Qt::QueuedConnection);
  });
}

void FigureExportDialog::end(const QStringList& files, const Status& status) {
  writer_.join();
  writer_ = {};
  update_preview();  // gives the button its words back
  if (!status) {
    show_error(status.error());
    Q_EMIT failed();
    return;
  }
  save_choices();
  Q_EMIT written(files);
  accept();
}

void FigureExportDialog::show_error(const Error& error) {
  message_->set_message(
      tr("Nothing complete was written. %1").arg(QString::fromStdString(describe(error))));
}

void FigureExportDialog::browse() {
  auto dialog = new QFileDialog(this, tr("Folder for the figure"), folder_->text());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  connect(dialog, &QFileDialog::fileSelected, this, &FigureExportDialog::set_folder);
  dialog->open();
}

void FigureExportDialog::restore_choices() {
  QSettings settings;
  settings.beginGroup(QStringLiteral("figure_export"));
  width_->setCurrentIndex(settings.value(QStringLiteral("width"), 0).toInt());
  own_width_->setValue(settings.value(QStringLiteral("own_width"), 120.0).toDouble());
  int font = font_->findText(settings.value(QStringLiteral("font")).toString());
  if (font >= 0) font_->setCurrentIndex(font);
  font_size_->setValue(settings.value(QStringLiteral("font_size"), 8.0).toDouble());
  // Not every chart has every format.
  format_->setCurrentIndex(
      std::max(0, format_->findData(settings.value(QStringLiteral("format")))));
  dpi_->setCurrentIndex(settings.value(QStringLiteral("dpi"), 0).toInt());
  QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  folder_->setText(settings.value(QStringLiteral("folder"), documents).toString());
}

void FigureExportDialog::save_choices() const {
  QSettings settings;
  settings.beginGroup(QStringLiteral("figure_export"));
  settings.setValue(QStringLiteral("width"), width_->currentIndex());
  settings.setValue(QStringLiteral("own_width"), own_width_->value());
  settings.setValue(QStringLiteral("font"), font_->currentText());
  settings.setValue(QStringLiteral("font_size"), font_size_->value());
  settings.setValue(QStringLiteral("format"), format_->currentData());
  settings.setValue(QStringLiteral("dpi"), dpi_->currentIndex());
  settings.setValue(QStringLiteral("folder"), folder_->text());
}

}  // namespace loom::ui
