#include "brake.h"

int64_t
brake_ended(struct brake *b, int64_t started, int64_t now, bool served)
{
	int64_t pause = BRAKE_MS;

	if (served || now - started >= BRAKE_QUICK_MS) {
		b->quick = 0;
		return 0;
	}
	if (++b->quick <= BRAKE_FREE)
		return 0;
	for (int i = BRAKE_FREE + 1; i < b->quick && pause < BRAKE_MAX_MS; i++)
		pause *= 2;
	if (pause > BRAKE_MAX_MS)
		pause = BRAKE_MAX_MS;
	b->not_before = now + pause;
	return pause;
}

void
brake_hold(struct brake *b, int64_t now)
{
	b->not_before = now + BRAKE_MAX_MS;
}
