// The Python that runs generated programs: the system's, or the one that LOOMSCOPE_PYTHON names.
// That may be a virtual environment with the packages that a benchmark's programs need.
#pragma once

#include "core/sandbox/sandbox.h"

namespace loom {

// Unsupported: what is missing, the sandbox or its Python. Found out once.
Status python_ready();
// The job of running a Python 3 program, with the interpreter's own packages and none of the
// user's.
SandboxJob python_job(std::string program, const SandboxLimits& limits = {});
// How long the package takes to import, and not_found where the interpreter has none of that name.
// Found out once for each name.
Result<double> seconds_to_import(const std::string& package);

}  // namespace loom
