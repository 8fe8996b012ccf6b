// Own account, roles, the professional's overview, and the log of who saw
// which client.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { askRepair, planner, requester } from '../lib/flow.js';
import { textOf } from '../lib/html.js';
import { one, quote, root, sql, values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as, User } from '../lib/user.js';
import { memberships } from '../lib/world.js';
import { all, first, parse, string, texts } from '../lib/xml.js';

const ergo = 'ergo@lindenhof.example';

for (const email of [requester, planner, ergo])
	test(`I2 C5: the account page of ${email}`, async () => {
		const page = await (await as(email)).page('/account');
		const a = one(`SELECT name, email, phone FROM account
			WHERE email = ${quote(email)}`);
		const [{ role }] = memberships(email);
		const item = name => string(page, `//item[@name="${name}"]`);
		assert.equal(item('name'), a.name);
		assert.equal(item('email'), a.email);
		assert.equal(item('phone'), a.phone);
		assert.equal(item('role'), role);
		assert.equal(item('factor'), 'app');
	});

test('I2: places assigned are those of the account', async () => {
	const page = await (await as(requester)).page('/account');
	const [m] = memberships(requester);
	const whole = m.ticks.filter(t => t.whole_subtree === '1')
		.map(t => t.place_id);
	const single = m.ticks.filter(t => t.whole_subtree !== '1')
		.map(t => t.place_id);
	assert.deepEqual(texts(page, '//place[@whole="yes"]/@name').sort(),
		values(`SELECT name FROM place WHERE id IN (${whole})`).sort());
	for (const name of values(`SELECT name FROM place
		WHERE id IN (${[...single, 0]})`))
		assert.ok(texts(page, '//place/place/@name').includes(name));
});

test('C15: the professional\'s account names the organisations', async () => {
	const page = await (await as(ergo)).page('/account');
	assert.deepEqual(texts(page, '//tree[@id="organisations"]/place/@name')
		.sort(), ['Woonzorg Lindenhof', 'Zorggroep Terpen']);
});

test('I8: Overzicht rollen en rechten is the table that is enforced',
	async () => {
		const rights = parse(readFileSync(
			`${root}/fcgi/access/rights.xml`, 'utf8'));
		for (const [email, portal, shown = [portal]] of [
			[requester, 'institution'], [ergo, 'professional'],
			...['supplier', 'institution', 'professional'].map(p =>
				[planner, p, ['supplier', 'institution', 'professional']])]) {
			const page = await (await as(email)).page('/roles');
			assert.deepEqual(texts(page, '//matrix/@portal'), shown);
			const matrix = first(page, `//matrix[@portal="${portal}"]`);
			const columns = texts(matrix, 'columns/column/@id');
			assert.deepEqual(columns, texts(rights,
				`//portal[@id="${portal}"]/role/@id`));
			let rows = 0;
			for (const right of all(rights,
				`//right[grant/@portal="${portal}"]`)) {
				const id = right.getAttribute('id');
				const roles = string(right,
					`grant[@portal="${portal}"]/@roles`).split(' ');
				assert.deepEqual(texts(matrix, `rows/row[@id="${id}"]/cell`),
					columns.map(c => roles.includes(c) ? 'yes' : 'no'), id);
				rows++;
			}
			assert.equal(all(matrix, 'rows/row').length, rows);
			assert.deepEqual(texts(matrix, 'columns/column[@own]/@id'),
				shown[0] === portal ? [memberships(email)[0].role] : []);
		}
	});

test('I8: the menu holds nothing that answers 403', async () => {
	for (const email of [requester, 'rol6@lindenhof.example', planner, ergo,
		'catalogus@zorgmiddelen-noord.example',
		'privacy@zorgmiddelen-noord.example']) {
		const user = await as(email);
		const { text } = await user.get('/account');
		for (const [, href] of text.matchAll(/href="(\/[^"#?]*)"/g))
			if (!href.startsWith('/static/'))
				assert.ok((await user.get(href)).status < 400,
					`${email} ${href}`);
	}
});

test('C11: Openstaande aanvragen: filters, sorts, a link to each', async () => {
	const user = await as(ergo);
	const numbers = html =>
		[...html.matchAll(/href="\/requests\/([\d-]+)"/g)].map(m => m[1]);
	const html = async query => (await user.get(`/requests?size=100&${query}`))
		.text;
	const kinds = sql(`SELECT number, kind, state FROM request`);
	const of = new Map(kinds.map(r => [r.number, r]));
	for (const kind of ['repair', 'rental', 'delivery', 'adaptation']) {
		const found = numbers(await html(`kind=${kind}`));
		assert.ok(found.every(n => of.get(n).kind === kind), kind);
	}
	for (const state of ['submitted', 'planned']) {
		const found = numbers(await html(`state=${state}`));
		assert.ok(found.every(n => of.get(n).state === state), state);
	}
	const up = numbers(await html('sort=number'));
	assert.ok(up.length > 1);
	assert.deepEqual(up, [...up].sort());
	assert.equal((await user.get(`/requests/${up[0]}`)).status, 200);
	const text = textOf(await html('sort=asked'));
	assert.match(text, /Woonzorg Lindenhof/);
	assert.match(text, /Zorggroep Terpen/);
});

// The log records of a request to the portal.
const seen = id => sql(`SELECT client_id, action, outcome, access_right
	FROM audit WHERE request_id = ${quote(id)}`);

test('X9 figure 16: a page that shows a client leaves a record first',
	async () => {
		const { number, user } = await askRepair(requester,
			{ client: 'mw. L. Logboek' });
		const { client_id: client } = one(`SELECT client_id FROM request
			WHERE number = '${number}'`);
		const branch = await as(planner);
		for (const [who, path] of [[user, `/requests/${number}`],
			[user, `/requests/${number}/sent`], [user, `/requests/${number}.xml`],
			[user, `/requests/${number}.pdf`],
			[branch, `/supplier/requests/${number}`]]) {
			const answer = await who.get(path);
			assert.equal(answer.status, 200);
			const rows = seen(answer.headers['x-request-id']);
			assert.ok(rows.some(r => r.client_id === client &&
				r.outcome === 'ok'), path);
		}
	});

test('X9 figure 16: a form drawn again leaves a record too', async () => {
	const { number } = await askRepair(requester,
		{ client: 'dhr. N. Nogmaals' });
	const { client_id: client } = one(`SELECT client_id FROM request
		WHERE number = '${number}'`);
	const branch = await as(planner);
	const sunday = one(`SELECT CURDATE() + INTERVAL
		(8 - DAYOFWEEK(CURDATE())) + 7 DAY AS day`).day;
	const work = `/supplier/requests/${number}`;
	for (const [path, changes, status] of [
		[`${work}/cancel`, { reason: '' }, 422],
		[`${work}/cancel`, { version: '99' }, 409],
		[`${work}/correct`, { contact_name: '' }, 422],
		[`${work}/correct`, { version: '99' }, 409],
		[`${work}/correct`, { wished_on: sunday }, 422]]) {
		const form = await branch.form(path);
		const answer = await branch.post(form.action,
			{ ...form.fields, ...changes });
		assert.equal(answer.status, status, path);
		const rows = seen(answer.headers['x-request-id']);
		assert.deepEqual(rows.map(r => [r.client_id, r.action, r.outcome]),
			[[client, 'view', 'ok']], `${path} ${status}`);
	}
});

test('X9 figure 16: a form drawn again without its record is not shown',
	async () => {
		const { number } = await askRepair(requester,
			{ client: 'mw. Z. Zonderlog' });
		const branch = await as(planner);
		const path = `/supplier/requests/${number}/cancel`;
		const form = await branch.form(path);
		// Outside a transaction nothing can be written.
		sql(`DELIMITER //
			CREATE TRIGGER no_record BEFORE INSERT ON audit FOR EACH ROW
			IF @@in_transaction = 0 THEN
				SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no';
			END IF //`);
		try {
			const answer = await branch.post(form.action,
				{ ...form.fields, reason: '' });
			assert.equal(answer.status, 500);
			assert.doesNotMatch(answer.text, /Zonderlog/);
		} finally {
			sql('DROP TRIGGER no_record');
		}
	});

test('X9: a list records each client that it shows, an export all',
	async () => {
		const user = await as(requester);
		const page = await user.get('/actions.xml?size=100&kind=pick_up');
		const tree = parse(page.text);
		const column = texts(tree, '//column/@id').indexOf('client') + 1;
		const shown = new Set(values(`SELECT r.client_id FROM request r
			WHERE r.client_id IS NOT NULL AND r.number IN (${
	texts(tree, `//row[cell[${column}] != ""]/@key`).map(quote)})`));
		assert.ok(shown.size > 5);
		const logged = new Set(seen(page.headers['x-request-id'])
			.map(r => r.client_id));
		assert.deepEqual([...shown].filter(id => !logged.has(id)), []);
		const sheet = await user.get('/actions.xlsx?kind=pick_up');
		const rows = seen(sheet.headers['x-request-id']);
		assert.ok(rows.length >= shown.size);
		assert.ok(rows.every(r => r.action === 'export'));
	});

test('X9: a refusal is in the log, log-in and log-out too', async () => {
	const user = await as(requester);
	const answer = await user.get('/supplier/requests');
	assert.equal(answer.status, 403);
	const [row] = seen(answer.headers['x-request-id']);
	assert.equal(row.outcome, 'refused');
	assert.ok(Number(one(`SELECT COUNT(*) AS n FROM audit
		WHERE action = 'login' AND outcome = 'ok'`).n) > 0);
});

const visitor = () => new User();

test('C3: help with logging in says the same of every address', async () => {
	const answers = [];
	for (const email of ['rol7@lindenhof.example',
		'niemand@lindenhof.example']) {
		const sent = await visitor().send('/login/help', 'login-help',
			{ email });
		answers.push([sent.status, sent.headers.location]);
	}
	assert.deepEqual(answers[0], [303, '/login/help/sent']);
	assert.deepEqual(answers[1], answers[0]);
});

test('C3: a link that nobody has is told to be over', async () => {
	for (const token of ['', '?token=x', `?token=${'A'.repeat(43)}`]) {
		const answer = await visitor().get(`/reset.xml${token}`);
		assert.equal(answer.status, 410);
		assert.equal(string(parse(answer.text), '//note/@href'),
			'/login/help');
	}
});

test('I3: a new password tells all that is wrong, and keeps none of it',
	async () => {
		const user = await as('rol7@lindenhof.example');
		const answer = await user.send('/account/password', 'password',
			{ current: '', password: 'welkom123456', again: 'x' });
		assert.equal(answer.status, 422);
		const words = textOf(answer.text);
		assert.ok(words.includes('Vul ‘Huidig wachtwoord’ in'));
		assert.ok(words.includes('te makkelijk te raden'));
		assert.ok(!answer.text.includes('welkom123456'));
	});
