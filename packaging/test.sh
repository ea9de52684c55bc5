#!/usr/bin/env bash
# Builds everything and runs all tests. Ends in ctest's closing line.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"
packaging/dependencies/system.sh
packaging/dependencies/fetch.sh
cmake --preset release >/dev/null
cmake --build --preset release
exec ctest --preset release --no-tests=error -j "$(nproc)"
