#ifndef DOMAIN_PHOTO_PROGRAM_H
#define DOMAIN_PHOTO_PROGRAM_H

#include <stdint.h>

/*
 * What the portal and `hulpbalie-photo OFFSET LENGTH SECONDS` say to each
 * other. It reads those bytes of standard input, a file; writes to standard
 * output, which is a file too, the head, the picture and the small one, both
 * JPEG without any metadata; and ends with one of these, or by a signal when it
 * took so many seconds.
 */
enum photo_end {
	PHOTO_DONE,
	PHOTO_OTHER = 3, /* not JPEG, PNG, WebP or HEIC */
	PHOTO_LARGE,	 /* more than PHOTO_PIXELS_MOST, which it says itself */
	PHOTO_BROKEN	 /* cut off, or otherwise not to be read */
};

enum {
	PHOTO_SIZE = 2048, /* the longer side, in pixels, at most */
	PHOTO_SMALL_SIZE = 640,
	PHOTO_PIXELS_MOST = 60 * 1000 * 1000,
	PHOTO_OUTPUT_MOST = 16 << 20
};

struct photo_head {
	uint32_t width, height; /* of the picture */
	uint32_t size, small_size;
};

#endif
