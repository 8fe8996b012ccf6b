// The five services on an aid (I13, I14): each with exactly its fields,
// offered where status and ownership allow it; what the organisation does
// itself skips the supplier's planning (states.md).
import assert from 'node:assert/strict';
import { pdfText } from '../lib/document.js';
import { accept, freeAid, plan, requester, start, finish, stateOf, workday }
	from '../lib/flow.js';
import { send } from '../lib/load.js';
import { one, quote, values } from '../lib/portal.js';
import { serviceForm } from '../lib/steps.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { has, string, texts } from '../lib/xml.js';

const admin = 'beheer@lindenhof.example';
const places = ['location', 'department'];
const target = ['to_location', 'to_department'];
const contact = ['contact_name', 'contact_phone', 'contact_email'];
const all = ['wished', 'client', 'message'];
const fields = {
	move: [...places, ...target, 'performer', ...all],
	'from-depot': [...target, 'performer', ...all, ...contact],
	'to-depot': [...places, 'depot', 'performer', ...all, ...contact],
	'pick-up': [...places, ...all],
};

async function ask(name, changes, email) {
	const form = await serviceForm(name, changes, email);
	const answer = await send(form);
	assert.equal(answer.status, 303, `${name}: ${answer.status}`);
	const [, number] = /^\/requests\/([\d-]+)\/sent$/.exec(answer.location) ??
		assert.fail(`${name} led to ${answer.location}`);
	return { ...form, number };
}

const aidOf = number => one(`SELECT status, place_id, holder_id,
	home_place_id FROM aid WHERE number = ${number}`);
const rowOf = number => one(`SELECT * FROM request
	WHERE number = ${quote(number)}`);

for (const [name, wanted] of Object.entries(fields))
	test(`I14: ${name} has its fields and no other`, async () => {
		const { user, aid } = await serviceForm(name);
		const form = await user.form(`/aids/${aid}/${name}`, name);
		assert.deepEqual(form.names.sort(), [...wanted].sort());
	});

test('I14: repair has its fields and no other', async () => {
	const form = await (await as(admin))
		.form(`/aids/${freeAid(admin)}/repair`, 'repair');
	assert.deepEqual(form.names.filter(name => name !== 'kept').sort(),
		['defect', 'photos', ...places, ...all, ...contact].sort());
});

for (const [name, status] of [['move', 'in_use'], ['from-depot', 'in_use'],
	['to-depot', 'in_depot']])
	test(`I13 S5: ${name} by the supplier, from asked to done`, async () => {
		const { number, aid, fields: f, user } = await ask(name);
		const q = rowOf(number);
		assert.equal(q.state, 'submitted');
		assert.equal(q.to_place_id, f.to_department ?? f.depot);
		await accept(number);
		await plan(number, workday(5));
		await start(number);
		assert.equal(aidOf(aid).status, 'in_transport');
		await finish(number, 'Verplaatst en gecontroleerd.');
		assert.deepEqual([aidOf(aid).status, aidOf(aid).place_id],
			[status, q.to_place_id]);
		const history = await user.page(`/aids/${aid}/history`);
		assert.ok(has(history, `//row[cell = "${number}"]`));
	});

test('I13 S5: a pick-up ends the rental and takes the aid off the list',
	async () => {
		const { number, aid, user } = await ask('pick-up');
		await accept(number);
		await plan(number, workday(5));
		await start(number);
		await finish(number, 'Opgehaald.');
		assert.deepEqual([aidOf(aid).status, aidOf(aid).holder_id],
			['in_cleaning', null]);
		assert.equal((await user.get(`/aids/${aid}`)).status, 404);
	});

test('I14: the request as page and PDF says where from, where to, by whom',
	async () => {
		const { number, user, fields: f } = await ask('move',
			{ performer: 'own' });
		const to = one(`SELECT name FROM place
			WHERE id = ${f.to_department}`).name;
		const page = await user.page(`/requests/${number}`);
		assert.ok(string(page, '//item[@name="to"]').includes(to));
		assert.equal(string(await user.page(`/requests/${number}/performed`),
			'//item[@name="to"]'), string(page, '//item[@name="to"]'));
		assert.equal(string(page, '//item[@name="performer"]'), 'own');
		const text = pdfText((await user.get(`/requests/${number}.pdf`)).body);
		assert.match(text, /Aanvraag verplaatsing/);
		assert.ok(text.replace(/\s+/g, ' ').includes(to));
	});

test('own organisation: no planning by the supplier, closed by itself',
	async () => {
		const { number, aid, user, fields: f } = await ask('move',
			{ performer: 'own' }, requester);
		assert.equal(stateOf(number), 'own_planned');
		const work = await (await as('planner@zorgmiddelen-noord.example'))
			.page(`/supplier/requests/${number}`);
		assert.ok(!has(work, '//action[@id="accept"]'));
		const tomorrow = new Date(Date.now() + 86400e3).toISOString()
			.slice(0, 10);
		const late = await user.send(`/requests/${number}/performed`,
			'performed', { day: tomorrow });
		assert.equal(late.status, 422);
		const done = await user.send(`/requests/${number}/performed`,
			'performed');
		assert.equal(done.status, 303);
		assert.equal(stateOf(number), 'done');
		assert.deepEqual([aidOf(aid).status, aidOf(aid).place_id],
			['in_use', f.to_department]);
	});

test('own organisation: called off, the aid stays where it is', async () => {
	const before = await serviceForm('move', { performer: 'own' }, requester);
	const was = aidOf(before.aid);
	const number = (await send(before)).location.split('/')[2];
	const answer = await before.user.send(`/requests/${number}/call-off`,
		'call-off', { reason: 'Niet meer nodig.' });
	assert.equal(answer.status, 303);
	assert.equal(stateOf(number), 'cancelled');
	assert.deepEqual(aidOf(before.aid), was);
	// What the supplier plans is not the organisation's to close or call off.
	const { number: theirs, user } = await ask('move', {}, requester);
	for (const path of ['performed', 'call-off']) {
		const page = await user.get(`/requests/${theirs}/${path}`);
		assert.equal(page.location, `/requests/${theirs}`);
	}
});

test('I13: what is not possible is said on the aid\'s page, and refused',
	async () => {
		const user = await as(admin);
		const aid = freeAid(admin, 'a.owner_id IS NOT NULL');
		const page = await user.page(`/aids/${aid}`);
		assert.deepEqual(texts(page, '//actions[@id="services"]/action' +
			'[@refused]/@id'), ['from_depot', 'pick_up']);
		const answer = await user.get(`/aids/${aid}/pick-up`);
		assert.equal(answer.location, `/aids/${aid}`);
		assert.match((await user.get(`/aids/${aid}`)).text,
			/van uw organisatie, niet gehuurd/);
	});

test('an aid that moves already can\'t be moved twice, whoever was first',
	async () => {
		const first = await serviceForm('move');
		const second = await first.user.form(`/aids/${first.aid}/to-depot`,
			'to-depot');
		assert.equal((await send(first)).status, 303);
		const depot = second.options('depot').filter(Boolean).at(-1);
		const answer = await first.user.post(second.action,
			{ ...second.fields, depot });
		assert.equal(answer.location, `/aids/${first.aid}`);
		assert.equal(values(`SELECT COUNT(*) FROM request_line l
			JOIN aid a ON a.id = l.aid_id
			JOIN request q ON q.id = l.request_id
			WHERE a.number = ${first.aid} AND q.state = 'submitted'`)[0], '1');
	});

test('bad input: the same place, another organisation\'s, a depot as ward',
	async () => {
		const form = await serviceForm('move');
		const foreign = one(`SELECT p.id FROM place p
			JOIN organisation o ON o.id = p.organisation_id
			WHERE o.code = 'terpen' AND p.kind = 'department' LIMIT 1`).id;
		const depot = one(`SELECT id FROM place
			WHERE kind = 'depot' AND organisation_id IS NULL LIMIT 1`).id;
		for (const [to, words] of [[form.fields.department, /staat het hulpmiddel al/],
			[foreign, /Kies/], [depot, /Kies/], ['', /Kies/], ['x', /Kies/]]) {
			const answer = await form.user.post(form.action, {
				...form.fields, form_key: (await form.user.form(
					`/aids/${form.aid}/move`, 'move')).fields.form_key,
				to_department: to });
			assert.equal(answer.status, 422, `to ${to}`);
			assert.match(answer.text, words);
			assert.ok(answer.text.includes(form.message), 'input kept');
		}
		assert.equal(values(`SELECT COUNT(*) FROM request
			WHERE message = ${quote(form.message)}`)[0], '0');
	});
