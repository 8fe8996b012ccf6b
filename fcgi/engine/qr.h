#ifndef ENGINE_QR_H
#define ENGINE_QR_H

#include "../core/pool.h"

/*
 * The dark modules of a QR code (level M, UTF-8) as the data of one SVG
 * path, in a square of *size x *size units without its quiet zone. NULL
 * where the text is too long.
 */
const char *qr_path(struct pool *, const char *text, int *size);

#endif
