#!/bin/bash
# portal.sh run|start|stop|reset: the demo, whole and private to a checkout.
#
#   run     installs packages, builds, starts all, stays in front; Ctrl-C ends
#   start   the same in the background
#   stop    ends it, however far it came; nothing to stop is no mistake
#   reset   stop, and throws its data away
#
# PORT (8443) is the https port; the SMTP sink listens on PORT+1 and the SMS
# stub on PORT+2, all on 127.0.0.1. State is in var/ for 8443, else var/PORT,
# so that instances run side by side. Everything runs as whoever starts it:
# a checkout may lie where no other user can read.
#
# Tests set PROGRAM (another build), BUILT=1 (nothing to install or build),
# LOGIN_RATE and LOGIN_BURST (nginx's guard on log-in), DOCUMENT_SECONDS (what
# an account may draw in a minute); benches set SEED (the options of
# build/seed), BUFFER_POOL (the database's memory) and LOG_FILE (its redo log).
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PATH:/usr/sbin:/sbin

ROOT=$PWD
PORT=${PORT:-8443}
PROGRAM=${PROGRAM:-build/hulpbalie}
LOGIN_RATE=${LOGIN_RATE:-5r/s}
LOGIN_BURST=${LOGIN_BURST:-50}
DOCUMENT_SECONDS=${DOCUMENT_SECONDS:-15}
SEED=${SEED:-}
BUFFER_POOL=${BUFFER_POOL:-128M}
LOG_FILE=${LOG_FILE:-32M}

say() {
	printf '[%3d s] %s\n' "$SECONDS" "$*"
}

die() {
	printf '%s\n' "$*" >&2
	exit 1
}

case $PORT in
'' | *[!0-9]*) die "PORT=$PORT is no port number" ;;
esac
((PORT >= 1024 && PORT <= 65533)) || die "PORT=$PORT: want 1024 to 65533"
SMTP_PORT=$((PORT + 1))
SMS_PORT=$((PORT + 2))
ORIGIN=https://localhost:$PORT
VAR=$ROOT/var
[ "$PORT" = 8443 ] || VAR=$ROOT/var/$PORT
RUN=$VAR/run
# The last one started is the first one stopped.
SERVICES='mariadb smtp sms portal nginx'

# Processes: a pid file holds the pid and when it started, so that a pid
# used again by something else is never taken for ours. Each service leads a
# session of its own: Ctrl-C does not reach it, and it ends with its children.

# State and start of a process.
process() {
	local stat
	stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
	# shellcheck disable=SC2086 # the fields after the name
	set -- ${stat##*) }
	echo "$1 ${20}"
}

alive() {
	local pid at now
	{ read -r pid at <"$RUN/$1.pid"; } 2>/dev/null || return 1
	now=$(process "$pid") || return 1
	[ "${now#* }" = "$at" ] && [ "${now% *}" != Z ]
}

record() {
	echo "$2 $(process "$2" | cut -d' ' -f2)" >"$RUN/$1.pid"
}

spawn() {
	local name=$1 log=$VAR/log/$1.log
	shift
	[ ! -s "$log" ] || mv "$log" "$log.1"
	setsid "$@" </dev/null >"$log" 2>&1 9>&- &
	record "$name" $!
	disown $!
}

# Waits until a command succeeds, at most so many seconds, while the service
# lives.
await() {
	local name=$1 until=$((SECONDS + $2))
	shift 2
	until "$@" >/dev/null 2>&1; do
		if ! alive "$name" || ((SECONDS > until)); then
			tail -n 15 "$VAR/log/$name.log" >&2
			die "$name did not start; its log is $VAR/log/$name.log"
		fi
		sleep 0.1
	done
}

end() {
	local name=$1 pid at now i
	{ read -r pid at <"$RUN/$name.pid"; } 2>/dev/null || return 0
	if alive "$name"; then
		kill -TERM "$pid" 2>/dev/null || true
		for ((i = 0; i < 400; i++)); do
			alive "$name" || break
			sleep 0.1
		done
	fi
	# The leader is gone or hangs; what is left of its group bears its pid.
	now=$(process "$pid" | cut -d' ' -f2) || now=$at
	if [ "$now" = "$at" ]; then
		kill -KILL -- "-$pid" 2>/dev/null || true
	fi
	rm -f "$RUN/$name.pid"
}

stop_services() {
	local name stopped=
	for name in nginx portal sms smtp mariadb; do
		[ ! -e "$RUN/$name.pid" ] || stopped=1
		end "$name"
	done
	rm -f "$RUN"/*.sock
	[ -z "$stopped" ] || say "stopped"
}

# What each service is

fill() {
	local text mark
	text=$(cat "$1")
	for mark in $(grep -o '@[A-Z_]*@' "$1" | sort -u | tr -d @); do
		text=${text//"@$mark@"/"${!mark}"}
	done
	printf '%s\n' "$text"
}

# Christmas Eve and the last days of this year and the next.
closed_days() {
	local year
	year=$(date +%Y)
	printf '%s-12-24, %s-12-29..%s-12-31' \
		"$year" "$year" "$year" ", $((year + 1))" $((year + 1)) $((year + 1))
}

port_free() {
	! (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

admin() {
	mariadb --defaults-file="$VAR/mariadb.cnf" --user="$(id -un)" "$@"
}

# shellcheck disable=SC2034 # fill() reads them all
make_files() {
	mkdir -p "$VAR"/{error,log,mail,sms,tmp,nginx}
	if [ ! -e "$VAR/passwords" ]; then
		for name in PORTAL JOBS MIGRATE; do
			echo "${name}_PASSWORD=$(openssl rand -hex 24)"
		done >"$VAR/passwords.new"
		mv "$VAR/passwords.new" "$VAR/passwords"
	fi
	# shellcheck source=/dev/null
	. "$VAR/passwords"
	for name in csrf factor audit; do
		grep -qs "^$name " "$VAR/keys" ||
			echo "$name 1 $(openssl rand -base64 32)" >>"$VAR/keys"
	done
	CERTIFICATE=$VAR/nginx/certificate.pem
	CERTIFICATE_KEY=$VAR/nginx/key.pem
	openssl x509 -checkend 86400 -noout -in "$CERTIFICATE" >/dev/null 2>&1 ||
		openssl req -x509 -days 365 -nodes -subj /CN=localhost \
			-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 \
			-addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
			-keyout "$CERTIFICATE_KEY" -out "$CERTIFICATE" 2>/dev/null
	ACCESS_LOG=$VAR/log/access.json
	ALERT_LOG=$VAR/log/nginx-alert.log
	ERROR=$VAR/error
	STATIC=$ROOT/build/static
	USER_LINE=
	[ "$(id -u)" != 0 ] || USER_LINE='user root;'
	CLOSED=$(closed_days)
	fill conf/demo.conf.in >"$VAR/portal.conf"
	fill conf/mariadb.cnf.in >"$VAR/mariadb.cnf"
	for name in http server; do
		fill "conf/nginx/$name.conf.in" >"$VAR/nginx/$name.conf"
	done
	fill conf/nginx/demo.conf.in >"$VAR/nginx/nginx.conf"
}

start_mariadb() {
	[ "$(id -u)" != 0 ] || set -- --user=root
	if [ ! -e "$VAR/db/.complete" ]; then
		say "making a database server of its own"
		rm -rf "$VAR/db" "$VAR/seeded"
		mariadb-install-db --defaults-file="$VAR/mariadb.cnf" \
			--auth-root-authentication-method=socket \
			--auth-root-socket-user="$(id -un)" --skip-test-db \
			--skip-name-resolve --force "$@" \
			>"$VAR/log/install-db.log" 2>&1 ||
			die "mariadb-install-db failed: $VAR/log/install-db.log"
		touch "$VAR/db/.complete"
	fi
	spawn mariadb mariadbd --defaults-file="$VAR/mariadb.cnf" "$@"
	await mariadb 60 admin -e 'DO 1'
}

# The demo data go in once; a first time that was broken off begins again.
fill_database() {
	local fresh=
	if [ ! -e "$VAR/seeded" ]; then
		fresh=1
		admin -e 'DROP DATABASE IF EXISTS hulpbalie; CREATE DATABASE hulpbalie
			CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci'
		for user in portal jobs migrate; do
			password=${user^^}_PASSWORD
			echo "CREATE OR REPLACE USER $user@localhost" \
				"IDENTIFIED BY '${!password}';"
		done | admin
	fi
	grant_rights
	"$PROGRAM" -c "$VAR/portal.conf" migrate >"$VAR/log/migrate.log" 2>&1 || {
		cat "$VAR/log/migrate.log" >&2
		die "the migrations failed"
	}
	grant_rights
	if [ -n "$fresh" ]; then
		say "making the demo data"
		# shellcheck disable=SC2086 # options
		build/seed -c "$VAR/portal.conf" $SEED 2>"$VAR/log/seed.log" || {
			cat "$VAR/log/seed.log" >&2
			die "making the demo data failed"
		}
		touch "$VAR/seeded"
	fi
}

grant_rights() {
	{ echo "SET @host = 'localhost';" && cat conf/grants.sql; } |
		admin hulpbalie
}

start_smtp() {
	spawn smtp build/smtp_sink "$SMTP_PORT" "$VAR/mail"
}

start_sms() {
	spawn sms build/sms_stub "$SMS_PORT" "$VAR/sms"
}

start_portal() {
	spawn portal "$PROGRAM" -c "$VAR/portal.conf" serve
	await portal 30 test -S "$RUN/documents.sock"
}

start_nginx() {
	spawn nginx nginx -e stderr -p "$VAR/nginx/" -c "$VAR/nginx/nginx.conf"
}

ready() {
	curl -sf --max-time 2 --cacert "$VAR/nginx/certificate.pem" \
		"$ORIGIN/ready"
}

build() {
	[ -z "${BUILT:-}" ] || return 0
	tools/packages.sh run | while read -r line; do say "$line"; done
	say "building"
	make -s -j"$(nproc)" all
}

all_alive() {
	local name
	for name in $SERVICES; do
		alive "$name" || return 1
	done
}

# Leaves starting empty where all ran already.
up() {
	local name
	build
	# Read by nobody else: passwords, keys, mail.
	umask 077
	mkdir -p "$RUN"
	((${#RUN} < 90)) ||
		die "the path of $RUN is too long for sockets: use a shorter folder"
	exec 9>"$RUN/lock"
	flock -n 9 || die "another make run or start is at work in $VAR"
	if all_alive; then
		return
	fi
	stop_services
	starting=1
	for name in $PORT $SMTP_PORT $SMS_PORT; do
		port_free "$name" || die "port $name is taken: try make PORT=..."
	done
	make_files
	say "starting the database"
	start_mariadb
	fill_database
	"$PROGRAM" -c "$VAR/portal.conf" error-pages "$VAR/error"
	say "starting the portal"
	start_smtp
	start_sms
	start_portal
	start_nginx
	await nginx 30 ready
	exec 9>&-
}

table() {
	local where=${VAR#"$ROOT"/}
	cat <<-END

	  Hulpbalie is at $ORIGIN (its certificate is home-made)

	  password  hulpbalie-demo-2026
	  code      make code, or an app with the key JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP

	  rol2@lindenhof.example                     asks for services, orders
	  beheer@lindenhof.example                   administrator
	  rol2@terpen.example                        another organisation
	  planner@zorgmiddelen-noord.example         plans the supplier's work
	  The other roles: README.md

	  mail      $where/mail/
	  SMS       $where/sms/
	  logs      $where/log/

	END
}

# In front: a service that ended by itself is started again.
watch() {
	local name
	while sleep 1 & wait $!; do
		for name in $SERVICES; do
			alive "$name" || {
				say "$name ended, starting it again: $VAR/log/$name.log.1"
				end "$name"
				"start_$name"
			}
		done
	done
}

# Whatever ends it, nothing that it started stays.
ended() {
	trap '' HUP INT TERM
	# shellcheck disable=SC2046 # pids
	kill $(jobs -p) 2>/dev/null || true
	[ -z "$starting" ] || stop_services
	if alive front && [ "$(cut -d' ' -f1 "$RUN/front.pid")" = $$ ]; then
		rm -f "$RUN/front.pid"
	fi
}

run() {
	mkdir -p "$RUN"
	if alive front || all_alive; then
		die "it runs already: make stop ends it"
	fi
	record front $$
	up
	table
	say "Ctrl-C stops it"
	watch
}

start() {
	up
	starting=
	table
}

stop() {
	local i
	if alive front; then
		kill -TERM "$(cut -d' ' -f1 "$RUN/front.pid")"
		for ((i = 0; i < 600; i++)); do
			alive front || break
			sleep 0.1
		done
	fi
	stop_services
}

reset() {
	stop
	if [ "$VAR" = "$ROOT/var" ] && [ -d var ]; then
		# Not the instances on other ports.
		find var -mindepth 1 -maxdepth 1 ! -name '[0-9]*' \
			-exec rm -rf {} +
		rmdir --ignore-fail-on-non-empty var
	else
		rm -rf "$VAR"
	fi
}

starting=
trap 'exit 130' INT
trap 'exit 143' TERM HUP
trap ended EXIT
case ${1-} in
run | start | stop | reset) "$1" ;;
*) die "usage: portal.sh run|start|stop|reset" ;;
esac
