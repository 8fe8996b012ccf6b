#include <glib.h>

#include "xmp.h"

static const char head[] =
	"<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
	"<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
	"<rdf:Description rdf:about=\"\"\n"
	" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
	" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
	" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
	" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
	" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
	"<pdfaid:part>2</pdfaid:part>\n"
	"<pdfaid:conformance>A</pdfaid:conformance>\n"
	"<pdfuaid:part>1</pdfuaid:part>\n"
	"<pdf:Producer>Hulpbalie</pdf:Producer>\n";

/* PDF/A wants the schema of PDF/UA's own property declared. */
static const char tail[] =
	"</rdf:Description>\n"
	"<rdf:Description rdf:about=\"\"\n"
	" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
	" xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n"
	" xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
	"<pdfaExtension:schemas><rdf:Bag>"
	"<rdf:li rdf:parseType=\"Resource\">\n"
	"<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\n"
	"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/"
	"</pdfaSchema:namespaceURI>\n"
	"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
	"<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
	"<pdfaProperty:name>part</pdfaProperty:name>\n"
	"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
	"<pdfaProperty:category>internal</pdfaProperty:category>\n"
	"<pdfaProperty:description>Part of PDF/UA</pdfaProperty:description>\n"
	"</rdf:li></rdf:Seq></pdfaSchema:property>\n"
	"</rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
	"</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
	"<?xpacket end=\"r\"?>\n";

static void
add_text(struct buffer *out, const char *before, const char *text,
	const char *after)
{
	char *escaped = g_markup_escape_text(text, -1);

	buffer_puts(out, before);
	buffer_puts(out, escaped);
	buffer_puts(out, after);
	g_free(escaped);
}

void
fo_xmp_write(
	const struct fo_info *info, const char *created, struct buffer *out)
{
	buffer_puts(out, head);
	add_text(out, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">",
		info->title, "</rdf:li></rdf:Alt></dc:title>\n");
	if (info->subject)
		add_text(out,
			"<dc:description><rdf:Alt>"
			"<rdf:li xml:lang=\"x-default\">",
			info->subject,
			"</rdf:li></rdf:Alt></dc:description>\n");
	add_text(out, "<dc:language><rdf:Bag><rdf:li>", info->lang,
		"</rdf:li></rdf:Bag></dc:language>\n");
	add_text(out, "<xmp:CreateDate>", created, "</xmp:CreateDate>\n");
	add_text(out, "<xmp:ModifyDate>", created, "</xmp:ModifyDate>\n");
	buffer_puts(out, tail);
}
