#include "ui/shell/page_header.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

#include "ui/pages/page.h"
#include "ui/shell/icons.h"
#include "ui/shell/theme.h"

namespace loom::ui {
namespace {
constexpr int kHeight = 64, kSearchWidth = 300, kSearchLeast = 140;
}

PageHeader::PageHeader(QWidget* parent) : QWidget(parent) {
  setFixedHeight(kHeight);
  back_ = new QToolButton(this);
  back_->setObjectName(QStringLiteral("back"));
  back_->setIcon(icon(Icon::back));
  back_->setToolTip(tr("Back (Alt+Left)"));
  back_->setAccessibleName(tr("Back"));
  back_->setFocusPolicy(Qt::StrongFocus);
  connect(back_, &QToolButton::clicked, this, &PageHeader::back_requested);

  title_ = new QLabel(this);
  title_->setObjectName(QStringLiteral("page_title"));
  title_->setFont(title_font());
  title_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  title_->setTextFormat(Qt::PlainText);

  search_ = new QLineEdit(this);
  search_->setObjectName(QStringLiteral("page_search"));
  search_->setClearButtonEnabled(true);
  search_->setMinimumWidth(kSearchLeast);
  search_->setMaximumWidth(kSearchWidth);
  search_->addAction(icon(Icon::search, IconTone::secondary), QLineEdit::LeadingPosition);

  export_ = new QPushButton(this);
  export_->setObjectName(QStringLiteral("page_export"));
  export_->setIcon(icon(Icon::export_));
  primary_ = new QPushButton(this);
  primary_->setObjectName(QStringLiteral("page_primary"));
  primary_->setProperty("primary", true);

  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(spacing::page, spacing::medium, spacing::page, spacing::small);
  row->setSpacing(spacing::small);
  row->addWidget(back_);
  row->addWidget(title_, 1);
  row->addWidget(search_, 1);
  row->addWidget(export_);
  row->addWidget(primary_);
}

void PageHeader::show_page(Page& page, bool can_go_back) {
  if (page_) page_->disconnect(this);
  search_->disconnect(this);
  page_ = &page;
  auto show_title = [this] {
    title_->setText(page_->title());
    title_->setToolTip(page_->title());
  };
  show_title();
  connect(page_, &Page::title_changed, this, show_title);
  back_->setVisible(can_go_back);

  search_->setVisible(!page.search_hint().isEmpty());
  search_->setPlaceholderText(page.search_hint());
  search_->setAccessibleName(page.search_hint());
  search_->setToolTip(tr("Search this page (Ctrl+F)"));
  search_->setText(page.property("search_text").toString());
  connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
    page_->setProperty("search_text", text);
    page_->search(text);
  });
  const bool exports_first = page.primary_action() == page.export_action();
  const QString export_keys = QStringLiteral("Ctrl+E");
  follow(*export_, exports_first ? nullptr : page.export_action(), export_keys);
  follow(*primary_, page.primary_action(), exports_first ? export_keys : QString());
}

void PageHeader::focus_search() {
  if (!search_->isVisible()) return;
  search_->setFocus(Qt::ShortcutFocusReason);
  search_->selectAll();
}

void PageHeader::follow(QPushButton& button, QAction* action, const QString& shortcut) {
  button.disconnect();
  if (auto* before = button.findChild<QObject*>(QStringLiteral("following"))) delete before;
  button.setVisible(action != nullptr);
  if (!action) return;
  auto* following = new QObject(&button);  // ends the connections of the page before
  following->setObjectName(QStringLiteral("following"));
  auto update = [this, &button, action, shortcut] {
    button.setText(action->text());
    button.setAccessibleName(QString(action->text()).remove(QLatin1Char('&')));
    if (&button != export_) button.setIcon(action->icon());
    button.setEnabled(action->isEnabled());
    button.setVisible(action->isVisible());
    QString tip = action->toolTip();
    button.setToolTip(shortcut.isEmpty() ? tip : tr("%1 (%2)").arg(tip, shortcut));
  };
  update();
  connect(action, &QAction::changed, following, update);
  connect(&button, &QPushButton::clicked, action, [action] { action->trigger(); });
}

}  // namespace loom::ui
