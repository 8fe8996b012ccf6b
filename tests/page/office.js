// Accounts in the back office: of customers (S3, C1, C4, C6-C8, C15), and of
// the supplier's own staff (S1).
import assert from 'node:assert/strict';
import { newKey, newName } from '../lib/load.js';
import { one, quote, sql, values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { fingerprint } from '../lib/world.js';
import { all, first, has, string, texts } from '../lib/xml.js';

const advisor = 'adviseur@zorgmiddelen-noord.example';
const service = 'klantenservice@zorgmiddelen-noord.example';
const system = 'systeem@zorgmiddelen-noord.example';
const privacy = 'privacy@zorgmiddelen-noord.example';
const accounts = '/supplier/accounts';
const staff = '/supplier/staff';

const newEmail = () => `${newKey()}@proef.example`;
const organisation = code => one(`SELECT id FROM organisation
	WHERE code = ${quote(code)}`).id;
const accountOf = email => one(`SELECT * FROM account
	WHERE email = ${quote(email)}`);
const membersOf = email => sql(`SELECT m.*, o.code FROM membership m
	JOIN account a ON a.id = m.account_id
	LEFT JOIN organisation o ON o.id = m.organisation_id
	WHERE a.email = ${quote(email)} ORDER BY m.id`);
const mails = email => values(`SELECT kind FROM outbox
	WHERE recipient = ${quote(email)} ORDER BY id`);

async function send(user, path, changes = {}) {
	const form = await user.form(path);
	return user.post(form.action, { ...form.fields, ...changes });
}

async function done(user, path, changes) {
	const answer = await send(user, path, changes);
	assert.equal(answer.status, 303, `${path}: ${answer.status} ${
		/class="error"[^]*?<\/p>/.exec(answer.text) ?? ''}`);
	return answer.location;
}

async function refused(user, path, changes, pattern) {
	const before = fingerprint();
	const answer = await send(user, path, changes);
	assert.equal(answer.status, 422, path);
	assert.match(answer.text, pattern);
	assert.equal(fingerprint(), before, 'nothing was changed');
}

// A professional's account, made by the page.
async function made(changes = {}) {
	const user = await as(advisor);
	const email = newEmail();
	const path = await done(user, `${accounts}/new`, { name: newName('Proef'),
		email, kind: 'professional', organisation: organisation('terpen'),
		...changes });
	return { user, email, path, ...accountOf(email) };
}

const activate = email => sql(`UPDATE account SET state = 'active',
	password_set_at = UTC_TIMESTAMP(), password_hash = 'x'
	WHERE email = ${quote(email)}`);

// As staff of one branch alone, for as long as body takes.
async function boundTo(email, branch, body) {
	const set = value => sql(`UPDATE membership SET branch_id = ${value}
		WHERE portal = 'supplier' AND account_id =
			(SELECT id FROM account WHERE email = ${quote(email)})`);
	set(`(SELECT id FROM branch WHERE code = ${quote(branch)})`);
	try {
		return await body(await as(email));
	} finally {
		set('NULL');
	}
}

test('S3 C1: an account is made, told, and found', async () => {
	const a = await made();
	assert.equal(a.state, 'invited');
	assert.deepEqual(mails(a.email), ['account.invited']);
	const [m] = membersOf(a.email);
	assert.deepEqual([m.portal, m.role, m.code, m.reason, m.visibility],
		['professional', 'professional', 'terpen', null, 'organisation']);
	const keys = async query => texts(await a.user.page(
		`${accounts}?size=100&${query}`), '//row/@key');
	for (const query of [`name=${a.email.slice(0, 12)}`, 'state=invited',
		'portal=professional', 'role=professional',
		`organisation=${organisation('terpen')}`])
		assert.ok((await keys(query)).includes(a.code), query);
	for (const query of ['name=niemand', 'state=active', 'portal=institution',
		'role=admin', `organisation=${organisation('lindenhof')}`])
		assert.ok(!(await keys(query)).includes(a.code), query);
});

test('S3: an institution gets an administrator', async () => {
	const a = await made({ kind: 'admin',
		organisation: organisation('zevendijken') });
	const [m] = membersOf(a.email);
	assert.deepEqual([m.portal, m.role, m.code],
		['institution', 'admin', 'zevendijken']);
});

test('S3: the list holds every customer\'s account, and no staff', async () => {
	const user = await as(advisor);
	const page = await user.page(`${accounts}?size=100`);
	const known = values(`SELECT DISTINCT a.code FROM account a
		JOIN membership m ON m.account_id = a.id
		WHERE a.state <> 'ended' AND m.portal <> 'supplier'
		AND a.id NOT IN (SELECT account_id FROM membership
			WHERE portal = 'supplier')`);
	assert.equal(string(page, '//rows/@total'), String(known.length));
	assert.deepEqual(texts(page, '//row/@key').filter(key =>
		!known.includes(key)), []);
	const { code } = accountOf(system);
	await user.page(`${accounts}/${code}`, 404);
	await user.page(`${staff}/${code}`, 403);
});

test('C8: a second organisation wants a reason', async () => {
	const a = await made();
	const before = values('SELECT COUNT(*) FROM account');
	// The same address again: the account there is, is offered.
	const answer = await send(a.user, `${accounts}/new`, { name: 'Ander',
		email: a.email.toUpperCase(), kind: 'professional',
		organisation: organisation('lindenhof') });
	assert.equal(answer.status, 303);
	assert.ok(answer.location.startsWith(`${a.path}/join?`));
	assert.deepEqual(values('SELECT COUNT(*) FROM account'), before);
	await refused(a.user, answer.location, {}, /id="f-reason-error"/);
	await refused(a.user, answer.location, { reason: 'fun' },
		/id="f-reason-error"/);
	await done(a.user, answer.location, { reason: 'secondment' });
	assert.deepEqual(membersOf(a.email).map(m => [m.code, m.reason]),
		[['terpen', null], ['lindenhof', 'secondment']]);
	await refused(a.user, `${a.path}/join`, { reason: 'hired',
		organisation: organisation('lindenhof') },
	/id="f-organisation-error"/);
	assert.deepEqual(mails(a.email), ['account.invited', 'account.joined']);
});

test('S3: what can\'t be made', async () => {
	const user = await as(advisor);
	const path = `${accounts}/new`;
	const good = { name: 'X', email: newEmail(), kind: 'professional',
		organisation: organisation('terpen') };
	for (const [changes, field] of [[{ name: '' }, 'name'],
		[{ name: 'x'.repeat(101) }, 'name'], [{ email: 'x@y' }, 'email'],
		[{ email: `${'x'.repeat(250)}@y.nl` }, 'email'],
		[{ email: 'аdmin@proef.example' }, 'email'],
		[{ email: system }, 'email'], [{ kind: 'system' }, 'kind'],
		[{ kind: '2' }, 'kind'], [{ organisation: '0' }, 'organisation'],
		[{ organisation: '999' }, 'organisation'],
		[{ lang: 'de' }, 'lang']])
		await refused(user, path, { ...good, ...changes },
			new RegExp(`id="f-${field}-error"`));
	// Fields that it does not have do nothing (mass assignment).
	await done(user, path, { ...good, portal: 'supplier', role: 'system',
		branch: '1', all_places: '1', state: 'active', reason: 'hired' });
	const [m] = membersOf(good.email);
	assert.deepEqual([m.portal, m.role, m.reason, m.all_places],
		['professional', 'professional', null, '0']);
	assert.equal(accountOf(good.email).state, 'invited');
});

test('S1: nobody but the system administrator makes or sees staff', async () => {
	const form = await (await as(system)).form(`${staff}/new`);
	const { code } = accountOf('planner@zorgmiddelen-noord.example');
	for (const email of [advisor, service, privacy,
		'planner@zorgmiddelen-noord.example']) {
		const user = await as(email);
		const { csrf } = { csrf: string(await user.page('/account'),
			'/page/@csrf') };
		const before = fingerprint();
		for (const [path, fields] of [
			[`${staff}/new`, { ...form.fields, name: 'X', email: newEmail(),
				role: 'system' }],
			[`${staff}/${code}/role`, { role: 'system', version: '1' }],
			[`${staff}/${code}/end`, { version: '1' }],
			[`${staff}/${accountOf(email).code}/role`,
				{ role: 'system', version: '1' }]]) {
			assert.equal((await user.get(path)).status, 403, path);
			assert.equal((await user.post(path, { ...fields, csrf,
				form_key: newKey() })).status, 403, path);
		}
		assert.equal(fingerprint(), before);
		await user.page(staff, 403);
	}
});

test('S1: a membership of staff is none of the customers\'', async () => {
	const user = await as(service);
	const own = membersOf(service)[0];
	const { csrf } = (await user.form(`${accounts}/new`)).fields;
	const before = fingerprint();
	for (const { id } of [own, membersOf(system)[0]])
		for (const below of ['', '/places', '/close', '/open']) {
			const path = `/supplier/memberships/${id}${below}`;
			await user.page(path, 404);
			assert.equal((await user.post(path, { csrf, form_key: newKey(),
				role: 'system', version: '1' })).status, 404);
		}
	assert.equal(fingerprint(), before);
});

test('S1: staff is made, given a role and a branch, and ended', async () => {
	const user = await as(system);
	const email = newEmail();
	const path = await done(user, `${staff}/new`, { name: 'Nieuwe Collega',
		email, role: 'planner',
		branch: one("SELECT id FROM branch WHERE code = 'westerdam'").id });
	assert.deepEqual(mails(email), ['account.invited']);
	await refused(user, `${staff}/new`, { name: 'X', email, role: 'planner' },
		/id="f-email-error"/);
	await refused(user, `${staff}/new`, { name: 'X', email: newEmail(),
		role: 'admin' }, /id="f-role-error"/);
	await done(user, `${path}/role`, { role: 'finance', branch: '' });
	const [m] = membersOf(email);
	assert.deepEqual([m.portal, m.role, m.branch_id],
		['supplier', 'finance', null]);
	assert.ok(texts(await user.page(`${staff}?role=finance`), '//row/@key')
		.includes(path.split('/').pop()));
	assert.equal(await done(user, `${path}/end`), staff);
	assert.deepEqual(mails(email), ['account.invited', 'account.ended']);
	assert.equal(accountOf(email), undefined);
});

test('S1: nobody changes the own role, and somebody keeps the staff',
	async () => {
		const user = await as(system);
		const own = `${staff}/${accountOf(system).code}`;
		assert.equal((await user.get(`${own}/role`)).location, own);
		const { csrf } = (await user.form(`${staff}/new`)).fields;
		const before = fingerprint();
		const { version } = accountOf(system);
		assert.equal((await user.post(`${own}/role`, { csrf, version,
			form_key: newKey(), role: 'advisor' })).location, own);
		assert.ok(!has(await user.page(own),
			'//actions[@id="office-account"]'));
		for (const deed of ['deactivate', 'end', 'reset-factor']) {
			const answer = await user.post(`${own}/${deed}`, { csrf, version,
				form_key: newKey() });
			assert.equal(answer.status, 422, deed);
			assert.match(answer.text, /wijzigt u niet zelf/);
		}
		assert.equal(fingerprint().replace(/form_key \d+/, ''),
			before.replace(/form_key \d+/, ''));
	});

test('S3: an institution keeps an administrator', async () => {
	const user = await as(advisor);
	const { code } = accountOf('m.kloosterman@zevendijken.example');
	for (const deed of ['deactivate', 'end'])
		await refused(user, `${accounts}/${code}/${deed}`, {},
			/Dit is de enige actieve beheerder/);
	const [{ id }] = membersOf('m.kloosterman@zevendijken.example');
	await refused(user, `/supplier/memberships/${id}`, { role: '4' },
		/Dit is de enige actieve beheerder/);
	await refused(user, `/supplier/memberships/${id}/close`, {},
		/Dit is de enige actieve beheerder/);
});

test('C1: an activation is sent again, until it is there', async () => {
	const a = await made();
	await done(a.user, `${a.path}/resend`);
	assert.deepEqual(mails(a.email), ['account.invited', 'account.invited']);
	assert.equal(one(`SELECT COUNT(*) AS n FROM account_link
		WHERE account_id = ${a.id} AND used_at IS NULL`).n, '1');
	activate(a.email);
	assert.equal((await a.user.get(`${a.path}/resend`)).location, a.path);
	assert.ok(!has(await a.user.page(a.path), '//action[@id="office-resend"]'));
});

test('C6: the second factor is reset, and the user told', async () => {
	const a = await made();
	activate(a.email);
	assert.ok(!has(await a.user.page(a.path),
		'//action[@id="office-reset-factor"]'));
	sql(`INSERT INTO factor (account_id, kind, key_id, secret, confirmed_at)
		VALUES (${a.id}, 'totp', 'x', 'x', UTC_TIMESTAMP());
		INSERT INTO recovery_code (account_id, code_hash)
		VALUES (${a.id}, UNHEX(SHA2('x', 256)))`);
	await done(a.user, `${a.path}/reset-factor`);
	assert.deepEqual(values(`SELECT COUNT(*) FROM factor
		WHERE account_id = ${a.id} UNION ALL SELECT COUNT(*)
		FROM recovery_code WHERE account_id = ${a.id}`), ['0', '0']);
	assert.equal(mails(a.email).at(-1), 'account.factor-reset');
});

test('C4: another address: all carries over, both are told', async () => {
	const a = await made();
	activate(a.email);
	const email = newEmail();
	await refused(a.user, `${a.path}/address`, { email: advisor },
		/id="f-email-error"/);
	await refused(a.user, `${a.path}/address`, { email: 'x' },
		/id="f-email-error"/);
	await done(a.user, `${a.path}/address`, { email });
	const now = accountOf(email);
	assert.deepEqual([now.id, now.state, now.password_hash],
		[a.id, 'invited', null]);
	assert.equal(membersOf(email).length, 1);
	assert.equal(mails(a.email).at(-1), 'account.readdressed');
	assert.deepEqual(mails(email), ['account.invited']);
});

test('S3: deactivated, active again, and ended for good (C7)', async () => {
	const a = await made();
	activate(a.email);
	await done(a.user, `${a.path}/deactivate`);
	assert.equal(accountOf(a.email).state, 'deactivated');
	assert.deepEqual(texts(await a.user.page(a.path),
		'//actions[@id="office-account"]/action/@id'),
	['office-reactivate', 'office-address', 'office-end']);
	await done(a.user, `${a.path}/reactivate`);
	assert.equal(accountOf(a.email).state, 'active');
	assert.equal(await done(a.user, `${a.path}/end`), accounts);
	assert.deepEqual(mails(a.email), ['account.invited', 'account.closed',
		'account.reopened', 'account.ended']);
	assert.deepEqual(one(`SELECT state, email, phone FROM account
		WHERE id = ${a.id}`), { state: 'ended', email: null, phone: null });
	assert.ok(!texts(await a.user.page(`${accounts}?size=100`), '//row/@key')
		.includes(a.code));
	for (const deed of ['resend', 'address', 'deactivate', 'reactivate', 'end'])
		assert.equal((await a.user.get(`${a.path}/${deed}`)).status, 303);
});

test('S3: two at once: the second is told, and nothing is overwritten',
	async () => {
		const a = await made();
		const path = `${a.path}/name`;
		const other = await as(service);
		const [mine, theirs] = [await a.user.form(path),
			await other.form(path)];
		assert.equal((await a.user.post(path, { ...mine.fields,
			name: 'Eerste' })).status, 303);
		const before = fingerprint();
		const second = await other.post(path, { ...theirs.fields,
			name: 'Tweede' });
		assert.equal(second.status, 409);
		assert.match(second.text, /value="Tweede"/);
		// So with what is only confirmed.
		const old = await other.form(`${a.path}/end`);
		const answer = await other.post(`${a.path}/end`,
			{ ...old.fields, version: '1' });
		assert.equal(answer.status, 409);
		assert.equal(fingerprint(), before);
	});

test('C15: what a professional sees is narrowed, at once', async () => {
	const email = 'ergo@terpen.example';
	const user = await as(advisor);
	const { id } = membersOf(email)[0];
	const path = `/supplier/memberships/${id}`;
	const { code } = accountOf(email);
	sql(`UPDATE membership SET visibility = 'organisation' WHERE id = ${id};
		DELETE FROM membership_place WHERE membership_id = ${id}`);
	// As the account's own scopes have it; and one request, by its page.
	const seen = async () => Number(string(await user.page(
		`${accounts}/${code}/explain`), '//item[@name="requests"]'));
	const other = one(`SELECT r.number FROM request r JOIN organisation o
		ON o.id = r.organisation_id WHERE o.code = 'terpen'
		AND r.requester_id <> (SELECT id FROM account
			WHERE email = ${quote(email)}) LIMIT 1`).number;
	const opens = async () => (await (await as(email))
		.get(`/requests/${other}`)).status;
	assert.equal(await opens(), 200);
	const before = await seen();
	await refused(user, path, { visibility: 'everything' },
		/id="f-visibility-error"/);
	await done(user, path, { visibility: 'own' });
	assert.ok(await seen() < before);
	assert.equal(await opens(), 404);
	await done(user, path, { visibility: 'places' });
	assert.ok(await seen() < before);
	const form = await user.form(`${path}/places`);
	const places = all(form.form, './/ticks/place/@value').map(v => v.value);
	const answer = await user.post(form.action, `${new URLSearchParams(
		form.fields)}&whole=${places.join('&whole=')}`);
	assert.equal(answer.status, 303);
	assert.equal(one(`SELECT COUNT(*) AS n FROM membership_place
		WHERE membership_id = ${id} AND whole_subtree`).n,
	String(places.length));
	assert.equal(await seen(), before);
	await done(user, path, { visibility: 'organisation' });
});

test('C15: a place of another organisation can\'t be ticked', async () => {
	const user = await as(advisor);
	const { id } = membersOf('ergo@terpen.example')[0];
	const path = `/supplier/memberships/${id}/places`;
	const foreign = one(`SELECT p.id FROM place p JOIN organisation o
		ON o.id = p.organisation_id WHERE o.code = 'lindenhof' LIMIT 1`).id;
	const form = await user.form(path);
	const before = fingerprint();
	for (const ticks of [{ place: foreign }, { whole: foreign },
		{ place: '0' }, { place: 'x' }])
		assert.equal((await user.post(path, { ...form.fields,
			form_key: newKey(), ...ticks })).status, 403);
	assert.equal(fingerprint(), before);
	const old = await user.post(path, { ...form.fields, version: '0' });
	assert.equal(old.status, 409);
});

test('C8: a reason that was recorded is not taken away', async () => {
	const user = await as(advisor);
	const second = membersOf('ergo@lindenhof.example').find(m => m.reason);
	await refused(user, `/supplier/memberships/${second.id}`, { reason: '' },
		/id="f-reason-error"/);
});

test('S3: access to one organisation ends, and is given back', async () => {
	const a = await made();
	activate(a.email);
	await done(a.user, `${a.path}/join`, { reason: 'hired',
		organisation: organisation('lindenhof') });
	const [one_, two] = membersOf(a.email).map(m =>
		`/supplier/memberships/${m.id}`);
	await done(a.user, `${two}/close`);
	assert.equal(accountOf(a.email).state, 'active');
	assert.equal(mails(a.email).at(-1), 'account.left');
	await done(a.user, `${one_}/close`);
	assert.equal(accountOf(a.email).state, 'deactivated');
	await done(a.user, `${two}/open`);
	assert.equal(accountOf(a.email).state, 'active');
	assert.equal((await a.user.get(`${two}/open`)).location, a.path);
});

test('S3: who depends on an account is named, and gets a successor',
	async () => {
		const a = await made({ kind: 'admin',
			organisation: organisation('lindenhof') });
		activate(a.email);
		const leans = membersOf('rol5@lindenhof.example')[0];
		sql(`INSERT INTO service_authoriser VALUES
			(${leans.id}, 'pick_up', ${a.id})
			ON DUPLICATE KEY UPDATE authoriser_id = ${a.id}`);
		const page = await a.user.page(`${a.path}/deactivate`);
		assert.ok(!has(page, '//form'));
		assert.deepEqual(texts(page, '//tree[@id="dependants"]/place/@name'),
			['Thomas Brandsma']);
		const { csrf } = (await a.user.form(`${a.path}/name`)).fields;
		const answer = await a.user.post(`${a.path}/end`, { csrf,
			form_key: newKey(), version: accountOf(a.email).version });
		assert.equal(answer.status, 422);
		const path = string(page, '//note[@id="office-dependants"]/@href');
		const form = await a.user.form(path);
		assert.equal((await a.user.post(path, { ...form.fields,
			successor: accountOf('rol2@lindenhof.example').id })).status, 422);
		const successor = accountOf('rol3@lindenhof.example').id;
		assert.equal((await a.user.post(path, { ...form.fields, successor }))
			.location, a.path);
		assert.equal(one(`SELECT authoriser_id AS id FROM service_authoriser
			WHERE membership_id = ${leans.id} AND kind = 'pick_up'`).id,
		successor);
		await done(a.user, `${a.path}/deactivate`);
	});

test('C8: an account that waits is linked, with the reason', async () => {
	const email = newEmail();
	const waiting = newEmail();
	await made({ email });
	activate(email);
	sql(`INSERT INTO account (wanted_email, name, state)
			VALUES (${quote(email)}, ${quote(waiting)}, 'invited');
		INSERT INTO membership (account_id, portal, organisation_id, role)
			SELECT LAST_INSERT_ID(), 'institution', id, '4' FROM organisation
			WHERE code = 'zevendijken'`);
	const { code } = one(`SELECT code FROM account
		WHERE name = ${quote(waiting)}`);
	const user = await as(advisor);
	const page = await user.page(`${accounts}/${code}`);
	assert.equal(string(page, '//note[@id="office-waiting"]/arg'), email);
	assert.ok(!has(page, '//action[@id="office-resend"]'));
	await refused(user, `${accounts}/${code}/link`, {},
		/id="f-reason-error"/);
	assert.equal(await done(user, `${accounts}/${code}/link`,
		{ reason: 'hired' }), accounts);
	assert.deepEqual(membersOf(email).map(m => [m.code, m.role, m.reason]),
		[['terpen', 'professional', null], ['zevendijken', '4', 'hired']]);
	assert.equal(mails(email).at(-1), 'account.joined');
});

test('S1 S3: staff of a branch have its accounts, and no others',
	() => boundTo(service, 'westerdam', async user => {
		const page = await user.page(`${accounts}?size=100`);
		const keys = texts(page, '//row/@key');
		assert.deepEqual(values(`SELECT DISTINCT b.code FROM account a
			JOIN membership m ON m.account_id = a.id
			JOIN organisation o ON o.id = m.organisation_id
			JOIN branch b ON b.id = o.branch_id
			WHERE a.code IN (${keys.map(quote)})
			AND a.id NOT IN (SELECT x.account_id FROM membership x
				JOIN organisation y ON y.id = x.organisation_id
				JOIN branch z ON z.id = y.branch_id AND z.code <> 'westerdam')`),
		['westerdam']);
		const { code } = accountOf('rol2@lindenhof.example');
		const [{ id }] = membersOf('rol2@lindenhof.example');
		const { csrf } = (await user.form(`${accounts}/new`)).fields;
		const before = fingerprint();
		for (const path of ['', '/explain', '/name', '/join', '/end',
			'/address', '/successor'])
			await user.page(`${accounts}/${code}${path}`, 404);
		for (const path of [`${accounts}/${code}/end`,
			`/supplier/memberships/${id}`, `/supplier/memberships/${id}/close`])
			assert.equal((await user.post(path, { csrf, form_key: newKey(),
				version: '1', role: 'admin' })).status, 404);
		const form = await user.form(`${accounts}/new`);
		assert.deepEqual(form.options('organisation'),
			values(`SELECT o.id FROM organisation o
				JOIN branch b ON b.id = o.branch_id
				WHERE b.code = 'westerdam' AND o.active
				AND o.kind = 'institution' ORDER BY o.name`));
		assert.equal((await user.post(form.action, { ...form.fields, name: 'X',
			email: newEmail(), organisation: organisation('terpen') })).status,
		422);
		assert.equal(fingerprint(), before);
	}));

test('S1 S3: an account of two branches is no branch\'s alone', async () => {
	const a = await made({ organisation: organisation('zevendijken') });
	activate(a.email);
	await done(a.user, `${a.path}/join`, { reason: 'hired',
		organisation: organisation('lindenhof') });
	await boundTo(service, 'westerdam', async user => {
		const page = await user.page(a.path);
		assert.ok(has(page, '//note[@id="office-elsewhere"]'));
		assert.ok(!has(page, '//actions[@id="office-account"]'));
		assert.equal(all(page, '//list[@id="memberships"]//row').length, 1);
		const before = fingerprint();
		const { csrf } = (await user.form(`${accounts}/new`)).fields;
		for (const deed of ['end', 'address', 'deactivate', 'name'])
			assert.equal((await user.post(`${a.path}/${deed}`, { csrf,
				form_key: newKey(), email: newEmail(), name: 'X',
				version: accountOf(a.email).version })).location, a.path);
		assert.equal(fingerprint().replace(/form_key \d+/, ''),
			before.replace(/form_key \d+/, ''));
	});
});

// Asked of the scopes themselves, and held against what the pages show.
for (const [email, why] of [['beheer@lindenhof.example', 'role'],
	['rol2@lindenhof.example', 'ticked'],
	['ergo@terpen.example', 'professional.organisation']])
	test(`S3 C15: 'Wat ziet dit account' of ${email}`, async () => {
		const user = await as(advisor);
		const { code } = accountOf(email);
		const page = await user.page(`${accounts}/${code}/explain`);
		const own = await as(email);
		assert.equal(string(page, '//item[@name="why"]'), why);
		if (why.startsWith('professional'))
			return;
		const aids = await own.page('/aids');
		assert.equal(string(page, '//item[@name="aids"]'),
			one(`SELECT ${string(aids, '//rows/@total')} AS n`).n ===
				'1000' ? string(page, '//item[@name="aids"]')
				: string(aids, '//rows/@total'));
		assert.deepEqual(texts(page, '//tree[@id="explain"]/place/@name')
			.sort(), texts(aids, '//filter[@id="location"]/option').sort());
	});

test('S3 C15: who can\'t log in sees nothing, and the page says why',
	async () => {
		const a = await made();
		const page = await a.user.page(`${a.path}/explain`);
		assert.equal(string(page, '//item[@name="nothing"]'), 'state.invited');
		const officer = await as(privacy);
		assert.ok(first(await officer.page(`${a.path}/explain`),
			'//detail[@id="explain"]'));
		await officer.page(`${a.path}/end`, 403);
		assert.ok(!has(await officer.page(a.path), '//action[not(@id=' +
			'"office-explain")]'));
	});

test('X9: who looked at an account is in the log', async () => {
	const a = await made();
	const seen = () => Number(one(`SELECT COUNT(*) AS n FROM audit
		WHERE account_id = ${a.id} AND action = 'view'`).n);
	const before = seen();
	await a.user.page(a.path);
	await a.user.page(`${a.path}/explain`);
	await a.user.page(`${a.path}/end`);
	assert.equal(seen(), before + 3);
});

test('S1 C4 C6: who takes an account over gives a fresh code first',
	async () => {
		const { path, email, user, id } = await made();
		const boss = await as(system);
		activate(email);
		sql(`INSERT INTO factor (account_id, kind, key_id, secret,
			confirmed_at) VALUES (${id}, 'totp', '1', 'x',
			UTC_TIMESTAMP())`);
		const { code } = one(`SELECT a.code FROM account a
			JOIN membership m ON m.account_id = a.id
			WHERE m.portal = 'supplier' AND a.email = ${quote(privacy)}`);
		const steps = [[user, `${path}/reset-factor`], [user, `${path}/address`],
			[boss, `${staff}/new`], ...['role', 'reset-factor', 'address']
				.map(step => [boss, `${staff}/${code}/${step}`])];
		const forms = [];
		for (const [who, at] of steps)
			forms.push([who, at, await who.form(at)]);
		const stale = days => sql(`UPDATE session s
			JOIN account a ON a.id = s.account_id
			SET s.verified_at = UTC_TIMESTAMP() + INTERVAL ${days} DAY
			WHERE a.email IN (${quote(advisor)}, ${quote(system)})`);
		stale(-1);
		const before = fingerprint();
		try {
			for (const [who, at, form] of forms) {
				assert.match((await who.get(at)).location,
					/^\/login\/again\?next=/, at);
				const sent = await who.post(form.action, { ...form.fields,
					email: `x${email}` });
				assert.match(sent.location, /^\/login\/again\?next=/, at);
			}
			assert.equal(fingerprint(), before, 'nothing was changed');
		} finally {
			stale(1);
		}
	});
