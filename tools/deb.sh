#!/bin/bash
# deb.sh BUILD VERSION: the Debian package of a checkout that was built, for
# `make deb`. It lands in BUILD/deb/, beside one with the debug symbols; where
# lintian is installed it reads it.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$1/deb
version=$2

rm -rf "$out"
mkdir -p "$out/source"
cp -r conf/debian "$out/source/debian"
cat >"$out/source/debian/changelog" <<END
hulpbalie ($version) bookworm; urgency=medium

  * As of $(git log -1 --format=%cs): see the history of the repository.

 -- $(sed -n 's/^Maintainer: //p' conf/debian/control)  $(git log -1 --format=%cD)
END
export CHECKOUT=$PWD
(cd "$out/source" && dpkg-buildpackage -us -uc -b) >"$out/log" 2>&1 || {
	tail -n 30 "$out/log" >&2
	echo "the whole log is $out/log" >&2
	exit 1
}
rm -rf "$out/source"
if command -v lintian >/dev/null; then
	lintian --fail-on error "$out"/hulpbalie_*.deb
fi
ls "$out"/*.deb
