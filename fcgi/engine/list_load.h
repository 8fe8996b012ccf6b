#ifndef ENGINE_LIST_LOAD_H
#define ENGINE_LIST_LOAD_H

#include "../access/access.h"
#include "list.h"

/* A list as declared: what list_load.c reads and the others work with. */
enum {
	LIST_COLUMNS_MAX = 30,
	LIST_FILTERS_MAX = 20,
	LIST_CHOICES_MAX = 30,
	LIST_SIZES_MAX = 6,
	LIST_DEEDS_MAX = 8,
	LIST_NO_RIGHT = -1
};

struct column_def {
	const char *id;
	const char *sql;
	const char *type;
	const char *set;   /* of a state: where its words are */
	const char *sort;  /* expression; NULL: can't be sorted by */
	const char *index; /* that has the rows in this order; NULL: none */
	bool null;	   /* it may be NULL, which comes before all else */
	const char *under;
	const char *card;
	const char *href;   /* {column} stands for its value */
	const char *client; /* expression of the client's id */
	int right;	    /* enum right, or LIST_NO_RIGHT */
	bool key;
	bool export_only; /* not on the screen, but sorted by there */
	bool document;	  /* for list_rows() alone */
};

enum filter_type { FILTER_SELECT, FILTER_TEXT, FILTER_CODE, FILTER_DATE };

extern const char *const filter_type_names[];

struct filter_choice {
	const char *value;
	const char *sql; /* its own condition, or NULL: the filter's */
};

struct filter_def {
	const char *id;
	enum filter_type type;
	const char *sql;      /* ? is the value */
	const char *prefix;   /* or: the number that begins with the value */
	const char *numbered; /* or: the number of a series that it means */
	const char *set;      /* words of the choices */
	int moment;	   /* of a date: -1 it begins, 1 it ended; 0: itself */
	const char *unset; /* filtered by while none is chosen; or NULL */
	int tabs;	   /* statement that counts; -1: none */
	int options;	   /* statement; -1: none */
	int depends;	   /* index of a filter; -1: none */
	const char *index; /* those that lead to its rows; or NULL */
	const char *fixes; /* columns that are then the same in all; or NULL */
	size_t choice_count;
	struct filter_choice *choices;
	const char *unset_sql; /* condition of unset, or NULL: sql */
};

/* What can be done with the rows that are ticked. */
struct deed_def {
	const char *id;
	const char *href; /* takes what is picked as list_select.h says */
	const char *icon;
	const char *look;
	int right; /* enum right, or LIST_NO_RIGHT */
};

struct list_def {
	struct list_def *next;
	const char *id;
	const char *key;
	const char *tie;
	const char *from;
	const char *scope; /* note on from, or NULL */
	const char *where;
	const char *index; /* those that lead to all rows; or NULL */
	const char *days;  /* by days: the order in one; or NULL */
	const char *order; /* column, or -column */
	const char *at;	   /* exports are at href + at; "" as a rule */
	bool pdf;
	bool xlsx;
	size_t size_count;
	int sizes[LIST_SIZES_MAX];
	size_t column_count;
	struct column_def *columns;
	size_t filter_count;
	struct filter_def *filters;
	size_t deed_count; /* 0: its rows can't be ticked */
	struct deed_def *deeds;
};

/* NULL: unknown. */
const struct list_def *list_def_find(const char *id);
const struct list_def *list_def_first(void);

#endif
