#!/bin/sh
# Cross-compiles the kernels and their sweeps for 64-bit ARM and runs them under QEMU as each of the boards' cores.
#
# Usage: Targets/kernel-sweep/run-qemu.sh [build folder]
# CLANG names the compiler (clang), CPUS the cores (cortex-a53 cortex-a72 cortex-a76 max).
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
build=${1:-$root/.build/kernel-sweep}
clang=${CLANG:-clang}
cpus=${CPUS:-cortex-a53 cortex-a72 cortex-a76 max}

need() {
  command -v "$1" >/dev/null 2>&1 && return
  echo "run-qemu.sh: $1 not found; install it ($2)" >&2
  exit 2
}
need "$clang" "the one in a Swift toolchain will do: CLANG=/path/to/clang"
need aarch64-linux-gnu-gcc "apt install gcc-aarch64-linux-gnu"
need qemu-aarch64-static "apt install qemu-user-static"

mkdir -p "$build"
objects=
for source in $(find "$root/Sources/CSpadeKernels" "$root/Sources/CSpadePlatform" "$root/Tests/SpadeKernelSweep" \
  "$root/Targets/kernel-sweep" -name '*.c'); do
  object=$build/$(echo "${source#"$root"/}" | tr / -).o
  "$clang" --target=aarch64-linux-gnu -isystem /usr/aarch64-linux-gnu/include -std=c11 -O2 -Wall -Wextra \
    -I"$root/Sources/CSpadeKernels/include" -I"$root/Sources/CSpadePlatform/include" \
    -I"$root/Tests/SpadeKernelSweep/include" -c "$source" -o "$object"
  objects="$objects $object"
done
# shellcheck disable=SC2086
aarch64-linux-gnu-gcc -static $objects -lpthread -o "$build/kernel-sweep"

failed=0
for cpu in $cpus; do
  echo "== $cpu"
  qemu-aarch64-static -cpu "$cpu" "$build/kernel-sweep" || failed=1
done
exit $failed
