#include "plain.h"

#define ENDED "('done', 'rejected', 'withdrawn', 'cancelled')"

/* Is the place of the row ticked, or lies it in one ticked whole? */
#define TICKED(place, location)                                                \
	"EXISTS (SELECT 1 FROM membership_place w "                            \
	"WHERE w.membership_id = :membership AND (w.place_id = " place         \
	" OR w.place_id = " location " AND w.whole_subtree))"

#define MAY_SEE                                                                \
	"r.organisation_id = :organisation AND (:all "                         \
	"OR r.requester_id = :account OR r.approver_id = :account OR "
/* Of many aids also by the place of any of them. */
#define SEES_REQUEST                                                           \
	MAY_SEE TICKED("r.place_id",                                           \
		"r.location_id") " OR r.many AND EXISTS (SELECT 1 FROM "       \
				 "request_line z "                             \
				 "WHERE z.request_id = r.id AND " TICKED(      \
					 "z.place_id", "z.location_id") "))"
/* A line: of many aids each by its own. */
#define SEES_LINE MAY_SEE TICKED("d.id", "l.id") ")"

static const char *const statuses[] = {"in_use", "in_depot", "in_transport",
	"in_cleaning", "in_repair", "out_of_service", NULL};
static const char *const kinds[] = {"repair", "move", "from_depot", "to_depot",
	"pick_up", "inspection", "cleaning", "adaptation", "rental", "delivery",
	NULL};
static const char *const progress[] = {
	"open", "approval", "planned", "done", "ended", NULL};
static const char *const groups[] = {"depot", "owned", "rented", NULL};
static const char *const open_kinds[] = {
	"repair", "adaptation", "rental", "delivery", "pick_up", NULL};
static const char *const open_states[] = {
	"submitted", "accepted", "planned", "in_progress", "on_hold", NULL};
static const char *const work_states[] = {"late", "today", "all", "submitted",
	"accepted", "proposed", "planned", "in_progress", "on_hold", "done",
	"ended", NULL};

const struct plain plains[PLAIN_COUNT] = {
	{.id = "aids",
		.portal = DB_INSTITUTION,
		.size = "100",
		.key = "a.number",
		.tie = "a.id",
		.from = "aid a JOIN product p ON p.id = a.product_id "
			"LEFT JOIN category_text c "
			"ON c.category_id = a.category_id AND c.lang = :lang "
			"LEFT JOIN category_text s "
			"ON s.category_id = a.subcategory_id "
			"AND s.lang = :lang "
			"JOIN place d ON d.id = a.place_id "
			"LEFT JOIN place l ON l.id = a.location_id",
		.where = "a.holder_id = :organisation AND (:all OR " TICKED(
			"a.home_place_id",
			"a.location_id") ") AND a.status <> 'scrapped'",
		.sorts = {{"number", "a.number"},
			{"type", "CONCAT(p.make, ' ', p.type)"},
			{"category", "c.name"}, {"subcategory", "s.name"},
			{"location", "IFNULL(l.name, '')"},
			{"department", "d.name"}, {"status", "a.status"},
			{"date", "IFNULL(IF(a.owner_id <=> a.holder_id, "
				 "a.bought_on, a.rent_from), '1000-01-01')"},
			{"inspection", "IFNULL(a.inspected_on, '1000-01-01')"}},
		.filters = {{"location", "a.location_id = ?", -1,
				    "a.location_id", NULL},
			{"department", "a.home_place_id = ?", 0,
				"IF(d.kind = 'location', NULL, "
				"a.home_place_id)",
				NULL},
			{"status", "a.status = ?", -1, NULL, statuses},
			{"number", "a.number LIKE CONCAT(?, '%')", -1,
				"LEFT(a.number, 1 + a.id % 6)", NULL},
			{"category", "a.category_id = ?", -1, "a.category_id",
				NULL},
			{"subcategory", "a.subcategory_id = ?", 4,
				"a.subcategory_id", NULL},
			{"type", "a.product_id = ?", -1, "a.product_id", NULL},
			{"rented", "a.rent_from >= ?", -1, "a.rent_from",
				NULL}}},
	{.id = "actions",
		.portal = DB_INSTITUTION,
		.size = "100",
		.key = "r.number",
		.tie = "n.id",
		.from = "request r JOIN request_line n ON n.request_id = r.id "
			"JOIN place d "
			"ON d.id = IF(r.many, n.place_id, r.place_id) "
			"JOIN place l ON l.id = "
			"IF(r.many, n.location_id, r.location_id) "
			"LEFT JOIN aid a ON a.id = n.aid_id "
			"LEFT JOIN product p "
			"ON p.id = IFNULL(a.product_id, n.product_id) "
			"LEFT JOIN category t ON t.id = p.category_id "
			"LEFT JOIN category_text s ON s.category_id = t.id "
			"AND s.lang = :lang "
			"LEFT JOIN category_text c "
			"ON c.category_id = t.parent_id AND c.lang = :lang",
		.where = SEES_LINE,
		.sorts = {{"number", "r.number"}, {"kind", "r.kind"},
			{"type", "IFNULL(CONCAT(p.make, ' ', p.type), '')"},
			{"category", "IFNULL(c.name, '')"},
			{"subcategory", "IFNULL(s.name, '')"},
			{"location", "l.name"}, {"department", "d.name"},
			{"asked", "r.created_at"}},
		.filters = {{"location", "l.id = ?", -1, "l.id", NULL},
			{"department", "d.id = ?", 0,
				"IF(d.kind = 'location' OR "
				"d.organisation_id IS NULL OR "
				"d.location_id <> l.id, NULL, d.id)",
				NULL},
			{"state",
				"CASE ? WHEN 'open' THEN IF(r.many, n.state, "
				"r.state) NOT "
				"IN " ENDED " WHEN 'approval' THEN "
				"IF(r.many, n.state, r.state) IN "
				"('awaiting_approval', "
				"'awaiting_signature', "
				"'signature_refused') WHEN 'planned' "
				"THEN IF(r.many, n.state, r.state) IN "
				"('planned', "
				"'in_progress', 'own_planned') "
				"WHEN 'done' THEN IF(r.many, n.state, r.state) "
				"= 'done' "
				"ELSE IF(r.many, n.state, r.state) IN "
				"('rejected', "
				"'withdrawn', 'cancelled') END",
				-1, NULL, progress},
			{"kind", "r.kind = ?", -1, NULL, kinds},
			{"ownership",
				"a.holder_id = :organisation AND "
				"CASE ? WHEN 'depot' THEN a.status = "
				"'in_depot' WHEN 'owned' THEN "
				"a.owner_id = a.holder_id ELSE "
				"a.rent_from IS NOT NULL END",
				-1, NULL, groups},
			{"number", "a.number LIKE CONCAT(?, '%')", -1,
				"LEFT(a.number, 1 + a.id % 6)", NULL},
			{"category", "t.parent_id = ?", -1, "t.parent_id",
				NULL},
			{"subcategory", "t.id = ?", 6, "t.id", NULL}}},
	{.id = "planning",
		.portal = DB_INSTITUTION,
		.size = "25",
		.key = "r.number",
		.tie = "n.id",
		.from = "request r JOIN request_line n ON n.request_id = r.id "
			"JOIN place d ON d.id = r.place_id "
			"JOIN place l ON l.id = r.location_id",
		.where = SEES_REQUEST " AND r.state NOT IN " ENDED,
		.sorts = {{"date", "IFNULL(r.planned_on, r.wished_on)"},
			{"kind", "r.kind"}, {"location", "l.name"},
			{"department", "d.name"}},
		.filters = {{"location", "r.location_id = ?", -1,
				    "r.location_id", NULL},
			{"kind", "r.kind = ?", -1, NULL, kinds},
			{"from", "IFNULL(r.planned_on, r.wished_on) >= ?", -1,
				"r.wished_on", NULL},
			{"until", "IFNULL(r.planned_on, r.wished_on) <= ?", -1,
				"r.wished_on", NULL}}},
	{.id = "requests",
		.portal = DB_PROFESSIONAL,
		.size = "25",
		.key = "r.number",
		.tie = "r.id",
		.from = "request r "
			"JOIN organisation g ON g.id = r.organisation_id "
			"JOIN place l ON l.id = r.location_id "
			"LEFT JOIN client k ON k.id = r.client_id",
		.where = "EXISTS (SELECT 1 FROM membership m "
			 "WHERE m.account_id = :account "
			 "AND m.portal = 'professional' "
			 "AND m.organisation_id = r.organisation_id "
			 "AND m.active AND (m.visibility = 'organisation' "
			 "OR r.requester_id = :account "
			 "OR m.visibility = 'places' AND EXISTS (SELECT 1 "
			 "FROM membership_place w "
			 "WHERE w.membership_id = m.id "
			 "AND (w.place_id = r.place_id "
			 "OR w.place_id = r.location_id "
			 "AND w.whole_subtree "
			 "OR r.many AND EXISTS (SELECT 1 "
			 "FROM request_line z WHERE z.request_id = r.id "
			 "AND (w.place_id = z.place_id "
			 "OR w.place_id = z.location_id "
			 "AND w.whole_subtree)))))) AND r.kind IN ('repair', "
			 "'adaptation', 'rental', 'delivery', 'pick_up') "
			 "AND r.state NOT IN " ENDED,
		.sorts = {{"number", "r.number"}, {"kind", "r.kind"},
			{"organisation", "g.name"}, {"location", "l.name"},
			{"client", "IFNULL(k.name, '')"},
			{"asked", "r.created_at"}, {"wished", "r.wished_on"},
			{"state", "r.state"}},
		.filters = {{"organisation", "r.organisation_id = ?", -1,
				    "r.organisation_id", NULL},
			{"location", "r.location_id = ?", 0, "r.location_id",
				NULL},
			{"kind", "r.kind = ?", -1, NULL, open_kinds},
			{"state", "r.state = ?", -1, NULL, open_states},
			{"client", "k.name LIKE CONCAT('%', ?, '%')", -1,
				"LEFT(k.name, 4)", NULL}}},
	{.id = "work",
		.portal = DB_SUPPLIER,
		.size = "100",
		.key = "q.number",
		.tie = "q.id",
		.from = "request q "
			"JOIN organisation o ON o.id = q.organisation_id "
			"JOIN branch b ON b.id = q.branch_id "
			"JOIN place l ON l.id = q.location_id "
			"LEFT JOIN request_line n ON n.request_id = q.id "
			"AND n.position = 1 "
			"LEFT JOIN aid a ON a.id = n.aid_id",
		.where = ":branch = 0 OR q.branch_id = :branch",
		.unset = "q.state NOT IN ('done', 'rejected', 'withdrawn', "
			 "'cancelled', 'awaiting_approval', 'own_planned')",
		.sorts = {{"number", "q.number"}, {"kind", "q.kind"},
			{"state", "q.state"}, {"due", "q.due_on"},
			{"age", "q.created_at"}, {"organisation", "o.name"},
			{"location", "l.name"},
			{"mechanic", "IFNULL(q.mechanic, '')"},
			{"branch", "b.name"}},
		.filters = {{"state",
				    "CASE ? WHEN 'late' THEN "
				    "COALESCE(q.planned_on, q.wished_on) < "
				    "CURRENT_DATE AND q.state IN ('submitted', "
				    "'accepted', 'proposed', 'planned') "
				    "WHEN 'today' THEN "
				    "COALESCE(q.planned_on, q.wished_on) = "
				    "CURRENT_DATE AND q.state NOT IN ('done', "
				    "'rejected', 'withdrawn', 'cancelled', "
				    "'awaiting_approval', 'own_planned') "
				    "WHEN 'ended' THEN q.state IN "
				    "('rejected', 'withdrawn', 'cancelled') "
				    "WHEN 'all' THEN TRUE "
				    "ELSE q.state = ? END",
				    -1, NULL, work_states},
			{"kind", "q.kind = ?", -1, NULL, kinds},
			{"organisation", "q.organisation_id = ?", -1,
				"q.organisation_id", NULL},
			{"location", "q.location_id = ?", 2, "q.location_id",
				NULL},
			{"branch", "q.branch_id = ?", -1, "q.branch_id", NULL},
			{"number",
				"IF(? REGEXP '^[0-9]{1,6}$', "
				"RIGHT(q.number, 6) = LPAD(?, 6, '0'), "
				"q.number LIKE CONCAT(?, '%'))",
				-1,
				"IF(q.id % 2, TRIM(LEADING '0' FROM "
				"RIGHT(q.number, 6)), LEFT(q.number, 8))",
				NULL},
			{"aid", "a.number = ?", -1, "a.number", NULL},
			{"from", "COALESCE(q.planned_on, q.wished_on) >= ?", -1,
				"q.wished_on", NULL}}},
};
