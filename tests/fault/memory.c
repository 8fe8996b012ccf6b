#include <errno.h>
#include <stddef.h>

#include "inject.h"

/* The C library's own, which these stand before. */
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

void *malloc(size_t);
void *calloc(size_t, size_t);
void *realloc(void *, size_t);

static bool
none_left(const char *function)
{
	bool due = fault_due("memory", function);

	if (due)
		errno = ENOMEM;
	return due;
}

void *
malloc(size_t size)
{
	return none_left("malloc") ? NULL : __libc_malloc(size);
}

void *
calloc(size_t count, size_t size)
{
	return none_left("calloc") ? NULL : __libc_calloc(count, size);
}

void *
realloc(void *old, size_t size)
{
	return none_left("realloc") ? NULL : __libc_realloc(old, size);
}
