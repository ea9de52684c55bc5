// Names and values below each other, as panels of details show them. Values can be selected.
#pragma once

#include <QList>
#include <QWidget>

class QGridLayout;

namespace loom::ui {

struct Fact {
  QString name, value;
  bool fixed_width = false;  // paths, ids
};

// Paths and file names have no spaces to wrap at: allows a break after each of their signs.
QString breakable(QString text);

class FactList : public QWidget {
  Q_OBJECT
 public:
  explicit FactList(QWidget* parent = nullptr);
  void set_facts(const QList<Fact>& facts);  // facts without a value are left out

 private:
  QGridLayout* grid_ = nullptr;
};

// A raised surface with a column of content and, if given, a title.
class Card : public QWidget {
  Q_OBJECT
 public:
  explicit Card(const QString& title, QWidget* parent = nullptr);
  void add(QWidget* content);

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace loom::ui
