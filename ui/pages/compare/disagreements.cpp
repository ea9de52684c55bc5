#include "ui/pages/compare/disagreements.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QTableView>
#include <QTextBrowser>
#include <QToolButton>

#include "ui/execution/workspace.h"
#include "ui/pages/compare/word_difference.h"
#include "ui/shell/column_fit.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"
#include "ui/view_models/splitter_state.h"
#include "ui/view_models/table_style.h"

namespace loom::ui {
namespace {

using SamplePair = std::pair<Sample, Sample>;

Result<SamplePair> read_pair(const RunQueries& queries, const PairedSample& pair) {
  LOOM_TRY(Sample a, queries.sample(pair.sample_a));
  LOOM_TRY(Sample b, queries.sample(pair.sample_b));
  return SamplePair{std::move(a), std::move(b)};
}

}  // namespace

Disagreements::Disagreements(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      model_(new DisagreementModel(this)),
      history_(new HistoryReader(workspace.store_file(), this)) {
  auto* sides = new QSplitter;
  sides->addWidget(create_side(baseline_, QStringLiteral("baseline_answer")));
  sides->addWidget(create_side(other_, QStringLiteral("other_answer")));
  sides->setChildrenCollapsible(false);
  keep_splitter(*sides, QStringLiteral("pages/compare/sides"));
  reference_ = new QLabel;
  reference_->setTextFormat(Qt::PlainText);
  reference_->setWordWrap(true);
  auto* right = new QWidget;
  auto* layout = new QVBoxLayout(right);
  layout->setContentsMargins(spacing::medium, 0, 0, 0);
  layout->addWidget(reference_);
  layout->addWidget(sides, 1);
  auto* splitter = new QSplitter;
  splitter->setChildrenCollapsible(false);
  splitter->addWidget(create_list());
  splitter->addWidget(right);
  splitter->setSizes({480, 720});
  keep_splitter(*splitter, QStringLiteral("pages/compare/list"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, spacing::small, 0, 0);
  outer->addWidget(splitter);
}

QWidget* Disagreements::create_list() {
  table_ = new QTableView;
  prepare_table(*table_, QStringLiteral("disagreements"), tr("Samples scored differently"));
  table_->setModel(model_);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  // In the order of DisagreementModel::Column.
  new ColumnFit(*table_, *table_->horizontalHeader(),
                {{170, 80, true}, {90, 60, true}, {110, 60, true}, {64, 56}, {64, 56}});
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          &Disagreements::load_current);
  count_ = new QLabel;
  all_ = new QToolButton;
  all_->setText(tr("Show all"));
  connect(all_, &QToolButton::clicked, this, [this] { show_task({}, 0); });
  auto* bar = new QHBoxLayout;
  bar->addWidget(count_, 1);
  bar->addWidget(all_);
  auto* panel = new QWidget;
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addLayout(bar);
  layout->addWidget(table_, 1);
  return panel;
}

QWidget* Disagreements::create_side(Side& side, const QString& name) {
  side.heading = new QLabel;
  side.heading->setTextFormat(Qt::PlainText);
  side.heading->setWordWrap(true);
  side.answer = new QTextBrowser;
  side.answer->setObjectName(name);
  side.answer->setFont(fixed_font());
  side.open = new QToolButton;
  side.open->setText(tr("Open sample"));
  side.open->setEnabled(false);
  connect(side.open, &QToolButton::clicked, this,
          [this, &side] { Q_EMIT open_sample(side.run, side.sample); });
  auto* panel = new QWidget;
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(side.heading);
  layout->addWidget(side.answer, 1);
  layout->addWidget(side.open, 0, Qt::AlignLeft);
  return panel;
}

void Disagreements::set_comparison(const Comparison& comparison) {
  parts_ = comparison.compared.parts;
  names_ = comparison.compared.names;
  model_->set_comparison(comparison);
  table_->setColumnHidden(DisagreementModel::Other, parts_.size() < 3);
  show_list_state();
}

void Disagreements::show_task(const std::string& task, size_t other) {
  model_->set_filter(task, other);
  show_list_state();
}

void Disagreements::show_list_state() {
  count_->setText(tr("Samples scored differently: %1")
                      .arg(format_count(static_cast<size_t>(model_->rowCount()))));
  if (model_->rowCount() > 0) {
    table_->setCurrentIndex(model_->index(0, 0));
    return;
  }
  reference_->clear();
  for (Side* side : {&baseline_, &other_}) {
    side->heading->clear();
    side->answer->clear();
    side->open->setEnabled(false);
  }
}

void Disagreements::load_current() {
  const QModelIndex current = table_->currentIndex();
  if (!current.isValid()) return;
  const Disagreement one = model_->row(current.row());
  history_->read<SamplePair>(
      [pair = one.pair](const RunQueries& queries) { return read_pair(queries, pair); },
      [this, one](Result<SamplePair> pair) {
        if (pair) {
          show_pair(one, pair->first, pair->second);
        } else {
          Q_EMIT problem(pair.error());
        }
      });
}

void Disagreements::show_pair(const Disagreement& one, const Sample& a, const Sample& b) {
  QStringList references;
  for (const std::string& reference : a.references) references << text(reference);
  reference_->setText(tr("Reference: %1").arg(references.join(tr("  or  "))));
  const auto [words_a, words_b] = word_difference(text(a.result.text), text(b.result.text));
  baseline_.answer->setHtml(marked_html(words_a));
  other_.answer->setHtml(marked_html(words_b));
  auto heading = [](const std::string& name, double score) -> QString {
    return text(name) + QStringLiteral(" · ") + format_score(score * 100);
  };
  baseline_.heading->setText(heading(names_.front(), *one.pair.score_a));
  other_.heading->setText(heading(names_.at(one.other), *one.pair.score_b));
  baseline_.run = parts_.front().run;
  baseline_.sample = one.pair.sample_a;
  other_.run = parts_.at(one.other).run;
  other_.sample = one.pair.sample_b;
  baseline_.open->setEnabled(true);
  other_.open->setEnabled(true);
}

}  // namespace loom::ui
