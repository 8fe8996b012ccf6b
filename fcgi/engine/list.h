#ifndef ENGINE_LIST_H
#define ENGINE_LIST_H

#include "../core/buffer.h"
#include "../core/request.h"
#include "../db/db.h"

/*
 * Overviews declared in NAME.list.xml: where rows come from, columns,
 * filters, sorts. The state (filters, sort, page) is the query of the
 * address; the same address with .pdf or .xlsx is the export.
 *
 * <list id="aids" key="a.number" tie="a.id" sizes="25 50 100"
 *     export="pdf xlsx">
 *   <from>aid a JOIN product p ON p.id = a.product_id</from>
 *   <where>{scope:aid a}</where>
 *   <column id="number" sql="a.number" type="code" key="yes" sort="yes"
 *     href="/aids/{key}"/>
 *   <column id="category" sql="a.category_{lang}" type="text" sort="yes"
 *     index="by_category_{lang}" under="type"/>
 *   <column id="client" sql="k.name" client="r.client_id" type="client"
 *     right="client.view"/>
 *   <filter id="location" type="select" options="my_locations">
 *     a.location_id = ?</filter>
 *   <order by="category"/>        (-category: descending)
 *   <select>
 *     <action id="repair" href="/aids/repair" right="service.request"/>
 *   </select>
 * </list>
 *
 * In <from>, tables that only add words are LEFT JOINs by their whole key:
 * counting and sorting then leave them out.
 * Types: text code date datetime money number phone state (with set=) client
 * (with client= the id of the client) link (sql gives a local address; left out
 * of exports); at: the exports are at href + at. only="export": not on the
 * screen, where the list can be sorted by it all the same; only="document": for
 * list_rows() alone. null: it may be NULL, which
 * comes first. sort may name another expression; a state that is sorted by is
 * an ENUM. index: of the first table of <from>, that has the rows of whoever
 * asks in this order. {lang} in a name is nl or en. In <from>, <where> and
 * filters :NAME is an argument of the caller; ? in a filter is the value typed;
 * prefix="a.number" in place of a condition: a number that begins with it;
 * numbered="q.number": one of a series (2026-000123) that begins with it, or
 * whose last digits it is.
 * moment="begin" or "end" of a date filter: ? is when that day begins, or has
 * ended, as DATETIME in UTC.
 * index, of a filter: those indexes of the first table that lead to its rows;
 * of the list: to all rows, and to those of some places. Where there is one,
 * the database looks into no others but that of the sort. fixes: columns before
 * it that have one value where the filter has.
 * Filter types: select text code date. Select options: a statement (columns
 * value and label; :parent with depends="FILTER"), or <option value=""/> with a
 * set of texts (set=); the condition inside such an option, that of unset too,
 * is asked in place of the filter's: by a CASE over the value the database
 * would not see which index leads to the rows. A value out of range is left
 * out, and a message says so. unset: the value that a select filters by while
 * none is chosen (the text list.ID.filter.FILTER.all says what that is) and no
 * code is sought. tabs: a statement of one row, each column named after a value
 * of the filter, the unset one included: tabs above the list, with these
 * numbers (NULL: none). select: rows can be ticked, across pages, by who may do
 * one of its actions with them: a GET of its href with the keys
 * (list_select.h). ?all=yes ticks all that is asked for, up to PICKS_MAX. days,
 * of a list by days (calendar.h): the order within a day, from which its first
 * column is the day and its sort. :lang is the language of the page.
 */
enum rc lists_load(struct pool *, const char *root, struct buffer *errors);

/* Proves every list's SQL on the database. */
enum rc lists_check(struct db *, struct buffer *errors);

/*
 * Runs the list of that id for this request and writes <list> where the
 * request's XML is open. href: the list's own address. Clients whose names
 * it shows are logged first. args: DB_ARGS or DB_NO_ARGS.
 */
enum rc list_run(struct request *, const char *id, const char *href,
	const struct db_arg *args);

/*
 * A page that is just a list, in whatever format was asked for: page, XML,
 * PDF or Excel. Page id and list id are the same.
 */
enum rc list_page_of(struct request *, const char *id, const char *href,
	const struct db_arg *args);

/* The same for the list that the route names, at its path. */
enum rc list_page(struct request *);

/*
 * The rows that the address asks of a list, in its order, for a document of
 * another kind than the list: its columns only="document", named by their
 * ids. They are counted up to most + 1, and selected only where want_rows is
 * set and they are no more than most. Where some are picked: just these,
 * whatever the filters say. No clients are among the columns, so
 * nothing is logged.
 */
struct list_rows {
	int64_t total;
	struct db_rows rows;
	const char *about; /* what is filtered on, or "" */
	const char *query; /* of an address that asks the same: "?…" or "" */
	bool picked;
	bool other; /* part of what was asked for was out of range */
};
enum rc list_rows(struct request *, const char *id, int most, bool want_rows,
	struct list_rows *);

#endif
