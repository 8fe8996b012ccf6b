#!/bin/bash
# lint.sh [TREE]: our own rules, on the tracked files of a tree (this one).
# Prints file:line: what, and ends with 1 where there is anything to say.
# lint.sh --self-test plants a fault for each rule and sees that it is found.
# shellcheck disable=SC2016 # awk's $0 in single quotes
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

# files PATTERN...: those that git knows or would add, and that are there.
files() {
	git ls-files -z --cached --others --exclude-standard -- "$@" |
		while IFS= read -r -d '' name; do
			[ ! -f "$name" ] || printf '%s\0' "$name"
		done
}

# every AWK PATTERN...: runs awk over the files that match.
every() {
	local program=$1
	shift
	files "$@" | xargs -0 -r awk "$program"
}

# Portals -> domain -> engine -> access -> db -> core; rules/ on nothing; no
# portal on another. The tables of what there is, routes.h and menu.h, may be
# asked from access on.
rule_layers() {
	every '
	BEGIN {
		split("core db access engine domain", names, " ")
		for (i in names)
			level[names[i]] = i
		split("institution professional supplier account jobs upkeep", names, " ")
		for (i in names)
			level[names[i]] = 6
	}
	function layer(path, part, n) {
		n = split(path, part, "/")
		if (path ~ /^fcgi\/(routes|menu)\.h$/ || path ~ /gen\/rights.h$/)
			return "access"
		if (path ~ /gen\/sql.h$/)
			return "db"
		return n > 2 ? part[2] : "top"
	}
	function resolve(from, path) {
		if (path ~ /^gen\//)
			return path
		if (system("test -f \"" from "/" path "\"") != 0)
			return "fcgi/" path
		path = from "/" path
		while (sub(/[^\/]+\/\.\.\//, "", path))
			;
		return path
	}
	/^#[ \t]*include[ \t]*"/ {
		split($0, quoted, "\"")
		from = FILENAME
		sub(/\/[^\/]*$/, "", from)
		a = layer(FILENAME)
		b = layer(resolve(from, quoted[2]))
		if (a == b || a == "top")
			next
		if (a == "rules" || (b != "rules" &&
		    (!(b in level) || level[b] >= level[a])))
			printf "%s:%d: %s must not know %s (%s)\n", FILENAME,
				FNR, a, b, quoted[2]
	}' 'fcgi/*.[ch]'
}

# Short files and templates stay readable.
rule_size() {
	every 'FNR == 801 {
		print FILENAME ":801: more than 800 lines"
	}' 'fcgi/*.[ch]' 'tools/*.[ch]' 'schema/*.[ch]' 'tests/*.[ch]'
	every '
	FNR == 1 { begin = 0 }
	/<xsl:template[ >]/ { begin = FNR }
	/<\/xsl:template>/ {
		if (begin && FNR - begin >= 60)
			printf "%s:%d: a template of %d lines\n", FILENAME,
				begin, FNR - begin + 1
		begin = 0
	}' '*.xsl'
}

# C never writes HTML.
rule_html_in_c() {
	every '
	/^[ \t]*(\/\*|\*)/ { next }
	/"[^"]*<\/?(a|b|body|br|button|div|form|h[1-6]|head|html|img|input|li|link|ol|option|p|script|select|span|style|table|tbody|td|th|tr|ul)([ \/>]|\\")/ {
		print FILENAME ":" FNR ": HTML in a C string"
	}' 'fcgi/*.[ch]'
}

# Nothing goes round the escaping or the content security policy. A mail has
# no style sheet to point to.
rule_xslt() {
	every '
	/disable-output-escaping/ { print FILENAME ":" FNR ": disable-output-escaping" }
	/[ \t"]on[a-z]+="/ { print FILENAME ":" FNR ": a script in an attribute" }
	/document\(/ { print FILENAME ":" FNR ": document() reads its file at every transform" }
	/(^|[ \t"])style="|<style|name="style"/ && FILENAME !~ /^xslt\/mail\// {
		print FILENAME ":" FNR ": an inline style"
	}
	/<script/ && !/<script[^>]* src=/ { print FILENAME ":" FNR ": an inline script" }
	' 'xslt/*.xsl'
}

# Calls that were tried and found wanting; the reasons are beside them.
rule_calls() {
	every '
	function told(pattern, why) {
		if ($0 ~ "(^|[^A-Za-z0-9_])" pattern)
			print FILENAME ":" FNR ": " why
	}
	/^[ \t]*(\/\*|\*)/ { next }
	{
		told("(strcpy|strcat|sprintf|vsprintf|gets|strtok|system|popen|tmpnam)\\(",
			"a call that overruns, keeps state or starts a shell")
		told("fcgi_stdio\\.h", "use the FCGX_ functions")
		told("xmlNewChild\\(", "xmlNewChild leaves a raw ampersand")
		told("XML_PARSE_(NOENT|DTDLOAD|XINCLUDE)", "reads local files")
		told("MYSQL_OPT_RECONNECT", "COMMIT answers 0 after a lost transaction")
		told("FCGX_Accept\\(", "use FCGX_Accept_r")
	}' 'fcgi/*.[ch]'
}

# Nothing is left for later, and nothing tells where it was written.
rule_words() {
	local here
	here=$(git rev-parse --show-toplevel)
	every '
	/(^|[^A-Za-z])(TO''DO|FIX''ME|XX''X|HA''CK)([^A-Za-z]|$)/ {
		print FILENAME ":" FNR ": something left for later"
	}
	/(^|[^A-Za-z0-9_.})*-])\/(home|root|Users|work)\/[A-Za-z0-9]/ ||
	index($0, "'"$here"'/") {
		print FILENAME ":" FNR ": a path of one machine"
	}' ':!:*package-lock.json' ':!:*.svg' ':!:*.png' ':!:*.woff2' '*'
}

# Migrations have each a number of their own; once landed they never change:
# schema/sql/landed.sha256 holds those that did.
rule_migrations() {
	local last='' name number
	while IFS= read -r -d '' name; do
		number=${name##*/}
		number=${number%%_*}
		[ "$number" != "$last" ] ||
			echo "$name:1: the number $number stands twice"
		last=$number
	done < <(files 'schema/sql/[0-9]*.sql')
	[ ! -f schema/sql/landed.sha256 ] ||
		sha256sum --check --quiet schema/sql/landed.sha256 2>/dev/null |
		sed -n 's/^\(.*\): FAILED.*/\1:1: a landed migration changed/p'
}

RULES='layers size html_in_c xslt calls words migrations'

lint() {
	local rule found
	cd "$1"
	found=$(for rule in $RULES; do "rule_$rule"; done)
	[ -z "$found" ] && return
	printf '%s\n' "$found"
	return 1
}

# One tree with a fault for each line; each must be found, and no more.
self_test() {
	local wanted=0 found
	tree=$(mktemp -d)
	trap 'rm -rf "$tree"' EXIT
	cd "$tree"
	git init -q
	mkdir -p fcgi/{core,db,rules,domain,institution,supplier} xslt/{lib,mail} \
		schema/sql conf

	plant() {
		printf '%b\n' "$2" >>"$1"
		wanted=$((wanted + $3))
	}
	touch fcgi/core/a.h fcgi/db/b.h fcgi/supplier/s.h fcgi/rules/r.h
	plant fcgi/db/b.c '#include "../core/a.h"\n#include "b.h"' 0
	plant fcgi/domain/d.c '#include "rules/r.h"\n#include "gen/sql.h"' 0
	plant fcgi/core/up.c '#include "../db/b.h"' 1
	plant fcgi/core/gen.c '#include "gen/rights.h"' 1
	plant fcgi/rules/need.c '#include "../core/a.h"' 1
	plant fcgi/institution/other.c '#include "../supplier/s.h"' 1
	plant fcgi/domain/up.c '#include "supplier/s.h"' 1
	plant fcgi/core/long.c "$(yes | head -801)" 1
	plant fcgi/core/fit.c "$(yes | head -800)" 0
	plant fcgi/core/html.c 'x = "a <b>bold</b> word";' 1
	plant fcgi/core/xml.c 'x = "want <list id> and <body>"; y = a <b> c;' 1
	plant fcgi/core/calls.c 'strcpy(a, b);\nxmlNewChild(a);\nsystem("x");' 3
	plant fcgi/core/fine.c 'text_strcpy(a);\nmysystem(b);\n * sprintf() no' 0
	plant fcgi/core/told.h ' * writes "<p>"' 0
	plant xslt/lib/a.xsl '<xsl:value-of disable-output-escaping="yes"/>' 1
	plant xslt/lib/b.xsl '<p style="x"/>\n<a onclick="y()"/>' 2
	plant xslt/lib/c.xsl '<script>x</script>\n<script src="y"/>' 1
	plant xslt/lib/d.xsl "<xsl:copy-of select=\"document('x')\"/>" 1
	plant xslt/mail/m.xsl '<p style="x"/>' 0
	plant xslt/lib/e.xsl "<xsl:template match=\"x\">$(yes '\n' | head -60 |
		tr -d '\n')</xsl:template>" 1
	plant xslt/lib/f.xsl "<xsl:template match=\"x\">$(yes '\n' | head -59 |
		tr -d '\n')</xsl:template>" 0
	plant conf/a "# TO""DO" 1
	plant conf/b "/ho""me/someone/x" 1
	plant conf/c "href=/supplier/work/12" 0
	plant schema/sql/001_a.sql 'SELECT 1' 0
	plant schema/sql/003_c.sql 'SELECT 1' 0
	plant schema/sql/003_d.sql 'SELECT 1' 1
	sha256sum schema/sql/001_a.sql >schema/sql/landed.sha256
	plant schema/sql/001_a.sql '-- edited' 1


	found=$(lint "$tree") || true
	if [ "$(wc -l <<<"$found")" != $wanted ]; then
		printf '%s\nlint.sh: want %d findings\n' "$found" $wanted
		return 1
	fi
}

case ${1-} in
--self-test) self_test ;;
*) lint "${1:-$root}" ;;
esac
