#include <string.h>
#include <strings.h>

#include "calendar.h"
#include "message.h"

bool
message_allowed(const char *ended_on, const char *today)
{
	return !ended_on ||
	       calendar_days_of(today) - calendar_days_of(ended_on) <=
		       MESSAGE_DAYS;
}

static const char *
base_of(const char *name)
{
	const char *slash = strrchr(name, '/');
	const char *other = strrchr(name, '\\');

	if (slash)
		name = slash + 1;
	return other && other >= name ? other + 1 : name;
}

static bool
is_pdf_name(const char *name)
{
	size_t len = strlen(name);

	return len >= 4 && !strcasecmp(name + len - 4, ".pdf");
}

void
message_file_name(const char *name, char *result)
{
	const char *s = base_of(name);
	size_t end = strlen(s), n = 0, chars = 0;

	if (is_pdf_name(s))
		end -= 4;
	/* Leading dots hide a file. */
	for (size_t i = 0; i < end; i++) {
		unsigned char c = (unsigned char)s[i];
		bool begins = (c & 0xc0) != 0x80;

		if (begins && chars == FILE_NAME_MOST - 4)
			break;
		if (!n && (c == '.' || c == ' '))
			continue;
		chars += begins;
		result[n++] = c < 0x20 || c == 0x7f || strchr("\"*:<>?|", c)
				      ? '_'
				      : (char)c;
	}
	while (n && (result[n - 1] == ' ' || result[n - 1] == '.'))
		n--;
	if (!n) {
		memcpy(result, "document", 8);
		n = 8;
	}
	memcpy(result + n, ".pdf", 5);
}

/* Those who make it may put some bytes before and behind it. */
enum { PDF_TAIL = 2048 };

bool
message_is_pdf(const char *bytes, size_t len)
{
	size_t tail = len < PDF_TAIL ? len : PDF_TAIL;

	return len > 8 && !memcmp(bytes, "%PDF-", 5) &&
	       memmem(bytes + len - tail, tail, "%%EOF", 5) != NULL;
}
