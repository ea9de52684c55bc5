#include "ui/wizards/model_cards.h"

#include <QApplication>
#include <QPainter>
#include <algorithm>

#include "ui/shell/quantity_text.h"
#include "ui/shell/theme_colors.h"
#include "ui/view_models/format.h"
#include "ui/view_models/state_icon.h"
#include "ui/wizards/token_counts.h"

namespace loom::ui {
namespace {

constexpr int kPadding = 12, kLineGap = 4;

QFont bold(QFont font) {
  font.setBold(true);
  return font;
}

}  // namespace

void ModelCards::show_models(std::vector<LocalModel> models) {
  beginResetModel();
  models_ = std::move(models);
  std::stable_sort(models_.begin(), models_.end(), [](const LocalModel& a, const LocalModel& b) {
    return a.can_answer() && !b.can_answer();
  });
  endResetModel();
}

void ModelCards::set_sequence_tokens(size_t tokens) {
  sequence_tokens_ = tokens;
  repaint();
}

void ModelCards::set_devices(std::vector<LocalDevice> devices) {
  devices_ = std::move(devices);
  repaint();
}

void ModelCards::set_used_devices(std::vector<std::string> ids) {
  used_ = std::move(ids);
  repaint();
}

void ModelCards::repaint() {
  if (!models_.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

std::vector<LocalModel> ModelCards::chosen() const {
  std::vector<LocalModel> chosen;
  for (const LocalModel& model : models_)
    if (chosen_.contains(model.path)) chosen.push_back(model);
  return chosen;
}

void ModelCards::choose(const std::set<std::filesystem::path>& paths) {
  chosen_ = paths;
  repaint();
  Q_EMIT choice_changed();
}

int ModelCards::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(models_.size());
}

DeviceFit ModelCards::fit_of(const LocalModel& model) const {
  size_t tokens =
      model.window_tokens > 0 ? std::min(sequence_tokens_, model.window_tokens) : sequence_tokens_;
  return tightest_fit(forecast_memory(model, tokens).total(), devices_, used_);
}

QString ModelCards::badge(const LocalModel& model) const {
  if (!model.supported) return tr("Cannot run");
  if (!model.answers) return tr("Encoder, gives no answers");
  const DeviceFit fit = fit_of(model);
  const QString needed = format_bytes(fit.needed_bytes), device = device_text(fit.device);
  if (!fit.known()) return tr("Needs %1, free %2 memory not known").arg(needed, device);
  return fit.fits() ? tr("Fits in %1 memory: needs %2, %3 free")
                          .arg(device, needed, format_bytes(fit.free_bytes))
                    : tr("Does not fit in %1 memory: needs %2, %3 free")
                          .arg(device, needed, format_bytes(fit.free_bytes));
}

QString ModelCards::detail(const LocalModel& model) const {
  if (!model.supported && !model.problem.empty()) return text(model.problem);
  const bool has_window = !model.recurrent && model.window_tokens > 0;
  const QString window = has_window ? format_tokens(model.window_tokens)
                                    : window_text(model.window_tokens, model.recurrent);
  return QStringList{
      text(model.architecture), tr("%1 parameters").arg(large_count_text(model.parameters)),
      tr("window: %1").arg(window), text(model.weight_type), format_bytes(model.file_bytes)}
      .join(QStringLiteral(" · "));
}

QVariant ModelCards::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const LocalModel& model = models_.at(static_cast<size_t>(index.row()));
  switch (role) {
    case Qt::DisplayRole:
      return text(model.name);
    case Qt::CheckStateRole:
      if (!model.can_answer()) return {};
      return chosen_.contains(model.path) ? Qt::Checked : Qt::Unchecked;
    case Qt::ToolTipRole:
      return text(model.path.string());
    case Qt::AccessibleTextRole:
      return QString(text(model.name) + QStringLiteral(", ") + detail(model) +
                     QStringLiteral(", ") + badge(model));
    case detail_role:
      return detail(model);
    case badge_role:
      return badge(model);
    case good_role:
      return model.can_answer() && fit_of(model).known() && fit_of(model).fits();
    default:
      return {};
  }
}

bool ModelCards::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!index.isValid() || role != Qt::CheckStateRole) return false;
  const LocalModel& model = models_.at(static_cast<size_t>(index.row()));
  if (!model.can_answer()) return false;
  if (value.toInt() == Qt::Checked) {
    chosen_.insert(model.path);
  } else {
    chosen_.erase(model.path);
  }
  Q_EMIT dataChanged(index, index);
  Q_EMIT choice_changed();
  return true;
}

Qt::ItemFlags ModelCards::flags(const QModelIndex& index) const {
  Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
  if (index.isValid() && models_.at(static_cast<size_t>(index.row())).can_answer())
    flags |= Qt::ItemIsUserCheckable;
  return flags;
}

QSize ModelCardDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
  return {320, 2 * option.fontMetrics.height() + kLineGap + 2 * kPadding};
}

void ModelCardDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
  QStyleOptionViewItem item = option;
  initStyleOption(&item, index);
  item.text.clear();
  const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
  style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

  QRect area = item.rect.adjusted(kPadding, kPadding, -kPadding, -kPadding);
  const bool checkable = item.features.testFlag(QStyleOptionViewItem::HasCheckIndicator);
  if (checkable)
    area.setLeft(
        style->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &item, item.widget).right() +
        kPadding);
  const int line = item.fontMetrics.height();
  painter->save();
  const QString badge = index.data(ModelCards::badge_role).toString();
  const bool good = index.data(ModelCards::good_role).toBool();
  const int badge_width = item.fontMetrics.horizontalAdvance(badge);
  const QRect badge_area(area.right() - badge_width, area.top(), badge_width + 1, line);
  const Sign sign = good ? Sign::done : Sign::attention;
  const ThemeColors& colors = theme_colors(item.palette);
  painter->setPen(good ? colors.success : colors.warning);
  painter->drawText(badge_area, Qt::AlignRight | Qt::AlignVCenter, badge);
  sign_icon(sign).paint(painter,
                        QRect(badge_area.left() - line - kLineGap, area.top(), line, line));

  painter->setPen(item.palette.color(QPalette::Text));
  painter->setFont(bold(item.font));
  const QRect name_area(area.left(), area.top(), badge_area.left() - area.left() - 2 * line, line);
  painter->drawText(name_area, Qt::AlignLeft | Qt::AlignVCenter,
                    QFontMetrics(painter->font())
                        .elidedText(index.data().toString(), Qt::ElideMiddle, name_area.width()));
  painter->setFont(item.font);
  painter->setPen(colors.secondary);
  const QRect detail_area(area.left(), area.top() + line + kLineGap, area.width(), line);
  painter->drawText(detail_area, Qt::AlignLeft | Qt::AlignVCenter,
                    item.fontMetrics.elidedText(index.data(ModelCards::detail_role).toString(),
                                                Qt::ElideRight, area.width()));
  painter->restore();
}

}  // namespace loom::ui
