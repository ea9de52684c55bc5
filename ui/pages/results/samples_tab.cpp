#include "ui/pages/results/samples_tab.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>

#include "ui/execution/workspace.h"
#include "ui/pages/results/sample_reader.h"
#include "ui/shell/column_fit.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"
#include "ui/view_models/table_style.h"

namespace loom::ui {
namespace {

const QString kSamplesHeaderKey = QStringLiteral("pages/samples/header");
const QString kSplitterKey = QStringLiteral("pages/samples/splitter");
const QString kReaderKey = QStringLiteral("pages/samples/reader");

}  // namespace

SamplesTab::SamplesTab(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      model_(new SampleListModel(workspace.queries(), this)),
      history_(new HistoryReader(workspace.store_file(), this)) {
  reader_ = new SampleReader;
  splitter_ = new QSplitter;
  splitter_->addWidget(create_list());
  splitter_->addWidget(reader_);
  splitter_->setStretchFactor(0, 2);
  splitter_->setStretchFactor(1, 3);
  splitter_->setSizes({530, 670});
  splitter_->setChildrenCollapsible(false);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, spacing::small, 0, 0);
  layout->setSpacing(spacing::small);
  layout->addWidget(create_filters());
  layout->addWidget(splitter_, 1);
  create_shortcuts();
  connect(model_, &SampleListModel::problem, this, &SamplesTab::problem);
}

QWidget* SamplesTab::create_list() {
  table_ = new QTableView;
  prepare_table(*table_, QStringLiteral("samples"), tr("Samples"));
  table_->setModel(model_);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  // In the order of SampleListModel::Column.
  columns_ = new ColumnFit(*table_, *table_->horizontalHeader(),
                           {{160, 96}, {130, 64, true}, {64, 56}, {56, 50}, {120, 56, true}});
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          &SamplesTab::load_current);
  return table_;
}

QWidget* SamplesTab::create_filters() {
  auto* bar = new QWidget;
  auto* layout = new QHBoxLayout(bar);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(spacing::small);
  scope_ = new QComboBox;
  scope_->setObjectName(QStringLiteral("scope"));
  scope_->setAccessibleName(tr("Tasks shown"));
  scope_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  scope_->setMinimumContentsLength(24);
  connect(scope_, &QComboBox::activated, this, &SamplesTab::apply);
  layout->addWidget(scope_);
  only_ = new QButtonGroup(this);
  const QStringList words{tr("All"), tr("Wrong"), tr("Truncated"), tr("Failed"), tr("Unparsed")};
  for (int i = 0; i < words.size(); ++i) {
    auto* button = new QToolButton;
    button->setText(words[i]);
    button->setObjectName(QStringLiteral("only_%1").arg(i));
    button->setCheckable(true);
    button->setFocusPolicy(Qt::TabFocus);
    only_->addButton(button, i);
    layout->addWidget(button);
  }
  only_->button(0)->setChecked(true);
  only_->button(1)->setToolTip(tr("Only wrong answers (W)"));
  connect(only_, &QButtonGroup::idClicked, this, &SamplesTab::apply);
  search_ = new QLineEdit;
  search_->setObjectName(QStringLiteral("sample_search"));
  search_->setPlaceholderText(tr("Search prompts, answers, references (/)"));
  search_->setAccessibleName(tr("Search samples"));
  search_->setClearButtonEnabled(true);
  connect(search_, &QLineEdit::returnPressed, this, [this] {
    apply();
    table_->setFocus();
  });
  connect(search_, &QLineEdit::textChanged, this, [this](const QString& typed) {
    if (typed.isEmpty()) apply();
  });
  count_ = new QLabel;
  layout->addWidget(search_, 1);
  layout->addWidget(count_);
  return bar;
}

void SamplesTab::add_shortcut(const QKeySequence& key, std::function<void()> action) {
  auto* shortcut = new QShortcut(key, this);
  shortcut->setContext(Qt::WindowShortcut);  // wherever the focus is, while this tab is shown
  connect(shortcut, &QShortcut::activated, this, std::move(action));
}

void SamplesTab::create_shortcuts() {
  add_shortcut(Qt::Key_J, [this] { step(1); });
  add_shortcut(Qt::Key_K, [this] { step(-1); });
  add_shortcut(Qt::Key_W, [this] {
    show_only(only_->checkedId() == static_cast<int>(Only::wrong) ? Only::all : Only::wrong);
  });
  add_shortcut(Qt::Key_Slash, [this] {
    search_->setFocus();
    search_->selectAll();
  });
  add_shortcut(Qt::Key_E, [this] { reader_->next_evidence(); });
  add_shortcut(Qt::SHIFT | Qt::Key_E, [this] { reader_->previous_evidence(); });
}

void SamplesTab::set_run(qint64 run, const RunSummary& summary) {
  const bool same = run == run_;
  run_ = run;
  jobs_.clear();
  for (const JobSummary& job : summary.jobs) jobs_.push_back(job.job);
  const int kept = scope_->currentIndex();
  fill_scopes(summary);
  if (same && kept < scope_->count()) scope_->setCurrentIndex(kept);
  apply();
}

void SamplesTab::fill_scopes(const RunSummary& summary) {
  scopes_ = {{tr("All tasks"), {}, {}}};
  for (const RunColumn& column : summary.columns)
    for (int at : column.jobs) {
      const Job& job = summary.jobs.at(static_cast<size_t>(at)).job;
      QStringList label{text(job.benchmark_id) + QLatin1Char('/') + text(job.task)};
      if (job.length_tokens > 0) label << tr("%1 tokens").arg(format_count(job.length_tokens));
      if (summary.columns.size() > 1) label << text(column.label);
      scopes_.push_back({label.join(QStringLiteral(" · ")), {job.index}, {}});
    }
  scope_->clear();
  for (const Scope& scope : scopes_) scope_->addItem(scope.label);
}

void SamplesTab::show_jobs(const QString& label, const std::vector<int>& jobs,
                           const std::optional<std::pair<double, double>>& depths) {
  auto found = std::find_if(scopes_.begin(), scopes_.end(), [&](const Scope& scope) {
    return scope.jobs == jobs && scope.depths == depths;
  });
  if (found == scopes_.end()) {
    scopes_.push_back({label, jobs, depths});
    scope_->addItem(label);
    found = scopes_.end() - 1;
  }
  scope_->setCurrentIndex(static_cast<int>(found - scopes_.begin()));
  only_->button(0)->setChecked(true);
  apply();
}

void SamplesTab::show_only(Only only) {
  only_->button(static_cast<int>(only))->setChecked(true);
  apply();
}

void SamplesTab::search(const QString& words) {
  search_->setText(words);
  apply();
}

void SamplesTab::apply() {
  const qint64 kept = model_->sample_id(current_row());
  SampleFilter filter;
  filter.text = search_->text().trimmed().toStdString();
  if (const auto at = static_cast<size_t>(scope_->currentIndex()); at < scopes_.size()) {
    filter.jobs = scopes_[at].jobs;
    filter.depths = scopes_[at].depths;
  }
  const auto only = static_cast<Only>(only_->checkedId());
  filter.only_wrong = only == Only::wrong;
  filter.only_truncated = only == Only::truncated;
  filter.only_failed = only == Only::failed;
  filter.only_unparsed = only == Only::unparsed;
  model_->set_run(run_, filter);
  count_samples();
  const int row = std::max(0, model_->row_of(kept));
  if (model_->rowCount() > 0) {
    table_->setCurrentIndex(model_->index(row, 0));
  } else {
    reader_->show_nothing(tr("No sample matches."));
  }
}

void SamplesTab::count_samples() {
  count_->setText(tr("Samples: %1").arg(format_count(static_cast<size_t>(model_->rowCount()))));
}

int SamplesTab::current_row() const {
  const QModelIndex current = table_->currentIndex();
  return current.isValid() ? current.row() : -1;
}

void SamplesTab::step(int rows) {
  const int row = std::clamp(current_row() + rows, 0, model_->rowCount() - 1);
  if (model_->rowCount() > 0) table_->setCurrentIndex(model_->index(row, 0));
}

void SamplesTab::show_sample(qint64 sample) {
  if (model_->row_of(sample) < 0) {
    scope_->setCurrentIndex(0);
    search_->clear();
    show_only(Only::all);
  }
  if (const int row = model_->row_of(sample); row >= 0) {
    table_->setCurrentIndex(model_->index(row, 0));
    table_->scrollTo(model_->index(row, 0), QAbstractItemView::PositionAtCenter);
  }
}

void SamplesTab::load_current() {
  const qint64 id = model_->sample_id(current_row());
  if (id == 0 || id == reader_->sample_id()) return;
  history_->read<Sample>(
      [id](const RunQueries& queries) { return queries.sample(id); },
      [this](Result<Sample> sample) {
        if (!sample) {
          reader_->show_nothing(QString::fromStdString(describe(sample.error())));
          return;
        }
        const auto job = static_cast<size_t>(sample->job);
        reader_->show_sample(std::move(*sample), job < jobs_.size() ? jobs_[job] : Job{});
      });
}

void SamplesTab::save_state() const {
  save_header(*table_, kSamplesHeaderKey);
  QSettings settings;
  settings.setValue(kSplitterKey, splitter_->saveState());
  settings.setValue(kReaderKey, reader_->splitter().saveState());
}

void SamplesTab::restore_state() {
  if (restore_header(*table_, kSamplesHeaderKey)) columns_->take_widths();
  const QSettings settings;
  splitter_->restoreState(settings.value(kSplitterKey).toByteArray());
  reader_->splitter().restoreState(settings.value(kReaderKey).toByteArray());
}

}  // namespace loom::ui
