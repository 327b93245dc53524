# shellcheck shell=bash disable=SC2034,SC2154
# What the scripts of this folder share: where things are for an architecture, and how Embedded Swift is built.
# To be sourced at the package's root with `architecture` set to aarch64 or x86_64.

fail() {
  echo "$(basename "$0"): $1" >&2
  exit 1
}

native=$(uname -m)
case $native in
  aarch64 | x86_64) ;;
  arm*) fail "this system is 32-bit ($native) and Spade needs a 64-bit one; install the 64-bit Raspberry Pi OS" ;;
  *) fail "this workstation is $native; build on x86-64 or 64-bit ARM" ;;
esac
case $architecture in
  aarch64) triple=aarch64-none-none-elf ;;
  x86_64) triple=x86_64-unknown-linux-gnu ;;
  *) fail "$architecture is not an architecture of Spade; give aarch64 or x86_64" ;;
esac
if [ "$architecture" = "$native" ]; then
  tools=
  headers=/usr/include
  runner=
else
  tools=$architecture-linux-gnu-
  headers=/usr/$architecture-linux-gnu/include
  runner=qemu-$architecture-static
fi
libraries=/usr/lib/$architecture-linux-gnu
# Where the results go, and what is needed besides what is installed.
products=.build/board/$architecture
extras=$products/extras

# The folder of the Swift toolchain, and the tables behind String's comparison of characters.
toolchain=$(dirname "$(realpath "$(command -v swift)")")/..
unicode=$toolchain/lib/swift/embedded/$triple/libswiftUnicodeDataTables.a

# Links to the headers of libraries, which may not bring this machine's C library with them, and for a foreign architecture
# libevent's archives: its package cannot be installed for two of them.
prepare_extras() {
  local name
  mkdir -p "$extras/include"
  for name in event2 jpeglib.h jmorecfg.h jerror.h zlib.h; do ln -sfn "/usr/include/$name" "$extras/include/$name"; done
  for name in jconfig.h zconf.h; do
    if [ -e "/usr/include/$architecture-linux-gnu/$name" ]; then
      ln -sfn "/usr/include/$architecture-linux-gnu/$name" "$extras/include/$name"
    else
      ln -sfn "/usr/include/$name" "$extras/include/$name"
    fi
  done
  event=$libraries
  [ ! -e "$event/libevent_core.a" ] || return 0
  event=$extras/usr/lib/$architecture-linux-gnu
  [ ! -e "$event/libevent_core.a" ] || return 0
  (cd "$extras" && apt-get download libevent-dev:arm64 >/dev/null 2>&1 && dpkg-deb -x libevent-dev_*_arm64.deb .) ||
    fail "libevent-dev for arm64 cannot be fetched; run apt-get update and try again"
}

need() { [ -e "$1" ] || fail "$1 is missing; $2"; }

# Compiles target $1 and what it depends on, in scratch folder $2, with the extra Swift options $3 (each quoted, with a
# comma after it). The objects are in $2/$triple/release.
embedded_build() {
  mkdir -p "$2"
  # Swift does not write an object anew whose instructions are the same, whatever its options.
  local options
  options=$(sed -e "s|@headers@|$headers|" -e "s|@swift@|$3|" -e "s|@extras@|$PWD/$extras/include|" Scripts/board/toolset.json.in)
  [ "$(cat "$2/toolset-$triple.json" 2>/dev/null)" = "$options" ] || rm -rf "${2:?}/$triple"
  echo "$options" >"$2/toolset-$triple.json"
  # The plan of what to build is one file for all triples: it is written anew, as it may be that of the other.
  if ! swift build -c release --triple "$triple" --toolset "$2/toolset-$triple.json" --scratch-path "$2" --target "$1" \
    --disable-build-manifest-caching >"$2/build.log" 2>&1; then
    grep -E "error" "$2/build.log" >&2 || cat "$2/build.log" >&2
    return 1
  fi
}

# The objects of target $2's sources as built in scratch folder $1.
objects_of() {
  local source name built="$1/$triple/release/${2//-/_}.build" folder=Sources/$2 kinds=(-name '*.swift' -o -name '*.c')
  [ "$2" != SpadeTargets ] || { folder=Targets && kinds=(-name '*.swift'); }
  # With what plugins wrote.
  { find "$folder" "${kinds[@]}" && find "$1/plugins" -path "*/$2/*" -name '*.swift'; } | LC_ALL=C sort | while read -r source; do
    case $source in
      *.swift) name=$(basename "$source") ;;
      *) name=${source#"$folder/"} ;;
    esac
    echo "$built/$name.o"
  done
}

# The modules of libspade.a, whose Swift is built with -no-allocations.
library_modules="CSpadeKernels CSpadePlatform SpadeModel SpadeCost SpadeInput SpadePixels SpadeRuntime CSpade SpadeCAPI"

no_allocations='"-no-allocations",'
