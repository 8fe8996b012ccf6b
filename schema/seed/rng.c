#include <math.h>

#include "rng.h"

uint64_t
rng_next(struct rng *r)
{
	uint64_t z = r->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

struct rng
rng_for(uint64_t salt, uint64_t id)
{
	struct rng r = {salt * UINT64_C(0xd1342543de82ef95) + id};

	r.state = rng_next(&r);
	return r;
}

int
rng_below(struct rng *r, int n)
{
	return (int)((rng_next(r) >> 33) % (uint64_t)n);
}

int
rng_between(struct rng *r, int from, int until)
{
	return from + rng_below(r, until - from + 1);
}

bool
rng_chance(struct rng *r, int per_thousand)
{
	return rng_below(r, 1000) < per_thousand;
}

int
rng_wait(struct rng *r, double mean)
{
	double u = (double)(rng_next(r) >> 11) / 9007199254740992.0;
	double days = -log(1.0 - u) * mean;

	return 1 + (days > 20000 ? 20000 : (int)days);
}

int
rng_pick(struct rng *r, const int *sums, int count)
{
	int at = rng_below(r, sums[count - 1]);
	int low = 0, high = count - 1;

	while (low < high) {
		int middle = (low + high) / 2;

		if (sums[middle] > at)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}
