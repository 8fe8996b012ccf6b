// Figure 14: what was used once is not good a second time: links that set a
// password, codes of an app, and what was signed in before.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mails } from '../lib/document.js';
import { one, quote, sql, until } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { anybody, newCode, password, rested, signIn, User }
	from '../lib/user.js';

const strong = 'een lantaarn boven de sluis';
let made = 0;

// An account of its own, with the demo's password and no second step.
function newcomer() {
	const email = `opnieuw${++made}.${process.pid}@lindenhof.example`;
	sql(`INSERT INTO account (email, name, state, password_hash,
			password_set_at, active_since)
		SELECT ${quote(email)}, 'O. Pnieuw', 'active', password_hash,
			UTC_TIMESTAMP() - INTERVAL 1 DAY, UTC_TIMESTAMP()
		FROM account WHERE email = 'rol2@lindenhof.example';
		INSERT INTO membership (account_id, portal, organisation_id, role)
		SELECT LAST_INSERT_ID(), 'institution', id, '2'
		FROM organisation WHERE name = 'Woonzorg Lindenhof'`);
	return email;
}

// Signed in, as the database has it.
function session(email) {
	const cookie = randomBytes(32).toString('base64url');
	sql(`INSERT INTO session (id, account_id, membership_id, step, address,
			agent, verified_at)
		SELECT UNHEX('${createHash('sha256').update(cookie).digest('hex')}'),
			m.account_id, m.id, 'complete', '127.0.0.1', 'Test',
			UTC_TIMESTAMP()
		FROM membership m JOIN account a ON a.id = m.account_id
		WHERE a.email = ${quote(email)}`);
	return new User(email, `__Host-hulpbalie=${cookie}`);
}

const inside = async user => (await user.get('/account')).status === 200;

async function askPassword(email, word) {
	sql('DELETE FROM login_guard');
	const user = anybody();
	const form = await user.form('/login', 'login');
	return { user, answer: await user.post('/login',
		{ ...form.fields, email, password: word }) };
}

// By the page and the mail that comes of it: the token of the link.
async function askLink(email) {
	const tokens = () => mails()
		.filter(m => (m.headers.to ?? '').includes(email))
		.map(m => /\/reset\?token=([\w-]+)/.exec(m.text)?.[1])
		.filter(Boolean);
	const before = tokens().length;
	await anybody().send('/login/help', 'login-help', { email });
	return until('the mail', 30, () => tokens()[before]);
}

// The form of a link, as it was drawn while the link was good.
const openLink = async token => {
	const user = anybody();
	return { user, form: await user.form(`/reset?token=${token}`, 'reset') };
};
const setPassword = ({ user, form }, word) => user.post('/reset',
	{ ...form.fields, password: word, again: word });

test('figure 14: a link that sets a password works once', async () => {
	const email = newcomer();
	const token = await askLink(email);
	const second = await openLink(token);
	const answer = await setPassword(await openLink(token), strong);
	assert.equal(answer.status, 303);
	assert.equal((await anybody().get(`/reset?token=${token}`)).status, 410);
	assert.equal((await setPassword(second, `${strong} twee`)).status, 410);
	assert.equal((await askPassword(email, `${strong} twee`)).answer.status,
		422);
	assert.equal((await askPassword(email, password)).answer.status, 422);
	assert.equal((await askPassword(email, strong)).answer.status, 303);
});

test('figure 14: two who use a link at once: one password', async () => {
	const email = newcomer();
	const token = await askLink(email);
	const forms = await Promise.all([1, 2, 3, 4].map(() => openLink(token)));
	const answers = await Promise.all(forms.map((form, i) =>
		setPassword(form, `${strong} ${i}`)));
	assert.deepEqual(answers.map(a => a.status).sort(),
		[303, 410, 410, 410]);
	for (const [i, { status }] of answers.entries())
		assert.equal((await askPassword(email, `${strong} ${i}`))
			.answer.status, status === 303 ? 303 : 422);
});

test('figure 14: a newer link, time, and a deactivation end a link',
	async () => {
		const email = newcomer();
		const first = await askLink(email);
		const opened = await openLink(first);
		const newest = await askLink(email);
		assert.equal((await setPassword(opened, strong)).status, 410);
		const late = await openLink(newest);
		const account = `(SELECT id FROM account WHERE email = ${quote(email)})`;
		sql(`UPDATE account_link SET expires_at = UTC_TIMESTAMP()
			WHERE account_id = ${account}`);
		assert.equal((await setPassword(late, strong)).status, 410);
		const last = await openLink(await askLink(email));
		sql(`UPDATE account SET state = 'deactivated'
			WHERE email = ${quote(email)}`);
		assert.equal((await setPassword(last, strong)).status, 410);
		assert.equal(one(`SELECT password_set_at > UTC_TIMESTAMP()
			- INTERVAL 1 HOUR AS changed FROM account
			WHERE email = ${quote(email)}`).changed, '0');
	});

test('figure 14: a new password by a link ends what was signed in', async () => {
	const email = newcomer();
	const whole = session(email);
	assert.ok(await inside(whole));
	const { user: half, answer } = await askPassword(email, password);
	assert.equal(answer.status, 303);
	const halfway = await half.get(answer.location);
	assert.equal(halfway.status, 200);
	await setPassword(await openLink(await askLink(email)), strong);
	assert.ok(!await inside(whole));
	const after = await half.get(answer.location);
	assert.equal(after.status, 303);
	assert.match(after.location, /^\/login/);
});

const anyone = () => rested(['rol1', 'rol4', 'rol5', 'rol6', 'rol7']
	.map(name => `${name}@lindenhof.example`));

async function half(email) {
	const { user, answer } = await askPassword(email, password);
	assert.equal(answer.location, '/login/verify');
	return { user, form: await user.form('/login/verify') };
}

test('figure 14: a code that two send at once lets one in', async () => {
	const email = anyone();
	const tries = [];
	for (let i = 0; i < 4; i++)
		tries.push(await half(email));
	const code = await newCode(email);
	const answers = await Promise.all(tries.map(({ user, form }) =>
		user.post(form.action, { ...form.fields, code })));
	assert.deepEqual(answers.map(a => a.status).sort(), [303, 422, 422, 422]);
	assert.deepEqual((await Promise.all(tries.map(({ user }) => inside(user))))
		.sort(), [false, false, false, true]);
});

test('figure 14: the code of the log-in is no fresh code, nor the other way',
	async () => {
		const email = anyone();
		const { user, form } = await half(email);
		const code = await newCode(email);
		assert.equal((await user.post(form.action, { ...form.fields, code }))
			.status, 303);
		const again = async word => user.send('/login/again?next=%2Faccount',
			undefined, { code: word });
		assert.equal((await again(code)).status, 422);
		const next = await newCode(email);
		assert.equal((await again(next)).status, 303);
		const other = await half(email);
		assert.equal((await other.user.post(other.form.action,
			{ ...other.form.fields, code: next })).status, 422);
		assert.ok(!await inside(other.user));
	});

test('figure 14: the cookie of who has logged out, kept elsewhere', async () => {
	const user = await signIn(anyone());
	const stolen = new User(user.email, user.cookie);
	const page = await stolen.page('/account');
	const fields = { csrf: page.documentElement.getAttribute('csrf'),
		form_key: page.getElementsByTagName('user')[0].getAttribute('key') };
	await user.post('/logout', fields);
	for (const path of ['/account', '/aids', '/aids.xml', '/actions.pdf'])
		assert.match((await stolen.get(path)).location, /^\/login\?next=/);
	assert.match((await stolen.post('/account/password', { ...fields,
		current: password, password: strong, again: strong })).location,
	/^\/login\?next=/);
	sql('DELETE FROM login_guard');
});
