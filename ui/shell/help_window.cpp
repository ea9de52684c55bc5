#include "ui/shell/help_window.h"

#include <QFile>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QTextBrowser>
#include <QTextDocument>
#include <QTextTable>

#include "core/base/file_paths.h"
#include "ui/shell/theme.h"
#include "ui/shell/theme_colors.h"

namespace loom::ui {
namespace {

QString file_of(const QString& stem) {
  auto resources = paths::resources();
  if (!resources) return {};
  return QString::fromStdString((*resources / "docs").string()) + QLatin1Char('/') + stem +
         QStringLiteral(".md");
}

// Markdown's tables come with double borders and no room inside.
void plain_tables(QTextDocument& document, const QColor& line) {
  for (QTextFrame* frame : document.rootFrame()->childFrames()) {
    auto* table = qobject_cast<QTextTable*>(frame);
    if (!table) continue;
    QTextTableFormat format = table->format();
    format.setBorder(1);
    format.setBorderCollapse(true);
    format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    format.setBorderBrush(line);
    format.setCellPadding(spacing::small - 2);
    format.setCellSpacing(0);
    format.setTopMargin(spacing::small);
    table->setFormat(format);
  }
}

}  // namespace

HelpWindow::HelpWindow(QWidget* parent)
    : QWidget(parent, Qt::Window), topics_(new QListWidget(this)), text_(new QTextBrowser(this)) {
  setObjectName(QStringLiteral("help_window"));
  setWindowTitle(tr("LoomScope help"));
  resize(820, 620);
  topics_->setObjectName(QStringLiteral("help_topics"));
  topics_->setAccessibleName(tr("Help topics"));
  topics_->setFixedWidth(180);
  text_->setObjectName(QStringLiteral("help_text"));
  text_->setAccessibleName(tr("Help text"));
  text_->setOpenLinks(false);
  text_->document()->setDocumentMargin(spacing::large);
  const std::pair<const char*, QString> topics[] = {
      {"evaluate", tr("Evaluate")},     {"runs", tr("Runs")},
      {"run", tr("A run at work")},
      {"results", tr("Results")},       {"compare", tr("Compare")},
      {"models", tr("Models")},         {"benchmarks", tr("Benchmarks")},
      {"settings", tr("Settings")},     {"command-line", tr("Command line")}};
  for (const auto& [stem, label] : topics) {
    auto* item = new QListWidgetItem(label, topics_);
    item->setData(Qt::UserRole, QString::fromLatin1(stem));
  }
  auto* row = new QHBoxLayout(this);
  row->addWidget(topics_);
  row->addWidget(text_, 1);
  connect(topics_, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) {
    if (item) load(item->data(Qt::UserRole).toString());
  });
  // Links between help pages are file names; nothing is opened outside.
  connect(text_, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
    show_topic(link.fileName().remove(QStringLiteral(".md")));
  });
}

void HelpWindow::show_topic(const QString& stem) {
  int wanted = 0;
  for (int row = 0; row < topics_->count(); ++row)
    if (topics_->item(row)->data(Qt::UserRole).toString() == stem) wanted = row;
  topics_->setCurrentRow(wanted);
  show();
  raise();
  activateWindow();
}

QString HelpWindow::shown_topic() const {
  return topics_->currentItem() ? topics_->currentItem()->data(Qt::UserRole).toString()
                                : QString();
}

void HelpWindow::load(const QString& stem) {
  QFile file(file_of(stem));
  if (!file.open(QIODevice::ReadOnly)) {
    text_->setPlainText(tr("The help page %1 is missing. Install LoomScope again.")
                            .arg(file.fileName()));
    return;
  }
  text_->setMarkdown(QString::fromUtf8(file.readAll()));
  plain_tables(*text_->document(), theme_colors(palette()).border);
}

void HelpWindow::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) return hide();
  QWidget::keyPressEvent(event);
}

}  // namespace loom::ui
