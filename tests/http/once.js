// A form is carried out once, however often it is sent.
import assert from 'node:assert/strict';
import { askRepair, freeAid, mechanicOf, planner, requester } from '../lib/flow.js';
import { one, values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { fingerprint } from '../lib/world.js';
import { first, string } from '../lib/xml.js';

const filled = async (user, aid) => {
	const form = await user.form(`/aids/${aid}/repair`, 'repair');
	return { action: form.action,
		fields: { ...form.fields, defect: 'Rem slipt aan de linkerkant.' } };
};

const requestsOf = aid => values(`SELECT r.number FROM request r
	JOIN request_line l ON l.request_id = r.id JOIN aid a ON a.id = l.aid_id
	WHERE a.number = ${aid} AND r.state NOT IN
		('done', 'rejected', 'withdrawn', 'cancelled')`);

test('I13: pressed eight times at once: one request, one place', async () => {
	const user = await as(requester);
	const aid = freeAid(requester);
	const { action, fields } = await filled(user, aid);
	const answers = await Promise.all([...Array(8)].map(() =>
		user.post(action, fields, { fresh: true })));
	assert.deepEqual(answers.map(a => a.status), Array(8).fill(303));
	assert.equal(new Set(answers.map(a => a.location)).size, 1);
	assert.equal(requestsOf(aid).length, 1);
	assert.equal(answers[0].location, `/requests/${requestsOf(aid)[0]}/sent`);
});

test('I13: sent again later: the same place, nothing more', async () => {
	const user = await as(requester);
	const aid = freeAid(requester);
	const { action, fields } = await filled(user, aid);
	const answer = await user.post(action, fields);
	const before = fingerprint();
	const again = await user.post(action, fields);
	assert.equal(again.status, 303);
	assert.equal(again.location, answer.location);
	assert.equal(fingerprint(), before);
	assert.equal((await user.get(again.location)).status, 200);
});

test('rule 6: the same key with another body is 409', async () => {
	const user = await as(requester);
	const aid = freeAid(requester);
	const { action, fields } = await filled(user, aid);
	assert.equal((await user.post(action, fields)).status, 303);
	const before = fingerprint();
	const other = await user.post(action, { ...fields, defect: 'Iets anders' });
	assert.equal(other.status, 409);
	assert.match(other.text, /<html lang="nl".*<h1>/s);
	const elsewhere = freeAid(requester);
	assert.equal((await user.post(`/aids/${elsewhere}/repair`, fields)).status,
		409);
	assert.equal(fingerprint(), before);
});

test('rule 6: a key is its account\'s own', async () => {
	const user = await as(requester);
	const { action, fields } = await filled(user, freeAid(requester));
	assert.equal((await user.post(action, fields)).status, 303);
	const { number } = await askRepair('rol3@lindenhof.example',
		{ form_key: fields.form_key });
	assert.ok(number);
});

test('I14: a form with errors may be sent again under its key', async () => {
	const user = await as(requester);
	const { action, fields } = await filled(user, freeAid(requester));
	const bad = await user.post(action, { ...fields, defect: '' });
	assert.equal(bad.status, 422);
	const good = await user.post(action, fields);
	assert.equal(good.status, 303);
});

test('a step of the branch pressed twice at once is one step', async () => {
	const { number } = await askRepair();
	const user = await as(planner);
	const page = await user.page(`/supplier/requests/${number}`);
	const accept = first(page, '//action[@id="accept"]');
	const fields = { csrf: string(page, '/page/@csrf'),
		form_key: accept.getAttribute('key') };
	const answers = await Promise.all([...Array(4)].map(() =>
		user.post(accept.getAttribute('action'), fields, { fresh: true })));
	assert.deepEqual(answers.map(a => a.status), Array(4).fill(303));
	assert.equal(one(`SELECT COUNT(*) AS n FROM event e
		JOIN request r ON r.id = e.subject_id
		WHERE e.subject_kind = 'request' AND e.name = 'accept'
		AND r.number = '${number}'`).n, '1');
});

test('two planners at once: the second is told, nothing is overwritten',
	async () => {
		const { number } = await askRepair();
		const user = await as(planner);
		await user.act(`/supplier/requests/${number}`, 'accept');
		const path = `/supplier/requests/${number}/plan`;
		const one_ = await user.form(path, 'plan');
		const two = await user.form(path, 'plan');
		const day = one_.fields.day;
		const first = await user.post(one_.action, { ...one_.fields, day,
			mechanic: mechanicOf(number).id });
		assert.equal(first.status, 303);
		const before = fingerprint();
		const second = await user.post(two.action, { ...two.fields, day,
			mechanic: mechanicOf(number, 1).id });
		assert.equal(second.status, 409);
		assert.match(second.text, new RegExp('selected(="[^"]*")?>' +
			mechanicOf(number, 1).name));
		assert.equal(fingerprint(), before);
		assert.equal(one(`SELECT mechanic FROM request
			WHERE number = '${number}'`).mechanic,
			mechanicOf(number).name);
	});
