// One verdict for many requests that wait for it (I15), also as stand-in (X6).
import assert from 'node:assert/strict';
import { mailAbout } from '../lib/document.js';
import { askRepair, freeAid, give, requester, stateOf } from '../lib/flow.js';
import { newKey, send } from '../lib/load.js';
import { one, quote, sql, values } from '../lib/portal.js';
import { manyForm, verdictsForm } from '../lib/steps.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { all, has, string, texts } from '../lib/xml.js';

const asker = 'rol4@lindenhof.example';
const judge = 'rol3@lindenhof.example';
const grouped = number => number.replace(/(\d{3})(\d{3})$/, '$1\u00a0$2');
const answers = number => Number(values(`SELECT COUNT(*) FROM event e
	JOIN request q ON q.id = e.subject_id AND e.subject_kind = 'request'
	WHERE q.number = ${quote(number)} AND e.name IN ('approve', 'reject')`)[0]);

test('I15: what waits can be ticked, and shows what is asked with it',
	async () => {
		const form = await manyForm('repair', {}, 3, asker);
		assert.equal((await send(form)).status, 303);
		const number = values(`SELECT number FROM request
			WHERE message = ${quote(form.message)}`)[0];
		const page = await (await as(judge)).page('/approvals?size=100');
		assert.deepEqual(texts(page, '//select/action/@id'),
			['approve', 'reject']);
		assert.equal(string(page, '//actions/action[@id="stand-in"]/@href'),
			'/account/stand-in', 'X6');
		const at = all(page, '//column').findIndex(c =>
			c.getAttribute('id') === 'others');
		assert.equal(texts(page, `//row[@key="${number}"]/cell`)[at], '2');
	});

for (const [name, state] of [['approve', 'submitted'], ['reject', 'rejected']])
	test(`I15: ${name} three at once, each requester is told once`, async () => {
		const form = await verdictsForm(name, {}, 3);
		const page = await form.user.page(form.path);
		assert.deepEqual(texts(page, '//lines/line/@code'), form.numbers);
		assert.equal(all(page, '//part[@name="requester"]').length, 3);
		const answer = await send(form);
		assert.equal(answer.location, '/approvals');
		assert.match((await form.user.get('/approvals')).text,
			name === 'approve' ? /akkoord gegeven voor 3 aanvragen/
				: /U heeft 3 aanvragen afgewezen/);
		for (const number of form.numbers) {
			assert.equal(stateOf(number), state);
			assert.equal(answers(number), 1);
			const mail = await mailAbout(number, m => m.headers['delivered-to'] ===
				asker && /akkoord/.test(m.headers.subject));
			if (name === 'reject')
				assert.ok(mail.text.includes(form.fields.reason));
		}
		assert.equal((await send(form)).location, '/approvals');
		assert.equal(answers(form.numbers[0]), 1, 'pressed twice, done once');
	});

test('I15: a rejection wants a reason', async () => {
	const form = await verdictsForm('reject', { reason: '' });
	const answer = await send(form);
	assert.equal(answer.status, 422);
	assert.match(answer.text, /Vul een reden in/);
	for (const number of form.numbers)
		assert.equal(stateOf(number), 'awaiting_approval');
});

test('I15: what went on meanwhile is told; nothing is done, nothing lost',
	async () => {
		const form = await verdictsForm('reject', {}, 3);
		const [gone, ...rest] = form.numbers;
		await (await as(asker)).act(`/requests/${gone}`, 'withdraw');
		const answer = await send(form);
		assert.equal(answer.status, 409);
		assert.ok(answer.text.includes(`Zonder ${grouped(gone)}:`));
		assert.ok(answer.text.includes(form.fields.reason), 'input kept');
		for (const number of rest)
			assert.equal(stateOf(number), 'awaiting_approval');
		const action = `/approvals/reject?pick=${rest.join('.')}`;
		assert.ok(answer.text.includes(`action="${action}"`));
		const versions = /name="versions" value="([\d.]+)"/.exec(answer.text)[1];
		const again = await form.user.post(action,
			{ ...form.fields, versions, form_key: newKey() });
		assert.equal(again.status, 303);
		for (const number of rest)
			assert.equal(stateOf(number), 'rejected');
		assert.equal(stateOf(gone), 'withdrawn');
		const late = await form.user.get(
			`/approvals/approve?pick=${form.numbers.join('.')}`);
		assert.equal(late.location, '/approvals');
	});

test('I15: an older version than the page showed is not answered', async () => {
	const form = await verdictsForm('approve');
	const [changed, other] = form.numbers;
	sql(`UPDATE request SET version = version + 1
		WHERE number = ${quote(changed)}`);
	const answer = await send(form);
	assert.equal(answer.status, 409);
	assert.ok(answer.text.includes(grouped(changed)));
	assert.equal(stateOf(other), 'awaiting_approval');
});

test('I15: another\'s, one\'s own and a foreign request', async () => {
	const form = await verdictsForm('approve');
	const user = await as(judge);
	const foreign = values(`SELECT q.number FROM request q JOIN organisation o
		ON o.id = q.organisation_id WHERE o.code = 'terpen' LIMIT 1`)[0];
	await user.page(`/approvals/approve?pick=${form.numbers[0]}.${foreign}`,
		404);
	const posted = await user.post(
		`/approvals/approve?pick=${form.numbers[0]}.${foreign}`, form.fields);
	assert.equal(posted.status, 404);
	// Asked by the one who is to answer: as if it could be.
	give('requester', judge, form.numbers[0]);
	const page = await user.page(form.path);
	assert.deepEqual(texts(page, '//lines/line/@code'), [form.numbers[1]]);
	assert.ok(has(page, '//message[@id="approvals.gone"]'));
	assert.equal((await send(form)).status, 409);
	assert.equal(stateOf(form.numbers[0]), 'awaiting_approval');
	give('requester', asker, form.numbers[0]);
	const { number } = await askRepair(requester, {}, freeAid(requester));
	await user.get(`/approvals/approve?pick=${number}.${form.numbers[1]}`);
	assert.notEqual(stateOf(number), 'awaiting_approval');
	assert.equal((await (await as(asker)).get(form.path)).status, 403);
});

test('I15: the page logs whose names it shows', async () => {
	const { numbers: [number], path, user } = await verdictsForm('approve');
	const aid = freeAid(asker);
	const { number: named } = await askRepair(asker,
		{ client: 'mw. J. Bakker' }, aid);
	const logged = () => Number(one(`SELECT COUNT(*) AS n FROM audit
		WHERE subject = 'list approvals'`).n);
	const before = logged();
	await user.page(path.replace(number, `${number}.${named}`));
	assert.equal(logged(), before + 1);
});

test('X6: the stand-in answers many', async () => {
	const boss = 'rol7@lindenhof.example';
	const form = await verdictsForm('approve');
	sql(`UPDATE request q JOIN approval a ON a.subject_kind = 'request'
			AND a.subject_id = q.id
		JOIN account c ON c.email = ${quote(boss)}
		SET a.on_behalf_id = q.approver_id, a.approver_id = c.id
		WHERE q.number IN (${form.numbers.map(quote)})`);
	give('approver', boss, ...form.numbers);
	assert.equal((await send(form)).location, '/approvals');
	for (const number of form.numbers)
		assert.equal(stateOf(number), 'awaiting_approval', 'not the absent one');
	const user = await as(boss);
	const { action, fields } = await user.form(form.path, 'approve-many');
	assert.equal((await user.post(action, fields)).status, 303);
	for (const number of form.numbers)
		assert.equal(stateOf(number), 'submitted');
});

test('I15: more than fit are never left out unseen', async () => {
	const many = Array.from({ length: 501 }, (_, i) =>
		`26-${String(i).padStart(6, '0')}`);
	const answer = await (await as('rol1@lindenhof.example')).get(
		`/approvals/approve?pick=${many.join('.')}`);
	assert.equal(answer.location,
		`/approvals?pick=${many.slice(0, 500).join('.')}`);
});
