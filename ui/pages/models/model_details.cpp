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

QString part_text(MemoryPart::Kind kind) {
  switch (kind) {
    case MemoryPart::embedding: return ModelDetails::tr("Embedding");
    case MemoryPart::head: return ModelDetails::tr("Head");
    case MemoryPart::layers: return ModelDetails::tr("Layers");
    case MemoryPart::other: return ModelDetails::tr("Other weights");
    case MemoryPart::kv_cache: return ModelDetails::tr("Keys and values");
    case MemoryPart::state: return ModelDetails::tr("Recurrent state");
    case MemoryPart::working: return ModelDetails::tr("Working memory");
    case MemoryPart::program: return ModelDetails::tr("Program");
  }
  return {};
}

QList<Fact> part_facts(const ModelReport& report, size_t tokens) {
  QList<Fact> facts;
  for (const MemoryPart& part : memory_parts(report, tokens))
    facts << Fact{part_text(part.kind), bytes_text(part.bytes)};
  return facts;
}

// Each number type with its share: what it takes on the disk, and in memory.
QList<Fact> type_facts(const LocalModel& model) {
  QList<Fact> facts;
  for (const StoredType& type : model.weights.types)
    facts << Fact{QString::fromStdString(type.name),
                  ModelDetails::tr("tensors: %1, on disk %2, in memory %3")
                      .arg(count_text(type.tensors), bytes_text(type.file_bytes),
                           bytes_text(type.held_bytes))};
  return facts;
}

QString windows_text(const ModelReport& report) {
  QStringList texts;
  for (size_t window : layer_windows(report))
    texts << (window == 0 ? ModelDetails::tr("everything") : tokens_text(window));
  return texts.join(QStringLiteral(", "));
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
  read_ = new FactList(content);
  notes_ = new QLabel(content);
  notes_->setObjectName(QStringLiteral("model_notes"));
  notes_->setWordWrap(true);
  notes_->hide();
  parts_heading_ = new QLabel(content);
  parts_heading_->setFont(heading_font());
  parts_heading_->setWordWrap(true);
  parts_ = new FactList(content);
  parts_->setObjectName(QStringLiteral("memory_parts"));
  for (QWidget* part : std::initializer_list<QWidget*>{name_, line, problem_, notes_, facts_, read_,
                                                       heading, memory_, parts_heading_, parts_})
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
  shown_ = model.path;
  parts_tokens_ = fit.longest_tokens > 0 ? fit.longest_tokens : kLengths[0];
  parts_heading_->setText(tr("Memory for one prompt of %1").arg(tokens_text(parts_tokens_)));
  ModelReport headers;
  headers.model = model;
  const QList<Fact> parts = model.supported ? part_facts(headers, parts_tokens_) : QList<Fact>();
  parts_->set_facts(parts);
  parts_->setVisible(!parts.isEmpty());
  parts_heading_->setVisible(!parts.isEmpty());
  read_->set_facts(type_facts(model));
  notes_->hide();
  widget()->show();
}

void ModelDetails::show_report(const ModelReport& report) {
  if (report.model.path != shown_) return;
  auto text = [](const std::string& value) { return QString::fromStdString(value); };
  QList<Fact> facts = type_facts(report.model);
  facts << Fact{tr("Layers see"), windows_text(report)}
        << Fact{tr("Tokenizer"), text(report.tokenizer_kind)}
        << Fact{tr("Tokens"), number(report.tokenizer_vocabulary)}
        << Fact{tr("Template from"), text(report.model.chat_template)}
        << Fact{tr("Adapter of"), text(report.model.adapter_base.string()), true};
  read_->set_facts(facts);
  if (report.model.supported) parts_->set_facts(part_facts(report, parts_tokens_));
  QStringList notes;
  for (const std::string& note : report.notes) notes << text(note);
  for (const Error& problem : report.problems)
    if (problem.kind != ErrorKind::cancelled) notes << text(describe(problem));
  notes_->setText(notes.join(QLatin1Char('\n')));
  notes_->setVisible(!notes.isEmpty());
}

void ModelDetails::show_nothing() {
  shown_.clear();
  widget()->hide();
}

}  // namespace loom::ui
