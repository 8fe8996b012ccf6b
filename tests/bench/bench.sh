#!/bin/bash
# bench.sh [pages] [growth] [overviews] [limits] [documents] [login]: measures the
# portal beside others.
# Figures and targets are printed, and kept as JSON in the instance's folder.
#
# Instances of its own, made where there is none and kept for the next time:
# at PORT+5 that of `make seed`, at PORT+15 one with institutions of SIZES aids
# (the third has no accounts). ROUNDS and ROUND_SECONDS: how often and how long
# each is measured.
set -euo pipefail
cd "$(dirname "$0")/../.."
base=${PORT:-8443}
export BUFFER_POOL=${BUFFER_POOL:-2G} LOG_FILE=1G
# All that log in come from one address here.
export LOGIN_RATE=1000r/s LOGIN_BURST=1000

tools/packages.sh bench
make -s -j"$(nproc)" all benches

folder() {
	[ "$1" = 8443 ] && echo var || echo "var/$1"
}

stop() {
	[ -z "${PORT-}" ] || tools/portal.sh stop
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM

for name in "$@"; do
	PORT=$((base + 5))
	SEED="--size ${SIZE:-1000000} --orgs ${ORGS:-200}"
	if [ "$name" = growth ]; then
		PORT=$((base + 15))
		SEED="--years 5 --sizes ${SIZES:-1000000,100000,1000,10000}"
	fi
	export PORT SEED
	[ -e "$(folder $PORT)/seeded" ] || echo "making the data: some minutes"
	BUILT=1 DOCUMENT_SECONDS=3600 tools/portal.sh start | grep -E '^(\[|seed)' || true
	node tests/bench/bench.js "$name"
	tools/portal.sh stop
done
