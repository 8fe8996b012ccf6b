#ifndef ENGINE_PRINT_H
#define ENGINE_PRINT_H

#include "../core/config.h"
#include "../core/render.h"
#include "fo/fo.h"

/*
 * A document's XML to PDF: xslt/print/SHEET.fo.xsl, then the formatter,
 * which is loaded at the first use in a process (never before a fork).
 * The bytes are added to pdf. RC_FAIL: the log says why.
 */
enum rc print_pdf(struct pool *, const struct config *, struct render *,
	const char *sheet, xmlDoc *, const struct fo_info *,
	struct buffer *pdf);

/*
 * Are there the fonts, the hyphenation and the colour profile that documents
 * want? What is not becomes a line in errors. RC_OK or RC_FAIL.
 */
enum rc print_check(
	struct pool *, const struct config *, struct buffer *errors);

#endif
