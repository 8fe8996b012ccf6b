#!/bin/bash
# hulpbalie COMMAND: runs and keeps an installation.
#
#   setup HOST               makes what is missing, starts the portal; again at
#                            any time
#   upgrade                  after new files: backup, migrations, reload
#   brand                    reads the brand's files again
#   backup [DIR]             database, configuration, keys, brand
#   restore [--replace] DIR [TIME]
#                            puts a backup back, with TIME (UTC, as 2026-11-22
#                            13:45:00) also what the binary log has since
#   grants                   database rights, where the server is on this host
#   start, stop, status      the portal, with systemd and without
#   reload                   reads configuration and stylesheets again
#   check, pending, migrate, administrator EMAIL NAME, ...
#                            the portal's own: hulpbalie help
#
# HULPBALIE_CONF names another configuration than @CONF@/portal.conf.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin

ROOT=@ROOT@
CONF=@CONF@
STATE=@STATE@
RUN=@RUN@
LOG=@LOG@
BACKUPS=@BACKUPS@
USER_NAME=hulpbalie
PREFIX=hulpbalie_
KEEP_DAYS=14
conf=${HULPBALIE_CONF:-$CONF/portal.conf}
program=$ROOT/hulpbalie

say() {
	printf '%s\n' "$*"
}

die() {
	printf 'hulpbalie: %s\n' "$*" >&2
	exit 1
}

is_root() {
	[ "$(id -u)" = 0 ]
}

# The machine's own installation, not one in somebody's home.
is_system() {
	is_root && [ "$CONF" = /etc/hulpbalie ]
}

has_systemd() {
	[ -d /run/systemd/system ] && is_system
}

# value SECTION KEY: as the configuration has it.
value() {
	awk -v section="[$1]" -v key="$2" '
	{ gsub(/^[ \t]+|[ \t\r]+$/, "") }
	/^\[/ { here = $0 == section; next }
	here && index($0, "=") {
		name = substr($0, 1, index($0, "=") - 1)
		text = substr($0, index($0, "=") + 1)
		gsub(/[ \t]+$/, "", name)
		gsub(/^[ \t]+/, "", text)
		if (name == key) {
			print text
			exit
		}
	}' "$conf"
}

# The portal's own commands, as whom the configuration belongs to.
portal() {
	if is_root; then
		runuser -u "$(stat -c %U "$conf")" -- "$program" -c "$conf" "$@"
	else
		"$program" -c "$conf" "$@"
	fi
}

# The database

tmp=
clean_up() {
	[ -z "$tmp" ] || rm -rf "$tmp"
}
trap clean_up EXIT

# A line of an options file; its text may hold anything.
option() {
	local text=${2//\\/\\\\}
	[ -z "$2" ] || printf '%s = "%s"\n' "$1" "${text//\"/\\\"}"
}

# Options for MariaDB's tools as the user of the migrations, whose password is
# on no command line; and as the server's administrator, who is root on its
# own host.
connections() {
	[ -z "$tmp" ] || return 0
	[ -r "$conf" ] || die "can't read $conf"
	tmp=$(mktemp -d)
	name=$(value database name)
	{
		echo '[client]'
		option socket "$(value database socket)"
		option host "$(value database host)"
		if [ -n "$(value database host)" ]; then
			option port "$(value database port)"
			option ssl-ca "$(value database ca)"
			echo ssl-verify-server-cert
		fi
		echo 'default-character-set = utf8mb4'
	} >"$tmp/server"
	{
		cat "$tmp/server"
		option user "$(value database migrate_user)"
		option password "$(value database migrate_password)"
	} >"$tmp/database"
	sed -i '/^ssl-ca/s|"\([^/]\)|"'"$(value portal root)"'/\1|' "$tmp"/*
	echo 'user = root' >>"$tmp/server"
}

database() {
	local tool=$1
	shift
	"$tool" --defaults-file="$tmp/database" "$@"
}

server() {
	local tool=$1
	shift
	"$tool" --defaults-file="$tmp/server" "$@"
}

# May this account administer the server?
is_server_here() {
	connections
	is_root && [ -n "$(value database socket)" ] &&
		server mariadb -e 'DO 1' 2>/dev/null
}

answer() {
	database mariadb --batch --skip-column-names "$name" -e "$1"
}

grants() {
	connections
	if [ "$(value database user)" = "$(value database migrate_user)" ]; then
		return 0
	fi
	if ! is_system || ! is_server_here; then
		say "The database server is elsewhere: have its administrator run"
		say "$ROOT/grants.sql in $name, with @host and @prefix set."
		return 0
	fi
	{
		echo "SET @host = 'localhost', @prefix = '$PREFIX';"
		cat "$ROOT/grants.sql"
	} | server mariadb "$name"
}

# quoted TEXT: as SQL.
quoted() {
	local text=${1//\\/\\\\}
	printf "'%s'" "${text//\'/\'\'}"
}

# The passwords are those of the configuration. Root migrates, whom the server
# knows by the socket: the portal itself can't change a table.
make_database() {
	local portal jobs
	is_system && is_server_here || return 0
	portal=$(quoted "$(value database password)")
	jobs=$(quoted "$(value database jobs_password)")
	server mariadb <<-END
		CREATE DATABASE IF NOT EXISTS \`$name\`
			CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
		CREATE USER IF NOT EXISTS
			${PREFIX}portal@localhost, ${PREFIX}jobs@localhost;
		ALTER USER ${PREFIX}portal@localhost IDENTIFIED BY $portal,
			${PREFIX}jobs@localhost IDENTIFIED BY $jobs;
	END
}

# Files

# A template; the marks that nobody knows yet stay.
fill() {
	local text mark
	text=$(cat "$1")
	for mark in $(grep -o '@[A-Z_]*@' "$1" | sort -u | tr -d @); do
		[ -v "$mark" ] || continue
		text=${text//"@$mark@"/"${!mark}"}
	done
	printf '%s\n' "$text"
}

# What nginx and Apache serve. Names hold a hash of their content; those of
# before stay, for pages that somebody still has open.
brand() {
	umask 022
	mkdir -p "$STATE/static" "$STATE/error"
	cp -rn "$ROOT/static/." "$STATE/static"
	"$ROOT/publish.sh" "$CONF/brand" "$STATE/static" "$ROOT/static/base"
	"$program" -c "$conf" error-pages "$STATE/error"
}

# Where nothing is the system's: all is whose home it is.
make_home() {
	(umask 022 && mkdir -p "$CONF/brand" "$STATE" "$RUN")
	install -d -m 700 "$LOG" "$BACKUPS"
}

make_user() {
	local group
	id "$USER_NAME" >/dev/null 2>&1 || useradd --system --user-group \
		--home-dir "$STATE" --no-create-home --shell /usr/sbin/nologin \
		"$USER_NAME"
	group=$(getent group adm >/dev/null && echo adm || echo "$USER_NAME")
	install -d -m 755 "$CONF" "$CONF/brand" "$STATE"
	install -d -m 700 "$CONF/tls" "$BACKUPS"
	install -d -m 2750 -o "$USER_NAME" -g "$group" "$LOG"
	# Before a command that runs as root makes it.
	[ -e "$LOG/portal.json" ] || install -m 640 -o "$USER_NAME" \
		-g "$group" /dev/null "$LOG/portal.json"
}

make_keys() {
	local file name
	file=$(value portal keys)
	[ -e "$file" ] ||
		say "makes the keys in $file: without them nobody's second factor can be read"
	for name in csrf factor audit; do
		grep -qs "^$name " "$file" ||
			echo "$name 1 $(openssl rand -base64 32)" >>"$file"
	done
}

# shellcheck disable=SC2034 # fill() reads it
make_conf() {
	[ ! -e "$conf" ] || return 0
	HOST=${1:-}
	PORTAL_PASSWORD=$(openssl rand -hex 24)
	JOBS_PASSWORD=$(openssl rand -hex 24)
	[ -n "$HOST" ] || die "the first time setup wants the portal's host name"
	fill "$ROOT/conf/$(is_system && echo portal || echo hoster).conf.in" \
		>"$conf"
	say "made $conf"
}

make_certificate() {
	local dir=$CONF/tls
	[ ! -e "$dir/certificate.pem" ] || return 0
	openssl req -x509 -days 730 -nodes -subj "/CN=$1" \
		-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 \
		-addext "subjectAltName=DNS:$1" \
		-keyout "$dir/key.pem" -out "$dir/certificate.pem" 2>/dev/null
	say "made a certificate of our own in $dir: put a real one in its place"
}

# make_site HOST: for nginx, or for Apache where there is no nginx.
# shellcheck disable=SC2034 # fill() reads it
make_site() {
	HOST=$1
	if [ -d /etc/nginx/sites-available ]; then
		[ -e /etc/nginx/sites-available/hulpbalie ] || {
			fill "$ROOT/conf/nginx.conf.in" \
				>/etc/nginx/sites-available/hulpbalie
			say "made /etc/nginx/sites-available/hulpbalie"
		}
		ln -sf ../sites-available/hulpbalie \
			/etc/nginx/sites-enabled/hulpbalie
		nginx -t -q && systemctl reload-or-restart nginx
	elif [ -d /etc/apache2/sites-available ]; then
		[ -e /etc/apache2/sites-available/hulpbalie.conf ] || {
			fill "$ROOT/conf/apache.conf.in" \
				>/etc/apache2/sites-available/hulpbalie.conf
			say "made /etc/apache2/sites-available/hulpbalie.conf"
		}
		a2enmod -q deflate headers http2 proxy_fcgi reqtimeout rewrite ssl
		a2ensite -q hulpbalie
		apachectl -t 2>/dev/null && systemctl reload-or-restart apache2
	else
		say "There is no nginx and no Apache: install one, then setup again."
	fi
}

# What a person must write first.
unfinished() {
	local empty
	empty=$(grep -nE '^[a-z_]+ *=[ 	]*($|@[A-Z_]+@)' "$conf" || true)
	[ -z "$empty" ] || {
		say "These in $conf want a value; then: hulpbalie setup"
		say "$empty"
	}
	[ -n "$empty" ]
}

setup() {
	local host
	[ "$CONF" != /etc/hulpbalie ] || is_root || die "setup is for root"
	umask 077
	if is_system; then make_user; else make_home; fi
	make_conf "${1:-}"
	make_keys
	! is_system || chown "$USER_NAME:$USER_NAME" "$conf" \
		"$(value portal keys)"
	[ -n "$(ls -A "$CONF/brand")" ] || cp -r "$ROOT/brand/." "$CONF/brand/"
	chmod -R go+rX "$CONF/brand"
	! unfinished || exit 1
	connections
	make_database
	grants
	"$program" -c "$conf" migrate
	grants
	(brand)
	portal check
	if has_systemd; then
		systemctl daemon-reload
		units enable -q --now
		systemctl enable -q --now hulpbalie-backup.timer \
			hulpbalie-audit.timer
		systemctl reload hulpbalie.service
		host=$(value portal origin)
		host=${host#https://}
		make_certificate "${host%:*}"
		make_site "${host%:*}"
	else
		start
	fi
	say "The portal runs. Somebody to let the others in:"
	say "  hulpbalie administrator EMAIL 'NAME'"
}

# The portal stands still only while there are migrations to run; else nobody
# notices. What can't be run is refused before anything is touched.
upgrade() {
	local pending dir
	[ -e "$conf" ] || die "nothing to upgrade: hulpbalie setup HOST"
	! has_systemd || {
		systemctl daemon-reload
		systemctl enable -q --now hulpbalie-audit.timer
	}
	(umask 077 && make_keys)
	connections
	pending=$("$program" -c "$conf" pending) ||
		die "the database is not of this version; all stays as it is"
	if [ -z "$pending" ]; then
		(brand)
		reload
		return
	fi
	dir=$BACKUPS/before-$(date -u +%Y%m%dT%H%M%SZ)
	stop
	backup "$dir"
	if grants && "$program" -c "$conf" migrate && grants && (brand) &&
		portal check; then
		start
		say "The way back: the former version, then"
		say "  hulpbalie restore --replace $dir"
	else
		die "the portal stands still; the way back: the former version," \
			"then hulpbalie restore --replace $dir"
	fi
}

# Backups

# Views are made anew by the migrations; dumped, they name who made them.
dump() {
	local views view logged options=()
	views=$(answer "SELECT table_name FROM information_schema.views
		WHERE table_schema = DATABASE()")
	logged=$(answer 'SELECT @@log_bin')
	for view in $views; do
		options+=("--ignore-table=$name.$view")
	done
	options+=(--single-transaction --quick --hex-blob --skip-dump-date
		--skip-add-drop-table --routines --triggers)
	if is_server_here; then
		# Where in the binary log the dump stands.
		[ "$logged" = 0 ] || options+=(--master-data=2)
		server mariadb-dump "${options[@]}" "$name"
	else
		database mariadb-dump --no-tablespaces "${options[@]}" "$name"
	fi
}

backup() {
	local dir=${1:-$BACKUPS/$(date -u +%Y%m%dT%H%M%SZ)} part
	part=$dir.part
	umask 077
	connections
	[ ! -e "$dir" ] || die "$dir is there already"
	rm -rf "$part"
	mkdir -p "$part"
	dump | gzip -1 >"$part/database.sql.gz"
	if [ "$conf" = "$CONF/portal.conf" ]; then
		tar -C "$CONF" -czf "$part/configuration.tar.gz" .
	else
		tar -C "${conf%/*}" -czf "$part/configuration.tar.gz" "${conf##*/}"
	fi
	cat "$(value portal keys)" >"$part/keys"
	(cd "$part" && sha256sum -- * >SHA256SUMS)
	sync -f "$part"
	mv "$part" "$dir"
	say "$dir"
	# Only those that were made without a name.
	if [ -z "${1:-}" ]; then
		find "$BACKUPS" -mindepth 1 -maxdepth 1 -type d -mtime +$KEEP_DAYS \
			-name '[0-9]*T[0-9]*Z' -exec rm -rf {} +
	fi
}

# Configuration and keys go back where there are none; other keys than those
# of the backup would not open what it holds.
restore_conf() {
	local dir=$1 keys
	if [ ! -e "$conf" ]; then
		mkdir -p "$(dirname "$conf")"
		tar -C "$(dirname "$conf")" -xzf "$dir/configuration.tar.gz"
	fi
	keys=$(value portal keys)
	if [ ! -e "$keys" ]; then
		cp -p "$dir/keys" "$keys"
	fi
	cmp -s "$dir/keys" "$keys" ||
		die "$keys are not those of the backup: move them away first"
	! is_system || chown "$USER_NAME:$USER_NAME" "$conf" "$keys"
}

# The changes after the dump, of the portal's database alone.
replay() {
	local dir=$1 until=$2 log position first
	is_server_here || die "the binary log is read where the server is"
	read -r log position < <(gzip -dc "$dir/database.sql.gz" | sed -n \
		"s/^-- CHANGE MASTER TO MASTER_LOG_FILE='\(.*\)', MASTER_LOG_POS=\([0-9]*\);.*/\1 \2/p;50q") ||
		die "the backup does not say where the binary log stood"
	first=${BINLOGS:-$(dirname "$(answer 'SELECT @@log_bin_basename')")}/$log
	[ -e "$first" ] || die "there is no $first: say where with BINLOGS=DIR"
	# shellcheck disable=SC2046 # names of files, the first one and later
	TZ=UTC mariadb-binlog --database="$name" --start-position="$position" \
		--stop-datetime="$until" $(for file in "${first%.*}".[0-9]*; do
		[[ $file < $first ]] || echo "$file"
	done) | server mariadb --binary-mode
}

empty_database() {
	local statements
	statements=$(answer "SELECT CONCAT('DROP ',
		IF(table_type = 'VIEW', 'VIEW', 'TABLE'), ' \`', table_name, '\`;')
		FROM information_schema.tables WHERE table_schema = DATABASE()")
	answer "SET foreign_key_checks = 0; $statements"
}

restore() {
	local replace='' dir
	if [ "${1:-}" = --replace ]; then
		replace=1
		shift
	fi
	dir=${1:-}
	[ -f "$dir/SHA256SUMS" ] || die "restore wants the folder of a backup"
	(cd "$dir" && sha256sum --check --quiet SHA256SUMS) ||
		die "$dir is damaged"
	umask 077
	! is_system || make_user
	restore_conf "$dir"
	connections
	make_database
	grants
	if [ "$(answer 'SELECT COUNT(*) FROM information_schema.tables
		WHERE table_schema = DATABASE()')" != 0 ]; then
		[ -n "$replace" ] ||
			die "the database is not empty: --replace throws it away"
		stop
		empty_database
	fi
	gzip -dc "$dir/database.sql.gz" | database mariadb "$name"
	[ -z "${2:-}" ] || replay "$dir" "$2"
	"$program" -c "$conf" migrate
	grants
	(brand)
	portal check
	[ -z "$replace" ] || start
	say "restored $dir; where the portal is not set up yet: hulpbalie setup"
}

# Starting and stopping. With systemd the sockets stop too: a request would
# start the portal again.

units() {
	systemctl "$@" hulpbalie-pages.socket hulpbalie-documents.socket \
		hulpbalie.service
}

running() {
	local pid
	pid=$(cat "$RUN/hulpbalie.pid" 2>/dev/null) || return 1
	tr '\0' '\n' <"/proc/$pid/cmdline" 2>/dev/null | grep -qxF "$conf"
}

# Without systemd from a crontab: @reboot, and each minute, so that it comes
# back.
start() {
	local i
	! has_systemd || {
		units start
		return
	}
	mkdir -p "$RUN" "$LOG"
	exec 9>"$RUN/start.lock"
	flock -n 9 || return 0
	! running || return 0
	# The group may connect: that of the web server, or our own.
	umask 007
	setsid "$program" -c "$conf" serve </dev/null >>"$LOG/start.log" 2>&1 9>&- &
	echo $! >"$RUN/hulpbalie.pid"
	# By its number: it may not be that program yet.
	for ((i = 0; i < 100; i++)); do
		[ ! -S "$(value documents socket)" ] || return 0
		kill -0 $! 2>/dev/null || break
		sleep 0.1
	done
	tail -n 5 "$LOG/start.log" >&2
	die "it did not start: $LOG/start.log"
}

stop() {
	local i
	! has_systemd || {
		units stop
		return
	}
	running || return 0
	kill -TERM "$(cat "$RUN/hulpbalie.pid")"
	for ((i = 0; i < 450; i++)); do
		running || break
		sleep 0.1
	done
	rm -f "$RUN/hulpbalie.pid"
}

status() {
	if has_systemd; then
		systemctl --no-pager status hulpbalie.service
	elif running; then
		say "runs"
	else
		die "does not run"
	fi
}

reload() {
	if has_systemd; then
		systemctl -q is-active hulpbalie.service ||
			die "it does not run: hulpbalie setup starts it"
		systemctl reload hulpbalie.service
	elif running; then
		portal check
		kill -HUP "$(cat "$RUN/hulpbalie.pid")"
	fi
}

case ${1:-help} in
setup | upgrade | brand | backup | restore | grants | start | stop | \
	status | reload)
	command=$1
	shift
	"$command" "$@"
	;;
help | --help | -h)
	sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"
	"$program" 2>&1 || true
	;;
migrate | pending | audit-expire) exec "$program" -c "$conf" "$@" ;;
*) portal "$@" ;;
esac
