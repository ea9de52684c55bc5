#include "ui/settings/language_card.h"

#include <QComboBox>
#include <QLabel>
#include <algorithm>

#include "ui/settings/language.h"

namespace loom::ui {

LanguageCard::LanguageCard(QWidget* parent)
    : Card(tr("Language"), parent), at_start_(chosen_language()) {
  languages_ = new QComboBox(this);
  languages_->setObjectName(QStringLiteral("language"));
  languages_->setAccessibleName(tr("Language of the window"));
  languages_->addItem(tr("As the system"), QString());
  for (const QString& code : installed_languages()) languages_->addItem(language_title(code), code);
  languages_->setCurrentIndex(std::max(0, languages_->findData(at_start_)));
  languages_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  connect(languages_, &QComboBox::currentIndexChanged, this, &LanguageCard::choose);
  note_ = new QLabel(this);
  note_->setObjectName(QStringLiteral("language_note"));
  note_->setWordWrap(true);
  note_->setForegroundRole(QPalette::PlaceholderText);
  add(languages_);
  add(note_);
  note_->setText(tr("Another language is shown from the next start on."));
}

void LanguageCard::choose() {
  const QString code = languages_->currentData().toString();
  choose_language(code);
  note_->setText(
      code == at_start_
          ? tr("Another language is shown from the next start on.")
          : tr("Close LoomScope and start it again to see “%1”.").arg(languages_->currentText()));
}

}  // namespace loom::ui
