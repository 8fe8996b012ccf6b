#!/bin/sh
# static.sh OUT: assembles what nginx serves under /static/.
#
# From xslt/static/: joins the style sheet, collects the icons of
# xslt/static/img/icons.txt, and cuts the font down to the letters we use;
# tools/publish.sh gives them, and the brands of conf/brand/, their names.
# OUT/base is the list without the brands.
set -eu

out=${1:?usage: static.sh OUT}
here=$(dirname "$0")/..
icons=${ICONS:-/usr/share/bootstrap-icons/svg}
font=${INTER_FONT:-/usr/share/fonts/truetype/inter-vf/Inter-roman.var.ttf}
parts="tokens base layout controls form list select detail thread digest login"
parts="$parts calendar print"
# Latin, Latin Extended-A, punctuation, euro, arrows, minus
letters=U+20-7E,U+A0-17F,U+218-21B,U+2010-2015,U+2018-201E,U+2022,U+2026
letters=$letters,U+2030,U+2039-203A,U+20AC,U+2122,U+2190-2193,U+2212

mkdir -p "$out"
work=$(mktemp -d "$out/.work.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/css" "$work/js" "$work/img" "$work/font"

for part in $parts; do
	cat "$here/xslt/static/css/$part.css"
done >"$work/css/portal.css"
cp "$here"/xslt/static/js/*.js "$work/js/"
cp "$here"/xslt/static/img/*.svg "$work/img/"

# One file of all icons: each page names those it shows.
{
	echo '<svg xmlns="http://www.w3.org/2000/svg">'
	grep -v '^#' "$here/xslt/static/img/icons.txt" |
		while read -r name source; do
			echo "<symbol id=\"$name\" viewBox=\"0 0 16 16\">"
			sed '/<svg/d; /<\/svg>/d' "$icons/$source.svg"
			echo '</symbol>'
		done
	echo '</svg>'
} >"$work/img/icons.svg"

# Cutting the font takes seconds: again only when font or letters change.
key=$(printf '%s %s' "$letters" "$(sha256sum <"$font")" | sha256sum |
	cut -c1-12)
if [ ! -f "$out/.font-$key" ]; then
	fonttools varLib.instancer -q "$font" wght=400:700 \
		-o "$work/inter.ttf"
	pyftsubset "$work/inter.ttf" --unicodes="$letters" --no-hinting \
		--layout-features=kern,mark,mkmk,ccmp,locl,tnum \
		--flavor=woff2 --output-file="$work/inter.woff2"
	mv "$work/inter.woff2" "$out/.font-$key"
fi
cp "$out/.font-$key" "$work/font/inter.woff2"

"$here/tools/publish.sh" "$work" "$out" /dev/null base
"$here/tools/publish.sh" "$here/conf/brand" "$out" "$out/base"
