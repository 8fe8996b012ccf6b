#ifndef ENGINE_QR_H
#define ENGINE_QR_H

#include "../core/pool.h"
#include "../core/xml.h"

/*
 * The dark modules of a QR code (level M, UTF-8) as the data of one SVG
 * path, in a square of *size x *size units without its quiet zone. NULL
 * where the text is too long.
 */
const char *qr_path(struct pool *, const char *text, int *size);

/* Opens <qr size="…" path="…">; false, and nothing, where it is too long. */
bool qr_open(struct xml *, struct pool *, const char *text);

#endif
