#include "ui/pages/results/provenance_tab.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QToolButton>
#include <QTreeWidget>
#include <map>

#include "ui/shell/copy_rows.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"
#include "ui/view_models/splitter_state.h"

namespace loom::ui {
namespace {

void add_fact(QTreeWidgetItem* section, const QString& name, const QString& value) {
  if (value.isEmpty()) return;
  auto* item = new QTreeWidgetItem(section, {name, value});
  item->setToolTip(1, value);
}

// What a run keeps of its models; another program's run may keep more, under its own names.
QString model_fact(const std::string& key) {
  static const std::map<std::string, const char*> words = {
      {"architecture", QT_TRANSLATE_NOOP("loom::ui::ProvenanceTab", "Architecture")},
      {"path", QT_TRANSLATE_NOOP("loom::ui::ProvenanceTab", "Path")},
      {"name", QT_TRANSLATE_NOOP("loom::ui::ProvenanceTab", "Name")},
      {"window_tokens", QT_TRANSLATE_NOOP("loom::ui::ProvenanceTab", "Window, tokens")},
      {"vocabulary", QT_TRANSLATE_NOOP("loom::ui::ProvenanceTab", "Vocabulary, tokens")},
      {"weight_bytes", QT_TRANSLATE_NOOP("loom::ui::ProvenanceTab", "Weights in memory")},
      {"weight_type", QT_TRANSLATE_NOOP("loom::ui::ProvenanceTab", "Type of weights")},
      {"weights_hash", QT_TRANSLATE_NOOP("loom::ui::ProvenanceTab", "Hash of weights")},
      {"kernel_version", QT_TRANSLATE_NOOP("loom::ui::ProvenanceTab", "Kernel version")},
      {"chunk_tokens", QT_TRANSLATE_NOOP("loom::ui::ProvenanceTab", "Chunk, tokens")},
      {"device", QT_TRANSLATE_NOOP("loom::ui::ProvenanceTab", "Device")},
      {"load_s", QT_TRANSLATE_NOOP("loom::ui::ProvenanceTab", "Time to load")},
      {"tokenizer", QT_TRANSLATE_NOOP("loom::ui::ProvenanceTab", "Tokenizer")},
      {"tokenizer_hash", QT_TRANSLATE_NOOP("loom::ui::ProvenanceTab", "Hash of tokenizer")},
      {"chat_template_hash", QT_TRANSLATE_NOOP("loom::ui::ProvenanceTab", "Hash of chat template")},
      {"note", QT_TRANSLATE_NOOP("loom::ui::ProvenanceTab", "Note")}};
  const auto found = words.find(key);
  return found == words.end() ? text(key) : ProvenanceTab::tr(found->second);
}

QString truncation_words(TruncationRule rule) {
  switch (rule) {
    case TruncationRule::benchmark:
      return ProvenanceTab::tr("as each benchmark does it");
    case TruncationRule::middle:
      return ProvenanceTab::tr("cut in the middle");
    case TruncationRule::head:
      return ProvenanceTab::tr("cut at the beginning");
    case TruncationRule::tail:
      return ProvenanceTab::tr("cut at the end");
    case TruncationRule::fail:
      return ProvenanceTab::tr("fail");
  }
  return {};
}

QString shown(const std::string& key, const nlohmann::json& value) {
  if (value.is_null()) return {};  // such as the template of a model without one
  if (value.is_string()) return text(value.get<std::string>());
  if (key == "weight_bytes" && value.is_number_unsigned())
    return format_bytes(value.get<size_t>());
  if (key == "load_s" && value.is_number()) return format_duration(value.get<double>());
  if (value.is_number_unsigned()) return format_count(value.get<size_t>());
  return text(value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace

ProvenanceTab::ProvenanceTab(QWidget* parent) : QWidget(parent), facts_(new QTreeWidget) {
  facts_->setObjectName(QStringLiteral("facts"));
  facts_->setAccessibleName(tr("Versions, hashes, devices and events"));
  facts_->setColumnCount(2);
  facts_->setHeaderLabels({tr("What"), tr("Value")});
  facts_->setColumnWidth(0, 200);
  facts_->setRootIsDecorated(true);
  facts_->setUniformRowHeights(true);
  copy_rows_on_key(*facts_);
  auto* splitter = new QSplitter;
  splitter->setChildrenCollapsible(false);
  splitter->addWidget(facts_);
  splitter->addWidget(create_plan());
  splitter->setSizes({640, 480});
  keep_splitter(*splitter, QStringLiteral("pages/results/provenance"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, spacing::small, 0, 0);
  layout->addWidget(splitter);
}

QWidget* ProvenanceTab::create_plan() {
  auto* panel = new QWidget;
  auto* bar = new QHBoxLayout;
  bar->addWidget(new QLabel(tr("Plan: run it again with loomscope-cli run PLAN.json")), 1);
  auto* copy = new QToolButton;
  copy->setText(tr("Copy"));
  connect(copy, &QToolButton::clicked, this,
          [this] { QGuiApplication::clipboard()->setText(plan_->toPlainText()); });
  bar->addWidget(copy);
  plan_ = new QPlainTextEdit;
  plan_->setObjectName(QStringLiteral("plan"));
  plan_->setAccessibleName(tr("Plan"));
  plan_->setReadOnly(true);
  plan_->setFont(fixed_font());
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(spacing::hair);
  layout->addLayout(bar);
  layout->addWidget(plan_, 1);
  return panel;
}

QTreeWidgetItem* ProvenanceTab::add_section(const QString& title) {
  auto* section = new QTreeWidgetItem(facts_, {title});
  section->setFirstColumnSpanned(true);
  QFont font = facts_->font();
  font.setBold(true);
  section->setFont(0, font);
  return section;
}

void ProvenanceTab::set_results(const RunResults& results) {
  facts_->clear();
  add_run(results);
  add_models(results.provenance);
  add_devices(results.provenance);
  add_events(results.provenance);
  facts_->expandAll();
  plan_->setPlainText(text(to_json(results.provenance.plan).dump(2)));
}

void ProvenanceTab::add_run(const RunResults& results) {
  const EvaluationPlan& plan = results.provenance.plan;
  QTreeWidgetItem* section = add_section(tr("Run"));
  add_fact(section, tr("Number"), QString::number(results.row.id));
  add_fact(section, tr("State"), state_word(results.row.state));
  add_fact(section, tr("Message"), text(results.row.message));
  add_fact(section, tr("Created"), format_time(results.row.created));
  add_fact(section, tr("Wall time"), format_duration(results.row.wall_s));
  add_fact(section, tr("Plan fingerprint"), text(results.provenance.fingerprint));
  add_fact(section, tr("Rule set"), text(plan.rule_set));
  if (!plan.prompt_pack.is_null())
    add_fact(section, tr("Prompt pack"), text(plan.prompt_pack.value("prompt_pack", "")));
  add_fact(section, tr("Seed"), QString::number(plan.seed));
  add_fact(section, tr("Prompts that are too long"), truncation_words(plan.truncation));
  size_t fewer = 0;
  for (const JobSummary& job : results.summary.jobs) fewer += job.fewer_than_official;
  if (fewer > 0)
    add_fact(section, tr("Careful"),
             tr("Jobs with fewer samples than the official number: %1").arg(format_count(fewer)));
}

void ProvenanceTab::add_models(const Provenance& provenance) {
  for (size_t i = 0; i < provenance.models.size(); ++i) {
    QTreeWidgetItem* section = add_section(tr("Model %1").arg(i + 1));
    if (!provenance.models[i].is_object()) continue;
    for (const auto& [name, value] : provenance.models[i].items())
      add_fact(section, model_fact(name), shown(name, value));
  }
}

void ProvenanceTab::add_devices(const Provenance& provenance) {
  for (const DeviceRecord& device : provenance.devices) {
    QTreeWidgetItem* section = add_section(tr("Device"));
    add_fact(section, tr("Name"), text(device.name));
    add_fact(section, tr("Kind"), text(device.kind));
    add_fact(section, tr("Memory"), format_bytes(device.memory_bytes));
    add_fact(section, tr("Program version"), text(device.program_version));
    add_fact(section, tr("libtorch version"), text(device.torch_version));
    add_fact(section, tr("Kernel version"), text(device.kernel_version));
  }
}

void ProvenanceTab::add_events(const Provenance& provenance) {
  if (provenance.events.empty()) return;
  QTreeWidgetItem* section = add_section(tr("Events"));
  for (const EventRow& event : provenance.events)
    add_fact(section, format_time(event.time),
             text(event.kind) + QStringLiteral(": ") + text(event.text));
}

}  // namespace loom::ui
