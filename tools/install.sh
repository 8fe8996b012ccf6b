#!/bin/bash
# install.sh BUILD DESTDIR SYSCONFDIR UNITDIR: puts an installation's files in
# their places, for `make install`; conf/README.md says what each is. The
# places that files speak of come as ROOT, CONF, … from the environment and
# fill their marks. No demo: neither its data, its tools nor its brand.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$1
dest=$2
etc=$3
units=$4
umask 022

# put MODE FILE TO: copies it, its marks filled.
put() {
	local text mark
	text=$(cat "$2")
	for mark in $(grep -o '@[A-Z_]*@' "$2" | sort -u | tr -d @); do
		case $mark in
		HOST | DATABASE* | *_PASSWORD) ;; # known when it is set up
		ACCESS_LOG | ALERT_LOG)
			text=${text//"@$mark@"/"$(web_log "$2" "$mark")"}
			;;
		*) text=${text//"@$mark@"/"${!mark}"} ;;
		esac
	done
	mkdir -p "$(dirname "$dest$3")"
	rm -f "$dest$3"
	printf '%s\n' "$text" >"$dest$3"
	chmod "$1" "$dest$3"
}

# The web server's own folder: it opens them as root, its logrotate knows them.
web_log() {
	local name=access
	[ "$2" = ACCESS_LOG ] || name=error
	case $1 in
	*/apache/*) echo "/var/log/apache2/hulpbalie-$name.log" ;;
	*) echo "/var/log/nginx/hulpbalie-$name.log" ;;
	esac
}

# tree FROM PATTERN: what the program reads from its root.
tree() {
	find "$1" -type f -name "$2" | while read -r file; do
		install -D -m 644 "$file" "$dest$ROOT/$file"
	done
}

rm -rf "$dest${ROOT:?}"
install -D -m 755 "$build/hulpbalie" "$dest$ROOT/hulpbalie"
install -m 755 "$build/hulpbalie-photo" "$dest$ROOT/hulpbalie-photo"
tree fcgi '*.list.xml'
tree fcgi '*.form.xml'
tree fcgi scope.sql
tree xslt '*.xsl'
tree xslt '*.xml'
tree schema/sql '*.sql'
tree schema/rng '*.rng'
install -m 644 conf/grants.sql "$dest$ROOT/grants.sql"
install -m 755 tools/publish.sh "$dest$ROOT/publish.sh"
mkdir -p "$dest$ROOT/brand" "$dest$ROOT/build"
cp -r conf/brand/hulpbalie "$dest$ROOT/brand/"

# Without the demo's brand, and without what earlier builds left.
cut -f2 "$build/static/base" | while read -r file; do
	install -D -m 644 "$build/static/$file" "$dest$ROOT/static/$file"
	[ ! -e "$build/static/$file.gz" ] || install -m 644 \
		"$build/static/$file.gz" "$dest$ROOT/static/$file.gz"
done
install -m 644 "$build/static/base" "$dest$ROOT/static/base"
# The portal asks for its list where a checkout has it.
ln -sfn "$STATE/static" "$dest$ROOT/build/static"

put 755 conf/hulpbalie.sh "$SBIN/hulpbalie"
for name in http server; do
	put 644 "conf/nginx/$name.conf.in" "$ROOT/nginx/$name.conf"
done
put 644 conf/apache/server.conf.in "$ROOT/apache/server.conf"
put 644 conf/nginx/site.conf.in "$ROOT/conf/nginx.conf.in"
put 644 conf/apache/site.conf.in "$ROOT/conf/apache.conf.in"
put 644 conf/portal.conf.in "$ROOT/conf/portal.conf.in"
put 644 conf/hoster/portal.conf.in "$ROOT/conf/hoster.conf.in"
put 644 conf/hoster/crontab.in "$ROOT/conf/crontab"
install -D -m 644 conf/README.md "$dest$DOC/README.md"

# What belongs to the system; not where a hoster gives but a home.
[ "$etc" = /etc ] || exit 0
put 644 conf/logrotate.in /etc/logrotate.d/hulpbalie
for unit in pages.socket documents.socket; do
	put 644 "conf/systemd/hulpbalie-$unit.in" "$units/hulpbalie-$unit"
done
put 644 conf/systemd/hulpbalie.service.in "$units/hulpbalie.service"
for unit in backup audit; do
	put 644 "conf/systemd/hulpbalie-$unit.service.in" \
		"$units/hulpbalie-$unit.service"
	put 644 "conf/systemd/hulpbalie-$unit.timer" \
		"$units/hulpbalie-$unit.timer"
done
