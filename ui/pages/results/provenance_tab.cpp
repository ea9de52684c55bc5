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

QString shown(const nlohmann::json& value) {
  if (value.is_string()) return text(value.get<std::string>());
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
  add_fact(section, tr("Too long prompts"), text(to_string(plan.truncation)));
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
      add_fact(section, text(name), shown(value));
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
