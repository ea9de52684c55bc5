#!/usr/bin/env bash
# Makes sure the system packages are there. Installs what is missing as root or through sudo;
# without either it prints the one command to run.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
mapfile -t wanted < <(grep -v '^#' "$here/debian.txt")

# Whether what a Debian package holds is here, on systems that have other packages.
is_here() {
  local folder
  case "$1" in
    build-essential) command -v g++ ;;
    ninja-build) command -v ninja || command -v ninja-build ;;
    cmake | pkg-config | python3 | unzip) command -v "$1" ;;
    python3-pip) python3 -m pip --version ;;
    bubblewrap) command -v bwrap ;;
    poppler-utils) command -v pdftotext ;;
    qt6-base-dev) pkg-config --exists Qt6Widgets ;;
    qt6-tools-dev | qtkeychain-qt6-dev)
      folder=Qt6LinguistTools
      [ "$1" = qt6-tools-dev ] || folder=Qt6Keychain
      compgen -G "/usr/lib*/cmake/$folder" || compgen -G "/usr/lib/*/cmake/$folder" ||
        compgen -G "/usr/local/lib*/cmake/$folder" ;;
    nlohmann-json3-dev) pkg-config --exists nlohmann_json ;;
    libsqlite3-dev) pkg-config --exists sqlite3 ;;
    libcurl4-openssl-dev) pkg-config --exists libcurl ;;
    libpcre2-dev) pkg-config --exists libpcre2-8 ;;
    libicu-dev) pkg-config --exists icu-uc ;;
    libarchive-dev) pkg-config --exists libarchive ;;
    libcairo2-dev) pkg-config --exists cairo-ft fontconfig ;;
    libyaml-cpp-dev) pkg-config --exists yaml-cpp ;;
    zlib1g-dev) pkg-config --exists zlib ;;
    *) true ;;  # parts of the above, and data that the program can do without
  esac >/dev/null 2>&1
}

if ! command -v dpkg-query >/dev/null; then
  missing=()
  for package in "${wanted[@]}"; do
    is_here "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && exit 0
  echo "LoomScope installs packages by itself on Debian 12 and Ubuntu only. Here, install what" >&2
  echo "these Debian packages hold, then start again:" >&2
  printf '  %s\n' "${missing[@]}" >&2
  exit 1
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
if ! { "${as_root[@]}" apt-get update -qq && "${as_root[@]}" $command; } >&2; then
  echo "The packages could not be installed; apt's messages above say why. Start again when that is" >&2
  echo "put right, or install them yourself: apt-get update && $command" >&2
  exit 1
fi
