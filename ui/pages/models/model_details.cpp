#include "ui/pages/models/model_details.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/shell/fact_list.h"
#include "ui/shell/quantity_text.h"
#include "ui/shell/theme.h"

namespace loom::ui {
namespace {

constexpr size_t kLengths[] = {4096, 16384, 65536};

QString number(uint64_t value) {
  return value == 0 ? QString() : count_text(value);
}

QList<Fact> memory_facts(const LocalModel& model) {
  QList<Fact> facts;
  auto add = [&](size_t tokens) {
    facts << Fact{tokens_text(tokens), bytes_text(forecast_memory(model, tokens).total())};
  };
  for (size_t tokens : kLengths)
    if (tokens < model.window_tokens) add(tokens);
  if (model.window_tokens > 0) add(model.window_tokens);
  return facts;
}

}  // namespace

ModelDetails::ModelDetails(QWidget* parent) : QScrollArea(parent) {
  setObjectName(QStringLiteral("model_details"));
  setAccessibleName(tr("Details of the model"));
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);  // the card inside has the border
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* content = new Card(QString(), this);
  name_ = new QLabel(content);
  name_->setFont(heading_font());
  name_->setWordWrap(true);
  auto* line = new QWidget(content);
  verdict_icon_ = new QLabel(line);
  verdict_ = new QLabel(line);
  verdict_->setWordWrap(true);
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(verdict_icon_);
  row->addWidget(verdict_, 1);
  problem_ = new QLabel(content);
  problem_->setWordWrap(true);
  facts_ = new FactList(content);
  auto* heading = new QLabel(tr("Memory when prompts have"), content);
  heading->setObjectName(QStringLiteral("memory_heading"));
  heading->setFont(heading_font());
  memory_ = new FactList(content);
  for (QWidget* part :
       std::initializer_list<QWidget*>{name_, line, problem_, facts_, heading, memory_})
    static_cast<Card*>(content)->add(part);
  static_cast<QVBoxLayout*>(content->layout())->addStretch();
  setWidget(content);
  show_nothing();
}

void ModelDetails::show_model(const LocalModel& model, const ModelFit& fit) {
  name_->setText(breakable(QString::fromStdString(model.name)));
  verdict_icon_->setPixmap(fit_icon(fit).pixmap(QSize(18, 18), devicePixelRatioF()));
  verdict_->setText(fit_text(fit));
  problem_->setText(model.can_answer() || !model.problem.empty()
                        ? QString::fromStdString(model.problem)
                        : tr("An encoder: it gives no answers and serves BERTScore."));
  problem_->setVisible(!problem_->text().isEmpty());
  auto text = [](const std::string& value) { return QString::fromStdString(value); };
  facts_->set_facts(
      {{tr("Architecture"), text(model.architecture)},
       {tr("Weights"), text(model.weight_type)},
       {tr("Parameters"), number(model.parameters)},
       {tr("Window"), window_text(model.window_tokens, model.recurrent)},
       {tr("Layers"), number(model.layers)},
       {tr("Hidden size"), number(model.hidden)},
       {tr("Key and value heads"), number(model.kv_heads)},
       {tr("Head size"), number(model.head_dim)},
       {tr("Vocabulary"), number(model.vocabulary)},
       {tr("Chat template"), model.has_chat_template ? tr("yes") : tr("no")},
       {tr("Size on disk"), bytes_text(model.file_bytes)},
       {tr("Path"), text(model.path.string()), true}});
  QList<Fact> memory = model.supported ? memory_facts(model) : QList<Fact>();
  memory_->set_facts(memory);
  memory_->setVisible(!memory.isEmpty());
  findChild<QLabel*>(QStringLiteral("memory_heading"))->setVisible(!memory.isEmpty());
  widget()->show();
}

void ModelDetails::show_nothing() {
  widget()->hide();
}

}  // namespace loom::ui
