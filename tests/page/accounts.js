// 'Accountbeheer' of an institution (I4-I6): the list, the form, the places,
// and what nobody gets past it.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mistakes, upload as sendTable } from '../lib/import.js';
import { newKey } from '../lib/load.js';
import { one, quote, sql, values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as, readForm, User } from '../lib/user.js';
import { fingerprint } from '../lib/world.js';
import { all, string, texts } from '../lib/xml.js';

const administrator = 'beheer@lindenhof.example';
const other = 'beheer@terpen.example';
const lindenhof = one(`SELECT m.organisation_id AS id FROM membership m
	JOIN account a ON a.id = m.account_id
	WHERE a.email = ${quote(administrator)}`).id;

// An account of its own for each test.
function made({ role = '4', state = 'active', organisation = lindenhof,
	name = 'Proef Persoon', orders = 0 } = {}) {
	const email = `${newKey()}@proef.example`;
	sql(`INSERT INTO account (email, name, state, password_set_at)
			VALUES (${quote(email)}, ${quote(name)}, ${quote(state)},
				UTC_TIMESTAMP());
		INSERT INTO membership (account_id, portal, organisation_id, role,
				may_authorise_orders)
			VALUES (LAST_INSERT_ID(), 'institution', ${organisation},
				${quote(role)}, ${orders})`);
	return one(`SELECT a.id, a.code, a.email, m.id AS membership
		FROM account a JOIN membership m ON m.account_id = a.id
		WHERE a.email = ${quote(email)}`);
}

const now = a => one(`SELECT a.name, a.state, m.role, m.active,
		m.may_authorise_orders AS orders,
		(SELECT GROUP_CONCAT(kind, ' ', authoriser_id ORDER BY kind)
			FROM service_authoriser s WHERE s.membership_id = m.id) AS services,
		(SELECT GROUP_CONCAT(from_cents, ' ', authoriser_id
				ORDER BY from_cents)
			FROM budget_step b WHERE b.membership_id = m.id) AS steps,
		(SELECT GROUP_CONCAT(place_id, IF(whole_subtree, '+', '')
				ORDER BY place_id)
			FROM membership_place p WHERE p.membership_id = m.id) AS places
	FROM account a JOIN membership m ON m.account_id = a.id
	WHERE m.id = ${a.membership}`);

const mails = (email, kind) => Number(one(`SELECT COUNT(*) AS n FROM outbox
	WHERE recipient = ${quote(email)} AND kind = ${quote(kind)}`).n);

const editOf = async (a, below = '') =>
	(await as(administrator)).form(`/accounts/${a.code}${below}`);

// Sends what the form of that account holds, but for these fields.
async function change(a, fields, below = '') {
	const form = await editOf(a, below);
	return (await as(administrator)).post(form.action,
		{ ...form.fields, ...fields });
}

const errorsOf = answer => {
	const ids = [...answer.text.matchAll(/id="f-([\w-]+)-error"/g)];
	return ids.map(m => m[1]);
};

test('I4: the list is filtered by name, location, role and state', async () => {
	const user = await as(administrator);
	const a = made({ role: '6', name: `Zoek ${newKey()}` });
	const { id: place, location } = one(`SELECT id, location_id AS location
		FROM place WHERE organisation_id = ${lindenhof}
		AND kind = 'department' LIMIT 1`);
	sql(`INSERT INTO membership_place VALUES (${a.membership}, ${place}, 0)`);
	const listed = async query => texts(
		await user.page(`/accounts?${query}&size=100`), '//row/@key');
	const name = now(a).name.slice(5, 20);
	assert.deepEqual(await listed(`name=${name}`), [a.code]);
	assert.deepEqual(await listed(`name=${a.email.slice(0, 20)}`), [a.code]);
	assert.deepEqual(
		await listed(`name=${name}&role=6&location=${location}&state=active`),
		[a.code]);
	assert.deepEqual(await listed(`name=${name}&role=5`), []);
	assert.deepEqual(await listed(`name=${name}&state=deactivated`), []);
	const elsewhere = one(`SELECT id FROM place
		WHERE organisation_id = ${lindenhof} AND kind = 'location'
		AND id <> ${location} LIMIT 1`).id;
	assert.deepEqual(await listed(`name=${name}&location=${elsewhere}`), []);
});

test('I4: nobody of another organisation, or who ended, is listed',
	async () => {
		const page = await (await as(other)).page('/accounts?size=100');
		const keys = texts(page, '//row/@key');
		const own = values(`SELECT a.code FROM account a
			JOIN membership m ON m.account_id = a.id
			WHERE m.portal = 'institution' AND a.state <> 'ended'
			AND m.organisation_id = (SELECT m.organisation_id
				FROM membership m JOIN account a ON a.id = m.account_id
				WHERE a.email = ${quote(other)})`);
		assert.deepEqual([...keys].sort(), [...own].sort());
	});

test('I5 I6: a new account gets one mail, places, authorisers and a budget',
	async () => {
		const user = await as(administrator);
		const boss = made({ role: '3', orders: 1, name: 'Baas' });
		const form = await user.form('/accounts/new');
		assert.ok(form.options('repair').includes(boss.code));
		const email = `${newKey()}@proef.example`;
		const fields = { ...form.fields, name: 'Nieuwe Collega', email,
			role: '2', orders: 'yes', repair: boss.code, limited: 'yes',
			'from-1': '500', 'authoriser-1': boss.code,
			'from-2': '2.500,50', 'authoriser-2': boss.code };
		const answer = await user.post(form.action, fields);
		assert.equal(answer.status, 303);
		const again = await user.post(form.action, fields, { fresh: true });
		assert.equal(again.location, answer.location);
		const a = one(`SELECT a.id, a.code, a.state, m.id AS membership
			FROM account a JOIN membership m ON m.account_id = a.id
			WHERE a.email = ${quote(email)}`);
		assert.equal(answer.location, `/accounts/${a.code}/places`);
		assert.equal(a.state, 'invited');
		assert.equal(mails(email, 'account.invited'), 1);
		assert.deepEqual(now(a), { name: 'Nieuwe Collega', state: 'invited',
			role: '2', active: '1', orders: '1', services: `repair ${boss.id}`,
			steps: `50000 ${boss.id},250050 ${boss.id}`, places: null });
		assert.equal(one(`SELECT COUNT(*) AS n FROM audit
			WHERE account_id = ${a.id} AND action = 'create'`).n, '1');
	});

test('I6: double submit is one account and one mail', async () => {
	const user = await as(administrator);
	const form = await user.form('/accounts/new');
	const email = `${newKey()}@proef.example`;
	const fields = { ...form.fields, name: 'Dubbel', email, role: '4' };
	const answers = await Promise.all([...Array(4)].map(() =>
		user.post(form.action, fields, { fresh: true })));
	assert.deepEqual(answers.map(a => a.status), Array(4).fill(303));
	// Also under another key, as two administrators would.
	const [one_, two] = await Promise.all([newKey(), newKey()].map(key =>
		user.post(form.action, { ...fields, form_key: key,
			email: `X${email}` }, { fresh: true })));
	assert.deepEqual([one_.status, two.status].sort(), [303, 422]);
	assert.equal(mails(email, 'account.invited'), 1);
	assert.equal(values(`SELECT id FROM account
		WHERE email LIKE ${quote(`%${email}`)}`).length, 2);
});

test('I5: all that is wrong is said at once, and what was typed stays',
	async () => {
		const user = await as(administrator);
		const form = await user.form('/accounts/new');
		const before = fingerprint();
		const answer = await user.post(form.action, { ...form.fields, name: '',
			email: 'geen adres', role: '4', orders: 'yes', limited: 'yes',
			'from-1': 'veel', 'authoriser-1': '' });
		assert.equal(answer.status, 422);
		assert.deepEqual(errorsOf(answer).sort(), ['authoriser-1', 'email',
			'from-1', 'limited', 'name', 'orders']);
		assert.match(answer.text, /value="geen adres"/);
		assert.match(answer.text, /value="veel"/);
		assert.equal(fingerprint(), before);
	});

for (const [what, email] of [
	['homoglyph', 'beh\u0435er@lindenhof.example'],
	['non-ASCII', 'jos\u00e9@proef.example'],
	['huge', `${'a'.repeat(300)}@proef.example`],
	['with a line break', 'a@proef.example\r\nBcc: b@proef.example'],
	['two', 'a@proef.example, b@proef.example'],
]) test(`C1: ${what} e-mail addresses are refused`, async () => {
	const user = await as(administrator);
	const form = await user.form('/accounts/new');
	const before = fingerprint();
	const answer = await user.post(form.action, { ...form.fields,
		name: 'Wie Dan Ook', email, role: '4' });
	assert.equal(answer.status, 422);
	assert.deepEqual(errorsOf(answer), ['email']);
	assert.equal(fingerprint(), before);
});

test('C8: an address with an account here is said; elsewhere it is not',
	async () => {
		const user = await as(administrator);
		const here = made();
		const elsewhere = made({ organisation: one(`SELECT id FROM organisation
			WHERE id <> ${lindenhof} AND kind = 'institution' LIMIT 1`).id });
		const asked = () => Number(one(`SELECT COUNT(*) AS n FROM outbox
			WHERE kind = 'account.link-asked'`).n);
		const before = asked();
		const form = await user.form('/accounts/new');
		const sent = email => user.post(form.action, { ...form.fields,
			name: 'Dezelfde', email, role: '4', form_key: newKey() });
		const known = await sent(here.email);
		assert.equal(known.status, 422);
		assert.deepEqual(errorsOf(known), ['email']);
		const fresh = await sent(`${newKey()}@proef.example`);
		const unknown = await sent(elsewhere.email);
		assert.equal(unknown.status, 303);
		const shape = a => a.location.replace(/[0-9a-f]{16}/, '…');
		assert.equal(shape(unknown), shape(fresh));
		// Its page, and the list, show what was typed.
		const code = /[0-9a-f]{16}/.exec(unknown.location)[0];
		const page = await user.page(`/accounts/${code}`);
		assert.equal(string(page, '//field[@name="email"]/value'),
			elsewhere.email);
		assert.equal(string(page, '/page/title/@state'), 'invited');
		const list = await user.page(`/accounts?name=${elsewhere.email}`);
		assert.deepEqual(texts(list, '//row/@key'), [code]);
		const facts = p => texts(p, '//detail[@id="member"]/item/@name');
		assert.deepEqual(facts(page), facts(await user.page(
			`/accounts/${/[0-9a-f]{16}/.exec(fresh.location)[0]}`)));
		// Who has it keeps it alone, and hears of it; so does the branch.
		assert.equal(now(elsewhere).role, '4');
		assert.equal(mails(elsewhere.email, 'account.waiting'), 1);
		assert.equal(mails(elsewhere.email, 'account.invited'), 0);
		assert.equal(asked(), before + 1);
		// Asked for again it is here already; its mail is the waiting one.
		assert.equal((await sent(elsewhere.email)).status, 422);
		const again = await change({ code }, {}, '/resend');
		assert.equal(again.status, 303);
		assert.equal(mails(elsewhere.email, 'account.invited'), 0);
	});

test('I5: rows of the budget are added and removed without a script',
	async () => {
		const boss = made({ role: '3', orders: 1 });
		const a = made({ role: '2' });
		const added = await change(a, { limited: 'yes', 'from-1': '100',
			'authoriser-1': boss.code, _add: 'steps' });
		assert.match(added.text, /name="from-1"[^>]*value="100,00"/);
		assert.match(added.text, /name="from-2"/);
		assert.deepEqual(errorsOf(added), []);
		const removed = await change(a, { limited: 'yes', 'from-1': '100',
			'authoriser-1': boss.code, 'from-2': '200',
			'authoriser-2': boss.code, _remove: '1' });
		assert.match(removed.text, /name="from-1"[^>]*value="200,00"/);
		assert.doesNotMatch(removed.text, /name="from-2"/);
		assert.equal(now(a).steps, null);
	});

test('I5: no limit is something else than a limit of 0', async () => {
	const boss = made({ role: '3', orders: 1 });
	const a = made({ role: '2' });
	assert.equal((await change(a, { limited: 'yes', 'from-1': '0',
		'authoriser-1': boss.code })).status, 303);
	assert.equal(now(a).steps, `0 ${boss.id}`);
	const form = await editOf(a);
	assert.equal(form.fields.limited, 'yes');
	assert.equal(form.fields['from-1'], '0.00');
	// The form as it stands may be sent: the amount stays what it is.
	assert.equal((await change(a, { name: 'Zelfde grens' })).status, 303);
	assert.equal(now(a).steps, `0 ${boss.id}`);
	const wrong = await change(a, { limited: '' });
	assert.deepEqual(errorsOf(wrong), ['limited']);
	const cleared = { ...form.fields };
	for (const name of ['limited', 'from-1', 'authoriser-1'])
		delete cleared[name];
	cleared.version = (await editOf(a)).fields.version;
	assert.equal((await (await as(administrator)).post(form.action, cleared))
		.status, 303);
	assert.equal(now(a).steps, null);
	assert.equal((await editOf(a)).fields.limited, undefined);
});

test('I5: an amount stands once, and a fifty-first step is refused',
	async () => {
		const boss = made({ role: '3', orders: 1 });
		const a = made({ role: '2' });
		const steps = count => Object.fromEntries([...Array(count)].flatMap(
			(_, i) => [[`from-${i + 1}`, `${i}`],
				[`authoriser-${i + 1}`, boss.code]]));
		const twice = await change(a, { limited: 'yes', ...steps(2),
			'from-2': '0,00' });
		assert.deepEqual(errorsOf(twice), ['from-2']);
		const many = await change(a, { limited: 'yes', ...steps(51) });
		assert.equal(many.status, 422);
		assert.equal(now(a).steps, null);
		assert.equal((await change(a, { limited: 'yes', ...steps(50) }))
			.status, 303);
		assert.equal(now(a).steps.split(',').length, 50);
	});

test('I8: only who may authorise is offered, and taken', async () => {
	const four = made({ role: '4', name: 'Vier' });
	const six = made({ role: '6', name: 'Zes' });
	const two = made({ role: '2', name: 'Twee', orders: 1 });
	const unticked = made({ role: '2', name: 'Twee zonder' });
	const a = made({ role: '2' });
	const form = await editOf(a);
	assert.ok(form.options('repair').includes(six.code));
	for (const no of [four, two])
		assert.ok(!form.options('repair').includes(no.code));
	assert.equal(form.options('repair')[0], 'self');
	const rows = await (await as(administrator)).post(form.action,
		{ ...form.fields, _add: 'steps' });
	assert.ok(rows.text.includes(`value="${two.code}"`));
	assert.ok(!rows.text.includes(`value="${unticked.code}"`));
	for (const fields of [{ repair: four.code }, { repair: a.code },
		{ limited: 'yes', 'from-1': '1', 'authoriser-1': unticked.code },
		{ limited: 'yes', 'from-1': '1', 'authoriser-1': a.code }]) {
		const answer = await change(a, fields);
		assert.equal(answer.status, 422, JSON.stringify(fields));
	}
	const foreign = made({ role: '3', orders: 1,
		organisation: one(`SELECT id FROM organisation
			WHERE id <> ${lindenhof} LIMIT 1`).id });
	assert.equal((await change(a, { repair: foreign.code })).status, 422);
	assert.equal(now(a).services, null);
	assert.equal(now(a).steps, null);
});

test('I5: mass assignment: what the form does not have is not taken',
	async () => {
		const a = made();
		const answer = await change(a, { email: 'ander@proef.example',
			state: 'ended', all_places: '1', active: '0', portal: 'supplier',
			organisation: '1', organisation_id: '1', id: '1',
			visibility: 'own', account_id: '1', branch: '1' });
		assert.equal(answer.status, 303);
		assert.deepEqual(one(`SELECT a.email, a.state, m.portal,
				m.organisation_id AS organisation, m.all_places, m.active,
				m.visibility
			FROM account a JOIN membership m ON m.account_id = a.id
			WHERE m.id = ${a.membership}`),
		{ email: a.email, state: 'active', portal: 'institution',
			organisation: lindenhof, all_places: '0', active: '1',
			visibility: 'organisation' });
	});

for (const role of ['system', 'planner', 'professional', '8', '', 'ADMIN'])
	test(`I8: role '${role}' is none of the form's`, async () => {
		const a = made();
		const answer = await change(a, { role });
		assert.equal(answer.status, 422);
		assert.equal(now(a).role, '4');
	});

test('I8: nobody raises the own rights', async () => {
	const user = await as(administrator);
	const own = one(`SELECT a.id, a.code, m.id AS membership FROM account a
		JOIN membership m ON m.account_id = a.id
		WHERE a.email = ${quote(administrator)}`);
	const boss = made({ role: '3', orders: 1 });
	const before = now(own);
	const form = await editOf(own);
	assert.deepEqual(form.names.sort(), ['email', 'name', 'version']);
	assert.equal((await user.post(form.action, { ...form.fields, role: '1',
		orders: 'yes', repair: boss.code, limited: 'yes', 'from-1': '1',
		'authoriser-1': boss.code })).status, 303);
	assert.deepEqual(now(own), before);
	const page = await user.page(`/accounts/${own.code}/places`);
	assert.equal(all(page, '//form').length, 0);
	for (const action of ['deactivate', 'reactivate', 'resend', 'successor']) {
		const answer = await user.post(`/accounts/${own.code}/${action}`,
			{ csrf: form.fields.csrf, form_key: newKey(),
				version: form.fields.version });
		assert.equal(answer.location, `/accounts/${own.code}`);
	}
	const place = values(`SELECT id FROM place
		WHERE organisation_id = ${lindenhof} LIMIT 1`)[0];
	assert.equal((await user.post(`/accounts/${own.code}/places`, {
		csrf: form.fields.csrf, form_key: newKey(), whole: place,
		version: (await editOf(own)).fields.version })).status, 422);
	assert.deepEqual(now(own), before);
});

test('I4: another organisation\'s account is not there', async () => {
	const a = made();
	const user = await as(other);
	const { fields } = await user.form('/accounts/new');
	for (const below of ['', '/places', '/deactivate', '/reactivate', '/resend',
		'/successor']) {
		const path = `/accounts/${a.code}${below}`;
		assert.equal((await user.get(path)).status, 404, path);
		assert.equal((await user.post(path, { ...fields, form_key: newKey(),
			name: 'Overgenomen', role: 'admin' })).status, 404, path);
	}
	assert.equal(now(a).name, 'Proef Persoon');
});

test('I4: the second of two administrators is told, and nothing is lost',
	async () => {
		const user = await as(administrator);
		const a = made();
		const one_ = await editOf(a), two = await editOf(a);
		assert.equal((await user.post(one_.action,
			{ ...one_.fields, name: 'Eerste', role: '2' })).status, 303);
		const late = await user.post(two.action,
			{ ...two.fields, name: 'Tweede', role: '6' });
		assert.equal(late.status, 409);
		assert.match(late.text, /intussen door iemand anders gewijzigd/);
		assert.match(late.text, /value="Tweede"/);
		assert.match(late.text, /Zo is het nu opgeslagen.*Eerste.*Rol 2/s);
		assert.equal(now(a).name, 'Eerste');
		const places = await editOf(a, '/places');
		await change(a, { name: 'Derde' });
		assert.equal((await user.post(places.action, places.fields)).status,
			409);
		const at = await Promise.all([1, 2].map(async i => {
			const form = await editOf(a);
			return { action: form.action,
				fields: { ...form.fields, name: `Tegelijk ${i}` } };
		}));
		const both = await Promise.all(at.map(f =>
			user.post(f.action, f.fields, { fresh: true })));
		assert.deepEqual(both.map(b => b.status).sort(), [303, 409]);
	});

test('I6: places: a location as a whole, or what lies in it', async () => {
	const a = made();
	const [{ location }] = sql(`SELECT location_id AS location FROM place
		WHERE organisation_id = ${lindenhof} AND kind = 'department'
		GROUP BY location_id HAVING COUNT(*) > 2 LIMIT 1`);
	const inside = values(`SELECT id FROM place WHERE location_id = ${location}
		AND id <> ${location} AND active ORDER BY id`);
	const form = await editOf(a, '/places');
	const user = await as(administrator);
	const post = fields => user.post(form.action,
		new URLSearchParams([...Object.entries({ ...form.fields,
			form_key: newKey() }), ...fields]).toString());
	assert.equal((await post([['place', inside[0]], ['place', inside[1]]]))
		.status, 303);
	assert.equal(now(a).places, `${inside[0]},${inside[1]}`);
	const page = await user.page(`/accounts/${a.code}/places`);
	assert.deepEqual(texts(page, '//place[@ticked]/@value').sort(),
		[inside[0], inside[1]].sort());
	form.fields = readForm(page).fields;
	assert.equal((await post([['whole', location], ['place', inside[0]]]))
		.status, 303);
	assert.equal(now(a).places, `${location}+`);
	// By hand: another organisation's, a department as a whole, no number.
	const foreign = values(`SELECT id FROM place
		WHERE organisation_id <> ${lindenhof} AND kind = 'location' LIMIT 1`)[0];
	for (const wrong of [['whole', foreign], ['whole', inside[0]],
		['place', 'x'], ['place', '-1']]) {
		form.fields = readForm(
			await user.page(`/accounts/${a.code}/places`)).fields;
		assert.equal((await post([wrong])).status, 403, wrong.join());
	}
	assert.equal(now(a).places, `${location}+`);
});

test('I6: a change holds at once in a session that is open', async () => {
	const email = 'rol5@lindenhof.example';
	const a = one(`SELECT a.code, m.id AS membership FROM account a
		JOIN membership m ON m.account_id = a.id
		WHERE a.email = ${quote(email)}`);
	const user = await as(email);
	const role = async () => string(await user.page('/account'),
		'//item[@name="role"]');
	assert.equal(await role(), '5');
	assert.equal((await user.get('/accounts')).status, 403);
	assert.equal((await change(a, { role: '2' })).status, 303);
	assert.equal(await role(), '2');
	assert.equal((await change(a, { role: '5' })).status, 303);
	assert.equal(await role(), '5');
});

test('C7 I5: who is deactivated is out at once, and may come back',
	async () => {
		const a = made({ role: '2' });
		const cookie = `${newKey()}`;
		sql(`INSERT INTO session (id, account_id, membership_id, step, address,
				agent) VALUES (UNHEX(SHA2(${quote(cookie)}, 256)), ${a.id},
				${a.membership}, 'complete', '::1', 'test')`);
		assert.equal((await change(a, {}, '/deactivate')).status, 303);
		assert.deepEqual([now(a).state, now(a).active], ['deactivated', '0']);
		assert.equal(values(`SELECT 1 FROM session
			WHERE account_id = ${a.id}`).length, 0);
		assert.equal(mails(a.email, 'account.closed'), 1);
		const user = await as(administrator);
		const page = await user.page(`/accounts/${a.code}`);
		assert.deepEqual(texts(page, '//actions/action/@id'),
			['account.reactivate']);
		assert.equal((await change(a, {}, '/reactivate')).status, 303);
		assert.deepEqual([now(a).state, now(a).active], ['active', '1']);
		assert.equal(mails(a.email, 'account.reopened'), 1);
	});

test('I6: the activation mail again: the link before it ends', async () => {
	const a = made({ state: 'invited' });
	for (const count of [1, 2]) {
		assert.equal((await change(a, {}, '/resend')).status, 303);
		assert.equal(mails(a.email, 'account.invited'), count);
		assert.equal(values(`SELECT id FROM account_link
			WHERE account_id = ${a.id} AND used_at IS NULL`).length, 1);
	}
});

test('I5: others depend on it: named, and a successor is asked for',
	async () => {
		const user = await as(administrator);
		const boss = made({ role: '3', orders: 1, name: 'Wie gaat' });
		const next = made({ role: '7', orders: 1, name: 'Wie komt' });
		const six = made({ role: '6', name: 'Alleen services' });
		const leans = made({ role: '2', name: `Leunt ${newKey()}` });
		sql(`INSERT INTO service_authoriser
				VALUES (${leans.membership}, 'repair', ${boss.id}),
				(${next.membership}, 'move', ${boss.id});
			INSERT INTO budget_step
				VALUES (${leans.membership}, 100, ${boss.id})`);
		const lower = await change(boss, { role: '4', orders: '' });
		assert.equal(lower.status, 422);
		assert.ok(lower.text.includes(now(leans).name));
		assert.deepEqual(errorsOf(lower), ['successor']);
		const form = await editOf(boss, '/deactivate');
		const page = await user.page(`/accounts/${boss.code}/deactivate`);
		assert.deepEqual(texts(page, '//tree[@id="dependants"]/place/@name')
			.sort(), [now(leans).name, now(next).name].sort());
		// Who depends on it, or can't authorise all of it, is not offered.
		assert.ok(!form.options('successor').includes(next.code));
		assert.ok(!form.options('successor').includes(six.code));
		assert.ok(!form.options('successor').includes(leans.code));
		sql(`DELETE FROM service_authoriser
			WHERE membership_id = ${next.membership}`);
		assert.equal((await change(boss, { successor: '' }, '/deactivate'))
			.status, 422);
		assert.equal((await change(boss, { successor: six.code },
			'/deactivate')).status, 422);
		assert.equal(now(boss).state, 'active');
		assert.equal((await change(boss, { successor: next.code },
			'/deactivate')).status, 303);
		assert.equal(now(boss).state, 'deactivated');
		assert.equal(now(leans).services, `repair ${next.id}`);
		assert.equal(now(leans).steps, `100 ${next.id}`);
		assert.equal(mails(next.email, 'account.successor'), 1);
	});

test('I5: a role without the right, with a successor, in one go', async () => {
	const boss = made({ role: '6', name: 'Wordt vier' });
	const next = made({ role: '6', name: 'Neemt over' });
	const leans = made();
	sql(`INSERT INTO service_authoriser
		VALUES (${leans.membership}, 'repair', ${boss.id})`);
	const form = await editOf(boss);
	const user = await as(administrator);
	assert.equal((await user.post(form.action, { ...form.fields, role: '4' }))
		.status, 422);
	assert.equal((await user.post(form.action, { ...form.fields, role: '4',
		successor: next.code })).status, 303);
	assert.equal(now(boss).role, '4');
	assert.equal(now(leans).services, `repair ${next.id}`);
});

test('I5: deactivated by the life cycle: a successor is still to be chosen',
	async () => {
		const boss = made({ role: '6', state: 'deactivated' });
		const next = made({ role: '6' });
		const leans = made();
		sql(`INSERT INTO service_authoriser
			VALUES (${leans.membership}, 'repair', ${boss.id})`);
		const page = await (await as(administrator))
			.page(`/accounts/${boss.code}`);
		assert.equal(string(page, '//note[@id="account-left"]/@href'),
			`/accounts/${boss.code}/successor`);
		assert.equal((await change(boss, { successor: next.code },
			'/successor')).status, 303);
		assert.equal(now(leans).services, `repair ${next.id}`);
	});

// A customer of its own, with two administrators who are signed in.
function twoAdministrators() {
	const code = `proef-${newKey().slice(0, 12)}`;
	sql(`INSERT INTO organisation (code, name, branch_id, second_factor)
		SELECT ${quote(code)}, 'Proef', MIN(id), 'optional' FROM branch`);
	const { id: organisation } = one(`SELECT id FROM organisation
		WHERE code = ${quote(code)}`);
	return [1, 2].map(() => {
		const a = made({ role: 'admin', organisation });
		const cookie = randomBytes(32).toString('base64url');
		sql(`INSERT INTO session (id, account_id, membership_id, step, address,
				agent) VALUES (UNHEX(SHA2(${quote(cookie)}, 256)), ${a.id},
				${a.membership}, 'complete', '::1', 'test')`);
		return { ...a, organisation,
			user: new User(a.email, `__Host-hulpbalie=${cookie}`) };
	});
}

const adminsOf = organisation => Number(one(`SELECT COUNT(*) AS n
	FROM membership m JOIN account a ON a.id = m.account_id
	WHERE m.organisation_id = ${organisation} AND m.active
	AND m.role = 'admin' AND a.state = 'active'`).n);

for (const [what, below, fields] of [
	['deactivate', '/deactivate', {}], ['lower', '', { role: '2' }]])
	test(`I4: of two administrators who ${what} each other one stays`,
		async () => {
			const [a, b] = twoAdministrators();
			const forms = await Promise.all([[a, b], [b, a]].map(
				async ([who, whom]) => ({ user: who.user, ...await who.user
					.form(`/accounts/${whom.code}${below}`) })));
			await Promise.all(forms.map(f => f.user.post(f.action,
				{ ...f.fields, ...fields }, { fresh: true })));
			assert.equal(adminsOf(a.organisation), 1);
		});

test('I4: the last active administrator stays what it is', async () => {
	const [a, b] = twoAdministrators();
	const form = await a.user.form(`/accounts/${b.code}`);
	sql(`UPDATE account SET state = 'deactivated' WHERE id = ${a.id};
		UPDATE account SET state = 'active' WHERE id = ${a.id}`);
	// One who can't log in is none: here the other one is the last.
	const invited = made({ role: 'admin', state: 'invited',
		organisation: a.organisation });
	sql(`UPDATE membership SET role = '1' WHERE id = ${a.membership}`);
	assert.equal((await a.user.post(form.action,
		{ ...form.fields, role: '2' })).status, 403);
	sql(`UPDATE membership SET role = 'admin' WHERE id = ${a.membership}`);
	assert.equal((await a.user.post(form.action,
		{ ...form.fields, role: '2', form_key: newKey() })).status, 303);
	assert.equal(adminsOf(a.organisation), 1);
	const own = await a.user.post(`/accounts/${a.code}/deactivate`,
		{ csrf: form.fields.csrf, form_key: newKey(), version: '1-1' });
	assert.equal(own.location, `/accounts/${a.code}`);
	assert.equal(adminsOf(a.organisation), 1);
	assert.equal(now(invited).role, 'admin');
});

test('X9: who looks at accounts is in the log', async () => {
	const a = made();
	await editOf(a);
	await change(a, { name: '' });
	assert.equal(one(`SELECT COUNT(*) AS n FROM audit
		WHERE account_id = ${a.id} AND action = 'view'
		AND access_right = 'account.manage'`).n, '3');
});

const upload = async (bytes, fields) => sendTable(await as(administrator),
	'/accounts/import', 'account-import', bytes, fields);

const imported = text => upload(undefined, { csv: text });

test('import: a dry run, then all of it: authorisers of the file, places',
	async () => {
		const key = newKey().slice(0, 10);
		const at = n => `i${n}-${key}@proef.example`;
		const [place] = sql(`SELECT CONCAT(l.name, '/', p.name) AS name,
				p.id, l.id AS location, l.name AS location_name
			FROM place p JOIN place l ON l.id = p.location_id
			WHERE p.organisation_id = ${lindenhof} AND p.kind = 'department'
			LIMIT 1`);
		const csv = `Naam;E-mailadres;Rol;Reparaties door;Locaties;` +
			`Mag orders autoriseren\r\n` +
			`"Jansen; Jan";${at(1)};2;${at(2)};${place.name};\r\n\r\n` +
			`Zo\u00eb "Z" de Vries;${at(2)};Rol 6;;${place.location_name};nee\r\n`;
		const before = fingerprint();
		const trial = await upload(csv);
		assert.equal(trial.status, 200, trial.text);
		assert.equal(fingerprint(), before);
		assert.match(trial.text, /2 nieuwe accounts/);
		assert.match(trial.text, /Jansen; Jan/);
		const answer = await imported(csv);
		assert.equal(answer.location, '/accounts');
		const [jan, zoe] = [1, 2].map(n => one(`SELECT a.id, a.code, a.name,
				m.id AS membership FROM account a
			JOIN membership m ON m.account_id = a.id
			WHERE a.email = ${quote(at(n))}`));
		assert.equal(zoe.name, 'Zo\u00eb "Z" de Vries');
		assert.equal(now(jan).services, `repair ${zoe.id}`);
		assert.equal(now(jan).places, place.id);
		assert.equal(now(zoe).places, `${place.location}+`);
		for (const n of [1, 2])
			assert.equal(mails(at(n), 'account.invited'), 1);
	});

test('import: Windows-1252, commas, a byte order mark, English headings',
	async () => {
		const email = `${newKey()}@proef.example`;
		const csv = `Name,E-mail address,Role\nRen\u00e9e \u20ac,${email},4\n`;
		const bytes = Buffer.from([...csv].map(c =>
			c === '\u20ac' ? 0x80 : c.charCodeAt(0)));
		const trial = await upload(bytes);
		assert.equal(trial.status, 200);
		assert.match(trial.text, /Ren\u00e9e \u20ac/);
		assert.equal((await upload(Buffer.concat([
			Buffer.from('\ufeff'), Buffer.from(csv)]))).status, 200);
	});

test('import: every error by line and column, and nothing is made',
	async () => {
		const known = made();
		const four = made({ role: '4' });
		const email = `${newKey()}@proef.example`;
		const csv = ['Naam;E-mailadres;Rol;Mag orders autoriseren;' +
			'Reparaties door;Locaties',
		`;geen adres;9;misschien;${four.email};Atlantis`,
		`Een;${email};4;ja;;`,
		`Twee;${email.toUpperCase()};admin;;;;;te veel`,
		`Drie;${known.email};2;;;`,
		`Vier;beh\u0435er@proef.example;3;;;`].join('\n');
		const before = fingerprint();
		for (const answer of [await upload(csv), await imported(csv)]) {
			assert.equal(answer.status, 422);
			assert.deepEqual(mistakes(answer)
				.map(([l, c]) => `${l.replace('Regel ', '')} ${c}`)
				.sort(), ['2 E-mailadres', '2 Locaties',
				'2 Mag orders autoriseren', '2 Naam', '2 Reparaties door',
				'2 Rol', '3 Mag orders autoriseren', '4 E-mailadres',
				'4 \u2013niet ingevuld', '5 E-mailadres', '6 E-mailadres']
				.sort());
		}
		assert.equal(fingerprint(), before);
	});

for (const [what, bytes, pattern] of [
	['no file', undefined, /Kies een bestand/],
	['an empty file', '', /bestand is leeg/],
	['a workbook', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]),
		/geen CSV-bestand/],
	['UTF-16', Buffer.from('Naam;Rol', 'utf16le'), /geen CSV-bestand/],
	['headings alone', 'Naam;E-mailadres;Rol\n', /geen accounts/],
	['no headings', 'Jan;jan@proef.example;4\nPiet;p@proef.example;4\n',
		/kennen wij niet/],
	['a column twice', 'Naam;Naam;E-mailadres;Rol\na;b;c@x.example;4\n',
		/twee keer/],
	['a column missing', 'Naam;E-mailadres\na;c@x.example\n', /ontbreekt/],
	['an open quote', 'Naam;E-mailadres;Rol\n"Jan;x@x.example;4\n',
		/aanhalingsteken/],
	['1,001 accounts', `Naam;E-mailadres;Rol\n${[...Array(1001)].map((_, i) =>
		`N${i};n${i}@proef.example;4\n`).join('')}`, /meer dan 1.000/],
]) test(`import: ${what} is refused`, async () => {
	const before = fingerprint();
	const answer = await upload(bytes);
	assert.equal(answer.status, 422);
	assert.match(answer.text, pattern);
	assert.equal(fingerprint(), before);
});

test('import: files go nowhere else, and no further than their size',
	async () => {
		const user = await as(administrator);
		const { fields } = await user.form('/accounts/new');
		const body = '--x\r\nContent-Disposition: form-data; name="csrf"' +
			`\r\n\r\n${fields.csrf}\r\n--x--\r\n`;
		const headers = { 'content-type': 'multipart/form-data; boundary=x' };
		const post = (path, text) => user.request('POST', path,
			{ body: text, headers, fresh: true });
		assert.equal((await post('/accounts/new', body)).status, 415);
		assert.equal((await post('/accounts/import', body)).status, 400);
		assert.equal((await post('/accounts/import', 'x'.repeat(600000)))
			.status, 413);
		for (const wrong of ['', '--x', '--x--', 'geen', '--x\r\n\r\na\r\n--x--',
			body.replace('name="csrf"', 'name=""'),
			body.replace('\r\n--x--\r\n', '')])
			assert.ok([400, 403].includes((await post('/accounts/import', wrong))
				.status), wrong);
		const stranger = await as('rol1@lindenhof.example');
		assert.equal((await stranger.get('/accounts/import')).status, 403);
	});

test('import: another\'s address is not told, and waits to be linked',
	async () => {
		const elsewhere = made({ organisation: one(`SELECT id FROM organisation
			WHERE id <> ${lindenhof} AND kind = 'institution' LIMIT 1`).id });
		const csv = `Naam;E-mailadres;Rol\nDezelfde;${elsewhere.email};4\n`;
		assert.equal((await upload(csv)).status, 200);
		assert.equal((await imported(csv)).status, 303);
		assert.equal(mails(elsewhere.email, 'account.waiting'), 1);
	});

test('import: the template is a file that may be filled in', async () => {
	const answer = await (await as(administrator))
		.get('/accounts/import/template');
	assert.match(answer.headers['content-type'], /^text\/csv/);
	const email = `${newKey()}@proef.example`;
	const trial = await upload(`${answer.text}Jan;${email};4\n`);
	assert.equal(trial.status, 200);
});
