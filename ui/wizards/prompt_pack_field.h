// Shows which prompts a plan uses and takes a user's own from a file.
#pragma once

#include <QWidget>
#include <nlohmann/json.hpp>

class QLabel;
class QPushButton;

namespace loom::ui {

class FieldMessage;

class PromptPackField : public QWidget {
  Q_OBJECT
 public:
  PromptPackField(QStringList benchmarks, QWidget* parent);  // ids a file may belong to
  void set_pack(const nlohmann::json& pack);                 // null: none
  const nlohmann::json& pack() const { return pack_; }
  // Says at the field why a file cannot be used; the pack stays as it was.
  void import(const QString& file, const QString& benchmark);

 Q_SIGNALS:
  void changed();

 private:
  void pick();

  const QStringList benchmarks_;
  nlohmann::json pack_;
  QLabel* name_;
  QPushButton* remove_;
  FieldMessage* message_;
};

}  // namespace loom::ui
