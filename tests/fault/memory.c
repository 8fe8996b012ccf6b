#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "inject.h"

/* The C library's own, which these stand before. */
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

void *malloc(size_t);
void *calloc(size_t, size_t);
void *realloc(void *, size_t);

static bool
is_of(const char *name, const void *caller)
{
	Dl_info info;

	return dladdr(caller, &info) && info.dli_sname &&
	       strcmp(info.dli_sname, name) == 0;
}

static bool
none_left(const char *function, const void *caller)
{
	static const char at[] = "memory@";
	const char *what = fault_what();
	bool due = strncmp(what, at, sizeof(at) - 1) == 0
			   ? is_of(what + sizeof(at) - 1, caller) &&
				     fault_due(what, function)
			   : fault_due("memory", function);

	if (due)
		errno = ENOMEM;
	return due;
}

void *
malloc(size_t size)
{
	return none_left("malloc", __builtin_return_address(0))
		       ? NULL
		       : __libc_malloc(size);
}

void *
calloc(size_t count, size_t size)
{
	return none_left("calloc", __builtin_return_address(0))
		       ? NULL
		       : __libc_calloc(count, size);
}

void *
realloc(void *old, size_t size)
{
	return none_left("realloc", __builtin_return_address(0))
		       ? NULL
		       : __libc_realloc(old, size);
}
