#include <string.h>

#include "../../access/access.h"
#include "../../core/format.h"
#include "../../engine/detail.h"
#include "../../engine/list_select.h"
#include "subjects.h"

static void
add(struct subjects *s, const struct subject *one)
{
	if (one->refused)
		s->refused[s->refused_count++] = *one;
	else
		s->items[s->count++] = *one;
}

static void
make_room(struct request *r, struct subjects *s, size_t count)
{
	s->count = s->refused_count = 0;
	s->items = pool_calloc(r->pool, count + 1, sizeof(*s->items));
	s->refused = pool_calloc(r->pool, count + 1, sizeof(*s->refused));
}

static const char *
where(struct pool *p, const char *location, const char *place)
{
	if (!location || !strcmp(location, place))
		return place;
	return pool_printf(p, "%s, %s", location, place);
}

enum rc
subjects_one(struct request *r, enum request_kind kind, struct subjects *s)
{
	struct aid *a = &s->aid;
	struct aid_facts facts;
	enum rc rc;

	*s = (struct subjects){.kind = kind};
	rc = aid_find(r, r->args[0], a);
	if (rc)
		return rc;
	facts = aid_facts(a);
	make_room(r, s, 1);
	add(s, &(struct subject){.id = a->id,
		       .number = a->number,
		       .name = pool_printf(r->pool, "%s %s", a->make, a->type),
		       .where = where(r->pool, a->location, a->place),
		       .place_id = a->place_id,
		       .location_id = a->location_id,
		       .location = a->location,
		       .refused = aid_service_refused(kind, &facts)});
	return RC_OK;
}

static struct subject
read_subject(struct request *r, enum request_kind kind, struct db_row row)
{
	struct aid_facts facts = {
		.status = aid_status_parse(db_str(row, "status")),
		.rented = db_is_null(row, "owner_id"),
		.moving = db_num(row, "moving") > 0,
	};

	return (struct subject){.id = db_num(row, "id"),
		.number = db_str0(row, "number"),
		.name = db_str0(row, "name"),
		.where = where(r->pool, db_str(row, "location"),
			db_str0(row, "place")),
		.place_id = db_num(row, "place_id"),
		.location_id = db_num(row, "location_id"),
		.location = db_str(row, "location"),
		.refused = aid_service_refused(kind, &facts),
		.running = db_str(row, "running")};
}

enum rc
subjects_many(struct request *r, enum request_kind kind, struct subjects *s)
{
	struct picks picks;
	struct db_rows rows;

	*s = (struct subjects){.kind = kind, .many = true};
	picks_read(r, &picks);
	if (db_select(r->db, r->pool, SQL_SERVICE_AIDS,
		    DB_ARGS(db_text("numbers", picks_json(r->pool, &picks)),
			    db_text("kind", request_kind_name(kind))),
		    &rows))
		return RC_FAIL;
	if (rows.count != picks.count)
		return RC_NOTFOUND;
	s->more = picks.more;
	make_room(r, s, rows.count);
	for (size_t i = 0; i < rows.count; i++) {
		struct subject one = read_subject(r, kind, db_row(&rows, i));

		/* 0204817 is 204817 once more. */
		if (strcmp(one.number, picks.keys[i]) != 0)
			return RC_NOTFOUND;
		add(s, &one);
	}
	return RC_OK;
}

enum rc
subjects_lock(struct request *r, struct subjects *s)
{
	int64_t *ids = pool_calloc(r->pool, s->count + 1, sizeof(*ids));
	struct subject *all = s->items;
	size_t count = s->count;
	enum rc rc;

	for (size_t i = 0; i < count; i++)
		ids[i] = all[i].id;
	rc = aid_lock(r, ids, count);
	make_room(r, s, count);
	for (size_t i = 0; !rc && i < count; i++) {
		int64_t organisation = r->who->organisation, location;

		rc = aid_ask(r, ids[i], s->kind, &organisation, &location,
			&all[i].refused);
		if (rc == RC_NOTFOUND)
			all[i].refused = "gone";
		if (rc != RC_FAIL)
			rc = RC_OK;
		add(s, &all[i]);
	}
	return rc;
}

/* How many belong there. */
static size_t
count_at(const struct subjects *s, int64_t location)
{
	size_t n = 0;

	for (size_t i = 0; i < s->count; i++)
		n += s->items[i].location_id == location;
	return n;
}

int64_t
subjects_location(const struct subjects *s)
{
	if (!s->count || count_at(s, s->items[0].location_id) < s->count)
		return 0;
	return s->items[0].location_id;
}

int64_t
subjects_place(const struct subjects *s)
{
	int64_t best = 0;
	size_t most = 0;

	for (size_t i = 0; i < s->count; i++) {
		size_t n = count_at(s, s->items[i].location_id);

		if (n > most) {
			most = n;
			best = s->items[i].location_id;
		}
	}
	for (size_t i = 1; i < s->count; i++)
		if (s->items[i].place_id != s->items[0].place_id)
			return best;
	return s->count ? s->items[0].place_id : 0;
}

static const char *
query_of(struct request *r, const struct subjects *s, bool refused)
{
	struct picks picks = {0};

	if (!s->many)
		return "";
	for (size_t i = 0; i < s->count; i++)
		picks_add(r->pool, &picks, s->items[i].number);
	for (size_t i = 0; refused && i < s->refused_count; i++)
		picks_add(r->pool, &picks, s->refused[i].number);
	return pool_printf(r->pool, "?pick=%s", picks_text(r->pool, &picks));
}

const char *
subjects_query(struct request *r, const struct subjects *s)
{
	return query_of(r, s, false);
}

const char *
subjects_query_all(struct request *r, const struct subjects *s)
{
	return query_of(r, s, true);
}

const char *
subjects_numbers(struct request *r, const struct subject *aids, size_t count)
{
	struct buffer *b = buffer_create(r->pool);

	for (size_t i = 0; i < count; i++)
		buffer_printf(b, "%s%s", i ? ", " : "",
			format_code(r->pool, aids[i].number));
	return b->data;
}

static void
open_line(struct request *r, const struct subject *one)
{
	bool gone = one->refused && !strcmp(one->refused, "gone");

	line_open(r->xml, one->number,
		gone ? NULL : pool_printf(r->pool, "/aids/%s", one->number),
		one->name, NULL, NULL);
}

void
subjects_write(struct request *r, const struct subjects *s)
{
	xml_open(r->xml, "lines");
	xml_attr(r->xml, "id", "service-aids");
	for (size_t i = 0; i < s->count; i++) {
		open_line(r, &s->items[i]);
		line_part(r->xml, NULL, "text", NULL, s->items[i].where);
		xml_close(r->xml);
	}
	xml_close(r->xml);
}

void
subjects_write_refused(struct request *r, const struct subjects *s)
{
	xml_open(r->xml, "lines");
	xml_attr(r->xml, "id", "service-refused");
	for (size_t i = 0; i < s->refused_count; i++) {
		open_line(r, &s->refused[i]);
		line_part(r->xml, NULL, "state", "service.refused",
			s->refused[i].refused);
		line_part(r->xml, NULL, "text", NULL, s->refused[i].where);
		xml_close(r->xml);
	}
	xml_close(r->xml);
}
