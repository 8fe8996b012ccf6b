#ifndef CORE_POOL_H
#define CORE_POOL_H

#include <stdarg.h>
#include <stddef.h>

/*
 * Memory that dies together: one pool per request, one for what a worker
 * loads at start. Nothing is freed alone. Out of memory ends the process
 * (the database rolls back, the supervisor starts another worker).
 */
struct pool;

/* Never NULL. The caller owns it. */
struct pool *pool_create(void);

/* Runs the clean-up handlers, the last one registered first, frees all. */
void pool_destroy(struct pool *);

/* As destroy, but keeps the first block for the next request. */
void pool_reset(struct pool *);

/* Zeroed, aligned for any object; never NULL. */
void *pool_alloc(struct pool *, size_t size);
void *pool_calloc(struct pool *, size_t count, size_t size);

/* Copies; NULL gives NULL. The result is NUL-terminated. */
char *pool_strdup(struct pool *, const char *);
char *pool_strndup(struct pool *, const char *, size_t len);
char *pool_printf(struct pool *, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *pool_vprintf(struct pool *, const char *format, va_list);

/* For what libraries own: fn(arg) is called when the pool dies. */
void pool_cleanup(struct pool *, void (*fn)(void *), void *arg);

/* Bytes handed out since the last reset. */
size_t pool_used(const struct pool *);

/* Says so and ends the process, as whoever finds that a library had none. */
_Noreturn void memory_out(void);

/* As calloc, malloc and realloc, for what outlives a pool; never NULL. */
void *memory_alloc(size_t size);
void *memory_take(size_t size);
void *memory_grow(void *, size_t size);

#endif
