/*
 * A target without libFuzzer: `TARGET FOLDER [CHANGES]` runs it on every file
 * of the folder, and on so many changed ones: bytes flipped, cut, doubled, the
 * same ones each time. Prints how many inputs there were.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

enum { SIZE_MAX_BYTES = 1 << 16 };

static unsigned long state = 1;
static long inputs;

static unsigned long
next(unsigned long below)
{
	state = state * 6364136223846793005UL + 1442695040888963407UL;
	return (state >> 33) % below;
}

/* On a copy of its very size, so that a byte beyond is seen. */
static void
run(const uint8_t *bytes, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);

	if (!copy)
		abort();
	memcpy(copy, bytes, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
	inputs++;
}

static size_t
change(uint8_t *bytes, size_t size)
{
	static const uint8_t odd[] = {
		0, '\n', '%', '&', '<', '"', 0x7f, 0x80, 0xc2, 0xed, 0xff};
	size_t at = next(size ? size : 1);

	switch (next(4)) {
	case 0:
		return at;
	case 1:
		bytes[at] = odd[next(sizeof(odd))];
		return size ? size : 1;
	case 2:
		bytes[at] ^= (uint8_t)(1U << next(8));
		return size ? size : 1;
	default:
		if (2 * size - at > SIZE_MAX_BYTES)
			return size;
		memmove(bytes + size, bytes + at, size - at);
		return 2 * size - at;
	}
}

static void
run_file(const char *path, long changes)
{
	static uint8_t whole[SIZE_MAX_BYTES], bytes[SIZE_MAX_BYTES];
	FILE *f = fopen(path, "rb");
	size_t size;

	if (!f) {
		perror(path);
		exit(1);
	}
	size = fread(whole, 1, sizeof(whole), f);
	fclose(f);
	run(whole, size);
	for (long i = 0; i < changes; i++) {
		size_t len = size;

		memcpy(bytes, whole, size);
		for (unsigned long n = 1 + next(4); n > 0; n--)
			len = change(bytes, len);
		run(bytes, len);
	}
}

static int
is_file(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

int
main(int argc, char **argv)
{
	struct dirent **names;
	int count = argc > 1 ? scandir(argv[1], &names, is_file, alphasort) : 0;
	long changes = argc > 2 ? atol(argv[2]) : 0;
	char path[1000];

	if (count <= 0) {
		fputs("usage: TARGET FOLDER [CHANGES]\n", stderr);
		return 64;
	}
	for (int i = 0; i < count; i++) {
		snprintf(
			path, sizeof(path), "%s/%s", argv[1], names[i]->d_name);
		run_file(path, changes);
		free(names[i]);
	}
	free(names);
	printf("%ld inputs\n", inputs);
	return 0;
}
