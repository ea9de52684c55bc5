#define LOOM_KERNEL_SET avx512
#define LOOM_KERNEL_NAME "avx512"
#define LOOM_LANES 16
#include "core/engine/kernels_body.h"
