#include <string.h>

#include "organisation.h"

enum { CODE_MIN = 2, CODE_MAX = 20 };

const char *
organisation_end_refused(const struct in_use *u)
{
	if (u->children > 0)
		return "children";
	if (u->aids > 0)
		return "aids";
	return u->requests > 0 ? "requests" : NULL;
}

const char *
organisation_code_refused(const char *code)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	size_t len = strlen(code);

	if (len < CODE_MIN || len > CODE_MAX || !strchr(letters, code[0]) ||
		strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789-") != len)
		return "code";
	return strcmp(code, "new") ? NULL : "taken";
}
