#define LOOM_KERNEL_SET avx2
#define LOOM_KERNEL_NAME "avx2"
#define LOOM_LANES 8
#include "core/engine/kernels_body.h"
