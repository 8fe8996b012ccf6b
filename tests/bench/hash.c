#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "access/password.h"

/*
 * build/bench/hash [TIMES]: what it costs to check a password, in seconds of
 * processor, as one JSON object.
 */
int
main(int argc, char **argv)
{
	long times = argc > 1 ? strtol(argv[1], NULL, 10) : 20;
	char hash[PASSWORD_HASH_SIZE];
	struct timespec from, to;

	if (times < 1 || !password_hash("hulpbalie-demo-2026", hash))
		return 1;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
	for (long i = 0; i < times; i++)
		if (!password_check(hash, "hulpbalie-demo-2026"))
			return 1;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
	printf("{\"seconds\":%.6f}\n",
		((double)(to.tv_sec - from.tv_sec) +
			(double)(to.tv_nsec - from.tv_nsec) / 1e9) /
			(double)times);
	return 0;
}
