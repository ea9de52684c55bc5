// A history with runs in it, and what it must give back.
#pragma once

#include <QTest>

#include "tests/core/history/opened_store.h"
#include "tests/core/history/written_samples.h"

namespace loom::testing {

struct OpenedHistory : OpenedStore {
  int64_t run_with(int samples, const std::string& name = "run") {
    auto count = static_cast<size_t>(samples);
    int64_t run = *store->create_run(small_plan(name, count), small_jobs(count));
    for (int i = 0; i < samples; ++i)
      if (!store->put_sample(run, written_sample(i))) return 0;
    return run;
  }
};

inline void compare_samples(const Sample& read, const Sample& written) {
  QCOMPARE(read.prompt.text, written.prompt.text);
  QCOMPARE(read.identity, written.identity);
  QCOMPARE(read.record_id, written.record_id);
  QCOMPARE(read.state, written.state);
  QCOMPARE(read.references, written.references);
  QVERIFY(read.metadata == written.metadata);
  QCOMPARE(read.prompt.context_end, written.prompt.context_end);
  QCOMPARE(read.prompt.truncation.cut, written.prompt.truncation.cut);
  QCOMPARE(read.prompt.truncation.evidence_lost, written.prompt.truncation.evidence_lost);
  QCOMPARE(read.prompt.truncation.cut_end, written.prompt.truncation.cut_end);
  QCOMPARE(read.prompt.evidence.size(), written.prompt.evidence.size());
  QCOMPARE(read.prompt.evidence[1].end, written.prompt.evidence[1].end);
  QCOMPARE(read.result.text, written.result.text);
  QCOMPARE(read.result.ids, written.result.ids);
  QCOMPARE(read.result.finish_reason, written.result.finish_reason);
  QCOMPARE(read.result.timings.decode_s, written.result.timings.decode_s);
  QCOMPARE(read.result.peak_memory_bytes, written.result.peak_memory_bytes);
  QVERIFY(read.score.has_value());
  QCOMPARE(read.score->value, written.score->value);
  QVERIFY(read.score->parts == written.score->parts);
}

}  // namespace loom::testing
