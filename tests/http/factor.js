// The second step: SMS, recovery codes, enrolling, activation, a fresh code,
// and what was typed when a session ended.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { folder, one, quote, sql, until, values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { anybody, codeOf, stepNow, User }
	from '../lib/user.js';
import { all, has, string, texts } from '../lib/xml.js';

const strong = 'een lantaarn boven de sluis';
let made = 0;

const forget = () => sql('DELETE FROM login_guard');
const idOf = email =>
	one(`SELECT id FROM account WHERE email = ${quote(email)}`).id;

// An account as an administrator invites it, and the token of its mail.
function invite({ portal = 'institution', role = '2',
	organisation = 'Woonzorg Lindenhof' } = {}) {
	const email = `nieuw${++made}.${process.pid}@lindenhof.example`;
	const token = randomBytes(32).toString('base64url');
	const hash = createHash('sha256').update(token).digest('hex');
	sql(`INSERT INTO account (email, name, state)
			VALUES (${quote(email)}, 'Nieuwe Collega', 'invited');
		INSERT INTO membership (account_id, portal, organisation_id, role)
			SELECT a.id, ${quote(portal)}, o.id, ${quote(role)}
			FROM account a JOIN organisation o
				ON o.name = ${quote(organisation)}
			WHERE a.email = ${quote(email)};
		INSERT INTO account_link (id, account_id, kind, expires_at)
			SELECT UNHEX('${hash}'), a.id, 'activate',
				UTC_TIMESTAMP() + INTERVAL 7 DAY
			FROM account a WHERE a.email = ${quote(email)}`);
	return { email, token };
}

async function activate({ token }, changes = {}, user = anybody()) {
	const form = await user.form(`/activate?token=${token}`, 'activate');
	const answer = await user.post('/activate', { ...form.fields,
		password: strong, again: strong, ...changes });
	return { user, answer };
}

const keyOf = async user => string(
	await user.page('/login/enrol/app'), '//qr/@key');

async function enrolApp(user) {
	const key = await keyOf(user);
	const answer = await user.send('/login/enrol/app', 'enrol-app',
		{ code: codeOf(stepNow(), key) });
	return { key, answer };
}

// Somebody who is in, with an app of their own.
async function enrolled() {
	const invited = invite();
	const { user } = await activate(invited);
	const { key } = await enrolApp(user);
	return { ...invited, user, key };
}

// As if the seconds had passed in which a second SMS is not sent.
const passed = () => sql(`UPDATE login_guard
	SET at = at - INTERVAL 20 SECOND`);

async function pass(email, next) {
	forget();
	const user = anybody();
	const form = await user.form(
		next ? `/login?next=${encodeURIComponent(next)}` : '/login', 'login');
	const answer = await user.post('/login',
		{ ...form.fields, email, password: strong });
	return { user, answer };
}

// The code of the SMS to that number, that was not there before.
async function smsTo(number, before) {
	const file = await until(`an SMS to ${number}`, 10, () =>
		readdirSync(`${folder}/sms`).filter(f => !before.includes(f))
			.find(f => readFileSync(`${folder}/sms/${f}`, 'utf8')
				.includes(number.slice(1))));
	return readFileSync(`${folder}/sms/${file}`, 'utf8');
}
const smsFiles = () => readdirSync(`${folder}/sms`);
const codeIn = text => /#(\d{6})/.exec(text)[1];

async function enrolSms(user, number) {
	const before = smsFiles();
	let answer = await user.send('/login/enrol/sms', 'enrol-sms',
		{ mobile: number });
	assert.equal(answer.location, '/login/enrol/sms/code');
	const text = await smsTo(number, before);
	answer = await user.send('/login/enrol/sms/code', 'enrol-sms-code',
		{ code: codeIn(text) });
	return { answer, text };
}

test('C1 I6: a link activates the account, asks a second step, and lets in',
	async () => {
		const invited = invite();
		const { user, answer } = await activate(invited,
			{ phone: '050 123 45 67' });
		assert.equal(answer.location, '/login/enrol');
		assert.deepEqual(one(`SELECT state, phone FROM account
			WHERE email = ${quote(invited.email)}`),
		{ state: 'active', phone: '0501234567' });
		assert.equal((await user.get('/aids')).status, 303);
		const app = await enrolApp(user);
		assert.match(app.answer.location, /^\/account\/recovery\?next=/);
		const codes = texts(await user.page('/account/recovery'), '//code');
		assert.equal(new Set(codes).size, 8);
		assert.equal((await user.get('/aids')).status, 200);
		assert.deepEqual(values(`SELECT kind FROM outbox
			WHERE recipient = ${quote(invited.email)} ORDER BY id`),
		['account.activated', 'account.enrolled-app']);
	});

test('C1 figure 14: an activation link works once, and not when too old',
	async () => {
		const invited = invite();
		const page = `/activate?token=${invited.token}`;
		await activate(invited);
		for (const [path, fields] of [[page], ['/activate', { password: strong,
			again: strong, token: invited.token }]]) {
			const user = anybody();
			const { csrf } = (await user.form('/login', 'login')).fields;
			const answer = fields
				? await user.post(path, { ...fields, csrf })
				: await user.get(path);
			assert.equal(answer.status, 410, path);
			assert.match(answer.text, /om een nieuwe link/);
		}
		const late = invite();
		sql(`UPDATE account_link SET expires_at = UTC_TIMESTAMP()
			WHERE account_id = ${idOf(late.email)}`);
		assert.equal((await anybody().get(`/activate?token=${late.token}`))
			.status, 410);
	});

test('C1: a professional gives a telephone number, others may', async () => {
	const invited = invite({ portal: 'professional', role: 'professional' });
	const { answer } = await activate(invited,
		{ password: 'kort', again: 'anders' });
	assert.equal(answer.status, 422);
	assert.match(answer.text, /minstens 12 tekens/);
	assert.match(answer.text, /telefoonnummer in waarop/);
	const done = await activate(invited, { phone: '06 12 34 56 78' });
	assert.equal(done.answer.location, '/login/enrol');
});

test('rule 15: the organisation may ask a longer password', async () => {
	const organisation = `name = 'Woonzorg Lindenhof'`;
	sql(`UPDATE organisation SET password_min = 40 WHERE ${organisation}`);
	try {
		const { answer } = await activate(invite());
		assert.equal(answer.status, 422);
		assert.match(answer.text, /minstens 40 tekens/);
	} finally {
		sql(`UPDATE organisation SET password_min = 12
			WHERE ${organisation}`);
	}
});

test('C2: without a second step the password leads to enrolling alone',
	async () => {
		const invited = invite();
		await activate(invited);
		const { user, answer } = await pass(invited.email);
		assert.equal(answer.location, '/login/enrol');
		for (const path of ['/aids', '/account', '/account/recovery',
			'/login/again'])
			assert.match((await user.get(path)).location, /^\/login\?next=/);
		assert.equal((await user.get('/login/verify')).location,
			'/login/enrol');
		const wrong = await user.send('/login/enrol/app', 'enrol-app',
			{ code: '000000' });
		assert.equal(wrong.status, 422);
		assert.equal((await user.get('/aids')).status, 303);
	});

test('C2: the key stays the same until its first code, then is gone',
	async () => {
		const { email, token } = invite();
		const { user } = await activate({ token });
		const key = await keyOf(user);
		assert.match(key, /^[A-Z2-7]{32}$/);
		assert.equal(await keyOf(user), key);
		const page = await user.page('/login/enrol/app');
		assert.match(string(page, '//qr/@address'), new RegExp(
			`^otpauth://totp/Zorgmiddelen%20Noord:nieuw.*secret=${key}&`));
		await enrolApp(user);
		assert.equal(one(`SELECT COUNT(*) AS n FROM session
			WHERE kept_kind = 'app' AND account_id = ${idOf(email)}`).n, '0');
	});

test('C6 C2: SMS to a mobile number that a code proved', async () => {
	const invited = invite();
	const { user } = await activate(invited);
	for (const mobile of ['050 123 45 67', '12', '+31 20 123 45 67']) {
		const answer = await user.send('/login/enrol/sms', 'enrol-sms',
			{ mobile });
		assert.equal(answer.status, 422, mobile);
	}
	const number = `0612345${100 + made}`;
	const { answer, text } = await enrolSms(user, number);
	assert.match(answer.location, /^\/account\/recovery/);
	assert.match(text, /uw code voor Zorgmiddelen Noord/);
	assert.match(text, /@localhost #\d{6}/);
	assert.equal((await user.get('/aids')).status, 200);

	// Logging in sends a code, which works once and in that log-in alone.
	let before = smsFiles();
	const first = await pass(invited.email);
	assert.equal(first.answer.location, '/login/verify');
	assert.match((await first.user.get('/login/verify')).text, /••\u00a0••\u00a0••/);
	const code = codeIn(await smsTo(number, before));
	before = smsFiles();
	const second = await pass(invited.email);
	await smsTo(number, before);
	const send = (u, c) => u.send('/login/verify', 'verify', { code: c });
	assert.equal((await send(second.user, code)).status, 422);
	assert.equal((await send(first.user, code)).location, '/');
	assert.equal((await first.user.get('/aids')).status, 200);

	// What was sent is not kept in the queue, nor is the code anywhere.
	await until('the SMS is sent', 10, () => one(`SELECT COUNT(*) AS n
		FROM outbox WHERE channel = 'sms' AND state = 'queued'`).n === '0');
	assert.equal(one(`SELECT COUNT(*) AS n FROM outbox
		WHERE channel = 'sms' AND body_text <> ''`).n, '0');

	// One's own number is not one's own to change.
	assert.equal((await first.user.get('/login/enrol/sms')).location,
		'/account');
	forget();
});

test('rule 11: a code by SMS ends after five minutes, and five wrong ones',
	async () => {
		const invited = invite();
		const { user } = await activate(invited);
		const number = `0612345${100 + made}`;
		const before = smsFiles();
		await user.send('/login/enrol/sms', 'enrol-sms', { mobile: number });
		const code = codeIn(await smsTo(number, before));
		const send = c => user.send('/login/enrol/sms/code',
			'enrol-sms-code', { code: c });
		sql(`UPDATE sms_code c JOIN session s ON s.id = c.session_id
			SET c.expires_at = UTC_TIMESTAMP()
			WHERE s.account_id = ${idOf(invited.email)}`);
		assert.equal((await send(code)).status, 422);
		sql(`UPDATE sms_code c JOIN session s ON s.id = c.session_id
			SET c.expires_at = UTC_TIMESTAMP() + INTERVAL 5 MINUTE
			WHERE s.account_id = ${idOf(invited.email)}`);
		const wrong = code === '000000' ? '000001' : '000000';
		for (let i = 0; i < 5; i++)
			assert.equal((await send(wrong)).status, 422);
		assert.equal((await send(code)).status, 422);
		assert.match(one(`SELECT HEX(c.code) AS code FROM sms_code c
			JOIN session s ON s.id = c.session_id
			WHERE s.account_id = ${idOf(invited.email)}`).code,
		/^[0-9A-F]{64}$/);
	});

test('SMS: an account, and a number, gets five in a quarter of an hour',
	async () => {
		const { user } = await activate(invite());
		const number = `0612345${100 + made}`;
		const answers = [];
		for (let i = 0; i < 6; i++) {
			passed();
			answers.push(await user.send('/login/enrol/sms', 'enrol-sms',
				{ mobile: number }));
		}
		assert.deepEqual(answers.map(a => a.status),
			[303, 303, 303, 303, 303, 429]);
		assert.match(answers[5].text, /te veel codes gestuurd/);
		const other = (await activate(invite())).user;
		const answer = await other.send('/login/enrol/sms', 'enrol-sms',
			{ mobile: number });
		assert.equal(answer.status, 429);
		forget();
	});

test('S2: an organisation can switch SMS off', async () => {
	const organisation = `name = 'Woonzorg Lindenhof'`;
	sql(`UPDATE organisation SET sms_allowed = FALSE WHERE ${organisation}`);
	try {
		const { user } = await activate(invite());
		assert.equal((await user.get('/login/enrol')).location,
			'/login/enrol/app');
		assert.equal((await user.get('/login/enrol/sms')).location,
			'/login/enrol');
	} finally {
		sql(`UPDATE organisation SET sms_allowed = TRUE
			WHERE ${organisation}`);
	}
});

test('S2 C2: who had SMS alone when it is switched off enrols an app by it',
	async () => {
		const organisation = `name = 'Woonzorg Lindenhof'`;
		const invited = invite();
		const number = `0612345${100 + made}`;
		await enrolSms((await activate(invited)).user, number);
		passed();
		sql(`UPDATE organisation SET sms_allowed = FALSE
			WHERE ${organisation}`);
		try {
			const before = smsFiles();
			const { user, answer } = await pass(invited.email);
			assert.equal(answer.location, '/login/verify');
			assert.equal((await user.get('/login/enrol/app')).location,
				'/login/verify');
			const code = codeIn(await smsTo(number, before));
			assert.equal((await user.send('/login/verify', 'verify',
				{ code })).location, '/login/enrol');
			assert.match((await user.get('/aids')).location, /^\/login/);
			await enrolApp(user);
			assert.equal((await user.get('/aids')).status, 200);
			assert.equal((await pass(invited.email)).answer.location,
				'/login/verify');
			assert.equal(string(await user.page('/account'),
				'//item[@name="factor"]'), 'app');
		} finally {
			sql(`UPDATE organisation SET sms_allowed = TRUE
				WHERE ${organisation}`);
		}
		forget();
	});

test('C2: both side by side: another method, and a recovery code once',
	async () => {
		const a = await enrolled();
		const codes = texts(await a.user.page('/account/recovery'), '//code');
		await a.user.send('/account/recovery', 'recovery-seen');
		assert.equal(texts(await a.user.page('/account/recovery'), '//code')
			.length, 0, 'shown once');
		const number = `0612345${100 + made}`;
		await enrolSms(a.user, number);
		const { user } = await pass(a.email);
		const page = await user.page('/login/verify');
		assert.equal(string(page, '/page/@id'), 'verify');
		assert.deepEqual(texts(page, '//actions[@id="methods"]/action/@id'),
			['use-sms', 'use-recovery']);
		const before = smsFiles();
		const sent = await user.act('/login/verify', 'use-sms');
		assert.equal(sent.location, '/login/verify?method=sms');
		await smsTo(number, before);
		const use = async (who, code) => who.send(
			'/login/verify?method=recovery', 'verify-recovery', { code });
		const spelt = codes[0].toLowerCase().replaceAll('-', ' ');
		assert.equal((await use(user, spelt)).location, '/');
		assert.match((await user.get('/aids')).text,
			/nog 7 over/);
		const again = await pass(a.email);
		assert.equal((await use(again.user, codes[0])).status, 422);
		assert.equal((await use(again.user, codes[1])).location, '/');
		assert.deepEqual(values(`SELECT DISTINCT kind FROM outbox
			WHERE recipient = ${quote(a.email)}
			AND kind LIKE '%recovery%'`), ['account.recovery-used']);
		forget();
	});

test('C2: a new app takes the place of the old one, and ends other sessions',
	async () => {
		const a = await enrolled();
		const other = new User(a.email, a.user.cookie);
		// The step of the enrolment is used up.
		const { user } = await pass(a.email);
		assert.equal((await user.send('/login/verify', 'verify',
			{ code: codeOf(stepNow(), a.key) })).status, 422);
		assert.equal((await user.send('/login/verify', 'verify',
			{ code: codeOf(stepNow() + 1, a.key) })).location, '/');
		const key = await keyOf(user);
		assert.notEqual(key, a.key);
		const answer = await user.send('/login/enrol/app', 'enrol-app',
			{ code: codeOf(stepNow(), key) });
		assert.equal(answer.location, '/account');
		assert.equal((await other.get('/account')).status, 303);
		assert.equal((await user.get('/account')).status, 200);
		forget();
	});

test('a fresh code: asked for after some minutes, then back to the page',
	async () => {
		const a = await enrolled();
		const old = () => sql(`UPDATE session
			SET verified_at = UTC_TIMESTAMP() - INTERVAL 11 MINUTE
			WHERE account_id = ${idOf(a.email)}`);
		assert.equal((await a.user.get('/login/enrol/app')).status, 200);
		old();
		const asked = await a.user.get('/login/enrol/app');
		assert.equal(asked.location,
			'/login/again?next=%2Flogin%2Fenrol%2Fapp');
		const wrong = await a.user.send(asked.location, 'verify',
			{ code: '000000' });
		assert.equal(wrong.status, 422);
		assert.equal((await a.user.get('/login/enrol/app')).status, 303);
		const right = await a.user.send(asked.location, 'verify',
			{ code: codeOf(stepNow() + 1, a.key) });
		assert.equal(right.location, '/login/enrol/app');
		assert.equal((await a.user.get('/login/enrol/app')).status, 200);
		const away = await a.user.page('/login/again?next=//evil.example/');
		assert.doesNotMatch(string(away, '//form/@action'), /evil/);
		forget();
	});

test('C2: the guesses of a fresh code are counted as those of a log-in',
	async () => {
		const a = await enrolled();
		const answers = [];
		for (let i = 0; i < 11; i++)
			answers.push((await a.user.send('/login/again', 'verify',
				{ code: '000000' })).status);
		assert.equal(answers.at(-1), 429);
		forget();
	});

test('where one is logged in, and to end all of it but this', async () => {
	const a = await enrolled();
	const { user } = await pass(a.email);
	await user.send('/login/verify', 'verify',
		{ code: codeOf(stepNow() + 1, a.key) });
	const page = await user.page('/account');
	assert.equal(all(page, '//device').length, 2);
	assert.equal(string(page, 'count(//device[@own])'), '1');
	const answer = await user.act('/account', 'end-sessions');
	assert.equal(answer.location, '/account');
	assert.equal((await a.user.get('/account')).status, 303);
	assert.equal((await user.get('/account')).status, 200);
	forget();
});

test('C5 I3: own data: a professional\'s all but the address, an institution\'s language',
	async () => {
		const a = await enrolled();
		const form = await a.user.form('/account/profile');
		assert.deepEqual(form.names, ['lang', 'version']);
		await a.user.post(form.action, { ...form.fields, lang: 'en',
			name: 'Mallory', email: 'x@evil.example', role: 'admin',
			state: 'ended' });
		assert.deepEqual(one(`SELECT a.name, a.email, a.lang, a.state, m.role
			FROM account a JOIN membership m ON m.account_id = a.id
			WHERE a.id = ${idOf(a.email)}`), { name: 'Nieuwe Collega',
			email: a.email, lang: 'en', state: 'active', role: '2' });
		assert.match((await a.user.get('/account')).text, /My account/);
		const stale = await a.user.post(form.action, { ...form.fields,
			form_key: (await a.user.form('/account/profile'))
				.fields.form_key, lang: 'nl' });
		assert.equal(stale.status, 409);
	});

test('C8: an account of two organisations goes on in the other one', async () => {
	const { user, email } = await enrolled();
	const id = idOf(email);
	const button = '//action[@id="own-membership"]';
	assert.ok(!has(await user.page('/account'), button));
	sql(`INSERT INTO membership (account_id, portal, organisation_id, role,
			reason)
		SELECT ${id}, 'institution', o.id, '4', 'hired' FROM organisation o
		WHERE o.name = 'Zorggroep Terpen';
		INSERT INTO membership (account_id, portal, organisation_id, role)
		SELECT ${id}, 'professional', o.id, 'professional'
		FROM organisation o WHERE o.name IN ('Zorggroep Terpen',
			'Woonzorg Lindenhof')`);
	assert.ok(has(await user.page('/account'), button));
	const { action, fields, options } = await user.form('/account/membership',
		'own-membership');
	const [lindenhof, terpen, professional] = options('membership');
	assert.equal(options('membership').length, 3);
	assert.equal(fields.membership, lindenhof);
	const as = (u, membership) => u.send('/account/membership',
		'own-membership', { membership });
	const organisation = async () => string(await user.page('/account'),
		'//item[@name="organisation"]');
	assert.equal(await organisation(), 'Woonzorg Lindenhof');
	// Somebody else's, or one that ended, is not offered, nor taken.
	for (const wrong of [one(`SELECT MIN(id) AS id FROM membership
		WHERE account_id <> ${id}`).id, '0', 'x', ''])
		assert.equal((await as(user, wrong)).status, 422, wrong);
	const { cookie } = user;
	assert.equal((await as(user, terpen)).location, '/');
	assert.equal(await organisation(), 'Zorggroep Terpen');
	// What was open for the first one is not sent for the second.
	assert.notEqual(user.cookie, cookie);
	assert.equal((await user.post(action,
		{ ...fields, membership: lindenhof })).status, 403);
	assert.match((await new User(email, cookie).get('/account')).location,
		/^\/login/);
	assert.equal((await as(user, professional)).location, '/');
	assert.equal((await user.get('/requests')).status, 200);
	assert.equal((await user.get('/aids')).status, 403);
	sql(`UPDATE membership SET active = FALSE WHERE id = ${terpen}`);
	assert.equal((await as(user, terpen)).status, 422);
	assert.equal((await as(user, lindenhof)).location, '/');
	assert.equal(await organisation(), 'Woonzorg Lindenhof');
});

test('what was typed when the session ended is there after the log-in',
	async () => {
		const a = await enrolled();
		sql(`UPDATE membership SET all_places = TRUE
			WHERE account_id = ${idOf(a.email)}`);
		const { number } = one(`SELECT a.number FROM aid a
			JOIN organisation o ON o.id = a.holder_id
			WHERE o.name = 'Woonzorg Lindenhof' AND a.status = 'in_use'
			LIMIT 1`);
		const path = `/aids/${number}/repair`;
		const form = await a.user.form(path, 'repair');
		const defect = 'De rem pakt niet meer, <b>links</b> € voor';
		sql(`UPDATE session SET seen_at = UTC_TIMESTAMP() - INTERVAL 31 MINUTE
			WHERE account_id = ${idOf(a.email)}`);
		const answer = await a.user.post(form.action,
			{ ...form.fields, defect });
		const at = /^\/login\?next=(.*)&after=kept$/.exec(answer.location);
		assert.ok(at, answer.location);
		const next = decodeURIComponent(at[1]);
		assert.match(next, /\/repair\?draft=[0-9a-f]{32}$/);
		assert.ok(!one(`SELECT GROUP_CONCAT(body) AS b FROM draft`).b
			.includes('De rem'), 'sealed');
		const { user } = await pass(a.email);
		await user.send('/login/verify', 'verify',
			{ code: codeOf(stepNow() + 1, a.key) });
		const back = await user.form(next, 'repair');
		assert.equal(back.fields.defect, defect);
		assert.match((await user.get(next)).text,
			/Wat u had ingevuld staat er weer/);
		const stranger = await enrolled();
		sql(`UPDATE membership SET all_places = TRUE
			WHERE account_id = ${idOf(stranger.email)}`);
		assert.equal((await stranger.user.form(next, 'repair'))
			.fields.defect, undefined);
		forget();
	});

test('X2: so is what was typed for many aids, and which they were', async () => {
	const a = await enrolled();
	sql(`UPDATE membership SET all_places = TRUE
		WHERE account_id = ${idOf(a.email)}`);
	const picked = sql(`SELECT a.number FROM aid a
		JOIN organisation o ON o.id = a.holder_id
		WHERE o.name = 'Woonzorg Lindenhof' AND a.status = 'in_use'
		ORDER BY a.number LIMIT 500`).map(row => row.number).join('.');
	const form = await a.user.form(`/aids/repair?pick=${picked}`, 'repair');
	const defect = 'De remmen pakken niet meer.';
	sql(`UPDATE session SET seen_at = UTC_TIMESTAMP() - INTERVAL 31 MINUTE
		WHERE account_id = ${idOf(a.email)}`);
	const answer = await a.user.post(form.action, { ...form.fields, defect });
	const next = decodeURIComponent(/next=(.*)&after=kept$/
		.exec(answer.location)[1]);
	assert.match(next, /\/repair\?draft=[0-9a-f]{32}&pick=/);
	const { user } = await pass(a.email, next);
	const landed = await user.send('/login/verify', 'verify',
		{ code: codeOf(stepNow() + 1, a.key) });
	assert.equal(landed.location, next);
	const back = await user.form(landed.location, 'repair');
	assert.equal(back.fields.defect, defect);
	assert.equal(back.action, `/aids/repair?pick=${picked}`);
	forget();
});

test('a password is never kept so', async () => {
	const a = await enrolled();
	const form = await a.user.form('/account/password');
	sql(`UPDATE session SET seen_at = UTC_TIMESTAMP() - INTERVAL 31 MINUTE
		WHERE account_id = ${idOf(a.email)}`);
	const answer = await a.user.post(form.action, { ...form.fields,
		current: strong, password: 'x', again: 'x' });
	assert.equal(answer.location,
		'/login?next=%2Faccount%2Fpassword&after=ended');
});

test('figure 14: a cookie of before the password was changed opens nothing',
	async () => {
		const a = await enrolled();
		const stolen = new User(a.email, a.user.cookie);
		const answer = await a.user.send('/account/password', 'password', {
			current: strong, password: 'vier gele kano op de wadden',
			again: 'vier gele kano op de wadden' });
		assert.equal(answer.location, '/account');
		assert.equal((await stolen.get('/account')).status, 303);
		assert.equal((await a.user.get('/account')).status, 200);
	});

test('figure 8: what opens an account, sent twice at once, is done once',
	async () => {
		const twice = (user, path, fields) => Promise.all([1, 2].map(() =>
			new User(user.email, user.cookie).post(path, fields,
				{ fresh: true })));
		const invited = invite();
		const id = idOf(invited.email);
		const count = from => Number(one(`SELECT COUNT(*) AS n
			FROM ${from}`).n);
		const mails = kind => count(`outbox WHERE kind = '${kind}'
			AND recipient = ${quote(invited.email)}`);

		let user = anybody();
		let form = await user.form(`/activate?token=${invited.token}`,
			'activate');
		await twice(user, '/activate',
			{ ...form.fields, password: strong, again: strong });
		assert.equal(mails('account.activated'), 1);

		({ user } = await pass(invited.email));
		const number = `0612345${100 + made}`;
		const before = smsFiles();
		form = await user.form('/login/enrol/sms', 'enrol-sms');
		await twice(user, form.action, { ...form.fields, mobile: number });
		const text = await smsTo(number, before);
		assert.equal(count(`outbox WHERE channel = 'sms'
			AND recipient = '${number}'`), 1);
		form = await user.form('/login/enrol/sms/code', 'enrol-sms-code');
		await twice(user, form.action,
			{ ...form.fields, code: codeIn(text) });
		assert.equal(mails('account.enrolled-sms'), 1);
		assert.equal(count(`recovery_code WHERE account_id = ${id}`), 8);

		({ user } = await pass(invited.email));
		const again = smsFiles();
		passed();
		await twice(user, '/login/verify/sms',
			(await user.form('/login/verify', 'verify')).fields);
		await smsTo(number, again);
		assert.ok(count(`outbox WHERE channel = 'sms'
			AND recipient = '${number}'`) <= 3);
		forget();
	});

test('a code that went to one number does not prove another', async () => {
	const { user } = await activate(invite());
	const [one, other] = [`0612346${100 + made}`, `0612347${100 + made}`];
	const before = smsFiles();
	await user.send('/login/enrol/sms', 'enrol-sms', { mobile: one });
	const code = codeIn(await smsTo(one, before));
	const later = smsFiles();
	await user.send('/login/enrol/sms', 'enrol-sms', { mobile: other });
	await smsTo(other, later);
	assert.equal((await user.send('/login/enrol/sms/code', 'enrol-sms-code',
		{ code })).status, 422);
	forget();
});

test('C3: a forged Host does not get into the link of a mail', async () => {
	const { email } = await enrolled();
	const user = anybody();
	const form = await user.form('/login/help', 'login-help');
	await user.post('/login/help', { ...form.fields, email }, { headers: {
		host: 'evil.example', 'x-forwarded-host': 'evil.example' } });
	await user.post('/login/help', { ...form.fields, email });
	await until('the mail of the reset', 15, () => readdirSync(
		`${folder}/mail`).some(file => {
		const mail = readFileSync(`${folder}/mail/${file}`, 'latin1');
		assert.ok(!mail.includes('evil.example'), file);
		return mail.includes(email) && /reset\?token/.test(mail
			.replace(/=\r\n/g, ''));
	}));
});
