#ifndef ENGINE_FO_SVG_PATH_H
#define ENGINE_FO_SVG_PATH_H

#include "job.h"

/* Private to svg*.c: the data of a path as segments in absolute numbers. */
enum segment_kind { MOVE, LINE, CURVE, ARC, CLOSE };

struct segment {
	enum segment_kind kind;
	/*
	 * A curve: three points. An arc: its centre, radii, rotation, first
	 * angle and sweep.
	 */
	double at[7];
};

struct segments {
	int count;
	struct segment *list;
};

/* False where the data is wrong, or of a kind that isn't read. */
bool svg_path_read(struct pool *, const char *data, struct segments *);

#endif
