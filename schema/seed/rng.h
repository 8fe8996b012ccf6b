#ifndef SEED_RNG_H
#define SEED_RNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The generator's chance: splitmix64, the same on every machine. Each thing
 * has a sequence of its own (a salt for the purpose, its id), so that what
 * is made for one does not shift all that comes after it.
 */
struct rng {
	uint64_t state;
};

struct rng rng_for(uint64_t salt, uint64_t id);

uint64_t rng_next(struct rng *);
/* 0 … n - 1; n at least 1. */
int rng_below(struct rng *, int n);
/* from … until, both included. */
int rng_between(struct rng *, int from, int until);
/* True so many times in a thousand. */
bool rng_chance(struct rng *, int per_thousand);
/* Days until a thing that happens once in mean days on average. */
int rng_wait(struct rng *, double mean);
/* An index by weight: sums[i] is the sum of the weights up to and with i. */
int rng_pick(struct rng *, const int *sums, int count);

#endif
