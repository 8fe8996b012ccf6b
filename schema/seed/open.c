#include "course.h"
#include "seed.h"

void
open_make(struct world *w)
{
	(void)w;
}
