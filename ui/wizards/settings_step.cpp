#include "ui/wizards/settings_step.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QFileInfo>
#include <QGroupBox>
#include <QListView>
#include <QStandardItemModel>
#include <QVBoxLayout>
#include <algorithm>

#include "core/catalog/rule_sets.h"
#include "ui/shell/field_message.h"
#include "ui/shell/scroll_area.h"
#include "ui/view_models/format.h"
#include "ui/wizards/parameter_field.h"
#include "ui/wizards/parameter_form.h"
#include "ui/wizards/prompt_pack_field.h"

namespace loom::ui {
namespace {

constexpr const char* kEach = "each";  // the Models step keeps what the plan says of each
constexpr double kLongest = 16'777'216, kMostTopK = 1'000'000, kLargestSeed = 9e15;

Parameter parameter(const char* id, const QString& label, const char* type, nlohmann::json standard,
                    const QString& help, std::optional<double> maximum = std::nullopt) {
  Parameter made;
  made.id = id;
  made.label = label.toStdString();
  made.type = type;
  made.default_value = std::move(standard);
  made.help = help.toStdString();
  if (maximum) made.minimum = 0, made.maximum = maximum;
  return made;
}

Parameter choice(const char* id, const QString& label, std::vector<std::string> choices,
                 const QString& help) {
  Parameter made = parameter(id, label, "choice", choices.front(), help);
  made.choices = std::move(choices);
  return made;
}

std::vector<Parameter> prompt_parameters() {
  auto tr = [](const char* source) { return QCoreApplication::translate("loom::ui", source); };
  Parameter length =
      parameter("max_length", tr("Longest sequence"), "integer", 0,
                tr("Prompt and answer together. 0 takes the model's window."), kLongest);
  length.unit = tr("tokens").toStdString();
  length.effect = tr("Longer sequences need more memory; shorter ones cut prompts.").toStdString();
  return {length,
          choice("truncation", tr("A prompt that is too long"),
                 {"benchmark", "middle", "head", "tail", "fail"},
                 tr("Cuts lie inside the document and are recorded with the sample.")),
          choice("chat_template", tr("Chat template"), {"auto", "none", "file", "each"},
                 tr("How the question is wrapped for models that were trained on dialogues.")),
          parameter("template_file", tr("Template file"), "text", "",
                    tr("A .jinja file, used when the chat template is read from a file."))};
}

std::vector<Parameter> decoding_parameters() {
  auto tr = [](const char* source) { return QCoreApplication::translate("loom::ui", source); };
  return {parameter("temperature", tr("Temperature"), "number", 0.0,
                    tr("0 always takes the likeliest token and ignores the next three."), 100),
          parameter("top_k", tr("Top-k"), "integer", 0, tr("0 switches it off."), kMostTopK),
          parameter("top_p", tr("Top-p"), "number", 1.0, tr("1 switches it off."), 1),
          parameter("min_p", tr("Min-p"), "number", 0.0, tr("0 switches it off."), 1),
          parameter("repetition_penalty", tr("Repetition penalty"), "number", 0.0,
                    tr("0 takes each benchmark's own, 1 switches it off."), 100),
          parameter("decoding_seed", tr("Seed of decoding"), "integer", 0,
                    tr("The same seed gives the same answers."), kLargestSeed),
          parameter("seed", tr("Seed of generated data and intervals"), "integer", 42,
                    tr("Another seed makes other questions of the same kind."), kLargestSeed)};
}

QStringList ids_of(const Catalog& catalog) {
  QStringList ids;
  for (const BenchmarkDescription& benchmark : catalog.benchmarks) ids << text(benchmark.id);
  return ids;
}

}  // namespace

SettingsStep::SettingsStep(const Catalog& catalog, QWidget* parent)
    : WizardStep(parent),
      devices_(find_devices()),
      device_message_(new FieldMessage(this)),
      reuse_(new QCheckBox(tr("Take answers of earlier runs"), this)),
      skip_bad_(new QCheckBox(tr("Leave out records that cannot be read"), this)),
      strip_thinking_(new QCheckBox(tr("Score only what follows a thought"), this)),
      prompts_(new ParameterForm(this)),
      decoding_(new ParameterForm(this)),
      scoring_(new ParameterForm(this)),
      pack_(new PromptPackField(ids_of(catalog), this)),
      template_message_(new FieldMessage(this)) {
  prompts_->set_parameters(prompt_parameters());
  prompts_->field("truncation")
      ->set_choice_titles({tr("As the benchmark does it"), tr("Cut the middle"),
                           tr("Cut the beginning"), tr("Cut the end"), tr("Fail the sample")});
  prompts_->field("chat_template")
      ->set_choice_titles({tr("The model's own"), tr("None: send raw text"), tr("From a file"),
                           tr("As the plan says for each model")});
  decoding_->set_parameters(decoding_parameters());
  decoding_->field("top_p")->set_above_minimum();  // 0 would leave no token to take
  scoring_->set_parameters({choice(
      "rule_set", tr("Rules"), rule_sets(),
      tr("How answers become scores. Scores of different rules never share a mean; tasks that "
         "the chosen rules do not have are refused."))});
  scoring_->field("rule_set")
      ->set_choice_titles({tr("Each benchmark's own"), tr("Those of LOOM-Scope 0.8"),
                           tr("As published, with their errors")});
  device_message_->setObjectName(QStringLiteral("devices_message"));
  template_message_->setObjectName(QStringLiteral("template_message"));
  connect(pack_, &PromptPackField::changed, this, &SettingsStep::changed);
  lay_out();
  offer_each(false);
  form_changed();
}

void SettingsStep::lay_out() {
  auto* content = new QWidget(this);
  auto* row = new QHBoxLayout(content);
  row->setContentsMargins(0, 0, 12, 0);
  row->setSpacing(24);
  auto* left = new QVBoxLayout;
  left->setSpacing(16);
  left->addWidget(create_devices());
  left->addWidget(group(tr("Prompts"), prompts_));
  left->addStretch(1);
  auto* right = new QVBoxLayout;
  right->setSpacing(16);
  right->addWidget(group(tr("Decoding and seeds"), decoding_));
  right->addWidget(group(tr("Scoring"), scoring_));
  right->addStretch(1);
  row->addLayout(left, 1);
  row->addLayout(right, 1);
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  whole->addWidget(scrolled(content, this));
}

QWidget* SettingsStep::create_devices() {
  auto* box = new QGroupBox(tr("Devices"), this);
  auto* column = new QVBoxLayout(box);
  for (const LocalDevice& device : devices_) {
    auto* check = new QCheckBox(
        text(device.name) + QStringLiteral(" (") + text(device.id) + QLatin1Char(')'), box);
    check->setObjectName(QStringLiteral("device_") + text(device.id));
    check->setChecked(device.id == "cpu");
    connect(check, &QCheckBox::toggled, this, [this] {
      device_message_->set_message(has_device() ? QString() : tr("Tick at least one device."));
      Q_EMIT changed();
    });
    column->addWidget(check);
    device_boxes_.push_back(check);
  }
  column->addWidget(device_message_);
  column->addWidget(help_line(tr("Several devices share the jobs between them."), box));
  reuse_->setObjectName(QStringLiteral("reuse_answers"));
  reuse_->setChecked(true);
  connect(reuse_, &QCheckBox::toggled, this, &SettingsStep::changed);
  column->addWidget(reuse_);
  column->addWidget(help_line(tr("Where model, prompt and decoding are the same to the bit. Times "
                                 "shown are those of the earlier run."),
                              box));
  skip_bad_->setObjectName(QStringLiteral("skip_bad_records"));
  connect(skip_bad_, &QCheckBox::toggled, this, &SettingsStep::changed);
  column->addWidget(skip_bad_);
  column->addWidget(
      help_line(tr("They are counted and named. Otherwise one of them fails its task."), box));
  return box;
}

QWidget* SettingsStep::group(const QString& title, ParameterForm* form) {
  auto* box = new QGroupBox(title, this);
  auto* column = new QVBoxLayout(box);
  column->addWidget(form);
  if (form == prompts_) {
    column->addWidget(template_message_);
    column->addWidget(pack_);
  }
  if (form == scoring_) add_thinking(*column);
  connect(form, &ParameterForm::changed, this, &SettingsStep::form_changed);
  return box;
}

void SettingsStep::add_thinking(QVBoxLayout& column) {
  strip_thinking_->setObjectName(QStringLiteral("strip_thinking"));
  strip_thinking_->setAccessibleName(strip_thinking_->text());
  strip_thinking_->setToolTip(
      tr("Answers are stored whole; scorers see what comes after the last </think>."));
  connect(strip_thinking_, &QCheckBox::toggled, this, &SettingsStep::changed);
  column.addWidget(strip_thinking_);
  column.addWidget(help_line(tr("For models that think before they answer. A thought without an "
                                "end is scored as it is. The rules of LOOM-Scope always do so."),
                             strip_thinking_->parentWidget()));
}

bool SettingsStep::has_device() const {
  return std::any_of(device_boxes_.begin(), device_boxes_.end(),
                     [](const QCheckBox* box) { return box->isChecked(); });
}

QString SettingsStep::template_problem() const {
  const nlohmann::json values = prompts_->values();
  if (values.value("chat_template", "") != "file") return {};
  const QString file = text(values.value("template_file", ""));
  if (file.isEmpty()) return tr("Give the path of a .jinja file.");
  return QFileInfo(file).isFile() ? QString() : tr("There is no file %1.").arg(file);
}

void SettingsStep::form_changed() {
  const bool from_file = prompts_->values().value("chat_template", "") == "file";
  prompts_->field("template_file")->setVisible(from_file);
  template_message_->set_message(template_problem());
  Q_EMIT changed();
}

// Only of use where a plan gives its models different templates.
void SettingsStep::offer_each(bool offered) {
  auto* combo = qobject_cast<QComboBox*>(prompts_->field("chat_template")->control());
  const int last = combo->count() - 1;
  if (auto* items = qobject_cast<QStandardItemModel*>(combo->model()))
    items->item(last)->setEnabled(offered);
  if (auto* list = qobject_cast<QListView*>(combo->view())) list->setRowHidden(last, !offered);
}

void SettingsStep::read(const EvaluationPlan& plan) {
  missing_devices_.clear();
  for (const std::string& device : plan.devices)
    if (std::none_of(devices_.begin(), devices_.end(),
                     [&](const LocalDevice& here) { return here.id == device; }))
      missing_devices_ << text(device);
  for (size_t i = 0; i < devices_.size(); ++i)
    device_boxes_[i]->setChecked(
        std::find(plan.devices.begin(), plan.devices.end(), devices_[i].id) != plan.devices.end());
  std::string chosen = plan.models.empty() ? "auto" : plan.models.front().chat_template;
  for (const PlanModel& model : plan.models)
    if (model.chat_template != chosen) chosen = kEach;
  offer_each(chosen == kEach);
  const bool from_file = chosen != "auto" && chosen != "none" && chosen != kEach;
  prompts_->set_values({{"max_length", plan.max_length},
                        {"truncation", to_string(plan.truncation)},
                        {"chat_template", from_file ? "file" : chosen},
                        {"template_file", from_file ? chosen : ""}});
  decoding_->set_values({{"temperature", plan.decoding.temperature},
                         {"top_k", plan.decoding.top_k},
                         {"top_p", plan.decoding.top_p},
                         {"min_p", plan.decoding.min_p},
                         {"repetition_penalty", plan.decoding.repetition_penalty},
                         {"decoding_seed", plan.decoding.seed},
                         {"seed", plan.seed}});
  scoring_->set_values({{"rule_set", plan.rule_set}});
  pack_->set_pack(plan.prompt_pack);
  reuse_->setChecked(plan.reuse_answers);
  skip_bad_->setChecked(plan.skip_bad_records);
  strip_thinking_->setChecked(plan.strip_thinking);
  form_changed();
}

void SettingsStep::write(EvaluationPlan& plan) const {
  plan.devices.clear();
  for (size_t i = 0; i < devices_.size(); ++i)
    if (device_boxes_[i]->isChecked()) plan.devices.push_back(devices_[i].id);
  const nlohmann::json prompts = prompts_->values(), decoding = decoding_->values();
  plan.max_length = prompts.value("max_length", size_t{0});
  plan.truncation = truncation_rule_from(prompts.value("truncation", "benchmark"))
                        .value_or(TruncationRule::benchmark);
  std::string wrapper = prompts.value("chat_template", "auto");
  if (wrapper == "file") wrapper = prompts.value("template_file", "");
  if (wrapper != kEach)
    for (PlanModel& model : plan.models) model.chat_template = wrapper;
  plan.decoding = {decoding.value("temperature", 0.0),
                   decoding.value("top_k", 0),
                   decoding.value("top_p", 1.0),
                   decoding.value("min_p", 0.0),
                   decoding.value("decoding_seed", uint64_t{0}),
                   decoding.value("repetition_penalty", 0.0)};
  plan.seed = decoding.value("seed", uint64_t{42});
  plan.prompt_pack = pack_->pack();
  plan.rule_set = scoring_->values().value("rule_set", kOfficialRules);
  plan.reuse_answers = reuse_->isChecked();
  plan.skip_bad_records = skip_bad_->isChecked();
  plan.strip_thinking = strip_thinking_->isChecked();
}

QStringList SettingsStep::not_taken() const {
  if (missing_devices_.isEmpty()) return {};
  return {tr("This machine has no device %1. Tick those that it has.")
              .arg(missing_devices_.join(QStringLiteral(", ")))};
}

bool SettingsStep::is_complete() const {
  return has_device() && prompts_->is_valid() && decoding_->is_valid() &&
         template_problem().isEmpty();
}

void SettingsStep::explain() {
  if (!has_device()) {
    device_message_->set_message(tr("Tick at least one device."));
    device_boxes_.front()->setFocus(Qt::OtherFocusReason);
  } else if (!prompts_->is_valid()) {
    prompts_->focus_first_problem();
  } else if (!decoding_->is_valid()) {
    decoding_->focus_first_problem();
  } else if (!template_problem().isEmpty()) {
    prompts_->field("template_file")->control()->setFocus(Qt::OtherFocusReason);
  }
}

}  // namespace loom::ui
