#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include "arena.h"
#include "pool.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#endif

enum {
	SIZE = 32 << 20, /* of addresses; a page touches 1 MB of it */
	KEPT = 1 << 20,	 /* touched, and kept for the next request */
	ALIGN = 16
};

/* Before each piece: its length. */
struct head {
	alignas(ALIGN) size_t size;
};

static struct {
	char *start; /* NULL: there is none */
	size_t used;
	size_t most; /* ever, in this request */
	int paused;
	bool open;
	bool spilled;
} arena;

static bool
inside(const void *p)
{
	return arena.start && (uintptr_t)p >= (uintptr_t)arena.start &&
	       (uintptr_t)p < (uintptr_t)arena.start + SIZE;
}

static size_t
round_up(size_t size)
{
	return (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

static struct head *
head_of(void *p)
{
	return (struct head *)p - 1;
}

/* Where the next piece goes; NULL: it does not fit. */
static void *
take(size_t size)
{
	size_t need = round_up(size) + sizeof(struct head);
	struct head *h = (struct head *)(void *)(arena.start + arena.used);

	if (size > SIZE || need > SIZE - arena.used) {
		arena.spilled = true;
		return NULL;
	}
	arena.used += need;
	if (arena.used > arena.most)
		arena.most = arena.used;
	ASAN_UNPOISON_MEMORY_REGION(h, sizeof(*h) + size);
	h->size = size;
	return h + 1;
}

/* The last piece goes: a string that grows stays where it is. */
static bool
give_back(void *p)
{
	char *start = (char *)head_of(p);

	if ((char *)p + round_up(head_of(p)->size) != arena.start + arena.used)
		return false;
	arena.used = (size_t)(start - arena.start);
	return true;
}

static void *
arena_malloc(size_t size)
{
	void *p = NULL;

	if (arena.open && arena.paused == 0)
		p = take(size);
	return p ? p : memory_take(size);
}

static void
arena_free(void *p)
{
	if (!inside(p)) {
		free(p);
		return;
	}
	ASAN_POISON_MEMORY_REGION(p, head_of(p)->size);
	(void)give_back(p);
}

static void *
arena_realloc(void *p, size_t size)
{
	size_t old;
	void *to;

	if (!p)
		return arena_malloc(size);
	if (!inside(p))
		return memory_grow(p, size);
	old = head_of(p)->size;
	if (size <= old)
		return p;
	(void)give_back(p);
	to = arena_malloc(size);
	if (to != p)
		memcpy(to, p, old);
	return to;
}

static char *
arena_strdup(const char *s)
{
	size_t size = strlen(s) + 1;

	return memcpy(arena_malloc(size), s, size);
}

void
arena_setup(void)
{
	xmlMemSetup(arena_free, arena_malloc, arena_realloc, arena_strdup);
	xmlInitParser();
}

void
arena_begin(void)
{
	if (!arena.start) {
		void *p = mmap(NULL, SIZE, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

		if (p == MAP_FAILED)
			return;
		arena.start = p;
		ASAN_POISON_MEMORY_REGION(arena.start, SIZE);
	}
	arena.open = true;
	arena.spilled = false;
	arena.paused = 0;
}

void
arena_end(void)
{
	if (!arena.open)
		return;
	/* The last error's words lie there too. */
	xmlResetLastError();
	arena.open = false;
	if (arena.most > KEPT)
		madvise(arena.start + KEPT, SIZE - KEPT, MADV_DONTNEED);
	ASAN_POISON_MEMORY_REGION(arena.start, arena.most);
	arena.used = arena.most = 0;
}

void
arena_pause(void)
{
	arena.paused++;
}

void
arena_resume(void)
{
	arena.paused--;
}

bool
arena_whole(void)
{
	return arena.open && !arena.spilled;
}
