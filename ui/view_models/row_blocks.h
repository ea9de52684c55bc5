// Rows of a long list, read in blocks by key when they are shown. The ids of all rows are known
// (8 bytes each), so any row can be reached without reading those before it.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <unordered_map>
#include <vector>

#include "core/base/result.h"

namespace loom::ui {

template <typename Row>  // has an `id`
class RowBlocks {
 public:
  // Rows that follow the row with this id (0: from the start), in the order of the ids.
  using Reader = std::function<Result<std::vector<Row>>(int64_t previous_id, size_t limit)>;

  explicit RowBlocks(Reader reader) : reader_(std::move(reader)) {}

  void reset(std::vector<int64_t> ids) {
    ids_ = std::move(ids);
    blocks_.clear();
    ages_.clear();
  }
  size_t size() const { return ids_.size(); }
  const std::vector<int64_t>& ids() const { return ids_; }

  // Null when the row has gone since the ids were read.
  Result<const Row*> row(size_t at) {
    LOOM_TRY(const std::vector<Row>* rows, block(at / kBlockRows));
    const size_t place = at % kBlockRows;
    return place < rows->size() && (*rows)[place].id == ids_[at] ? &(*rows)[place] : nullptr;
  }
  void replace(size_t at, Row row) {
    auto found = blocks_.find(at / kBlockRows);
    if (found == blocks_.end() || at % kBlockRows >= found->second.rows.size()) return;
    found->second.rows[at % kBlockRows] = std::move(row);
  }

 private:
  static constexpr size_t kBlockRows = 200, kBlocksKept = 32;
  struct Block {
    std::vector<Row> rows;
    std::list<size_t>::iterator age;
  };

  Result<const std::vector<Row>*> block(size_t number) {
    auto found = blocks_.find(number);
    if (found != blocks_.end()) {
      ages_.splice(ages_.begin(), ages_, found->second.age);
      return &found->second.rows;
    }
    LOOM_TRY(auto rows, reader_(number == 0 ? 0 : ids_[number * kBlockRows - 1], kBlockRows));
    if (blocks_.size() >= kBlocksKept) {
      blocks_.erase(ages_.back());
      ages_.pop_back();
    }
    ages_.push_front(number);
    return &blocks_.emplace(number, Block{std::move(rows), ages_.begin()}).first->second.rows;
  }

  Reader reader_;
  std::vector<int64_t> ids_;
  std::unordered_map<size_t, Block> blocks_;
  std::list<size_t> ages_;  // most recently used first
};

}  // namespace loom::ui
