#include "ui/settings/settings_page.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QRadioButton>

#include "core/base/file_paths.h"
#include "core/catalog/local_devices.h"
#include "ui/execution/workspace.h"
#include "ui/settings/data_folder.h"
#include "ui/settings/folder_list.h"
#include "ui/settings/hub_card.h"
#include "ui/settings/language_card.h"
#include "ui/settings/servers_card.h"
#include "ui/shell/fact_list.h"
#include "ui/shell/quantity_text.h"
#include "ui/shell/scroll_area.h"
#include "ui/shell/theme.h"

namespace loom::ui {
namespace {

constexpr int kWidestColumn = 760;  // lines longer than this are hard to read

QLabel* note(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setWordWrap(true);
  label->setForegroundRole(QPalette::PlaceholderText);
  return label;
}

QString path_text(const std::filesystem::path& path) {
  return QString::fromStdString(path.string());
}

}  // namespace

SettingsPage::SettingsPage(Workspace& workspace, Theme& theme, QWidget* parent)
    : Page(parent), workspace_(workspace), theme_(theme) {
  auto* content = new QWidget(this);
  content->setMaximumWidth(kWidestColumn);
  auto* cards = new QVBoxLayout(content);
  cards->setContentsMargins(0, 0, spacing::medium, 0);
  cards->setSpacing(spacing::medium);
  Card* hub = new HubCard(workspace_, this);
  auto* servers = new ServersCard(workspace_, this);
  connect(servers, &ServersCard::undo_offered, this, &Page::undo_offered);
  Card* language = new LanguageCard(this);
  for (Card* card : {make_appearance(), language, make_folders(), hub, static_cast<Card*>(servers),
                     make_devices(), make_privacy()})
    cards->addWidget(card);
  cards->addStretch();
  QScrollArea* area = scrolled(content, this);
  area->setAccessibleName(tr("Settings"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(spacing::page, 0, spacing::page, spacing::page);
  column->addWidget(area);
}

Card* SettingsPage::make_appearance() {
  auto* card = new Card(tr("Appearance"), this);
  appearance_ = new QButtonGroup(card);
  auto* row = new QWidget(card);
  auto* line = new QHBoxLayout(row);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(spacing::huge);
  const std::pair<Appearance, QString> choices[] = {{Appearance::system, tr("As the system")},
                                                    {Appearance::light, tr("Light")},
                                                    {Appearance::dark, tr("Dark")}};
  for (const auto& [appearance, label] : choices) {
    auto* choice = new QRadioButton(label, row);
    choice->setObjectName(QStringLiteral("appearance_") + to_string(appearance));
    choice->setAccessibleName(label);
    choice->setChecked(theme_.appearance() == appearance);
    appearance_->addButton(choice, static_cast<int>(appearance));
    line->addWidget(choice);
  }
  line->addStretch();
  connect(appearance_, &QButtonGroup::idClicked, this,
          [this](int id) { theme_.set_appearance(static_cast<Appearance>(id)); });
  card->add(row);
  return card;
}

Card* SettingsPage::make_folders() {
  auto* card = new Card(tr("Folders"), this);
  card->add(note(tr("Models are looked for in these folders and used where they lie."), card));
  card->add(new FolderList(workspace_, card));
  card->add(
      note(tr("Files of benchmarks lie in one folder, a folder in it for each benchmark."), card));
  card->add(new DataFolder(workspace_, card));
  places_ = new FactList(card);
  card->add(places_);
  return card;
}

Card* SettingsPage::make_devices() {
  auto* card = new Card(tr("Devices"), this);
  devices_ = new FactList(card);
  card->add(devices_);
  return card;
}

Card* SettingsPage::make_privacy() {
  auto* card = new Card(tr("Privacy"), this);
  auto* sentence = new QLabel(
      tr("Models, prompts, answers and scores stay in your folders. Nothing leaves this machine "
         "except to servers that you set: requests for what you fetch, to the hub's address above, "
         "and what is to be graded, to the server that you choose when you judge a run."),
      card);
  sentence->setWordWrap(true);
  card->add(sentence);
  return card;
}

void SettingsPage::refresh() {
  places_->set_facts({{tr("History"), path_text(workspace_.store_file()), true},
                      {tr("Settings"), path_text(paths::config()), true},
                      {tr("Cache"), path_text(paths::cache()), true}});
  QList<Fact> devices;
  for (const LocalDevice& device : find_devices()) {
    QString name = QString::fromStdString(device.name);
    if (device.id != "cpu") {
      devices << Fact{tr("GPU"), name};
      continue;
    }
    devices << Fact{tr("Processor"), (device.cores == 1 ? tr("%1, 1 core").arg(name)
                                                     : tr("%1, %2 cores").arg(name).arg(device.cores))}
            << Fact{tr("Memory"), tr("%1, %2 free")
                                      .arg(bytes_text(device.memory_bytes),
                                           bytes_text(device.memory_free_bytes))};
  }
  if (devices.size() == 2) devices << Fact{tr("GPU"), tr("none: models run on the processor")};
  devices_->set_facts(devices);
}

}  // namespace loom::ui
