// How far our scores are from the packages', measure by measure. tests/golden/metrics/make_page.py
// makes resources/docs/metrics.md of what print() says.
#pragma once

#include <QtGlobal>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace loom::testing {

class Parity {
 public:
  explicit Parity(double allowed = 1e-9) : allowed_(allowed) {}

  // The pair that what follows is of.
  void begin(const nlohmann::json& pair) {
    constexpr size_t kShown = 600;
    pair_ = pair.dump().substr(0, kShown);
    ++pairs_;
  }
  void add(const std::string& measure, double ours, double theirs) {
    const double difference = std::abs(ours - theirs);
    Row& row = row_of(measure);
    row.largest = std::max(row.largest, difference);
    if (!(difference <= allowed_))
      fail(measure + " is " + std::to_string(ours) + " for " + std::to_string(theirs));
  }
  // Where the package has no score, we have none.
  void add(const std::string& measure, const std::vector<double>& ours,
           const nlohmann::json& theirs) {
    if (ours.size() != theirs.size()) return fail(measure + " of " + theirs.dump());
    row_of(measure);
    for (size_t i = 0; i < ours.size(); ++i) add(measure, ours[i], theirs[i].get<double>());
  }
  void fail(const std::string& what) {
    if (failure_.empty()) failure_ = what + " in " + pair_;
  }

  const std::string& failure() const { return failure_; }
  size_t pairs() const { return pairs_; }
  void print() const {
    for (const Row& row : rows_)
      qInfo("parity: %s pairs %zu difference %.1e", row.measure.c_str(), row.pairs, row.largest);
  }

 private:
  struct Row {
    std::string measure;
    size_t pairs = 0, last_pair = 0;
    double largest = 0;
  };

  // A measure may compare several numbers of one pair.
  Row& row_of(const std::string& measure) {
    auto row = std::find_if(rows_.begin(), rows_.end(),
                            [&](const Row& one) { return one.measure == measure; });
    if (row == rows_.end()) row = rows_.insert(row, Row{measure});
    if (row->last_pair != pairs_) ++row->pairs;
    row->last_pair = pairs_;
    return *row;
  }

  double allowed_;
  std::vector<Row> rows_;
  std::string pair_, failure_;
  size_t pairs_ = 0;
};

}  // namespace loom::testing
