// How long a test waits for what another process or thread does: longer where a sanitizer slows it.
#pragma once

#include <QtGlobal>

namespace loom::testing {

// $LOOM_TEST_PATIENCE times as long, where ctest sets it.
inline int patient(int milliseconds) {
  return milliseconds * qMax(1, qEnvironmentVariableIntValue("LOOM_TEST_PATIENCE"));
}

}  // namespace loom::testing
