# Makes C of the named statements in the .sql files given.
#
#   awk -f tools/sql.awk -v out=header FILE...    enum sql { SQL_AID_GET, ... }
#   awk -f tools/sql.awk -v out=source FILE...    sql_texts[SQL_COUNT]
#
# A statement begins with a line `-- :aid_get one` (or many, or exec) and runs
# to the next such line or the end of its file. Comment lines are dropped, but
# `-- scope: none, because ...` travels along as scope_note. A mistake ends
# with `file:line: what` and status 1.

function fail(what) {
	printf "%s:%d: %s\n", FILENAME, FNR, what > "/dev/stderr"
	failed = 1
	exit 1
}

function quoted(s, end) {
	gsub(/["\\]/, "\\\\&", s)
	gsub(/\t/, "\\t", s)
	gsub(/\n/, "\\n", s)
	return "\"" s end "\""
}

function finish() {
	if (count == 0 || done)
		return
	done = 1
	if (lines == 0) {
		printf "%s:%d: statement %s is empty\n", file[count],
			line[count], name[count] > "/dev/stderr"
		failed = 1
		exit 1
	}
	sub(/[ \t]*;[ \t]*$/, "", text[lines])
	body = ""
	for (i = 1; i <= lines; i++)
		body = body "\n\t\t" quoted(text[i], i < lines ? "\\n" : "")
	bodies[count] = body
}

FNR == 1 {
	finish()
	inside = 0
}

{ sub(/[ \t\r]+$/, "") }

/^-- *:/ {
	finish()
	if ($0 !~ /^-- :[a-z][a-z0-9_]* (one|many|exec)$/)
		fail("want `-- :name one|many|exec', found `" $0 "'")
	n = substr($2, 2)
	if (n ~ /^(one|many|exec|count)$/)
		fail("a statement cannot be called " n)
	if (n in seen)
		fail("statement " n " stands already at " seen[n])
	seen[n] = FILENAME ":" FNR
	inside = 1
	done = 0
	lines = 0
	count++
	name[count] = n
	kind[count] = $3
	file[count] = FILENAME
	line[count] = FNR
	next
}

/^[ \t]*-- scope:/ {
	if (!inside)
		fail("a scope note outside a statement")
	sub(/^[ \t]*-- scope:[ \t]*/, "")
	note[count] = note[count] (note[count] == "" ? "" : "\n") $0
	next
}

/^[ \t]*(--|$)/ { next }

{
	if (!inside)
		fail("SQL before the first `-- :name' line")
	if (lines > 0 && text[lines] ~ /;$/)
		fail("a second statement under one name")
	text[++lines] = $0
}

END {
	if (failed)
		exit 1
	finish()
	if (failed)
		exit 1
	print "/* Made by tools/sql.awk; edit the .sql files. */"
	if (out == "header") {
		print "#ifndef GEN_SQL_H\n#define GEN_SQL_H\n\nenum sql {"
		for (i = 1; i <= count; i++)
			print "\tSQL_" toupper(name[i]) ","
		print "\tSQL_COUNT\n};\n\n#endif"
		exit 0
	}
	print "#include \"db/sql.h\"\n"
	print "const struct sql_text sql_texts[SQL_COUNT + 1] = {"
	for (i = 1; i <= count; i++) {
		printf "\t{%s, SQL_%s, %s, %d,%s,\n\t\t%s},\n",
			quoted(name[i]), toupper(kind[i]), quoted(file[i]),
			line[i], bodies[i],
			note[i] == "" ? "NULL" : quoted(note[i])
	}
	print "\t{NULL, SQL_EXEC, NULL, 0, NULL, NULL}\n};"
}
