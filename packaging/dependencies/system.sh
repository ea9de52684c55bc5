#!/usr/bin/env bash
# Makes sure the system packages are there. Installs what is missing as root or through sudo;
# without either it prints the one command to run.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
mapfile -t wanted < <(grep -v '^#' "$here/debian.txt")

if ! command -v dpkg-query >/dev/null; then
  for tool in cmake ninja g++ pkg-config unzip python3; do
    command -v "$tool" >/dev/null && continue
    echo "LoomScope installs packages by itself on Debian 12 and Ubuntu only. Here, install what" >&2
    echo "these Debian packages hold, then start again:" >&2
    printf '  %s\n' "${wanted[@]}" >&2
    exit 1
  done
  exit 0
fi

missing=()
installed="$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null || true)"
for package in "${wanted[@]}"; do
  grep -qx "installed $package" <<<"$installed" || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

command="apt-get install -y --no-install-recommends ${missing[*]}"
if [ "$(id -u)" -eq 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
  as_root=(sudo)
else
  echo "Some system packages are missing. As root, run:" >&2
  echo "  apt-get update && $command" >&2
  exit 1
fi
echo "Installing ${#missing[@]} system packages: ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq >&2
"${as_root[@]}" $command >&2
