#!/bin/sh
# publish.sh FROM OUT BASE [LIST]: puts files where the web server finds them.
#
# FROM holds css/, js/, img/, font/, or brands: NAME/ with theme.css, logo.svg,
# icon.svg and login.svg. Each file gets the hash of its content into its name
# and, where it compresses, a .gz beside it. OUT/LIST (manifest) has the lines
# of BASE, and one for each of them: name, tab, name with hash. Names of
# earlier runs stay, so that pages already loaded keep working.
set -eu

from=${1:?usage: publish.sh FROM OUT BASE [LIST]}
out=${2:?}
base=${3:?}
mkdir -p "$out"
work=$(mktemp -d "$out/.publish.XXXXXX")
trap 'rm -rf "$work"' EXIT
cp "$base" "$work/manifest"
mkdir "$work/in"

for dir in css js img font; do
	[ ! -d "$from/$dir" ] || cp -r "$from/$dir" "$work/in/"
done
for theme in "$from"/*/theme.css; do
	[ -f "$theme" ] || continue
	dir=$(dirname "$theme")
	brand=$(basename "$dir")
	mkdir -p "$work/in/css" "$work/in/img"
	cp "$theme" "$work/in/css/theme-$brand.css"
	for image in logo icon login; do
		cp "$dir/$image.svg" "$work/in/img/$image-$brand.svg"
	done
done

# publish NAME: copies it under its hashed name and lists it.
publish() {
	hash=$(sha256sum <"$work/in/$1" | cut -c1-10)
	hashed=${1%.*}.$hash.${1##*.}
	mkdir -p "$out/$(dirname "$1")"
	printf '%s\t%s\n' "$1" "$hashed" >>"$work/manifest"
	[ -f "$out/$hashed" ] && return
	case $1 in
	*.css | *.js | *.svg) gzip -9nc "$work/in/$1" >"$out/$hashed.gz" ;;
	esac
	cp "$work/in/$1" "$out/$hashed.new"
	mv "$out/$hashed.new" "$out/$hashed"
}

# Addresses in style sheets come after the files they name.
names() {
	(cd "$work/in" && find . -type f | sed 's|^\./||' | LC_ALL=C sort)
}
for name in $(names | grep -v '^css/'); do
	publish "$name"
done
sed 's/\(.*\)\t\(.*\)/s|\\.\\.\/\1|..\/\2|g/' "$work/manifest" >"$work/links"
for name in $(names | grep '^css/'); do
	sed -i -f "$work/links" "$work/in/$name"
	publish "$name"
done
mv "$work/manifest" "$out/${4:-manifest}"
