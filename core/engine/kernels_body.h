// Included once per instruction set with LOOM_KERNEL_SET naming the namespace and LOOM_LANES the
// floats of one register. Not a header for anybody else.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <type_traits>
#include <utility>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#include "core/engine/kernels.h"

namespace loom::kernels::LOOM_KERNEL_SET {
namespace {

// clang-format off: each part builds on the ones before
#include "core/engine/kernels/vectors.h"
#include "core/engine/kernels/widen.h"
#include "core/engine/kernels/few_rows.h"
#include "core/engine/kernels/product.h"
#include "core/engine/kernels/elementwise.h"
#include "core/engine/kernels/attend.h"
#include "core/engine/kernels/recur.h"
// clang-format on

}  // namespace

extern const Table kTable;
const Table kTable = {LOOM_KERNEL_NAME, kPanelOutputs, widen, linear, pack,  multiply,
                      rms_norm,         swiglu,        geglu, attend, recur, selective_scan};

}  // namespace loom::kernels::LOOM_KERNEL_SET
