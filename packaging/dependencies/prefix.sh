#!/usr/bin/env bash
# Gathers headers and shared libraries of the core's dependencies from this machine's Debian packages
# into one archive, for compute nodes where they are not installed and nothing can be fetched.
#   packaging/dependencies/prefix.sh OUT.tar.gz
# There, unpacked, it is given to cmake as CMAKE_PREFIX_PATH (tests/gpu/run.sh does all of it).
set -euo pipefail
out="${1:?usage: prefix.sh OUT.tar.gz}"
packages=(nlohmann-json3-dev libsqlite3-dev libcurl4-openssl-dev libpcre2-dev libicu-dev libarchive-dev
  libcairo2-dev libfontconfig-dev libfreetype-dev libyaml-cpp-dev zlib1g-dev)
prefix="$(mktemp -d)"
trap 'rm -rf "$prefix"' EXIT
mkdir -p "$prefix"/{bin,include,lib/pkgconfig,share/cmake}
arch="$(gcc -print-multiarch)"

# A library under the name that the loader looks for, and everything it needs in turn.
add_library() {
  local file name needed
  file="$(readlink -f "$1")"
  name="$(objdump -p "$file" | sed -n 's/^ *SONAME *//p')"
  [ -n "$name" ] || return 0
  [ -e "$prefix/lib/$name" ] && return 0
  cp "$file" "$prefix/lib/$name"
  while read -r needed; do
    case "$needed" in
      */libc.so*|*/libm.so*|*/libpthread.so*|*/libdl.so*|*/librt.so*|*/libresolv.so*|*/ld-linux*|*/libstdc++.so*|*/libgcc_s.so*) ;;
      *) add_library "$needed" ;;
    esac
  done < <(ldd "$file" | sed -n 's/.*=> \(\/[^ ]*\).*/\1/p')
}

for package in "${packages[@]}"; do
  while read -r path; do
    [ -f "$path" ] || continue
    case "$path" in
      /usr/include/"$arch"/*) target="$prefix/include/${path#/usr/include/"$arch"/}" ;;
      /usr/include/*) target="$prefix/include/${path#/usr/include/}" ;;
      */pkgconfig/*.pc)
        sed -e 's|^prefix=.*|prefix=${pcfiledir}/../..|' -e 's|^exec_prefix=.*|exec_prefix=${prefix}|' \
          -e 's|^libdir=.*|libdir=${prefix}/lib|' -e 's|^includedir=.*|includedir=${prefix}/include|' \
          -e '/^Requires.private/d' -e '/^Libs.private/d' "$path" >"$prefix/lib/pkgconfig/$(basename "$path")"
        continue ;;
      */cmake/nlohmann_json/*) target="$prefix/share/cmake/nlohmann_json/$(basename "$path")" ;;
      */lib*.so)
        add_library "$path"
        ln -sf "$(objdump -p "$(readlink -f "$path")" | sed -n 's/^ *SONAME *//p')" "$prefix/lib/$(basename "$path")"
        continue ;;
      *) continue ;;
    esac
    mkdir -p "$(dirname "$target")"
    cp -L "$path" "$target"
  done < <(dpkg -L "$package")
done

cp "$(readlink -f "$(command -v pkg-config)")" "$prefix/bin/pkgconf"
ldd "$prefix/bin/pkgconf" | sed -n 's/.*=> \(\/[^ ]*libpkgconf[^ ]*\).*/\1/p' | while read -r file; do add_library "$file"; done
cat >"$prefix/bin/pkg-config" <<'WRAPPER'
#!/bin/sh
here="$(cd "$(dirname "$0")" && pwd)"
LD_LIBRARY_PATH="$here/../lib" PKG_CONFIG_LIBDIR="$here/../lib/pkgconfig" exec "$here/pkgconf" "$@"
WRAPPER
chmod +x "$prefix/bin/pkg-config"
mkdir -p "$(dirname "$out")"
tar -C "$prefix" -czf "$out" .
echo "$out: $(du -h "$out" | cut -f1), $(find "$prefix/lib" -name '*.so.*' | wc -l) libraries"
