#!/usr/bin/env bash
# packaging/dependencies/system.sh on a system without Debian's packages: it names what is missing
# and nothing else. Argument: the source tree.
set -euo pipefail
script="$1/packaging/dependencies/system.sh"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

for tool in bash dirname grep; do
  ln -s "$(command -v "$tool")" "$work/$tool"
done
for tool in g++ ninja cmake python3 unzip bwrap pdftotext; do
  printf '#!/bin/sh\nexit 0\n' > "$work/$tool"
done
# Knows every library but the one that the test names.
printf '#!/bin/sh\n[ "$2" != "$LACKS" ]\n' > "$work/pkg-config"
chmod +x "$work"/*

failed=0
# check LACKS PACKAGE: what the script says when a library is missing
check() {
  local code=0
  PATH="$work" LACKS="$1" bash "$script" 2>"$work/said" || code=$?
  if [ "$code" -ne 1 ] || ! grep -qx "  $2" "$work/said"; then
    echo "without $1: code $code: $(cat "$work/said")" >&2
    failed=1
  fi
  if grep -qx '  cmake' "$work/said" || grep -qx '  zlib1g-dev' "$work/said"; then
    echo "without $1: names what is here" >&2
    failed=1
  fi
}

check yaml-cpp libyaml-cpp-dev
check sqlite3 libsqlite3-dev
rm "$work/unzip"
check cairo unzip

# On Debian without root: the one command, with what is missing and nothing else.
printf '#!/bin/sh\nprintf "installed cmake\\nnot-installed zlib1g-dev\\n"\nexit 1\n' > "$work/dpkg-query"
printf '#!/bin/sh\necho 1000\n' > "$work/id"
chmod +x "$work/dpkg-query" "$work/id"
code=0
PATH="$work" LACKS="" bash "$script" 2>"$work/said" </dev/null || code=$?
command="$(grep '^  apt-get update && apt-get install ' "$work/said" || true)"
case " $command " in
  *" cmake "*) echo "without root: asks for what is here: $command" >&2; failed=1 ;;
  *" zlib1g-dev "*) ;;
  *) echo "without root: does not name what is missing: $(cat "$work/said")" >&2; failed=1 ;;
esac
[ "$code" -eq 1 ] || { echo "without root: code $code" >&2; failed=1; }
exit "$failed"
