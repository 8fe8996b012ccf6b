// What the database holds of requests, a text each: two that are the same had
// the same things done to them, as often.
import { one, quote, sql } from './portal.js';

// Mails carry no key of their request; those from here on are looked through.
export const mailsNow = () =>
	Number(one('SELECT COALESCE(MAX(id), 0) AS id FROM outbox').id);

const own = ['state', 'version', 'reference', 'planned_on', 'planned_part',
	'mechanic', 'finding', 'work_done', 'held_state', 'held_until'];

// What belongs to it elsewhere: which columns, of which rows.
const others = [
	['position, x.state, planned_on, done_on',
		'request_line x WHERE x.request_id = r.id'],
	['x.kind, asked_on, done_on, summary',
		'aid_event x WHERE x.request_id = r.id'],
	['step, verdict, reason',
		`approval x WHERE subject_kind = 'request' AND subject_id = r.id`],
	['x.name, from_state, to_state, day, part, reason, field',
		`event x WHERE subject_kind = 'request' AND subject_id = r.id`],
	['x.version, lang',
		`document x WHERE subject_kind = 'request' AND subject_id = r.id`],
	['x.kind, recipient', 'mail x WHERE x.number = r.number'],
	['action, access_right', `audit x WHERE action IN ('create', 'change', 'send')
		AND subject = CONCAT('request ', r.number)`],
];

const all = ([columns, rows], i) => `(SELECT GROUP_CONCAT(
	CONCAT_WS(' ', ${columns}) ORDER BY CONCAT_WS(' ', ${columns})
	SEPARATOR ', ') FROM ${rows}) AS other_${i}`;

const among = (column, list) =>
	`${column} IN (${['', ...list.filter(Boolean)].map(quote)})`;

// Of forms (lib/steps.js); '' where the request does not exist.
export function portraits(forms, mailsSince) {
	const rows = sql(`SET group_concat_max_len = 100000;
		WITH mail AS (SELECT kind, recipient, REGEXP_SUBSTR(
			REPLACE(body_text, UNHEX('C2A0'), ''),
			'[0-9]{4}-[0-9]{6}') AS number
			FROM outbox WHERE id > ${mailsSince})
		SELECT r.number, r.description, ${own.map(name => `r.${name}`)},
			${others.map(all)}
		FROM request r WHERE ${among('r.number', forms.map(f => f.number))}
			OR ${among('r.description', forms.map(f => f.name))}`);
	const found = new Map();
	for (const { number, description, ...row } of rows) {
		const text = JSON.stringify(row).replaceAll(description, '…');
		for (const key of [number, description])
			found.set(key, found.has(key) ? `${found.get(key)} and ${text}`
				: text);
	}
	return forms.map(f => f.look?.() ?? found.get(f.number ?? f.name) ?? '');
}
