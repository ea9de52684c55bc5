#!/usr/bin/env bash
# Builds the preset engine-only against the torch of a Python and checks what needs a CUDA device.
#   tests/gpu/run.sh [--python PYTHON] [--prefix FILE.tar.gz] [--shapes "qwen3-4b llama-3.1-8b"]
#                    [--lengths "4096 32768 131072"] [--only checks|rates] [--build FOLDER]
# FILE.tar.gz comes from packaging/dependencies/prefix.sh, for machines without the Debian packages.
# Rates need transformers in that Python, and room for a model's weights in /dev/shm.
set -uo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
python=python3 prefix="" shapes="qwen3-4b llama-3.1-8b" lengths="4096 32768 131072" only="" build="$root/build/engine-only"
while [ $# -gt 1 ]; do
  case "$1" in
    --python) python="$2" ;; --prefix) prefix="$(realpath "$2")" ;; --shapes) shapes="$2" ;;
    --lengths) lengths="$2" ;; --only) only="$2" ;; --build) build="$2" ;;
    *) echo "unknown: $1" >&2; exit 2 ;;
  esac
  shift 2
done
[ $# -eq 0 ] || { echo "without its value, or unknown: $1" >&2; exit 2; }
say() { printf '\n== %s (%s s)\n' "$*" "$SECONDS"; }
failed=0

say "machine"
"$python" - <<'P'
import torch
print("torch", torch.__version__, "CUDA", torch.version.cuda)
print(torch.cuda.get_device_name() if torch.cuda.is_available() else "no CUDA device")
P
device="$("$python" -c 'import torch; print(int(torch.cuda.is_available()))')"
work="$(mktemp -d -p "$([ -d /dev/shm ] && [ "$device" = 1 ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")")"
trap 'rm -rf "$work"' EXIT

say "build"
arguments=(-DLOOM_PYTHON="$(command -v "$python")" -DLOOM_WARNINGS_AS_ERRORS=OFF -B "$build")
if [ -n "$prefix" ]; then
  mkdir -p "$build/prefix"
  tar -C "$build/prefix" -xzf "$prefix"
  arguments+=(-DCMAKE_PREFIX_PATH="$build/prefix" -DPKG_CONFIG_EXECUTABLE="$build/prefix/bin/pkg-config"
    "-DCMAKE_EXE_LINKER_FLAGS=-Wl,--disable-new-dtags -Wl,-rpath,$build/prefix/lib")
fi
if [ "$device" = 1 ]; then "$python" "$root/tests/gpu/make_random_model.py" small "$work/small" & fi
(cd "$root" && cmake --preset engine-only "${arguments[@]}") >"$work/configure.log" 2>&1 || { tail -40 "$work/configure.log"; exit 1; }
cmake --build "$build" --target gpu_checks gpu_rates loomscope-engine >"$work/build.log" 2>&1 || {
  grep -E -A6 "error|FAILED" "$work/build.log" | head -60; exit 1; }
wait
bin="$build/bin"
models=()
[ -e "$work/small/config.json" ] && models=(--model "$work/small")

check() { # section
  timeout 200 "$bin/gpu_checks" cuda:0 "$root/tests/golden/architectures" --only "$1" "${models[@]}"
  local code=$?
  [ $code -eq 0 ] || [ $code -eq 77 ] || { failed=1; echo "exit code $code"; }
}
if [ "$only" != rates ]; then
  for section in parity bits kill memory; do say "$section"; check "$section"; done
fi

if [ "$device" = 1 ] && [ "$only" != checks ]; then
  for shape in $shapes; do
    say "rates of $shape"
    "$python" "$root/tests/gpu/make_random_model.py" "$shape" "$work/$shape" || {
      failed=1; echo "no model of this shape could be made"; continue; }
    say "loomscope"
    timeout 200 "$bin/gpu_rates" "$work/$shape" cuda:0 $lengths || { echo "exit code $?"; failed=1; }
    say "transformers"
    # The peer may fail, and then has no figures to stand beside ours.
    timeout 200 "$python" "$root/tests/gpu/hf_rates.py" "$work/$shape" $lengths 2>&1 | grep -v -i warn
    [ "${PIPESTATUS[0]}" = 0 ] || echo "transformers ended early: its figures are incomplete"
    rm -rf "${work:?}/$shape"
  done
fi
say "$([ $failed = 0 ] && echo done || echo FAILED)"
exit $failed
