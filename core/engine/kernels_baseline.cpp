#define LOOM_KERNEL_SET baseline
#define LOOM_KERNEL_NAME "baseline"
#define LOOM_LANES 4
#include "core/engine/kernels_body.h"
