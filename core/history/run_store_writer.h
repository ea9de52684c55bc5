// What a RunStore holds.
#pragma once

#include "core/history/run_store.h"
#include "core/history/sample_rows.h"
#include "core/history/writer_thread.h"

namespace loom {

class RunStore::Writer {
 public:
  explicit Writer(std::unique_ptr<Database> database)
      : file(database->file()), read_only(database->is_read_only()), thread(std::move(database)) {}
  std::filesystem::path file;
  bool read_only;
  WriterThread thread;
  SharedDocument last;  // touched on the thread only
};

}  // namespace loom
