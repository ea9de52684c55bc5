#!/usr/bin/env bash
# packaging/run.sh with a build that works, one that fails and one that had nothing to do: the
# program starts after a good build only. Argument: the source tree.
set -euo pipefail
source_tree="$1"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

tree="$work/tree"
tools="$work/tools"
mkdir -p "$tree/packaging/dependencies" "$tree/build/release/bin" "$tree/build/dependencies/models" "$tools"
cp "$source_tree/packaging/run.sh" "$tree/packaging/"
for step in system fetch; do
  printf '#!/bin/sh\n' > "$tree/packaging/dependencies/$step.sh"
done
touch "$tree/build/release/build.ninja" "$tree/build/dependencies/models/SmolLM2-135M-Instruct.Q4_1.gguf"
printf '#!/bin/sh\necho started\n' > "$tree/build/release/bin/loomscope-cli"
# The build, which says and returns what the test asks.
printf '#!/bin/sh\necho "$BUILD_SAYS"\nexit "$BUILD_RETURNS"\n' > "$tools/cmake"
chmod +x "$tree/packaging/run.sh" "$tree"/packaging/dependencies/*.sh "$tree/build/release/bin/loomscope-cli" "$tools/cmake"

failed=0
# check NAME SAYS RETURNS EXPECTED_CODE EXPECTED_OUTPUT
check() {
  local code=0 output
  output="$(cd "$work" && PATH="$tools:$PATH" LOOMSCOPE_HOME="$work/home" BUILD_SAYS="$2" BUILD_RETURNS="$3" \
    "$tree/packaging/run.sh" --headless 2>"$work/errors")" || code=$?
  if [ "$code" -ne "$4" ] || [ "$output" != "$5" ]; then
    echo "$1: code $code, expected $4; output: $output" >&2
    failed=1
  fi
}

check "a good build" "[1/1] linking" 0 0 $'[1/1] linking\nstarted'
check "nothing to do" "ninja: no work to do." 0 0 "started"
check "a failed build" "error: no such file" 1 1 "error: no such file"
grep -q "The build failed" "$work/errors" || { echo "a failed build is not named" >&2; failed=1; }
check "a failed build without a word" "ninja: no work to do." 1 1 ""

# The model lies where the program looks for it, whatever the environment says of the user's folders.
model=SmolLM2-135M-Instruct.Q4_1.gguf
printf '#!/bin/sh\n[ "$3" = --model_path ] && [ -f "$4" ] && echo "$4"\n' > "$tree/build/release/bin/loomscope-cli"
printf '#!/bin/sh\necho "user:x:1000:1000::%s/passwd home:/bin/sh"\n' "$work" > "$tools/getent"
chmod +x "$tools/getent"
# place NAME FOLDER ENVIRONMENT...: the folder that the model has to be in
place() {
  local name="$1" folder="$2" output
  output="$(cd "$work" && env -u HOME -u XDG_DATA_HOME -u LOOMSCOPE_HOME PATH="$tools:$PATH" BUILD_SAYS="" \
    BUILD_RETURNS=0 "${@:3}" "$tree/packaging/run.sh" --headless 2>"$work/errors")" || true
  output="$(grep . <<<"$output" || true)"
  if [ "$output" != "$folder/models/$model" ]; then
    echo "$name: the model is at \"$output\", expected $folder; $(cat "$work/errors")" >&2
    failed=1
  fi
}
place "a home" "$work/a home/.local/share/loomscope" HOME="$work/a home"
place "XDG" "$work/xdg/loomscope" HOME="$work/a home" XDG_DATA_HOME="$work/xdg"
place "relative XDG" "$work/other/.local/share/loomscope" HOME="$work/other" XDG_DATA_HOME=xdg
place "no home" "$work/passwd home/.local/share/loomscope"
place "our own home" "$work/ours/data" HOME="$work/a home" LOOMSCOPE_HOME="$work/ours"
place "relative" "relative/data" LOOMSCOPE_HOME=relative
exit "$failed"
