#!/usr/bin/env bash
# One command from a fresh machine to the window. With no display, or with --headless [--out DIR],
# runs the starter evaluation through the command line and leaves its report in DIR.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
invoked_from="$PWD"
headless=0
out="loomscope-starter"
while [ $# -gt 0 ]; do
  case "$1" in
    --headless) headless=1 ;;
    --out) [ $# -ge 2 ] || { echo "--out needs a folder" >&2; exit 2; }; out="$2"; shift ;;
    -h|--help) echo "usage: packaging/run.sh [--headless] [--out DIR]"; exit 0 ;;
    *) echo "unknown argument: $1 (usage: packaging/run.sh [--headless] [--out DIR])" >&2; exit 2 ;;
  esac
  shift
done
[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || headless=1

cd "$root"
packaging/dependencies/system.sh
packaging/dependencies/fetch.sh
[ -f build/release/build.ninja ] || cmake --preset release >/dev/null
# No output when there is nothing to build, so that a second start shows only the program.
if ! cmake --build --preset release --target loomscope loomscope-cli loomscope-engine |
  { grep -v 'no work to do' || true; }; then
  echo "The build failed; the messages above name the file." >&2
  exit 1
fi

cd "$invoked_from"
# The default model, beside the user's other models: where the program looks for them.
data="${XDG_DATA_HOME:-}"
[ "${data#/}" != "$data" ] || data="${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}/.local/share"
models="${LOOMSCOPE_HOME:+$LOOMSCOPE_HOME/data}"
models="${models:-$data/loomscope}/models"
model="SmolLM2-135M-Instruct.Q4_1.gguf"
if [ ! -f "$models/$model" ]; then
  mkdir -p "$models"
  here="$root/build/dependencies/models/$model"
  # A copy that was broken off must not be taken for the model the next time.
  ln "$here" "$models/$model" 2>/dev/null ||
    { cp "$here" "$models/.$model.part" && mv "$models/.$model.part" "$models/$model"; }
fi

if [ "$headless" -eq 1 ]; then
  exec "$root/build/release/bin/loomscope-cli" run --starter --model_path "$models/$model" --output_dir "$out"
fi
exec "$root/build/release/bin/loomscope"
