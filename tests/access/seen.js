// Figure 16: every address that shows a client leaves a complete record of
// it, and shows nothing where that record can't be written (X9).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { each, one, quote, run, sql } from '../lib/portal.js';
import { addressOf, fewer, kindOf, routeFor, routes } from '../lib/routes.js';
import { test } from '../lib/tap.js';
import { accounts, as, asFormat } from '../lib/user.js';
import { granted, memberships, sees, things } from '../lib/world.js';
import { parse } from '../lib/xml.js';

const EACH = 3; // things of a kind, those of a client first
const people = accounts().map(email => ({ email, ms: memberships(email) }));
const names = new Map();
for (const { id, name } of sql(`SELECT id, name FROM client
	WHERE CHAR_LENGTH(name) > 6`))
	names.set(name, [...names.get(name) ?? [], id]);
const ofClients = new Set(sql(`SELECT number FROM request
	WHERE client_id IS NOT NULL`).map(r => r.number));
const all = Object.fromEntries(
	Object.entries(things).map(([kind, list]) => [kind, list()]));

const may = (route, [{ portal, role }]) => route.right === 'signed.in' ||
	(route.portal === 'any' || route.portal === portal) &&
	granted(portal, role, route.right);

function addresses(route, ms) {
	const kind = kindOf(route.path);
	if (kind === 'none')
		return [route.path];
	const mine = all[kind].filter(t => sees(ms, t));
	return [...mine.filter(t => ofClients.has(t.key)), ...mine]
		.slice(0, EACH).map(t => addressOf(route.path, t.key));
}

// The words of an answer, whatever it is.
function words({ headers, body, text }) {
	const type = headers['content-type'] ?? '';
	if (/xml|html/.test(type) && !/sheet/.test(type))
		return /html/.test(type) ? text.replace(/&amp;/g, '&')
			: parse(text).documentElement.textContent;
	const folder = mkdtempSync(`${tmpdir()}/seen-`);
	try {
		writeFileSync(`${folder}/file`, body);
		if (/pdf/.test(type))
			return run('pdftotext', ['-raw', `${folder}/file`, '-'])
				.replace(/\s+/g, ' ');
		if (/sheet/.test(type))
			return spawnSync('unzip', ['-p', `${folder}/file`,
				'xl/sharedStrings.xml', 'xl/worksheets/sheet1.xml'],
			{ encoding: 'utf8', maxBuffer: 1 << 28 }).stdout;
		return text;
	} finally {
		rmSync(folder, { recursive: true });
	}
}

const clientsIn = answer => {
	const found = words(answer);
	return [...names.keys()].filter(name => found.includes(name));
};

// What is missing of the records of an answer that names these clients.
function wrong(answer, shown, route, { ms }) {
	const rows = sql(`SELECT x.*, c.organisation_id AS home FROM audit x
		LEFT JOIN client c ON c.id = x.client_id
		WHERE x.request_id = ${quote(answer.headers['x-request-id'])}
		AND x.client_id IS NOT NULL`);
	const missing = shown.filter(name => !rows.some(r =>
		names.get(name).includes(r.client_id)));
	const bad = rows.filter(r => r.actor_id !== ms[0].account ||
		r.membership_id !== ms[0].id || r.organisation_id !== r.home ||
		r.access_right !== route.right || r.outcome !== 'ok' ||
		!['view', 'export'].includes(r.action) || !r.subject || !r.address ||
		!r.at);
	return [...missing.map(name => `${name} was not logged`),
		...bad.map(r => `record ${r.seq} is not complete`)];
}

// Staff whose code is old is asked for one: it was given now.
const renew = () => sql(`UPDATE session SET verified_at = UTC_TIMESTAMP()
	WHERE step = 'complete'`);

const showing = []; // what showed a client

test('X9 figure 16: whoever is shown is logged, on every address', async () => {
	const unique = [...new Map(routes.filter(r => r.method === 'GET')
		.map(r => [r.path, r])).values()].filter(r => r.right !== 'public');
	const found = [];
	let count = 0;
	await Promise.all(people.map(p => as(p.email)));
	renew();
	await each(people, async person => {
		const user = await as(person.email);
		for (const { path: pattern } of unique) {
			const route = routeFor('GET', pattern, person.ms[0].portal);
			if (!may(route, person.ms))
				continue;
			for (const [i, path] of addresses(route, person.ms).entries())
				for (const format of i ? ['html'] : route.formats) {
					const address = (format === 'html' ? path
						: asFormat(path, format)) + (fewer[pattern] ?? '');
					const answer = await user.get(address);
					count++;
					const shown = answer.status === 200
						? clientsIn(answer) : [];
					if (!shown.length)
						continue;
					showing.push({ person, address, pattern, format });
					found.push(...wrong(answer, shown, route, person)
						.map(what => `${person.email} ${address}: ${what}`));
				}
		}
	});
	const of = new Set(showing.map(s => s.pattern));
	console.log(`# ${count} answers, ${showing.length} with clients, on ${
		of.size} addresses: ${[...of].join(' ')}`);
	assert.deepEqual(found, []);
	for (const pattern of ['/actions', '/requests/{number}', '/requests',
		'/supplier/requests/{number}'])
		assert.ok(of.has(pattern), pattern);
	for (const format of ['html', 'xml', 'pdf', 'xlsx'])
		assert.ok(showing.some(s => s.format === format), format);
}, { seconds: 600 });

test('X9 figure 16: no record, no answer, on every one of them', async () => {
	assert.ok(showing.length > 20);
	const one_each = [...new Map(showing.map(s =>
		[`${s.pattern} ${s.format} ${s.person.ms[0].portal}`, s])).values()];
	const open = [];
	renew();
	sql(`DELIMITER //
		CREATE TRIGGER no_client BEFORE INSERT ON audit FOR EACH ROW
		IF NEW.client_id IS NOT NULL THEN
			SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no';
		END IF //`);
	try {
		await each(one_each, async ({ person, address }) => {
			const answer = await (await as(person.email)).get(address);
			if (answer.status !== 500 || clientsIn(answer).length)
				open.push(`${person.email} ${address}: ${answer.status}`);
		});
	} finally {
		sql('DROP TRIGGER no_client');
	}
	console.log(`# ${one_each.length} addresses and formats`);
	assert.deepEqual(open, []);
	assert.equal(one(`SELECT COUNT(*) AS n FROM information_schema.triggers
		WHERE trigger_name = 'no_client'`).n, '0');
}, { seconds: 300 });

// Who manages accounts sees data of others: of whom, stands in the log.
const managing = ['account.manage', 'account.explain', 'staff.manage'];
const accountOf = address => /\/accounts\/([^/.?]+)/.exec(address)?.[1];
const ofAccounts = [];

test('X9 figure 16: whoever sees an account is logged', async () => {
	const wanted = routes.filter(r => r.method === 'GET' &&
		managing.includes(r.right));
	const found = [];
	renew();
	await each(people, async person => {
		const user = await as(person.email);
		for (const route of wanted) {
			if (!may(route, person.ms))
				continue;
			for (const path of addresses(route, person.ms)) {
				const answer = await user.get(path);
				const others = sql(`SELECT email, code, id FROM account
					WHERE email IS NOT NULL AND email <>
					${quote(person.email)}`)
					.filter(a => answer.status === 200 &&
						answer.text.includes(a.email));
				if (!others.length)
					continue;
				ofAccounts.push({ person, path, emails: others.map(a => a.email) });
				const rows = sql(`SELECT x.*, a.code FROM audit x
					LEFT JOIN account a ON a.id = x.account_id
					WHERE x.request_id =
						${quote(answer.headers['x-request-id'])}
					AND x.action IN ('view', 'export')`);
				const code = accountOf(path);
				if (!rows.some(r => r.actor_id === person.ms[0].account &&
					r.membership_id === person.ms[0].id && r.outcome === 'ok' &&
					r.access_right === route.right && r.address && r.subject &&
					(!others.some(a => a.code === code) || r.code === code)))
					found.push(`${person.email} ${path}`);
			}
		}
	});
	console.log(`# ${ofAccounts.length} answers with accounts`);
	assert.deepEqual(found, []);
	assert.ok(ofAccounts.length > 4);
}, { seconds: 300 });

test('X9 figure 16: no record, no account', async () => {
	const open = [];
	renew();
	sql(`DELIMITER //
		CREATE TRIGGER no_account BEFORE INSERT ON audit FOR EACH ROW
		IF NEW.action IN ('view', 'export') THEN
			SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no';
		END IF //`);
	try {
		await each(ofAccounts, async ({ person, path, emails }) => {
			const answer = await (await as(person.email)).get(path);
			if (answer.status !== 500 ||
				emails.some(email => answer.text.includes(email)))
				open.push(`${person.email} ${path}: ${answer.status}`);
		});
	} finally {
		sql('DROP TRIGGER no_account');
	}
	assert.deepEqual(open, []);
});
