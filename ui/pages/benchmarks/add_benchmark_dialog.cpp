#include "ui/pages/benchmarks/add_benchmark_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/base/file_paths.h"
#include "core/catalog/custom_folder.h"
#include "core/metrics/metric.h"
#include "ui/execution/workspace.h"
#include "ui/pages/benchmarks/benchmark_words.h"
#include "ui/pages/benchmarks/column_fields.h"
#include "ui/pages/benchmarks/document_fields.h"
#include "ui/pages/benchmarks/prompt_editor.h"
#include "ui/shell/icons.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"
#include "ui/wizards/field_message.h"

namespace loom::ui {
namespace {

namespace fs = std::filesystem;

constexpr int kWidth = 900, kHeight = 560, kLeftWidth = 370;
constexpr int kNotes = 4;
enum LeftPage { questions_page, documents_page, nothing_page };

// The field that an error of core speaks of: "…: columns.answers" gives "columns.answers".
std::string field_of(const Error& error) {
  const size_t at = error.where.rfind(": ");
  return at == std::string::npos ? error.where : error.where.substr(at + 2);
}

template <typename Field>
Field* named(Field* field, const char* object, const QString& name) {
  field->setObjectName(QLatin1String(object));
  field->setAccessibleName(name);
  return field;
}

}  // namespace

AddBenchmarkDialog::AddBenchmarkDialog(Workspace& workspace, QWidget* parent)
    : QDialog(parent),
      workspace_(workspace),
      data_(named(new QLineEdit(this), "custom_data", tr("Data file or folder"))),
      title_(named(new QLineEdit(this), "custom_title", tr("Title"))),
      prefix_(named(new QLineEdit(this), "custom_prefix", tr("Answer begins with"))),
      capability_(named(new QComboBox(this), "custom_capability", tr("Capability"))),
      metric_(named(new QComboBox(this), "custom_metric", tr("Score"))),
      limit_(named(new QSpinBox(this), "custom_limit", tr("Answer, at most, tokens"))),
      chat_(new QCheckBox(tr("Use the model's chat template"), this)),
      columns_(new ColumnFields(this)),
      documents_(new DocumentFields(this)),
      prompt_(new PromptEditor(this)),
      left_(new QStackedWidget(this)),
      right_(new QStackedWidget(this)),
      state_(help_line(QString(), this)),
      folder_state_(new QLabel(this)),
      data_message_(new FieldMessage(this)),
      title_message_(new FieldMessage(this)),
      metric_message_(new FieldMessage(this)) {
  setObjectName(QStringLiteral("add_benchmark_dialog"));
  setWindowTitle(tr("Add benchmark"));
  resize(kWidth, kHeight);
  lay_out();
  connect(&reader_, &CustomDataReader::head_read, this, &AddBenchmarkDialog::show_head);
  connect(&reader_, &CustomDataReader::definition_read, this, &AddBenchmarkDialog::show_definition);
  connect(&reader_, &CustomDataReader::folder_read, this, &AddBenchmarkDialog::show_folder);
  connect(&reader_, &CustomDataReader::prepared, this, &AddBenchmarkDialog::store);
  connect(&reader_, &CustomDataReader::not_read, this, [this](const Error& error) {
    source_ = Source::none;
    state_->clear();
    data_message_->set_message(text(describe(error)));
  });
  connect(&reader_, &CustomDataReader::not_prepared, this, [this](const Error& error) {
    set_busy(false);
    show_error(error);
  });
  connect(columns_, &ColumnFields::changed, this, &AddBenchmarkDialog::update_preview);
  connect(prompt_, &PromptEditor::changed, this, &AddBenchmarkDialog::update_preview);
  connect(prefix_, &QLineEdit::textChanged, this, &AddBenchmarkDialog::update_preview);
  connect(metric_, &QComboBox::currentIndexChanged, this, &AddBenchmarkDialog::update_preview);
  connect(metric_, &QComboBox::activated, this, [this] { metric_chosen_ = true; });
  connect(data_, &QLineEdit::editingFinished, this, &AddBenchmarkDialog::typed);
}

void AddBenchmarkDialog::lay_out() {
  state_->setObjectName(QStringLiteral("custom_state"));
  data_message_->setObjectName(QStringLiteral("data_message"));
  title_message_->setObjectName(QStringLiteral("title_message"));
  metric_message_->setObjectName(QStringLiteral("metric_message"));
  left_->addWidget(create_answer_fields());
  left_->addWidget(documents_);
  left_->addWidget(new QWidget(this));
  folder_state_->setObjectName(QStringLiteral("folder_state"));
  folder_state_->setWordWrap(true);
  folder_state_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  folder_state_->setTextFormat(Qt::PlainText);
  right_->addWidget(prompt_);
  right_->addWidget(folder_state_);
  auto* fields = new QWidget(this);
  auto* column = new QVBoxLayout(fields);
  column->setContentsMargins(0, 0, spacing::small, 0);
  column->addWidget(create_names());
  column->addWidget(left_);
  column->addStretch();
  auto* scroll = new QScrollArea(this);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(fields);
  scroll->setFixedWidth(kLeftWidth);
  scroll->setFocusPolicy(Qt::NoFocus);
  auto* middle = new QHBoxLayout;
  middle->setSpacing(spacing::large);
  middle->addWidget(scroll);
  middle->addWidget(right_, 1);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  add_ = buttons->addButton(tr("Add"), QDialogButtonBox::AcceptRole);
  add_->setObjectName(QStringLiteral("add_custom"));
  add_->setProperty("primary", true);
  connect(buttons, &QDialogButtonBox::accepted, this, &AddBenchmarkDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &AddBenchmarkDialog::reject);
  auto* whole = new QVBoxLayout(this);
  whole->setSpacing(spacing::medium);
  whole->addWidget(create_data_row());
  whole->addLayout(middle, 1);
  whole->addWidget(buttons);
}

QWidget* AddBenchmarkDialog::create_data_row() {
  auto* part = new QWidget(this);
  auto* row = new QHBoxLayout;
  row->setSpacing(spacing::small);
  auto* label = new QLabel(tr("Da&ta"), part);
  label->setBuddy(data_);
  data_->setPlaceholderText(tr("A JSONL, CSV, TSV or Parquet file, or a folder of documents"));
  auto* file = named(new QPushButton(tr("File…"), part), "pick_file", tr("Choose a file"));
  auto* folder = named(new QPushButton(tr("Folder…"), part), "pick_folder", tr("Choose a folder"));
  file->setIcon(icon(Icon::document));
  folder->setIcon(icon(Icon::folder));
  for (QPushButton* button : {file, folder}) button->setAutoDefault(false);
  connect(file, &QPushButton::clicked, this, &AddBenchmarkDialog::pick_file);
  connect(folder, &QPushButton::clicked, this, &AddBenchmarkDialog::pick_folder);
  row->addWidget(label);
  row->addWidget(data_, 1);
  row->addWidget(file);
  row->addWidget(folder);
  auto* column = new QVBoxLayout(part);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(spacing::hair);
  column->addLayout(row);
  column->addWidget(data_message_);
  column->addWidget(state_);
  return part;
}

QWidget* AddBenchmarkDialog::create_names() {
  auto* part = new QWidget(this);
  for (const std::string& id : kCapabilities) capability_->addItem(capability_name(id), text(id));
  capability_->setCurrentIndex(capability_->findData(QStringLiteral("general")));
  auto* form = new QFormLayout(part);
  form->setContentsMargins(0, 0, 0, 0);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->addRow(tr("&Title"), title_);
  form->addRow(title_message_);
  form->addRow(tr("Ca&pability"), capability_);
  return part;
}

QWidget* AddBenchmarkDialog::create_answer_fields() {
  auto* part = new QWidget(this);
  fill_metrics();
  limit_->setRange(1, 1'000'000);
  limit_->setValue(64);
  prefix_->setText(QStringLiteral("Answer:"));
  chat_->setObjectName(QStringLiteral("custom_chat"));
  chat_->setChecked(true);
  auto* form = new QFormLayout;
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->addRow(tr("&Score"), metric_);
  form->addRow(metric_message_);
  form->addRow(tr("Answer &begins"), prefix_);
  form->addRow(tr("At &most, tokens"), limit_);
  form->addRow(chat_);
  auto* column = new QVBoxLayout(part);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(columns_);
  column->addLayout(form);
  column->addStretch();
  return part;
}

// What has words in this program comes first; the others show their ids.
void AddBenchmarkDialog::fill_metrics() {
  metric_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  metric_->setMinimumContentsLength(10);
  for (bool worded : {true, false})
    for (const Metric& metric : all_metrics()) {
      if (metric.source == MetricSource::encoder) continue;  // its encoder has no field here
      const QString title = metric_title(metric.id), id = QLatin1String(metric.id);
      if ((title != id) == worded) metric_->addItem(title, id);
    }
  metric_->setCurrentIndex(metric_->findData(QStringLiteral("token_f1")));
}

void AddBenchmarkDialog::pick_file() {
  const QString file = QFileDialog::getOpenFileName(
      this, tr("Data of the benchmark"), QString(),
      tr("Data (*.jsonl *.json *.csv *.tsv *.parquet *.gz *.zip);;All files (*)"));
  if (!file.isEmpty()) choose(file.toStdString());
}

void AddBenchmarkDialog::pick_folder() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder of documents"));
  if (!folder.isEmpty()) choose(folder.toStdString());
}

void AddBenchmarkDialog::typed() {
  const fs::path path = data_->text().trimmed().toStdString();
  if (!path.empty() && path != path_) choose(path);
}

void AddBenchmarkDialog::choose(const fs::path& path) {
  std::error_code failure;
  path_ = path;
  head_ = {};
  data_->setText(text(path.string()));
  clear_errors();
  source_ = Source::reading;
  const bool folder = fs::is_directory(path, failure);
  const fs::path name = path.has_filename() ? path : path.parent_path();
  if (title_->text().trimmed().isEmpty() || !title_->isModified()) {
    title_->setText(text(name.stem().string()));
    title_->setModified(false);
  }
  state_->setText(folder ? tr("Reading the documents.") : tr("Reading the first records."));
  left_->setCurrentIndex(folder ? documents_page : questions_page);
  right_->setCurrentIndex(folder ? 1 : 0);
  folder_state_->clear();
  capability_->setEnabled(true);
  if (folder) {
    capability_->setCurrentIndex(capability_->findData(QStringLiteral("retrieval")));
    return reader_.read_folder(fs::absolute(path).lexically_normal());
  }
  columns_->set_columns({});
  prompt_->set_columns({});
  reader_.read_file(fs::absolute(path).lexically_normal());
}

void AddBenchmarkDialog::show_head(const DataHead& head) {
  source_ = Source::file;
  head_ = head;
  state_->setText(tr("%n columns. All records are read when you add the benchmark.", nullptr,
                     static_cast<int>(head.columns.size())));
  prompt_->set_columns(head.columns);
  columns_->set_columns(head.columns);
}

void AddBenchmarkDialog::show_definition(const CustomBenchmark& definition) {
  source_ = Source::definition;
  definition_ = definition;
  title_->setText(text(definition.title));
  capability_->setCurrentIndex(capability_->findData(text(definition.capability)));
  capability_->setEnabled(false);
  left_->setCurrentIndex(nothing_page);
  right_->setCurrentIndex(1);
  state_->setText(tr("A benchmark that somebody described."));
  folder_state_->setText(tr("Its data: %1").arg(text(definition.data.string())));
}

void AddBenchmarkDialog::show_folder(size_t files, size_t sentences, const QStringList& notes) {
  source_ = Source::folder;
  state_->clear();
  QString words =
      tr("%1 documents with %2 sentences.").arg(format_count(files), format_count(sentences));
  for (const QString& note : notes.mid(0, kNotes)) words += QLatin1Char('\n') + note;
  if (notes.size() > kNotes) words += QLatin1Char('\n') + tr("and more that was left out");
  folder_state_->setText(words);
}

CustomBenchmark AddBenchmarkDialog::described() const {
  CustomBenchmark benchmark = source_ == Source::definition ? definition_ : CustomBenchmark();
  benchmark.title = title_->text().trimmed().toStdString();
  if (source_ == Source::definition) return benchmark;
  benchmark.id = free_id(id_from_title(benchmark.title), workspace_.catalog(), paths::benchmarks());
  benchmark.capability = capability_->currentData().toString().toStdString();
  benchmark.data = fs::absolute(path_).lexically_normal();
  if (source_ == Source::folder) {
    benchmark.kind = CustomBenchmark::documents;
    documents_->write(benchmark);
    return benchmark;
  }
  benchmark.columns = columns_->columns();
  benchmark.prompt = prompt_->prompt();
  benchmark.answer_prefix = prefix_->text().toStdString();
  benchmark.max_new_tokens = limit_->value();
  benchmark.chat_template = chat_->isChecked();
  benchmark.metric = metric_->currentData().toString().toStdString();
  return benchmark;
}

void AddBenchmarkDialog::update_preview() {
  if (source_ != Source::file) return prompt_->clear_preview();
  clear_errors();
  const CustomColumns columns = columns_->columns();
  if (!metric_chosen_) {
    const QSignalBlocker quiet(metric_);
    metric_->setCurrentIndex(metric_->findData(columns.choices.empty() ? QStringLiteral("token_f1")
                                                                       : QStringLiteral("choice")));
  }
  prompt_->propose(default_prompt(columns));
  prompt_->show_preview(described(), head_, path_);
}

void AddBenchmarkDialog::clear_errors() {
  for (FieldMessage* message :
       {data_message_, title_message_, metric_message_, prompt_->message(),
        columns_->question_message(), columns_->answers_message(), columns_->choices_message()})
    message->set_message({});
}

void AddBenchmarkDialog::show_error(const Error& error) {
  const std::string field = field_of(error);
  if (field == "title") {
    title_message_->set_message(tr("Give it a title."));
    return title_->setFocus();
  }
  if (field == "columns.answers") {
    columns_->answers_message()->set_message(tr("Choose the column with the answers."));
    return columns_->focus_answers();
  }
  if (field == "prompt") {
    prompt_->message()->set_message(
        tr("The prompt shows nothing of the record. Insert the question."));
    return prompt_->focus_prompt();
  }
  FieldMessage* message = data_message_;
  if (field == "columns.choices") message = columns_->choices_message();
  if (field == "metric" || field == "metric_parameters") message = metric_message_;
  message->set_message(text(describe(error)));
}

void AddBenchmarkDialog::set_busy(bool busy) {
  for (QWidget* part :
       {static_cast<QWidget*>(data_), static_cast<QWidget*>(title_), static_cast<QWidget*>(left_),
        static_cast<QWidget*>(right_), static_cast<QWidget*>(add_)})
    part->setEnabled(!busy);
  if (busy) state_->setText(tr("Reading all of the data."));
  if (!busy) state_->clear();
}

void AddBenchmarkDialog::accept() {
  if (!add_->isEnabled()) return;  // Enter while the data is read
  clear_errors();
  if (source_ == Source::none && !path_.empty() && data_->text() == text(path_.string()))
    return choose(path_);  // tried again: the file may have been corrected
  typed();
  if (source_ == Source::none) {
    data_message_->set_message(tr("Choose a file or a folder."));
    return data_->setFocus();
  }
  if (source_ == Source::reading) return;
  if (source_ == Source::folder && !documents_->explain()) return;
  const CustomBenchmark benchmark = described();
  if (Status fine = check_custom_benchmark(benchmark, "dialog"); !fine)
    return show_error(fine.error());
  set_busy(true);
  reader_.prepare(benchmark);
}

void AddBenchmarkDialog::store(const CustomBenchmark& benchmark) {
  set_busy(false);
  auto stored = store_custom_benchmark(benchmark, workspace_.catalog(), paths::benchmarks());
  if (!stored) return show_error(stored.error());
  if (Status read = workspace_.read_catalog_again(); !read) return show_error(read.error());
  id_ = benchmark.id;
  QDialog::accept();
}

void AddBenchmarkDialog::reject() {
  reader_.cancel();
  QDialog::reject();
}

}  // namespace loom::ui
