#include "ui/pages/compare/settings_warning.h"

#include <QHBoxLayout>
#include <QLabel>

#include "ui/shell/icons.h"
#include "ui/shell/theme.h"
#include "ui/shell/theme_tint.h"

namespace loom::ui {

SettingsWarning::SettingsWarning(QWidget* parent) : QFrame(parent) {
  setObjectName(QStringLiteral("settings_warning"));
  setAutoFillBackground(true);
  setFrameShape(QFrame::StyledPanel);
  auto* sign = new QLabel(this);
  sign->setPixmap(icon(Icon::warning, IconTone::warning).pixmap(18, 18));
  sign->setAccessibleName(tr("Warning"));
  text_ = new QLabel(this);
  text_->setTextFormat(Qt::PlainText);
  text_->setWordWrap(true);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(spacing::medium, spacing::small, spacing::medium, spacing::small);
  layout->addWidget(sign, 0, Qt::AlignTop);
  layout->addWidget(text_, 1);
  keep_tint(*this, QPalette::Window, &ThemeColors::warning_surface);
  hide();
}

void SettingsWarning::set_differences(const QString& sentence, const QStringList& differences) {
  text_->setText(differences.isEmpty() ? QString()
                                       : sentence + u'\n' + differences.join(QLatin1Char('\n')));
  setVisible(!differences.isEmpty());
}

QString SettingsWarning::warning() const {
  return text_->text();
}

}  // namespace loom::ui
