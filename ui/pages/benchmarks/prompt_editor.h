// A prompt template with buttons for its gaps, and below it the prompt that the first record of the
// data becomes.
#pragma once

#include <QWidget>

#include "core/benchmarks/custom_records.h"

class QHBoxLayout;
class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace loom::ui {

class FieldMessage;

class PromptEditor : public QWidget {
  Q_OBJECT
 public:
  explicit PromptEditor(QWidget* parent = nullptr);
  void set_columns(const std::vector<std::string>& columns);
  // Until the user writes something else.
  void propose(const std::string& prompt);
  std::string prompt() const;
  void show_preview(const CustomBenchmark& benchmark, const DataHead& head,
                    const std::filesystem::path& file);
  void clear_preview();
  FieldMessage* message() const { return message_; }
  void focus_prompt();

 Q_SIGNALS:
  void changed();

 private:
  void create_gaps(QHBoxLayout& row);
  void insert(const QString& gap);

  QPlainTextEdit *prompt_, *preview_;
  QToolButton* more_;
  QLabel* expected_;
  FieldMessage *message_, *preview_message_;
  QString proposed_;
};

}  // namespace loom::ui
