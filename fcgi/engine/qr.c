#include <qrencode.h>

#include "../core/buffer.h"
#include "qr.h"

/* One rectangle for each run of dark modules in a row. */
static void
add_row(struct buffer *path, const unsigned char *row, int width, int y)
{
	for (int x = 0; x < width; x++) {
		int begin = x;

		while (x < width && (row[x] & 1))
			x++;
		if (x > begin)
			buffer_printf(path, "M%d %dh%dv1h-%dz", begin, y,
				x - begin, x - begin);
	}
}

const char *
qr_path(struct pool *p, const char *text, int *size)
{
	struct buffer *path = buffer_create(p);
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);

	if (!code)
		return NULL;
	for (int y = 0; y < code->width; y++)
		add_row(path, code->data + y * code->width, code->width, y);
	*size = code->width;
	QRcode_free(code);
	return path->data;
}

bool
qr_open(struct xml *x, struct pool *p, const char *text)
{
	int size;
	const char *path = qr_path(p, text, &size);

	if (!path)
		return false;
	xml_open(x, "qr");
	xml_attr_int(x, "size", size);
	xml_attr(x, "path", path);
	return true;
}
