#!/bin/sh
# static.sh OUT: assembles what nginx serves under /static/.
#
# From xslt/static/ and conf/brand/NAME/ (theme.css, logo.svg, icon.svg,
# login.svg): joins the style sheet, collects the icons of
# xslt/static/img/icons.txt, cuts the font down to the letters we use, puts
# the hash of its content into every name, writes a .gz beside what
# compresses, and lists "name<TAB>name with hash" in OUT/manifest.
# Names of earlier runs stay, so that pages already loaded keep working.
set -eu

out=${1:?usage: static.sh OUT}
here=$(dirname "$0")/..
icons=${ICONS:-/usr/share/bootstrap-icons/svg}
font=${INTER_FONT:-/usr/share/fonts/truetype/inter-vf/Inter-roman.var.ttf}
parts="tokens base layout controls form list detail login print"
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

for dir in "$here"/conf/brand/*/; do
	brand=$(basename "$dir")
	cp "$dir/theme.css" "$work/css/theme-$brand.css"
	for image in logo icon login; do
		cp "$dir/$image.svg" "$work/img/$image-$brand.svg"
	done
done

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

# publish NAME: copies it under its hashed name and lists it.
publish() {
	hash=$(sha256sum <"$work/$1" | cut -c1-10)
	hashed=${1%.*}.$hash.${1##*.}
	mkdir -p "$out/$(dirname "$1")"
	printf '%s\t%s\n' "$1" "$hashed" >>"$work/manifest"
	[ -f "$out/$hashed" ] && return
	case $1 in
	*.css | *.js | *.svg) gzip -9nc "$work/$1" >"$out/$hashed.gz" ;;
	esac
	cp "$work/$1" "$out/$hashed.new"
	mv "$out/$hashed.new" "$out/$hashed"
}

# Addresses in style sheets come after the files they name.
cd_list() { (cd "$work" && find "$@" -type f | LC_ALL=C sort); }
for name in $(cd_list js img font); do
	publish "$name"
done
sed 's/\(.*\)\t\(.*\)/s|\\.\\.\/\1|..\/\2|g/' "$work/manifest" >"$work/links"
for name in $(cd_list css); do
	sed -i -f "$work/links" "$work/$name"
	publish "$name"
done
mv "$work/manifest" "$out/manifest"
