// 'Mijn actuele overzicht' (I29): the newest of each kind, and what waits.
import assert from 'node:assert/strict';
import { askRepair, requester } from '../lib/flow.js';
import { quote, sql, values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { has, string, texts } from '../lib/xml.js';

const admin = 'beheer@lindenhof.example';
const approver = 'rol3@lindenhof.example';
const asker = 'rol4@lindenhof.example';

const newest = kind => values(`SELECT r.number FROM request r
	JOIN organisation o ON o.id = r.organisation_id
	WHERE o.code = 'lindenhof' AND r.kind = ${quote(kind)}
	ORDER BY r.created_at DESC, r.id DESC LIMIT 3`);
const numbers = (page, id) =>
	texts(page, `//digest[@id="${id}"]/entry/@number`);

test('I29: the newest three of each kind, with the way to all of them',
	async () => {
		const page = await (await as(admin)).page('/dashboard');
		for (const [id, kind] of [['repairs', 'repair'],
			['from-depot', 'from_depot'], ['to-depot', 'to_depot'],
			['moves', 'move'], ['pick-ups', 'pick_up']]) {
			assert.deepEqual(numbers(page, id), newest(kind), id);
			assert.equal(string(page, `//digest[@id="${id}"]/@href`),
				`/actions?kind=${kind}`);
		}
		assert.ok(has(page, '//menu//item[@id="dashboard"][@current]'));
	});

test('I29: a request asked now stands first; only what the account sees',
	async () => {
		const { number, user } = await askRepair(requester);
		const page = await user.page('/dashboard');
		assert.equal(numbers(page, 'repairs')[0], number);
		const other = await (await as('rol2@terpen.example'))
			.page('/dashboard');
		const theirs = new Set(values(`SELECT r.number FROM request r
			JOIN organisation o ON o.id = r.organisation_id
			WHERE o.code = 'terpen'`));
		for (const n of texts(other, '//entry/@number'))
			assert.ok(theirs.has(n), n);
	});

test('I29 I15: what waits on the account, the oldest wish first', async () => {
	const { number } = await askRepair(asker);
	sql(`UPDATE request SET wished_on = '2020-01-01'
		WHERE number = ${quote(number)}`);
	try {
		const page = await (await as(approver)).page('/dashboard');
		assert.equal(numbers(page, 'waiting')[0], number);
		assert.equal(string(page, '//digest[@id="waiting"]/@href'),
			'/approvals');
		assert.ok(!numbers(await (await as(asker)).page('/dashboard'),
			'waiting').includes(number), 'not on who asked');
	} finally {
		sql(`UPDATE request SET wished_on = CURRENT_DATE
			WHERE number = ${quote(number)}`);
	}
});

test('I29: what it cost only with the right', async () => {
	const [{ number }] = sql(`SELECT r.number FROM request r
		JOIN organisation o ON o.id = r.organisation_id
		WHERE o.code = 'lindenhof' AND r.kind = 'move'
		ORDER BY r.created_at DESC LIMIT 1`);
	const was = values(`SELECT cost_cents FROM request
		WHERE number = ${quote(number)}`)[0];
	sql(`UPDATE request SET cost_cents = 4711
		WHERE number = ${quote(number)}`);
	try {
		const cost = `//entry[@number="${number}"]/item[@name="cost"]`;
		assert.equal(string(await (await as(admin)).page('/dashboard'), cost),
			'4711');
		sql(`UPDATE membership m JOIN account a ON a.id = m.account_id
			SET m.all_places = TRUE WHERE a.email = ${quote(asker)}`);
		assert.ok(!has(await (await as(asker)).page('/dashboard'), cost));
	} finally {
		sql(`UPDATE request SET cost_cents = ${was ?? 'NULL'}
			WHERE number = ${quote(number)};
			UPDATE membership m JOIN account a ON a.id = m.account_id
			SET m.all_places = FALSE WHERE a.email = ${quote(asker)}`);
	}
});
