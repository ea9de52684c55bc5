#include "ui/pages/benchmarks/benchmark_fields.h"

#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/pages/benchmarks/answer_fields.h"
#include "ui/pages/benchmarks/column_fields.h"
#include "ui/pages/benchmarks/document_fields.h"
#include "ui/pages/benchmarks/metric_fields.h"
#include "ui/pages/benchmarks/prompt_editor.h"
#include "ui/pages/benchmarks/title_fields.h"
#include "ui/shell/form_labels.h"
#include "ui/shell/field_message.h"
#include "ui/shell/scroll_area.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"

namespace loom::ui {
namespace {

constexpr int kLeftWidth = 400;
constexpr int kNotes = 4;
enum LeftPage { questions_page, documents_page, nothing_page };
enum RightPage { prompt_page, summary_page };

}  // namespace

BenchmarkFields::BenchmarkFields(const Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      title_(new TitleFields(this)),
      answers_(new AnswerFields(workspace, this)),
      documents_(new DocumentFields(this)),
      prompt_(new PromptEditor(this)),
      left_(new QStackedWidget(this)),
      right_(new QStackedWidget(this)),
      summary_(new QLabel(this)) {
  summary_->setObjectName(QStringLiteral("folder_state"));
  summary_->setWordWrap(true);
  summary_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  summary_->setTextFormat(Qt::PlainText);
  right_->addWidget(prompt_);
  right_->addWidget(summary_);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(spacing::large);
  row->addWidget(create_left());
  row->addWidget(right_, 1);
  align_form_labels(*this);
  connect(answers_, &AnswerFields::changed, this, &BenchmarkFields::changed);
  connect(prompt_, &PromptEditor::changed, this, &BenchmarkFields::changed);
}

QWidget* BenchmarkFields::create_left() {
  left_->addWidget(answers_);
  left_->addWidget(documents_);
  left_->addWidget(new QWidget(this));
  auto* fields = new QWidget(this);
  auto* column = new QVBoxLayout(fields);
  column->setContentsMargins(0, 0, spacing::small, 0);
  column->addWidget(title_);
  column->addWidget(left_);
  column->addStretch();
  QScrollArea* scroll = scrolled(fields, this);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFixedWidth(kLeftWidth);
  scroll->setFocusPolicy(Qt::NoFocus);
  return scroll;
}

void BenchmarkFields::expect_questions() {
  left_->setCurrentIndex(questions_page);
  right_->setCurrentIndex(prompt_page);
  title_->fix_capability(false);
  answers_->columns()->set_columns({});
  prompt_->set_columns({});
}

void BenchmarkFields::expect_documents() {
  left_->setCurrentIndex(documents_page);
  right_->setCurrentIndex(summary_page);
  title_->fix_capability(false);
  title_->set_capability("retrieval");
  summary_->clear();
}

void BenchmarkFields::show_head(const DataHead& head) {
  prompt_->set_columns(head.columns);
  answers_->columns()->set_columns(head.columns);
}

void BenchmarkFields::show_documents(size_t files, size_t sentences, const QStringList& notes) {
  QString words =
      (files == 1 ? tr("%1 document with %2 sentences.") : tr("%1 documents with %2 sentences."))
          .arg(format_count(files), format_count(sentences));
  for (const QString& note : notes.mid(0, kNotes)) words += QLatin1Char('\n') + note;
  if (notes.size() > kNotes) words += QLatin1Char('\n') + tr("and more that was left out");
  summary_->setText(words);
}

void BenchmarkFields::show_definition(const CustomBenchmark& definition) {
  left_->setCurrentIndex(nothing_page);
  right_->setCurrentIndex(summary_page);
  title_->set_title(text(definition.title));
  title_->set_capability(definition.capability);
  title_->fix_capability(true);
  summary_->setText(tr("Its data: %1").arg(text(definition.data.string())));
}

void BenchmarkFields::write_questions(CustomBenchmark& benchmark) const {
  answers_->write(benchmark);
  benchmark.prompt = prompt_->prompt();
}

void BenchmarkFields::write_documents(CustomBenchmark& benchmark) const {
  benchmark.kind = CustomBenchmark::documents;
  documents_->write(benchmark);
}

void BenchmarkFields::propose() {
  answers_->propose();
  prompt_->propose(default_prompt(answers_->columns()->columns()));
}

void BenchmarkFields::update_preview(const CustomBenchmark& benchmark, const DataHead& head,
                                     const std::filesystem::path& file) {
  prompt_->show_preview(benchmark, head, file);
}

void BenchmarkFields::clear_preview() {
  prompt_->clear_preview();
}

bool BenchmarkFields::explain_questions() {
  return answers_->metric()->explain();
}

bool BenchmarkFields::explain_documents() {
  return documents_->explain();
}

bool BenchmarkFields::show_error(const std::string& field, const QString& words) {
  ColumnFields* columns = answers_->columns();
  if (field == "title") {
    title_->explain();
  } else if (field == "columns.answers") {
    columns->answers_message()->set_message(tr("Choose the column with the answers."));
    columns->focus_answers();
  } else if (field == "prompt") {
    prompt_->message()->set_message(
        tr("The prompt shows nothing of the record. Insert the question."));
    prompt_->focus_prompt();
  } else if (field == "columns.choices") {
    columns->choices_message()->set_message(words);
  } else if (field == "metric" || field == "metric_parameters") {
    answers_->metric()->message()->set_message(words);
  } else {
    return false;
  }
  return true;
}

void BenchmarkFields::clear_errors() {
  const ColumnFields& columns = *answers_->columns();
  for (FieldMessage* message :
       {title_->message(), answers_->metric()->message(), prompt_->message(),
        columns.question_message(), columns.answers_message(), columns.choices_message()})
    message->set_message({});
}

void BenchmarkFields::set_busy(bool busy) {
  title_->set_busy(busy);
  for (QWidget* part : {left_, right_}) part->setEnabled(!busy);
}

}  // namespace loom::ui
