#!/bin/bash
# run.sh [SUITE...]: every test, or those of some suites, on an instance made
# for it and thrown away after. Prints what failed, and as its last line
# "N passed, N failed"; ends with 1 where anything did.
#
# A suite is a folder of tests/: its test_*.c, one cmocka program each, under
# the sanitizers, and where there is one the program `run`, which prints TAP.
# They find in the environment: PORT, PROGRAM (the portal), TEST_DB_SOCKET and
# TEST_DB_NAME (an empty database where the account that runs the tests may do
# everything). TEST_PORT is the first port to try, TEST_PROGRAM the portal to
# test (the one under the sanitizers), SUITE_SECONDS (1500) what one program
# may take, SHOW a file that gets what they print as it comes. What was
# printed and logged stays in var/test/. All of them go in two lanes beside
# each other, each on an instance of its own; TOTAL is where a lane leaves what
# passed and failed.
set -euo pipefail
cd "$(dirname "$0")/.."

suites=$*
passed=0
failed=0

# The first port of a row of three that is free, in a folder nobody has.
claim() {
	local port=${TEST_PORT:-9443} tester
	mkdir -p var
	while :; do
		tester=$(cat "var/$port/tester" 2>/dev/null) || true
		if [ -n "$tester" ] && [ ! -e "/proc/$tester" ]; then
			PORT=$port tools/portal.sh reset >/dev/null
		fi
		if mkdir "var/$port" 2>/dev/null; then
			echo $$ >"var/$port/tester"
			if free "$port" && free $((port + 1)) &&
				free $((port + 2)); then
				echo "$port"
				return
			fi
			rm -rf "var/${port:?}"
		fi
		port=$((port + 10))
	done
}

free() {
	! (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

finish() {
	trap '' HUP INT TERM
	tools/portal.sh stop >/dev/null || true
	local kept=var/test${TOTAL:+/${suites%% *}}
	rm -rf "$kept"
	mkdir -p "$kept"
	cp -r "var/$PORT/log/." "var/$PORT/tap" "$kept/" 2>/dev/null || true
	tools/portal.sh reset >/dev/null || true
}

# Counts the TAP of a program. A plan that was not kept is a failure, and so
# is one that ends badly after nothing but ok.
count() {
	awk -v status="$2" -v name="$3" '
	/^1\.\.[0-9]+/ { sub(/^1\.\./, ""); plan += $1 + 0 }
	/^ok / { good++; bad = 0 }
	/^not ok / { wrong++; bad = 1 }
	/^#/ || /^[ \t]/ || /^not ok / { if (bad) print | "cat >&2" }
	END {
		if (good + wrong != plan || plan == 0) {
			print "not ok " name ": planned " plan + 0 \
				" tests, saw " good + wrong | "cat >&2"
			wrong++
		} else if (status != 0 && wrong == 0) {
			print "not ok " name ": ended with " status | "cat >&2"
			wrong++
		}
		print good + 0, wrong + 0
	}' "$1"
}

# program NAME COMMAND...: runs it and adds to the totals.
program() {
	local name=$1 tap="var/$PORT/tap/${1//\//-}.tap" status=0 good wrong
	shift
	timeout -k 10 "${SUITE_SECONDS:-1500}" "$@" 2>"$tap.err" </dev/null |
		tee "$tap" >"${SHOW:-/dev/null}" || status=$?
	read -r good wrong < <(count "$tap" "$status" "$name")
	if [ "$wrong" != 0 ] && [ -s "$tap.err" ]; then
		tail -n 40 "$tap.err" >&2
	fi
	passed=$((passed + good))
	failed=$((failed + wrong))
	printf '[%4d s] %-28s %4d passed, %d failed\n' "$SECONDS" "$name" \
		"$good" "$wrong"
}

suite() {
	local file
	for file in tests/"$1"/test_*.c; do
		[ ! -e "$file" ] || program "${file%.c}" "build/${file%.c}"
	done
	[ ! -x "tests/$1/run" ] || program "tests/$1/run" "tests/$1/run"
}

sanitizers() {
	local found
	found=$(grep -rlE 'ERROR: [A-Za-z]+Sanitizer|runtime error:' \
		"var/$PORT/log") || true
	if [ -n "$found" ]; then
		echo "not ok 1 - the sanitizers found nothing in the portal"
		# shellcheck disable=SC2086 # names of files
		grep -hE -A 12 'ERROR: [A-Za-z]+Sanitizer|runtime error:' $found |
			head -n 60 | sed 's/^/# /'
	else
		echo "ok 1 - the sanitizers found nothing in the portal"
	fi
	echo "1..1"
}

# Those that no lane names, because they are new, go in the first.
lanes() {
	local second='page http browser print' first folder lane bad
	first=$(find tests -maxdepth 2 -path tests/lib -prune -o \
		\( -name run -o -name 'test_*.c' \) -print | cut -d/ -f2 |
		sort -u | grep -vxF "${second// /$'\n'}")
	folder=$(mktemp -d)
	trap 'trap "" INT TERM; kill $(jobs -p) 2>/dev/null; wait; exit 130' \
		HUP INT TERM
	rm -rf var/test
	for lane in "${first//$'\n'/ }" "$second"; do
		# shellcheck disable=SC2086 # names
		TOTAL=$folder/${lane%% *} "$0" $lane &
	done
	wait
	for lane in $first $second; do
		[ ! -e "$folder/$lane" ] || cat "$folder/$lane"
	done >"$folder/all"
	awk '{ good += $1; bad += $2 }
		END {
			bad += 2 - NR # a lane that came to no end
			print good + 0 " passed, " bad + 0 " failed"
			exit bad > 0
		}' "$folder/all" || bad=1
	rm -r "$folder"
	return "${bad-0}"
}

if [ -z "${TOTAL-}" ]; then
	tools/packages.sh test
	make -s -j"$(nproc)" tests
fi
if [ -z "$suites" ]; then
	lanes
	exit
fi

PORT=$(claim)
export PORT
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM
mkdir -p "var/$PORT/tap"
export PROGRAM=${TEST_PROGRAM:-$PWD/build/asan/hulpbalie}
export TEST_DB_SOCKET=$PWD/var/$PORT/run/mysqld.sock TEST_DB_NAME=test
export CMOCKA_MESSAGE_OUTPUT=TAP
export ASAN_OPTIONS=abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1
export LSAN_OPTIONS=suppressions=$PWD/tests/lsan.txt:print_suppressions=0

# The libraries that draw keep what they made until the process ends.
BUILT=1 LOGIN_RATE=1000r/s LOGIN_BURST=1000 DOCUMENT_SECONDS=3600 \
	ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0 tools/portal.sh start |
	grep '^\['
mariadb --defaults-file="var/$PORT/mariadb.cnf" --user="$(id -un)" \
	-e 'CREATE DATABASE test'

for name in $suites; do
	suite "$name"
done
tools/portal.sh stop >/dev/null
program sanitizers bash -c "$(declare -f sanitizers); sanitizers"

trap - EXIT
finish
if [ -n "${TOTAL-}" ]; then
	echo "$passed $failed" >"$TOTAL"
else
	echo "$passed passed, $failed failed"
fi
[ "$failed" = 0 ]
