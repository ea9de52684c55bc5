#include "ui/pages/benchmarks/add_benchmark_dialog.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/base/file_paths.h"
#include "core/catalog/custom_folder.h"
#include "ui/execution/workspace.h"
#include "ui/pages/benchmarks/benchmark_fields.h"
#include "ui/pages/benchmarks/data_field.h"
#include "ui/pages/benchmarks/title_fields.h"
#include "ui/shell/field_message.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"

namespace loom::ui {
namespace {

namespace fs = std::filesystem;

constexpr int kWidth = 900, kHeight = 560;

// The field that an error of core speaks of: "…: columns.answers" gives "columns.answers".
std::string field_of(const Error& error) {
  const size_t at = error.where.rfind(": ");
  return at == std::string::npos ? error.where : error.where.substr(at + 2);
}

}  // namespace

AddBenchmarkDialog::AddBenchmarkDialog(Workspace& workspace, QWidget* parent)
    : Dialog(parent),
      workspace_(workspace),
      data_(new DataField(this)),
      fields_(new BenchmarkFields(workspace, this)) {
  setObjectName(QStringLiteral("add_benchmark_dialog"));
  setWindowTitle(tr("Add benchmark"));
  resize(kWidth, kHeight);
  auto* buttons = new QDialogButtonBox(this);
  buttons->addButton(QDialogButtonBox::Cancel)->setText(tr("Cancel"));  // Qt may have no words
  add_ = buttons->addButton(tr("Add"), QDialogButtonBox::AcceptRole);
  add_->setObjectName(QStringLiteral("add_custom"));
  add_->setProperty("primary", true);
  auto* column = new QVBoxLayout(this);
  column->setSpacing(spacing::medium);
  column->addWidget(data_);
  column->addWidget(fields_, 1);
  column->addWidget(buttons);
  listen_to_reader();
  connect(buttons, &QDialogButtonBox::accepted, this, &AddBenchmarkDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &AddBenchmarkDialog::reject);
  connect(fields_, &BenchmarkFields::changed, this, &AddBenchmarkDialog::update_preview);
  connect(data_, &DataField::edited, this, &AddBenchmarkDialog::typed);
  connect(data_, &DataField::picked, this, &AddBenchmarkDialog::choose);
}

// A field that loses the focus while the dialog goes would tell of its text once more.
AddBenchmarkDialog::~AddBenchmarkDialog() {
  disconnect(data_, nullptr, this, nullptr);
}

void AddBenchmarkDialog::listen_to_reader() {
  connect(&reader_, &CustomDataReader::head_read, this, &AddBenchmarkDialog::show_head);
  connect(&reader_, &CustomDataReader::definition_read, this, &AddBenchmarkDialog::show_definition);
  connect(&reader_, &CustomDataReader::folder_read, this, &AddBenchmarkDialog::show_folder);
  connect(&reader_, &CustomDataReader::prepared, this, &AddBenchmarkDialog::store);
  connect(&reader_, &CustomDataReader::not_read, this, [this](const Error& error) {
    source_ = Source::none;
    data_->set_state({});
    data_->message()->set_message(text(describe(error)));
  });
  connect(&reader_, &CustomDataReader::not_prepared, this, [this](const Error& error) {
    set_busy(false);
    show_error(error);
  });
}

void AddBenchmarkDialog::typed() {
  const fs::path path = data_->path();
  if (!path.empty() && path != path_) choose(path);
}

void AddBenchmarkDialog::choose(const fs::path& path) {
  std::error_code failure;
  path_ = path;
  head_ = {};
  data_->set_path(path);
  clear_errors();
  source_ = Source::reading;
  const bool folder = fs::is_directory(path, failure);
  const fs::path name = path.has_filename() ? path : path.parent_path();
  fields_->title()->propose_title(text(name.stem().string()));
  data_->set_state(folder ? tr("Reading the documents.") : tr("Reading the first records."));
  const fs::path place = fs::absolute(path).lexically_normal();
  if (folder) {
    fields_->expect_documents();
    reader_.read_folder(place);
  } else {
    fields_->expect_questions();
    reader_.read_file(place);
  }
}

void AddBenchmarkDialog::show_head(const DataHead& head) {
  source_ = Source::file;
  head_ = head;
  data_->set_state(head.columns.size() == 1
                       ? tr("1 column. All records are read when you add the benchmark.")
                       : tr("%n columns. All records are read when you add the benchmark.", nullptr,
                            static_cast<int>(head.columns.size())));
  fields_->show_head(head);
}

void AddBenchmarkDialog::show_definition(const CustomBenchmark& definition) {
  source_ = Source::definition;
  definition_ = definition;
  data_->set_state(tr("A benchmark that somebody described."));
  fields_->show_definition(definition);
}

void AddBenchmarkDialog::show_folder(size_t files, size_t sentences, const QStringList& notes) {
  source_ = Source::folder;
  data_->set_state({});
  fields_->show_documents(files, sentences, notes);
}

CustomBenchmark AddBenchmarkDialog::described() const {
  const TitleFields& title = *fields_->title();
  CustomBenchmark benchmark = source_ == Source::definition ? definition_ : CustomBenchmark();
  benchmark.title = title.title();
  if (source_ == Source::definition) return benchmark;
  benchmark.id = free_id(id_from_title(benchmark.title), workspace_.catalog(), paths::benchmarks());
  benchmark.capability = title.capability();
  benchmark.data = fs::absolute(path_).lexically_normal();
  if (source_ == Source::folder)
    fields_->write_documents(benchmark);
  else
    fields_->write_questions(benchmark);
  return benchmark;
}

void AddBenchmarkDialog::update_preview() {
  if (source_ != Source::file) return fields_->clear_preview();
  clear_errors();
  fields_->propose();
  fields_->update_preview(described(), head_, path_);
}

void AddBenchmarkDialog::clear_errors() {
  data_->message()->set_message({});
  fields_->clear_errors();
}

void AddBenchmarkDialog::show_error(const Error& error) {
  const QString words = text(describe(error));
  if (!fields_->show_error(field_of(error), words)) data_->message()->set_message(words);
}

void AddBenchmarkDialog::set_busy(bool busy) {
  data_->set_busy(busy);
  fields_->set_busy(busy);
  add_->setEnabled(!busy);
  data_->set_state(busy ? tr("Reading all of the data.") : QString());
}

void AddBenchmarkDialog::accept() {
  if (!add_->isEnabled()) return;  // Enter while the data is read
  clear_errors();
  if (source_ == Source::none && !path_.empty() && data_->path() == path_)
    return choose(path_);  // tried again: the file may have been corrected
  typed();
  if (source_ == Source::none) {
    data_->message()->set_message(tr("Choose a file or a folder."));
    return data_->focus();
  }
  if (source_ == Source::reading) return;
  if (source_ == Source::folder && !fields_->explain_documents()) return;
  if (source_ == Source::file && !fields_->explain_questions()) return;
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
