// Everything that describes a benchmark beside the place of its data: its title, how questions are
// asked and scored or what is made of documents, and the prompt with its preview.
#pragma once

#include <QWidget>

#include "core/benchmarks/custom_records.h"
#include "core/catalog/custom_benchmark.h"

class QLabel;
class QStackedWidget;

namespace loom::ui {

class AnswerFields;
class DocumentFields;
class PromptEditor;
class TitleFields;
class Workspace;

class BenchmarkFields : public QWidget {
  Q_OBJECT
 public:
  explicit BenchmarkFields(const Workspace& workspace, QWidget* parent = nullptr);
  TitleFields* title() const { return title_; }
  // While the data is read: an empty form for what it seems to be.
  void expect_questions();
  void expect_documents();
  void show_head(const DataHead& head);
  void show_documents(size_t files, size_t sentences, const QStringList& notes);
  void show_definition(const CustomBenchmark& definition);  // which nothing but its title changes

  void write_questions(CustomBenchmark& benchmark) const;
  void write_documents(CustomBenchmark& benchmark) const;
  void update_preview(const CustomBenchmark& benchmark, const DataHead& head,
                      const std::filesystem::path& file);
  void propose();  // what suits the columns
  void clear_preview();

  bool explain_questions();  // says at the field what is missing; true when nothing is
  bool explain_documents();
  // False where the error is about no field of these.
  bool show_error(const std::string& field, const QString& words);
  void clear_errors();
  void set_busy(bool busy);

 Q_SIGNALS:
  void changed();

 private:
  QWidget* create_left();

  TitleFields* title_;
  AnswerFields* answers_;
  DocumentFields* documents_;
  PromptEditor* prompt_;
  QStackedWidget *left_, *right_;
  QLabel* summary_;
};

}  // namespace loom::ui
