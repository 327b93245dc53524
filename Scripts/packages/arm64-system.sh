# shellcheck shell=bash disable=SC2034
# A Debian 13 for 64-bit ARM to try packages in, and how to run commands there. To be sourced at the package's root by a script that
# runs in namespaces of its own: enter_namespaces() runs it in them.
#
# The system takes 600 MB in CACHE (~/.cache/spade) and is kept for the next run. MIRROR is where Debian's packages come from. EMULATOR is
# a static qemu-aarch64 where this machine is another, /usr/bin/qemu-aarch64-static if it is not set.
cache=${CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/spade}
system=$cache/debian13-arm64-packages
mirror=${MIRROR:-http://deb.debian.org/debian}
emulator=${EMULATOR:-/usr/bin/qemu-aarch64-static}
name=$(basename "$0")
registry=/proc/sys/fs/binfmt_misc

skip() {
  echo "$name: skipped, $1"
  exit 0
}
fail() {
  echo "$name: $1" >&2
  exit 1
}

# Runs this script again with $@ in namespaces of its own: nothing stays mounted or running, whatever happens. Since Linux 6.7 a user
# namespace, here with the same users, has its own list of what runs programs of other architectures: nothing stays registered either.
enter_namespaces() {
  local user=()
  unshare --mount --pid --fork true 2>/dev/null || skip "it needs mounts of its own, and unshare is not allowed to make them"
  ! unshare --user --map-root-user --mount mount -t binfmt_misc binfmt_misc $registry 2>/dev/null || user=(--user)
  export SPADE_NAMESPACES=own
  unshare "${user[@]}" --mount --pid --fork --kill-child bash -c \
    'until grep -q . /proc/self/uid_map; do sleep 0.1; done; exec "$@"' - "$0" "$@" </dev/null &
  local inner=$! status=0
  trap 'kill -KILL $inner 2>/dev/null || true' EXIT
  if [ ${#user[@]} -gt 0 ]; then
    while [ "$(readlink /proc/$inner/ns/user)" = "$(readlink /proc/self/ns/user)" ]; do sleep 0.1; done
    cat /proc/self/uid_map >/proc/$inner/uid_map
    cat /proc/self/gid_map >/proc/$inner/gid_map
  fi
  wait $inner || status=$?
  exit $status
}

# Has the kernel run arm64's programs by the emulator, which is opened now, so that it is there after chroot. One that the machine has
# registered stays where the list is the machine's, and so does this one.
register_emulator() {
  [ "$(uname -m)" != aarch64 ] || return 0
  [ -x "$emulator" ] || fail "there is no emulator $emulator"
  mount -t binfmt_misc binfmt_misc $registry 2>/dev/null || [ -e $registry/register ] || skip "the kernel has no binfmt_misc"
  grep -qs qemu-aarch64 $registry/*aarch64* ||
    sed "s|:[^:]*:[A-Z]*\$|:$emulator:OCF|" /usr/lib/binfmt.d/qemu-aarch64.conf >$registry/register || skip "QEMU cannot be registered"
  emulator=$(sed -n 's/^interpreter //p' $registry/*aarch64* | head -n 1)
  emulator_version=$("$emulator" --version | head -n 1)
  echo "arm64's programs are run by $emulator_version"
}

make_system() {
  [ ! -e "$system" ] || return 0
  echo "== making a Debian 13 for arm64 in $system"
  mkdir -p "$cache"
  rm -rf "$system.new"
  # A user namespace makes no device nodes; in what debootstrap takes for a container it binds this machine's.
  container=lxc debootstrap --arch=arm64 --variant=minbase --include=man-db,systemd,bash-completion,python3-venv trixie "$system.new" "$mirror" \
    >"$cache/debootstrap-arm64.log" 2>&1 || skip "debootstrap did not succeed; see $cache/debootstrap-arm64.log"
  mv "$system.new" "$system"
}

mount_system() {
  mount -t proc proc "$system/proc"
  mount --rbind /sys "$system/sys"
  mount --rbind /dev "$system/dev"
}

# Runs a command in the system, in its folder /root/spade/person, for `limit` seconds at most.
limit=600
inside() {
  local status=0
  timeout --kill-after=10 "$limit" chroot "$system" env -i HOME=/root/spade/person PATH=/root/spade/bin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive MANWIDTH=100 PIP_NO_INDEX=1 PIP_NO_COMPILE=1 PIP_FIND_LINKS=/root/spade/wheels \
    sh -c 'cd && exec "$@"' - "$@" || status=$?
  [ $status -ne 124 ] && [ $status -ne 137 ] ||
    fail "$1 did not end in $limit s; this machine may be busy, or its emulator stop, ${emulator_version:-none}: EMULATOR takes another"
  return $status
}

# Shows a command and runs it.
say() {
  echo "$ $*"
  inside "$@"
}

# Shows lines and types them, as one session of bash.
type_in() {
  printf '%s\n' "$1" | sed 's/^/$ /'
  inside bash -ec "$1"
}

# The block of README that holds the words $1.
block() {
  awk -v words="$1" '/^```/ { if (open && index(text, words)) { printf "%s", text; found = 1; exit } open = !open; text = ""; next }
    open { text = text $0 "\n" } END { exit !found }' README.md || fail "README has no block with $1"
}

# Types the block of README that holds the words $1.
type_block() {
  local lines
  lines=$(block "$1")
  type_in "$lines"
}

# Types what README tells to type inside a sentence.
type_told() {
  tr '\n' ' ' <README.md | grep -F -- "\`$1\`" >/dev/null || fail "README does not tell to type $1"
  type_in "$1"
}
