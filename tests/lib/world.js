// Who may see what, worked out a second time: from the tables themselves and
// rights.xml, never by the portal's own scopes.
import { readFileSync } from 'node:fs';
import { quote, root, sql, values } from './portal.js';
import { all, has, parse } from './xml.js';

const rights = parse(readFileSync(`${root}/fcgi/access/rights.xml`, 'utf8'));

// Does the table give that role of that portal the right?
export const granted = (portal, role, right) => all(rights,
	`/rights/right[@id="${right}"]/grant[@portal="${portal}"]/@roles`)
	.some(roles => roles.value.split(/\s+/).includes(role));

export const rightExists = right =>
	has(rights, `/rights/right[@id="${right}"]`);

// The memberships of an account, the one of its sessions first.
export function memberships(email) {
	return sql(`SELECT m.*, a.id AS account FROM membership m
		JOIN account a ON a.id = m.account_id
		WHERE a.email = '${email}' AND m.active ORDER BY m.id`)
		.map(m => ({ ...m,
			ticks: sql(`SELECT place_id, whole_subtree
				FROM membership_place WHERE membership_id = ${m.id}`) }));
}

const hasPlace = (m, place, location) => m.ticks.some(tick =>
	tick.place_id === place ||
	tick.whole_subtree === '1' && tick.place_id === location);

// Of a request of many aids the place of each counts (X2).
const isAt = (m, thing) => hasPlace(m, thing.place, thing.location) ||
	(thing.lines ?? []).some(l => hasPlace(m, l.place, l.location));

// Administrator and role 1 see the whole organisation (I9).
const seesAll = m => m.all_places === '1' ||
	m.portal === 'institution' && ['admin', '1'].includes(m.role);

const seers = {
	institution: (m, thing) => m.organisation_id === thing.organisation &&
		(seesAll(m) || isAt(m, thing) ||
		thing.people.includes(m.account_id)),
	professional: (m, thing) => m.organisation_id === thing.organisation &&
		(m.visibility === 'organisation' ||
		thing.people[0] === m.account_id ||
		m.visibility === 'places' && isAt(m, thing)),
	supplier: (m, thing) => m.branch_id === null ||
		m.branch_id === thing.branch,
};

// A professional has every organisation that the account is linked to (C15).
export const sees = (ms, thing) => {
	if (thing.membership)
		return ms[0].id === thing.membership;
	const { portal } = ms[0];
	return ms.filter(m => m.portal === portal)
		.some(m => seers[portal](m, thing));
};

const aidsBy = key => sql(`SELECT ${key} AS 'key', status AS state,
		holder_id AS organisation, home_place_id AS place,
		location_id AS location, branch_id AS branch
	FROM aid ORDER BY number`).map(t => ({ ...t, people: [] }));

// Two of them, one of each state that needs no drawing.
function makeExports() {
	sql(`INSERT IGNORE INTO export (code, account_id, membership_id, lang,
			path, query, format, name, title, address, state, reason,
			ready_at, expires_at)
		SELECT RPAD(CONCAT(s.state, '-', m.id), 22, 'x'), m.account_id, m.id,
			'nl', '/aids', '', 'xlsx', 'hulpmiddelen.xlsx',
			'Mijn hulpmiddelen', '::1', s.state, s.reason, s.ready,
			UTC_TIMESTAMP() + INTERVAL 1 DAY
		FROM membership m JOIN account a ON a.id = m.account_id
		JOIN (SELECT 'ready' AS state, NULL AS reason,
				UTC_TIMESTAMP() AS ready
			UNION ALL SELECT 'failed', 'error', NULL) s
		WHERE a.email IN ('rol1@lindenhof.example', 'rol2@terpen.example')`);
	return sql(`SELECT code AS 'key', state, membership_id AS membership
		FROM export WHERE state IN ('ready', 'failed')`);
}

// What belongs to an organisation is seen with it: by who sees all of it, and
// by the branch that looks after it.
const organisationsBy = (key, from) => sql(`SELECT ${key} AS 'key',
		o.id AS organisation, o.branch_id AS branch ${from}`)
	.map(t => ({ ...t, people: [] }));

// The log is one for all: its page asks for a right, not for a place.
function makeRecords() {
	sql(`INSERT INTO audit (request_id, actor_id, client_id, subject, action,
			access_right, outcome, address)
		SELECT 'matrix', MIN(a.id), MIN(c.id), 'matrix', 'view', '', 'ok', ''
		FROM account a, client c`);
	return sql(`SELECT seq AS 'key', action AS state, NULL AS organisation,
		NULL AS branch FROM audit ORDER BY seq DESC LIMIT 20`)
		.map(t => ({ ...t, people: [] }));
}

// A location change request of each kind and state.
function makeChanges() {
	sql(`INSERT IGNORE INTO location_change (number, organisation_id, kind,
			state, place_id, name, street, postcode, city, requester_id,
			answered_at)
		SELECT CONCAT('L2020-', o.id, LEFT(k.kind, 1), LEFT(s.state, 2)),
			o.id, k.kind, s.state,
			IF(k.kind = 'add', NULL, MIN(p.id)),
			IF(k.kind = 'remove', NULL, 'Nieuwe naam'), 'Kade 3', '9700 AC',
			'Haven', MIN(m.account_id),
			IF(s.state = 'asked', NULL, UTC_TIMESTAMP())
		FROM organisation o
		JOIN place p ON p.organisation_id = o.id AND p.kind = 'location'
		JOIN membership m ON m.organisation_id = o.id AND m.role = 'admin'
		JOIN (SELECT 'add' AS kind UNION ALL SELECT 'change'
			UNION ALL SELECT 'remove') k
		JOIN (SELECT 'asked' AS state UNION ALL SELECT 'done'
			UNION ALL SELECT 'declined' UNION ALL SELECT 'withdrawn') s
		WHERE o.code IN ('lindenhof', 'terpen', 'zevendijken')
		GROUP BY o.id, k.kind, s.state`);
	return organisationsBy('c.number', `, c.kind, c.state
		FROM location_change c JOIN organisation o ON o.id = c.organisation_id
		WHERE c.number LIKE 'L2020-%' ORDER BY c.id`);
}

// A photo with some requests of every customer: the demo has none.
function makePhotos() {
	sql(`INSERT IGNORE INTO photo (code, organisation_id, account_id,
			request_id, position, width, height, bytes, small)
		SELECT LEFT(SHA2(q.number, 256), 22), q.organisation_id,
			q.requester_id, q.id, 1, 1, 1, x'ffd8ffd9', x'ffd8ffd9'
		FROM request q WHERE q.id % 20 = 0`);
	return firstOf('photo');
}

const firstOf = table => {
	const numbers = new Set(sql(`SELECT q.number FROM ${table} p
		JOIN request q ON q.id = p.request_id`).map(row => row.number));
	return things.request().filter(t => numbers.has(t.key))
		.map(t => ({ ...t, key: `${t.key}/1` }));
};

const onePage = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
trailer<</Root 1 0 R/Size 4>>
%%EOF
`;

// The same of files that are none.
function makeFiles() {
	sql(`INSERT IGNORE INTO attachment (code, organisation_id, account_id,
			request_id, position, name, size, bytes)
		SELECT LEFT(SHA2(q.number, 256), 22), q.organisation_id,
			q.requester_id, q.id, 1, 'x.pdf', ${onePage.length},
			${quote(onePage)}
		FROM request q WHERE q.id % 20 = 0`);
	return firstOf('attachment');
}

// Things with an address: their key in it, and what decides who sees them.
export const things = {
	aid: () => aidsBy('number'),
	label: () => aidsBy('label_code'),
	inspectable: () => aidsBy('number').filter(a => a.state !== 'scrapped'),
	certificate: () => sql(`SELECT i.number AS 'key', i.result AS state,
			i.organisation_id AS organisation, a.branch_id AS branch,
			IF(a.holder_id = i.organisation_id, a.home_place_id, NULL)
				AS place,
			IF(a.holder_id = i.organisation_id, a.location_id, NULL)
				AS location
		FROM inspection i JOIN aid a ON a.id = i.aid_id ORDER BY i.id`)
		.map(t => ({ ...t, people: [] })),
	// Their secrets are nowhere: this one nobody has.
	calendar: () => [{ key: 'A'.repeat(43), membership: '0', people: [] }],
	export: makeExports,
	record: makeRecords,
	change: makeChanges,
	photo: makePhotos,
	file: makeFiles,
	account: () => sql(`SELECT a.code AS 'key', a.state,
			m.organisation_id AS organisation, NULL AS branch
		FROM account a JOIN membership m ON m.account_id = a.id
		WHERE m.portal = 'institution' AND a.state <> 'ended'
		ORDER BY a.id`).map(t => ({ ...t, people: [] })),
	customerAccount: () => organisationsBy('a.code', `, a.state,
		m.portal AS kind FROM account a
		JOIN membership m ON m.account_id = a.id
		JOIN organisation o ON o.id = m.organisation_id
		WHERE a.state <> 'ended' AND NOT EXISTS (SELECT 1 FROM membership s
			WHERE s.account_id = a.id AND s.portal = 'supplier')
		ORDER BY a.id`),
	membership: () => organisationsBy('m.id', `, m.portal AS kind
		FROM account a JOIN membership m ON m.account_id = a.id
		JOIN organisation o ON o.id = m.organisation_id
		WHERE a.state <> 'ended' AND NOT EXISTS (SELECT 1 FROM membership s
			WHERE s.account_id = a.id AND s.portal = 'supplier')
		ORDER BY m.id`),
	staff: () => sql(`SELECT a.code AS 'key', a.state, m.role AS kind,
			NULL AS organisation, m.branch_id AS branch
		FROM account a JOIN membership m ON m.account_id = a.id
		WHERE m.portal = 'supplier' AND a.state <> 'ended' ORDER BY a.id`)
		.map(t => ({ ...t, people: [] })),
	organisation: () => organisationsBy('o.code', `FROM organisation o
		WHERE o.kind = 'institution' AND o.active ORDER BY o.id`),
	contract: () => organisationsBy('c.id', `, c.kind AS state
		FROM contract c JOIN organisation o ON o.id = c.organisation_id
		ORDER BY c.id`),
	mechanic: () => sql(`SELECT m.id AS 'key',
			IF(m.ended_on IS NULL, 'active', 'ended') AS state,
			NULL AS organisation, m.branch_id AS branch
		FROM mechanic m ORDER BY m.id`).map(t => ({ ...t, people: [] })),
	location: () => organisationsBy('p.id', `FROM place p
		JOIN organisation o ON o.id = p.organisation_id
		WHERE p.kind = 'location' AND p.active ORDER BY p.id`),
	place: () => organisationsBy('p.id', `, p.kind AS state
		FROM place p JOIN organisation o ON o.id = p.organisation_id
		ORDER BY p.id`),
	request: () => sql(`SELECT number AS 'key', state, kind,
			organisation_id AS organisation, place_id AS place,
			location_id AS location, branch_id AS branch,
			requester_id, approver_id, (SELECT GROUP_CONCAT(DISTINCT
				CONCAT(l.place_id, ' ', l.location_id))
				FROM request_line l WHERE l.request_id = request.id
				AND request.many) AS spots
		FROM request ORDER BY id`).map(t => ({ ...t,
		lines: t.spots?.split(',').map(spot => {
			const [place, location] = spot.split(' ');
			return { place, location };
		}),
		people: [t.requester_id, t.approver_id].filter(Boolean) })),
};

const effects = ['request', 'request_line', 'event', 'aid_event', 'approval',
	'client', 'rental', 'outbox', 'form_key', 'place', 'membership',
	'account', 'organisation', 'contract', 'location_change',
	'signature', 'inspection', 'request_message', 'message_unread',
	'request_part', 'mechanic'];

// Changes where anything was done: not the log of who looked, not sessions.
export const fingerprint = () => values(effects.map(table =>
	`SELECT CONCAT('${table} ', COUNT(*)) AS what FROM ${table}`).join(
	' UNION ALL ') + ` UNION ALL
	SELECT CONCAT('request versions ', SUM(version)) FROM request UNION ALL
	SELECT CONCAT('aid versions ', SUM(version)) FROM aid UNION ALL
	SELECT CONCAT('accounts ', SUM(version)) FROM account UNION ALL
	SELECT CONCAT('organisations ', SUM(version)) FROM organisation UNION ALL
	SELECT CONCAT('places ', SUM(version)) FROM place UNION ALL
	SELECT CONCAT('contracts ', SUM(version)) FROM contract UNION ALL
	SELECT CONCAT('mechanics ', SUM(version)) FROM mechanic UNION ALL
	SELECT CONCAT('changes ', SUM(version)) FROM location_change`).join('\n');
