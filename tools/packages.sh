#!/bin/bash
# packages.sh run|test: installs the Debian packages of tools/packages.txt
# that are missing; test means both sets. Without root and sudo it names them
# and ends with 1. No service is started: a policy-rc.d forbids it while the
# packages are installed, and only then; one that exists is left as it is.
set -eu
cd "$(dirname "$0")/.."
PATH=$PATH:/usr/sbin:/sbin

policy=/usr/sbin/policy-rc.d
mark='# hulpbalie: no service starts while its packages are installed'

missing() {
	local set name installed
	installed=" $(dpkg-query -W -f '${db:Status-Status}/${Package} ' \
		2>/dev/null)"
	while read -r set name _; do
		case $set in
		run | "$1") ;;
		*) continue ;;
		esac
		case $name in
		*/*) command -v "${name#*/}" >/dev/null && continue ;;
		esac
		case $installed in
		*" installed/${name%/*} "*) continue ;;
		esac
		echo "${name%/*}"
	done <tools/packages.txt
}

wanted=$(missing "${1:?run or test}")
[ -n "$wanted" ] || exit 0
# shellcheck disable=SC2086 # a list of names
set -- $wanted

as_root=
if [ "$(id -u)" != 0 ]; then
	as_root=sudo
	if ! command -v sudo >/dev/null || { [ ! -t 0 ] && ! sudo -n true; }; then
		echo "These packages are missing; root must install them:"
		echo "  apt-get install --no-install-recommends $*"
		exit 1
	fi
fi >&2

# Ours, left by a run that was killed.
if grep -qsxF "$mark" $policy; then
	$as_root rm -f $policy
fi
if [ ! -e $policy ]; then
	trap '$as_root rm -f $policy' EXIT
	trap 'exit 1' HUP INT TERM
	printf '#!/bin/sh\n%s\nexit 101\n' "$mark" | $as_root tee $policy >/dev/null
	$as_root chmod 755 $policy
elif [[ " $* " = *" nginx "* ]] && { $policy nginx start; [ $? != 101 ]; }; then
	echo "$policy lets the package nginx start its service." >&2
	echo "Have it answer 101 to 'nginx start', or install nginx yourself." >&2
	exit 1
fi >/dev/null

echo "installing $# packages: $*"
log=$(mktemp)
apt() {
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
		-o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 "$@" </dev/null \
		>>"$log" 2>&1 || {
		tail -n 20 "$log" >&2
		echo "apt-get $1 failed; the whole log is $log" >&2
		exit 1
	}
}
apt update
apt install --no-install-recommends "$@"
rm -f "$log"
