#ifndef ENGINE_FORM_LOAD_H
#define ENGINE_FORM_LOAD_H

#include "form.h"

/* A form as declared: what form_load.c reads and form.c works with. */
enum { FORM_FIELDS_MAX = 40, FORM_OPTIONS_MAX = 20 };

enum field_type {
	FIELD_TEXT,
	FIELD_TEXTAREA,
	FIELD_EMAIL,
	FIELD_TEL,
	FIELD_NUMBER,
	FIELD_MONEY,
	FIELD_DATE,
	FIELD_SELECT,
	FIELD_RADIO,
	FIELD_CHECK,
	FIELD_REF,
	FIELD_PASSWORD,
	FIELD_CODE,
	FIELD_HIDDEN,
	FIELD_FILE,
	FIELD_TYPES
};

extern const char *const field_type_names[FIELD_TYPES];

struct field_def {
	const char *name;
	const char *group; /* id of its group */
	enum field_type type;
	bool required;
	bool hint;
	bool refresh; /* a change asks for the form anew */
	bool repeat;  /* of the form's rows */
	int max;      /* characters */
	int options;  /* statement; -1: none */
	int depends;  /* index of a field; -1: none */
	const char *autocomplete;
	const char *accept; /* of a file: which kinds */
	bool many;	    /* … and several */
	size_t choice_count;
	const char **choices; /* fixed options */
};

struct form_def {
	struct form_def *next;
	const char *id;
	const char *look; /* of its button: bad, or NULL */
	const char *rows; /* their id; NULL: it has none */
	int rows_max;
	bool get;	 /* sent in the address: it changes nothing */
	bool rows_fixed; /* the caller's: none is added or removed */
	size_t count;
	struct field_def *fields;
};

/* NULL: unknown. */
const struct form_def *form_def_find(const char *id);

#endif
