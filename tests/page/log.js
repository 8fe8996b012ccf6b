// The log of who saw what, for the privacy officer; and that nobody reads it
// without being in it (X9).
import assert from 'node:assert/strict';
import { asked, drawn, offerOf } from '../lib/export.js';
import { requester } from '../lib/flow.js';
import { newKey } from '../lib/load.js';
import { one, quote, sql, values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as, asFormat } from '../lib/user.js';
import { all, first, has, number, string, texts } from '../lib/xml.js';

const officer = 'privacy@zorgmiddelen-noord.example';
const LOG = '/supplier/audit';

// Records of one's own, told apart by their subject.
function records(rows) {
	const subject = `test ${Math.random().toString(36).slice(2, 12)}`;
	sql(`INSERT INTO audit (at, request_id, actor_id, client_id, account_id,
			subject, action, access_right, outcome, address)
		VALUES ${rows.map(r => `(${quote(r.at ?? '2021-06-15 10:00:00.123')},
			'test', ${quote(r.actor)}, ${quote(r.client)}, ${
	quote(r.account)}, ${quote(`${subject} ${r.name}`)}, ${
	quote(r.action ?? 'view')}, 'aid.view', ${quote(r.outcome ?? 'ok')},
			'192.0.2.7')`)}`);
	return subject;
}

// A day long ago that has no records yet.
const newDay = () => one(`SELECT COALESCE(DATE(MIN(at)), '2020-01-01')
	- INTERVAL 2 DAY AS day FROM audit WHERE at < '2020-01-01'`).day;

// Names of the records of that subject that the page shows.
function shown(page, subject) {
	const column = texts(page, '//column/@id').indexOf('subject') + 1;
	return texts(page, `//row/cell[${column}]`)
		.filter(text => text.startsWith(`${subject} `))
		.map(text => text.slice(subject.length + 1)).sort();
}

// When the code of the officer's sessions was given, in minutes.
const given = minutes => sql(`UPDATE session s
	JOIN account a ON a.id = s.account_id
	SET s.verified_at = UTC_TIMESTAMP() - INTERVAL ${minutes} MINUTE
	WHERE a.email = ${quote(officer)} AND s.step = 'complete'`);

// With a code that was given just now.
async function officerNow() {
	const user = await as(officer);
	given(0);
	return user;
}

const look = async query => (await officerNow()).page(
	`${LOG}?size=100&${query}`);
const idOf = email => one(`SELECT id FROM account
	WHERE email = ${quote(email)}`).id;
const logged = answer => sql(`SELECT subject, action, access_right, outcome,
		actor_id, client_id FROM audit
	WHERE request_id = ${quote(answer.headers['x-request-id'])} ORDER BY seq`);

test('X9: found by client, who, whose account, action and outcome', async () => {
	const [client, other] = values('SELECT id FROM client ORDER BY id LIMIT 2');
	const [actor, account] = [idOf(requester), idOf('rol3@lindenhof.example')];
	const subject = records([
		{ name: 'client', client, actor: account },
		{ name: 'other', client: other, actor: account },
		{ name: 'actor', client, actor },
		{ name: 'account', account, actor },
		{ name: 'delete', client, actor, action: 'delete' },
		{ name: 'refused', client, actor, outcome: 'refused' }]);
	const day = 'from=2021-06-15&until=2021-06-15';
	for (const [query, want] of [
		['', ['account', 'actor', 'client', 'delete', 'other', 'refused']],
		[`client=${client}`, ['actor', 'client', 'delete', 'refused']],
		[`who=${requester}`, ['account', 'actor', 'delete', 'refused']],
		[`who=${requester.toUpperCase()}`, ['account', 'actor', 'delete',
			'refused']],
		[`who=${actor}`, ['account', 'actor', 'delete', 'refused']],
		['who=nobody@lindenhof.example', []],
		['account=rol3@lindenhof.example', ['account']],
		[`account=${account}`, ['account']],
		['action=delete', ['delete']], ['outcome=refused', ['refused']],
		[`client=${client}&who=${actor}&action=view&outcome=ok`, ['actor']]])
		assert.deepEqual(shown(await look(`${day}&${query}`), subject), want,
			query);
});

test('X9: a period is of days as they are here, summer and winter', async () => {
	const subject = records([
		{ name: 'before', at: '2021-06-14 21:59:59.999' },
		{ name: 'first', at: '2021-06-14 22:00:00' },
		{ name: 'last', at: '2021-06-15 21:59:59.999' },
		{ name: 'after', at: '2021-06-15 22:00:00' },
		{ name: 'winter', at: '2021-01-14 23:00:00' },
		{ name: 'autumn', at: '2021-01-14 22:59:59' }]);
	const of = async query => shown(await look(query), subject);
	assert.deepEqual(await of('from=2021-06-15&until=2021-06-15'),
		['first', 'last']);
	assert.deepEqual(await of('from=2021-01-15&until=2021-01-15'), ['winter']);
	assert.deepEqual(await of('from=2021-01-01&until=15-01-2021'),
		['autumn', 'winter']);
});

test('X9: who has gone is named by the key', async () => {
	sql(`INSERT INTO account (email, name, state) VALUES (NULL, '', 'ended')`);
	const { id } = one(`SELECT MAX(id) AS id FROM account
		WHERE state = 'ended'`);
	const subject = records([{ name: 'gone', actor: id, account: id }]);
	const page = await look(`who=${id}`);
	assert.deepEqual(shown(page, subject), ['gone']);
	for (const column of ['who', 'account'])
		assert.equal(texts(page, '//row[1]/cell')[
			texts(page, '//column/@id').indexOf(column)], `account ${id}`);
});

test('X9: page after page by key, where there is more than is counted',
	async () => {
		const day = newDay();
		sql(`INSERT INTO audit (at, request_id, actor_id, subject, action,
				access_right, outcome, address)
			SELECT '${day} 10:00:00' + INTERVAL seq DIV 3 SECOND, 'many',
				1, CONCAT('many ', seq), 'view', '', 'ok', ''
			FROM seq_1_to_1060`);
		const query = `from=${day}&until=${day}`;
		let page = await look(query);
		assert.equal(string(page, '//rows/@capped'), 'yes');
		assert.ok(!has(page, '//pager/page'));
		const found = [];
		for (let pages = 1; ; pages++) {
			const column = texts(page, '//column/@id').indexOf('subject') + 1;
			found.push(...texts(page, `//row/cell[${column}]`));
			const next = string(page, '//pager/next/@href');
			if (!next)
				break;
			assert.ok(pages < 20);
			page = await (await officerNow()).page(next);
		}
		assert.equal(new Set(found).size, 1060);
		assert.equal(found.length, 1060);
		assert.equal(found[0], 'many 1060');
	});

test('X9: each look is a record: what was asked, by whom', async () => {
	const user = await officerNow();
	const [client] = values('SELECT id FROM client ORDER BY id LIMIT 1');
	const { seq } = one(`SELECT seq FROM audit WHERE client_id IS NOT NULL
		ORDER BY seq DESC LIMIT 1`);
	for (const [path, action] of [[LOG, 'view'], [`${LOG}.xml`, 'view'],
		[`${LOG}?client=${client}&from=2026-01-01`, 'view'],
		[`${LOG}.pdf?action=delete`, 'export'],
		[`${LOG}.xlsx?action=delete`, 'export'],
		[`${LOG}/clients?organisation=1&name=vri`, 'view'],
		[`${LOG}/${seq}`, 'view'], [`${LOG}/99999999`, 'view']]) {
		const answer = await user.get(path);
		assert.deepEqual(logged(answer).filter(r => r.subject === path)
			.map(r => [r.action, r.access_right, r.outcome, r.actor_id]),
			[[action, 'audit.view', 'ok', idOf(officer)]], path);
	}
});

test('X9: the log wants a fresh code, and comes back after it', async () => {
	const { seq } = one('SELECT MAX(seq) AS seq FROM audit');
	const user = await officerNow();
	const paths = [LOG, `${LOG}?client=1`, `${LOG}.xml`, `${LOG}.pdf`,
		`${LOG}.xlsx?action=delete`, `${LOG}/${seq}`, `${LOG}/${seq}.xml`,
		`${LOG}/clients`, `${LOG}/clients?organisation=1&name=vri`];
	given(60);
	try {
		for (const path of paths) {
			const answer = await user.get(path);
			assert.equal(answer.location,
				`/login/again?next=${encodeURIComponent(path)}`);
			assert.equal(answer.text, '', path);
			assert.deepEqual(logged(answer), []);
		}
	} finally {
		given(0);
	}
	assert.equal((await user.get(LOG)).status, 200);
});

test('X9: a client whose name the log shows is seen', async () => {
	const user = await officerNow();
	const c = one(`SELECT id, name FROM client ORDER BY id LIMIT 1`);
	records([{ name: 'client', client: c.id, actor: idOf(requester) }]);
	const { seq } = one('SELECT MAX(seq) AS seq FROM audit');
	for (const path of [`${LOG}?client=${c.id}`, `${LOG}/${seq}`]) {
		const page = await user.page(path);
		assert.equal(string(page, '//item[@name="client"]'), c.name);
		const answer = await user.get(path);
		assert.ok(logged(answer).some(r => r.client_id === c.id), path);
	}
	const list = await user.get(`${LOG}?who=${requester}&from=2021-06-15`);
	assert.ok(!list.text.includes(c.name));
	assert.deepEqual(logged(list).filter(r => r.client_id), []);
});

test('X9: clients are looked for, never listed', async () => {
	const user = await officerNow();
	const page = async query => user.page(`${LOG}/clients?${query}`);
	const c = one(`SELECT c.id, c.name, c.born, c.organisation_id FROM client c
		WHERE c.born IS NOT NULL ORDER BY c.id LIMIT 1`);
	const of = `organisation=${c.organisation_id}`;
	for (const query of ['', 'name=vries', of, `${of}&name=vr`, 'name=%25%25%25',
		`${of}&name=%20%20%20`, `born=${c.born}`, `${of}&born=soon`,
		`${of}&name=%25%25%25`])
		assert.equal(number(await page(query), 'count(//row)'), 0, query);
	for (const query of [`${of}&born=${c.born}`,
		`${of}&name=${encodeURIComponent(c.name.slice(-5))}`]) {
		const found = await page(query);
		const row = first(found, `//row[@key="${c.id}"]`) ??
			first(await page(`${query}&page=2`), `//row[@key="${c.id}"]`);
		assert.ok(row, query);
		assert.equal(row.getAttribute('href'), `${LOG}?client=${c.id}`);
	}
	const answer = await user.get(`${LOG}/clients?${of}&born=${c.born}`);
	assert.ok(logged(answer).some(r => r.client_id === c.id));
});

test('X9: a record whole, with its seal', async () => {
	const user = await officerNow();
	const actor = idOf(requester);
	const c = one(`SELECT c.id, c.name FROM client c ORDER BY id LIMIT 1`);
	const subject = records([{ name: 'whole', client: c.id, actor,
		account: idOf(officer), at: '2021-06-15 10:00:00' }]);
	const { seq } = one('SELECT MAX(seq) AS seq FROM audit');
	const page = await user.page(`${LOG}/${seq}`);
	assert.deepEqual(Object.fromEntries(all(page, '//item').filter(i =>
		i.parentNode.nodeName === 'detail' &&
		['action', 'right', 'subject', 'request', 'seq', 'who', 'email',
			'address', 'client', 'account', 'at']
			.includes(i.getAttribute('name')))
		.map(i => [i.getAttribute('name'), i.textContent])), {
		at: '2021-06-15T10:00:00Z', action: 'view', right: 'aid.view',
		subject: `${subject} whole`, request: 'test', seq,
		who: one(`SELECT name FROM account WHERE id = ${actor}`).name,
		email: requester, address: '192.0.2.7', client: c.name,
		account: one(`SELECT name FROM account WHERE email =
			${quote(officer)}`).name });
	assert.match(string(page, '//note/@id'), /^audit\.(unsealed|batch)$/);
	const old = one('SELECT MIN(seq) AS seq FROM audit').seq;
	if (Number(one('SELECT COUNT(*) AS n FROM audit_seal').n))
		assert.equal(string(await user.page(`${LOG}/${old}`), '//note/@id'),
			'audit.batch');
});

test('X9 figure 16: no record of the look, no log', async () => {
	const user = await officerNow();
	const c = one(`SELECT id, name, organisation_id FROM client
		ORDER BY id LIMIT 1`);
	records([{ name: 'fault', client: c.id, actor: idOf(requester) }]);
	const { seq } = one('SELECT MAX(seq) AS seq FROM audit');
	sql(`DELIMITER //
		CREATE TRIGGER no_look BEFORE INSERT ON audit FOR EACH ROW
		IF NEW.access_right = 'audit.view' THEN
			SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no';
		END IF //`);
	try {
		for (const path of [LOG, `${LOG}?client=${c.id}`, `${LOG}/${seq}`,
			`${LOG}/clients?organisation=${c.organisation_id}&name=${
				encodeURIComponent(c.name.slice(-5))}`,
			asFormat(`${LOG}?action=delete`, 'pdf'),
			asFormat(`${LOG}?action=delete`, 'xlsx'), `${LOG}.xml`]) {
			const answer = await user.get(path);
			assert.equal(answer.status, 500, path);
			assert.ok(!answer.text.includes(c.name), path);
			assert.ok(!answer.text.includes(requester), path);
		}
	} finally {
		sql('DROP TRIGGER no_look');
	}
});

test('X9: a long export of the log is drawn in the background', async () => {
	const user = await officerNow();
	const day = newDay();
	sql(`INSERT INTO audit (at, request_id, actor_id, subject, action,
			access_right, outcome, address)
		SELECT '${day} 10:00:00', 'long', 1, 'long', 'view', '', 'ok', ''
		FROM seq_1_to_1010`);
	const offer = await offerOf(user, `${LOG}.pdf?from=${day}&until=${day}`);
	const location = await asked(offer);
	assert.equal((await user.get(location)).status, 200);
	assert.equal((await drawn(user, location, 'pdf'))
		.headers['content-type'], 'application/pdf');
	// Neither asked for nor fetched with the code of an hour ago.
	given(60);
	assert.match((await user.get(`${location}.pdf`)).location,
		/^\/login\/again\?next=/);
	assert.match((await user.post(offer.action, { ...offer.fields,
		form_key: newKey() })).location, /^\/login\/again\?next=/);
	given(0);
	assert.equal(one(`SELECT COUNT(*) AS n FROM audit WHERE action = 'export'
		AND subject = '${LOG}.pdf?from=${day}&until=${day}'`).n, '3');
});
