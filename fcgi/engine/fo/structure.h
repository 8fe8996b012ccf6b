#ifndef ENGINE_FO_STRUCTURE_H
#define ENGINE_FO_STRUCTURE_H

#include <qpdf/qpdf-c.h>

#include "paint.h"

/*
 * Private to finish.c: writes the structure tree and the links of the
 * document into the PDF that qpdf holds.
 */
void fo_structure_write(struct fo_job *, qpdf_data, const struct fo_page *pages,
	struct tag *document);

#endif
