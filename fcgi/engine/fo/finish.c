#include <stdlib.h>
#include <string.h>

#include <qpdf/qpdf-c.h>

#include "content.h"
#include "finish.h"
#include "load.h"
#include "structure.h"
#include "xmp.h"

struct dates {
	char pdf[32]; /* D:20261122031000Z */
	char xmp[32]; /* 2026-11-22T03:10:00Z */
};

static void
format_dates(time_t created, struct dates *d)
{
	struct tm tm = {0};

	gmtime_r(&created, &tm);
	strftime(d->pdf, sizeof(d->pdf), "D:%Y%m%d%H%M%SZ", &tm);
	strftime(d->xmp, sizeof(d->xmp), "%Y-%m-%dT%H:%M:%SZ", &tm);
}

static void
give(qpdf_data q, qpdf_oh dict, const char *key, qpdf_oh value)
{
	qpdf_oh_replace_key(q, dict, key, value);
	qpdf_oh_release(q, value);
}

static qpdf_oh
make_stream(qpdf_data q, const void *bytes, size_t len)
{
	qpdf_oh stream = qpdf_oh_new_stream(q);
	qpdf_oh none = qpdf_oh_new_null(q);

	qpdf_oh_replace_stream_data(q, stream, bytes, len, none, none);
	qpdf_oh_release(q, none);
	return stream;
}

static void
mark_page(struct fo_job *job, qpdf_data q, const struct fo_page *page)
{
	qpdf_oh object = qpdf_get_page_n(q, (size_t)page->index);
	qpdf_oh stream = qpdf_oh_get_key(q, object, "/Contents");
	qpdf_oh none = qpdf_oh_new_null(q);
	struct buffer *out = buffer_create(NULL);
	unsigned char *bytes = NULL;
	size_t len = 0;
	QPDF_BOOL decoded = QPDF_FALSE;

	if (qpdf_oh_get_stream_data(q, stream, qpdf_dl_generalized, &decoded,
		    &bytes, &len) != QPDF_SUCCESS ||
		!decoded ||
		!fo_content_mark((const char *)bytes, len, page->log, out))
		fo_fail(job, "page %d: its content can't be marked",
			page->number);
	qpdf_oh_replace_stream_data(q, stream, (const unsigned char *)out->data,
		out->len, none, none);
	free(bytes);
	buffer_free(out);
	qpdf_oh_release(q, none);
	qpdf_oh_release(q, stream);
	qpdf_oh_release(q, object);
}

/* Cairo 1.16 leaves it out where PDF/A wants it. */
static void
map_glyphs(qpdf_data q, qpdf_oh font)
{
	qpdf_oh list = qpdf_oh_get_key(q, font, "/DescendantFonts");
	qpdf_oh inner;
	qpdf_oh type;

	if (qpdf_oh_is_array(q, list)) {
		inner = qpdf_oh_get_array_item(q, list, 0);
		type = qpdf_oh_get_key(q, inner, "/Subtype");
		if (qpdf_oh_is_name_and_equals(q, type, "/CIDFontType2") &&
			!qpdf_oh_has_key(q, inner, "/CIDToGIDMap"))
			give(q, inner, "/CIDToGIDMap",
				qpdf_oh_new_name(q, "/Identity"));
		qpdf_oh_release(q, type);
		qpdf_oh_release(q, inner);
	}
	qpdf_oh_release(q, list);
}

static void
map_fonts(qpdf_data q, const struct fo_page *page)
{
	qpdf_oh object = qpdf_get_page_n(q, (size_t)page->index);
	qpdf_oh resources = qpdf_oh_get_key(q, object, "/Resources");
	qpdf_oh fonts = qpdf_oh_get_key(q, resources, "/Font");

	if (qpdf_oh_is_dictionary(q, fonts)) {
		qpdf_oh_begin_dict_key_iter(q, fonts);
		while (qpdf_oh_dict_more_keys(q)) {
			qpdf_oh font = qpdf_oh_get_key(
				q, fonts, qpdf_oh_dict_next_key(q));

			map_glyphs(q, font);
			qpdf_oh_release(q, font);
		}
	}
	qpdf_oh_release(q, fonts);
	qpdf_oh_release(q, resources);
	qpdf_oh_release(q, object);
}

static void
write_metadata(struct fo_job *job, qpdf_data q, qpdf_oh catalog,
	const struct dates *dates)
{
	struct buffer *xmp = buffer_create(job->pool);
	qpdf_oh stream;
	qpdf_oh dict;

	fo_xmp_write(job->info, dates->xmp, xmp);
	stream = make_stream(q, xmp->data, xmp->len);
	dict = qpdf_oh_get_dict(q, stream);
	give(q, dict, "/Type", qpdf_oh_new_name(q, "/Metadata"));
	give(q, dict, "/Subtype", qpdf_oh_new_name(q, "/XML"));
	qpdf_oh_release(q, dict);
	give(q, catalog, "/Metadata", stream);
}

/* The colours of the document are sRGB. */
static void
write_intent(struct fo_job *job, qpdf_data q, qpdf_oh catalog)
{
	qpdf_oh list = qpdf_oh_new_array(q);
	qpdf_oh intent =
		qpdf_oh_parse(q, "<</Type/OutputIntent/S/GTS_PDFA1"
				 "/OutputConditionIdentifier(sRGB IEC61966-2.1)"
				 "/Info(sRGB IEC61966-2.1)>>");
	qpdf_oh profile = make_stream(q, job->fo->icc, job->fo->icc_len);
	qpdf_oh dict = qpdf_oh_get_dict(q, profile);

	give(q, dict, "/N", qpdf_oh_new_integer(q, 3));
	qpdf_oh_release(q, dict);
	give(q, intent, "/DestOutputProfile", profile);
	qpdf_oh_append_item(q, list, intent);
	qpdf_oh_release(q, intent);
	give(q, catalog, "/OutputIntents", list);
}

static void
write_info(struct fo_job *job, qpdf_data q, const struct dates *dates)
{
	const struct fo_info *info = job->info;
	qpdf_oh dict = qpdf_oh_new_dictionary(q);
	qpdf_oh trailer = qpdf_get_trailer(q);

	give(q, dict, "/Title", qpdf_oh_new_unicode_string(q, info->title));
	if (info->subject)
		give(q, dict, "/Subject",
			qpdf_oh_new_unicode_string(q, info->subject));
	give(q, dict, "/Producer", qpdf_oh_new_string(q, "Hulpbalie"));
	give(q, dict, "/CreationDate", qpdf_oh_new_string(q, dates->pdf));
	give(q, dict, "/ModDate", qpdf_oh_new_string(q, dates->pdf));
	give(q, trailer, "/Info", qpdf_make_indirect_object(q, dict));
	qpdf_oh_release(q, dict);
	qpdf_oh_release(q, trailer);
}

static void
complete(struct fo_job *job, qpdf_data q, const struct fo_page *pages,
	struct tag *document)
{
	qpdf_oh catalog = qpdf_get_root(q);
	struct dates dates;

	format_dates(job->info->created, &dates);
	for (const struct fo_page *p = pages; p && !job->failed; p = p->next) {
		mark_page(job, q, p);
		map_fonts(q, p);
	}
	fo_structure_write(job, q, pages, document);
	give(q, catalog, "/Lang", qpdf_oh_new_string(q, job->info->lang));
	give(q, catalog, "/ViewerPreferences",
		qpdf_oh_parse(q, "<</DisplayDocTitle true>>"));
	write_metadata(job, q, catalog, &dates);
	write_intent(job, q, catalog);
	write_info(job, q, &dates);
	qpdf_oh_release(q, catalog);
}

static bool
write_file(struct fo_job *job, qpdf_data q, struct buffer *out)
{
	if (qpdf_init_write_memory(q) & QPDF_ERRORS)
		return false;
	qpdf_set_deterministic_ID(q, QPDF_TRUE);
	qpdf_set_object_stream_mode(q,
		job->info->object_streams ? qpdf_o_generate : qpdf_o_disable);
	qpdf_set_newline_before_endstream(q, QPDF_TRUE);
	qpdf_set_minimum_pdf_version(q, "1.7");
	if (qpdf_write(q) & QPDF_ERRORS)
		return false;
	buffer_add(out, qpdf_get_buffer(q), qpdf_get_buffer_length(q));
	return true;
}

/*
 * Cairo's own structure tree, one object for each mark, is replaced; marking
 * its objects free saves qpdf a fifth of its time reading them. Where the
 * file looks otherwise nothing is done.
 */
static void
drop_structure(struct buffer *pdf)
{
	static const char mark[] = "obj\n<< /Type /StructElem";
	const char *tail = pdf->len > 64 ? pdf->data + pdf->len - 64 : NULL;
	const char *at = tail ? strstr(tail, "startxref\n") : NULL;
	size_t table = at ? strtoul(at + 10, NULL, 10) : 0;
	size_t entries;
	char *end;

	if (!at || table + 32 > pdf->len ||
		strncmp(pdf->data + table, "xref\n0 ", 7) != 0)
		return;
	entries = strtoul(pdf->data + table + 7, &end, 10);
	if (*end != '\n' ||
		entries > (size_t)(pdf->data + pdf->len - end - 1) / 20)
		return;
	for (char *e = end + 1; entries-- > 0; e += 20) {
		size_t offset = strtoul(e, NULL, 10);
		const char *object =
			offset < table ? memchr(pdf->data + offset, 'o', 16)
				       : NULL;

		if (object && strncmp(object, mark, sizeof(mark) - 1) == 0)
			e[17] = 'f';
	}
}

void
fo_finish(struct fo_job *job, const struct fo_page *pages, struct tag *document,
	struct buffer *cairo, struct buffer *out)
{
	qpdf_data q = qpdf_init();
	bool done = false;

	drop_structure(cairo);
	qpdf_silence_errors(q);
	qpdf_set_suppress_warnings(q, QPDF_TRUE);
	qpdf_set_attempt_recovery(q, QPDF_FALSE);
	if (!(qpdf_read_memory(q, "cairo", cairo->data, cairo->len, NULL) &
		    QPDF_ERRORS)) {
		complete(job, q, pages, document);
		done = !job->failed && !qpdf_has_error(q) &&
		       write_file(job, q, out);
	}
	if (!done)
		fo_fail(job, "finishing: %s",
			qpdf_has_error(q)
				? qpdf_get_error_full_text(q, qpdf_get_error(q))
				: "the file can't be written");
	qpdf_cleanup(&q);
}
