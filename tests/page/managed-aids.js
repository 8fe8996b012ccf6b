// The branch's aids: register, find, correct, move by hand, scrap (S7).
import assert from 'node:assert/strict';
import { freeAid } from '../lib/flow.js';
import { newKey, send } from '../lib/load.js';
import { one, quote, sql } from '../lib/portal.js';
import { aidForm } from '../lib/steps.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { has, string, texts } from '../lib/xml.js';

const catalogue = 'catalogus@zorgmiddelen-noord.example';
const bound = 'planner@zorgmiddelen-noord.example';

const aidOf = serial => one(`SELECT * FROM aid
	WHERE serial = ${quote(serial)}`);
const place = where => one(`SELECT p.id, p.name, p.organisation_id
	FROM place p LEFT JOIN organisation o ON o.id = p.organisation_id
	WHERE ${where} LIMIT 1`);

async function register(changes = {}) {
	const form = await aidForm(changes);
	const answer = await send(form);
	assert.equal(answer.status, 303, answer.text?.slice(0, 300));
	return { ...form, path: answer.location };
}

test('S7: registered in stock: the next number, a label, and its history',
	async () => {
		const { last } = one('SELECT MAX(number) AS last FROM aid');
		const { serial, path, user } = await register();
		const aid = aidOf(serial);
		assert.ok(Number(aid.number) > Number(last));
		assert.equal(path, `/supplier/aids/${aid.number}`);
		assert.deepEqual([aid.status, aid.owner_id, aid.holder_id],
			['in_depot', null, null]);
		assert.match(aid.label_code, /^[\w-]{16}$/);
		assert.ok(aid.type_name && aid.place_name && aid.category_nl);
		const page = await user.page(path);
		assert.equal(string(page, 'count(//list[@id="aid-life"]//row)'), '1');
		assert.ok(texts(page, '//row/cell').includes('registered'));
		const list = await user.page(`/supplier/aids?serial=${serial}`);
		assert.equal(string(list, '//row/@key'), aid.number);
	});

test('S7: a number by hand is one from 1 on', async () => {
	for (const number of ['-5', '0']) {
		const answer = await send(await aidForm({ number }));
		assert.equal(answer.status, 422);
		assert.match(answer.text, /Vul 1 of meer in/);
	}
});

test('S7: rented to a customer: on its list from then on', async () => {
	const ward = place("o.code = 'lindenhof' AND p.kind = 'department'");
	const missing = await send(await aidForm({ holder: ward.organisation_id,
		place: ward.id, ownership: 'rented' }));
	assert.equal(missing.status, 422);
	assert.equal(missing.text.match(/field--bad/g).length, 2);
	const { serial } = await register({ holder: ward.organisation_id,
		place: ward.id, ownership: 'rented', rent_from: '2026-01-05',
		day_price: '4,20' });
	const { number, day_cents } = aidOf(serial);
	assert.equal(day_cents, '420');
	const page = await (await as('beheer@lindenhof.example'))
		.page(`/aids/${number}`);
	assert.equal(string(page, '//item[@name="ownership"]'), 'rented');
});

test('S7: bad input: a taken number, a strange place, stock that is owned',
	async () => {
		const taken = one('SELECT MIN(number) AS n FROM aid').n;
		const strange = place("o.code = 'terpen'").id;
		const { organisation_id: holder } = place("o.code = 'lindenhof'");
		for (const changes of [{ number: taken }, { ownership: 'owned' },
			{ holder, place: strange, ownership: 'owned' },
			{ bought_on: '2999-01-01' }, { serial: '' },
			{ product: '999999' }]) {
			const form = await aidForm(changes);
			const answer = await send(form);
			assert.equal(answer.status, 422, JSON.stringify(changes));
			assert.match(answer.text, /field--bad/);
			assert.equal(aidOf(form.serial), undefined);
		}
	});

test('S7: moved by hand with a reason, in its history; not twice at once',
	async () => {
		const { path, serial, user } = await register();
		const first = await user.form(`${path}/move`, 'aid-move');
		const second = await user.form(`${path}/move`, 'aid-move');
		const other = first.options('place').filter(Boolean)
			.find(p => p !== aidOf(serial).place_id);
		const none = await user.post(first.action, { ...first.fields,
			place: other });
		assert.equal(none.status, 422, 'a reason is wanted');
		const done = await user.post(first.action, { ...first.fields,
			place: other, reason: 'Gevonden bij de telling.',
			form_key: newKey() });
		assert.equal(done.location, path);
		assert.equal(aidOf(serial).place_id, other);
		const late = await user.post(second.action, { ...second.fields,
			place: first.options('place').filter(Boolean)[0],
			reason: 'Ik ook.' });
		assert.equal(late.status, 409);
		const page = await user.page(path);
		assert.ok(texts(page, '//row/cell').includes(
			'Gevonden bij de telling.'));
	});

test('S7: scrapped for good, not while a request is under way', async () => {
	const { path, serial, user } = await register();
	await user.send(`${path}/scrap`, 'aid-scrap', { reason: 'Frame gebroken' });
	assert.equal(aidOf(serial).status, 'scrapped');
	assert.ok(!has(await user.page(path), '//actions[@id="managed-aid"]'));
	assert.equal((await user.get(`${path}/correct`)).location, path);

	const asker = await as('rol2@lindenhof.example');
	const number = freeAid('rol2@lindenhof.example');
	await asker.send(`/aids/${number}/repair`, 'repair', { defect: 'Kapot.' });
	const meanwhile = await user.form(`/supplier/aids/${
		freeAid('rol2@lindenhof.example')}/scrap`, 'aid-scrap');
	const late = /aids\/(\d+)/.exec(meanwhile.action)[1];
	await asker.send(`/aids/${late}/repair`, 'repair', { defect: 'Kapot.' });
	const busy = await user.post(meanwhile.action,
		{ ...meanwhile.fields, reason: 'Weg ermee' });
	assert.equal(busy.location, `/supplier/aids/${late}`);
	// Who comes now is told before a reason is typed.
	assert.equal((await user.get(`/supplier/aids/${number}/scrap`)).location,
		`/supplier/aids/${number}`);
	assert.notEqual(one(`SELECT status FROM aid WHERE number = ${number}`)
		.status, 'scrapped');
});

test('S7: who belongs to a branch has its aids alone; others only look',
	async () => {
		const user = await as(bound);
		const branch = one(`SELECT m.branch_id FROM membership m
			JOIN account a ON a.id = m.account_id
			WHERE a.email = ${quote(bound)}`).branch_id;
		const foreign = one(`SELECT a.number FROM aid a
			LEFT JOIN organisation o ON o.id = a.holder_id
			WHERE a.branch_id <> ${branch}
			AND COALESCE(o.branch_id, 0) <> ${branch} LIMIT 1`);
		for (const end of ['', '.pdf', '/correct', '/move', '/scrap'])
			assert.equal((await user.get(
				`/supplier/aids/${foreign.number}${end}`)).status, 404);
		const adviser = await as('adviseur@zorgmiddelen-noord.example');
		assert.equal((await adviser.get('/supplier/aids')).status, 200);
		assert.equal((await adviser.get('/supplier/aids/new')).status, 403);
	});
