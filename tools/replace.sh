#!/bin/sh
# replace.sh NEW FILE: puts NEW in the place of FILE, unless they are equal,
# so that nothing is compiled again for a file that did not change.
if cmp -s "$1" "$2"; then
	rm "$1"
else
	mv "$1" "$2"
fi
