// One run from one history to another: what a bundle holds, and what it gives back.
#pragma once

#include <map>
#include <optional>

#include "core/history/database.h"

namespace loom {

// Copies in steps, so that others can write to the target between them. Both files have this
// program's schema. Ids are given anew; documents that exist are shared. The source is read only.
// Each step runs inside the caller's transaction on `target`.
class RunCopy {
 public:
  RunCopy(Database& source, int64_t run) : source_(source), run_(run) {}

  // Everything but the samples; the id of the copy. Coming in from another machine: marked as
  // imported, and hidden as a deleted run until it is whole.
  Result<int64_t> begin(Database& target, bool coming_in);
  // Up to so many more samples. False: there are none left. One that came in and could not be read
  // later is an error.
  Result<bool> next(Database& target, size_t samples);
  double share() const;  // of the samples copied

 private:
  Database& source_;
  int64_t run_, copy_ = 0;
  bool coming_in_ = false;
  double copied_ = 0, samples_ = 0;
  std::optional<Statement> rows_;
  std::map<int64_t, int64_t> documents_;  // ids in the source and in the target
};

// A foreign file is used only when its tables are exactly ours: no views, no triggers, no extras.
Status check_same_schema(Database& foreign, Database& ours);

}  // namespace loom
