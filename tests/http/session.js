// Log-in, and the end of sessions.
import assert from 'node:assert/strict';
import { request } from '../lib/http.js';
import { quote, sql, until, values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { anybody, as, codeOf, newCode, password, rested, signIn, stepNow, User }
	from '../lib/user.js';

// Who has not logged in for a while: an account waits for its next code.
const one = () => rested(['beheer', 'rol1', 'rol4', 'rol5', 'rol6', 'rol7']
	.map(name => `${name}@lindenhof.example`));
const narrow = () => rested(['rol4', 'rol5', 'rol6', 'rol7']
	.map(name => `${name}@lindenhof.example`));

const forgetAttempts = () => sql('DELETE FROM login_guard');
const inside = async user => (await user.get('/account')).status === 200;

async function half(address) {
	const user = anybody();
	const form = await user.form('/login', 'login');
	const answer = await user.post('/login',
		{ ...form.fields, email: address, password });
	assert.equal(answer.location, '/login/verify');
	return user;
}

const verify = async (user, code) => user.post('/login/verify',
	{ ...(await user.form('/login/verify', 'verify')).fields, code });

const tryPassword = async (address, word, user = anybody()) =>
	user.post('/login', { ...(await user.form('/login', 'login')).fields,
		email: address, password: word });

test('C2: the cookie is a __Host- one: Secure, HttpOnly, SameSite=Lax',
	async () => {
		const answer = await request('GET', '/login');
		assert.match(answer.headers['set-cookie'][0],
			/^__Host-hulpbalie=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
	});

test('C2 rule 10: a new cookie after the password, and after the code',
	async () => {
		const user = anybody();
		await user.get('/login');
		const cookies = [user.cookie];
		const email = one();
		const form = await user.form('/login', 'login');
		await user.post('/login', { ...form.fields, email, password });
		cookies.push(user.cookie);
		assert.ok(!await inside(user));
		await verify(user, await newCode(email));
		cookies.push(user.cookie);
		assert.ok(await inside(user));
		assert.equal(new Set(cookies).size, 3);
		for (const cookie of cookies.slice(0, 2))
			assert.ok(!await inside(new User(email, cookie)));
	});

test('C2: the password alone opens nothing', async () => {
	const user = await half(one());
	for (const path of ['/', '/aids', '/aids.xml', '/aids.xlsx', '/account',
		'/roles', '/actions']) {
		const answer = await user.get(path);
		assert.equal(answer.status, 303);
		assert.match(answer.location, /^\/login\?next=/);
	}
});

test('C2 rule 11: a code is taken once', async () => {
	const email = one();
	const code = await newCode(email);
	assert.equal((await verify(await half(email), code)).status, 303);
	const again = await verify(await half(email), code);
	assert.equal(again.status, 422);
	const older = await verify(await half(email), codeOf(stepNow() - 2));
	assert.equal(older.status, 422);
	forgetAttempts();
});

test('C2: five wrong codes end the half session', async () => {
	const email = one();
	const user = await half(email);
	const answers = [];
	for (let i = 0; i < 5; i++)
		answers.push(await verify(user, '000000'));
	assert.deepEqual(answers.map(a => a.status), [422, 422, 422, 422, 303]);
	assert.equal(answers[4].location, '/login?after=codes');
	const form = await anybody().form('/login', 'login');
	const late = await user.post('/login/verify', { ...form.fields,
		code: await newCode(email) });
	assert.ok(late.status === 403 || late.location?.startsWith('/login'));
	assert.ok(!await inside(user));
	forgetAttempts();
});

test('C2: a code is six digits, spaces do not matter', async () => {
	const email = one();
	const user = await half(email);
	for (const code of ['', '12345', '1234567', 'abcdef', '12345x', '-12345',
		'１２３４５６'])
		assert.equal((await verify(user, code)).status, 422, code);
	const code = await newCode(email);
	const answer = await verify(user, `${code.slice(0, 3)} ${code.slice(3)}`);
	assert.equal(answer.status, 303);
	forgetAttempts();
});

test('rule 12: ten failures lock an account; unknown ones answer the same',
	async () => {
		const other = one();
		try {
			const bare = text => text.replace(/value="[^"]*"|[\w-]{30,}/g, '')
				.replace(/\d?\d[.:]\d\d/g, '');
			const seen = {};
			for (const address of [other, 'niemand@lindenhof.example']) {
				forgetAttempts();
				seen[address] = [];
				for (let i = 0; i < 11; i++) {
					const answer = await tryPassword(address, 'verkeerd-woord');
					seen[address].push([answer.status, bare(answer.text)]);
				}
				assert.deepEqual(seen[address].map(([status]) => status),
					[...Array(10).fill(422), 429]);
			}
			const [one, two] = Object.values(seen);
			assert.deepEqual(one, two);
			forgetAttempts();
			for (let i = 0; i < 10; i++)
				await tryPassword(other, 'verkeerd-woord');
			const right = await tryPassword(other, password);
			assert.equal(right.status, 429);
			await until('the mail of the lock-out', 10, () => Number(values(
				`SELECT COUNT(*) FROM outbox WHERE kind = 'account.locked'
				AND recipient = ${quote(other)}`)[0]) === 1);
			assert.ok(Number(right.headers['retry-after']) > 60);
		} finally {
			forgetAttempts();
		}
		assert.equal((await tryPassword(other, password)).status, 303);
	});

test('rule 12: tries at the same time pass no limit', async () => {
	const other = one();
	forgetAttempts();
	const forms = [];
	while (forms.length < 24) {
		const user = anybody();
		forms.push([user, (await user.form('/login', 'login')).fields]);
	}
	const answers = await Promise.all(forms.map(([user, fields], i) =>
		user.post('/login', { ...fields, email: other,
			password: i === 23 ? password : `geraden-woord-${i}` },
		{ fresh: true })));
	const count = status => answers.filter(a => a.status === status).length;
	assert.ok(count(422) <= 10, `${count(422)} tries answered`);
	assert.equal(count(422) + count(429) + count(303), 24);
	forgetAttempts();
});

test('rule 12: a known device is not locked out by strangers', async () => {
	const email = one();
	const user = await signIn(email);
	assert.match(user.device, /^__Host-device=[\w-]{43}$/);
	for (let i = 0; i < 11; i++)
		await tryPassword(email, 'verkeerd-woord');
	assert.equal((await tryPassword(email, password)).status, 429);
	const again = new User(email);
	again.device = user.device;
	assert.equal((await tryPassword(email, password, again)).status, 303);
	forgetAttempts();
});

test('rule 12: unknown accounts take as long as known ones', async () => {
	const time = async address => {
		const user = anybody();
		const form = await user.form('/login', 'login');
		const begin = process.hrtime.bigint();
		await user.post('/login', { ...form.fields, email: address,
			password: 'verkeerd-woord' });
		return Number(process.hrtime.bigint() - begin) / 1e6;
	};
	const email = one();
	const median = list => list.sort((a, b) => a - b)[list.length >> 1];
	const known = [], unknown = [];
	for (let i = 0; i < 9; i++) {
		known.push(await time(email));
		unknown.push(await time(`x${i}@lindenhof.example`));
	}
	forgetAttempts();
	assert.ok(Math.abs(median(known) - median(unknown)) <
		0.5 * median(known), `${median(known)} ms, ${median(unknown)} ms`);
});

test('C2: log-in leads to where one was going, and only there', async () => {
	const email = one();
	assert.equal((await signIn(email, '/planning?kind=repair')).landed,
		'/planning?kind=repair');
	for (const next of ['//evil.example', 'https://evil.example/',
		'/\\evil.example', 'javascript:alert(1)', '/login', '/logout',
		'/x\r\nSet-Cookie: x', '\\\\evil', '/\t/evil.example',
		'http:evil.example', `/${'a'.repeat(5000)}`, '']) {
		const login = await anybody().form(
			`/login?next=${encodeURIComponent(next)}`, 'login')
			.catch(() => null);
		if (login)
			assert.ok(!login.fields.next, `${next}: ${login.fields.next}`);
	}
});

test('a next in the form is checked as well', async () => {
	const user = anybody();
	const email = one();
	const login = await user.form('/login', 'login');
	await user.post('/login', { ...login.fields, email, password,
		next: '//evil.example/' });
	const answer = await verify(user, await newCode(email));
	assert.equal(answer.location, '/');
});

test('log-out ends the session: its cookie is refused', async () => {
	const email = one();
	const user = await signIn(email);
	const { cookie } = user;
	const page = await user.page('/account');
	const form_key = page.getElementsByTagName('user')[0].getAttribute('key');
	const csrf = page.documentElement.getAttribute('csrf');
	assert.equal((await user.post('/logout', { form_key })).status, 403);
	assert.ok(await inside(new User(email, cookie)));
	const answer = await user.post('/logout', { csrf, form_key });
	assert.equal(answer.location, '/login?after=logout');
	assert.ok(!await inside(new User(email, cookie)));
	assert.ok(!await inside(user));
	const login = await user.get('/login?after=logout');
	assert.match(login.text, /role="status"/);
});

test('C9: the session of an account that is deactivated ends at once',
	async () => {
		const email = one();
		const user = await signIn(email);
		const set = state => sql(`UPDATE account SET state = '${state}'
			WHERE email = ${quote(email)}`);
		try {
			set('deactivated');
			assert.ok(!await inside(user));
			assert.equal((await tryPassword(email, password)).status, 422);
		} finally {
			set('active');
			forgetAttempts();
		}
	});

test('I6: a membership that ends takes effect in open sessions', async () => {
	const email = one();
	const user = await signIn(email);
	const set = active => sql(`UPDATE membership m
		JOIN account a ON a.id = m.account_id SET m.active = ${active}
		WHERE a.email = ${quote(email)}`);
	try {
		set(0);
		assert.ok(!await inside(user));
	} finally {
		set(1);
	}
});

test('I6: places that are ticked take effect in open sessions', async () => {
	const email = narrow();
	const user = await signIn(email);
	const total = async () => Number((await user.page('/aids'))
		.getElementsByTagName('rows')[0].getAttribute('total'));
	const before = await total();
	const [member, place] = values(`SELECT p.membership_id AS x
		FROM membership_place p JOIN membership m ON m.id = p.membership_id
		JOIN account a ON a.id = m.account_id WHERE a.email = ${quote(email)}
		UNION ALL SELECT p.place_id FROM membership_place p
		JOIN membership m ON m.id = p.membership_id
		JOIN account a ON a.id = m.account_id
		WHERE a.email = ${quote(email)}`);
	try {
		sql(`UPDATE membership_place SET whole_subtree = 0
			WHERE membership_id = ${member} AND place_id = ${place}`);
		assert.ok(await total() < before);
	} finally {
		sql(`UPDATE membership_place SET whole_subtree = 1
			WHERE membership_id = ${member} AND place_id = ${place}`);
	}
	assert.equal(await total(), before);
});

const age = (user, column, minutes) => sql(`UPDATE session s
	SET s.${column} = UTC_TIMESTAMP() - INTERVAL ${minutes} MINUTE
	WHERE s.id = UNHEX(SHA2(${quote(user.cookie.split('=')[1])}, 256))`);

test('rule 10: 30 minutes idle end a session, 29 do not', async () => {
	const email = one();
	const user = await signIn(email);
	age(user, 'seen_at', 29);
	assert.ok(await inside(user));
	age(user, 'seen_at', 31);
	assert.ok(!await inside(user));
});

test('rule 10: 12 hours end a session, whatever is done', async () => {
	const email = one();
	const user = await signIn(email);
	age(user, 'created_at', 11 * 60);
	assert.ok(await inside(user));
	age(user, 'created_at', 12 * 60 + 1);
	assert.ok(!await inside(user));
});

const asForm = (fields, mark) => [...Object.entries(fields)
	.map(([name, value]) => `--${mark}\r\nContent-Disposition: form-data; ` +
		`name="${name}"\r\n\r\n${value}\r\n`), `--${mark}--\r\n`].join('');

for (const [how, body, headers] of [['', fields => fields, {}],
	[' with files', fields => asForm(fields, 'x'),
		{ 'content-type': 'multipart/form-data; boundary=x' }]])
	test(`a session that ended while a form${how} was open: to the log-in ` +
		'and back', async () => {
		const email = one();
		const user = await signIn(email);
		const page = await user.page('/account');
		age(user, 'seen_at', 31);
		const answer = await user.post('/aids/204817/repair', body({
			csrf: page.documentElement.getAttribute('csrf'),
			form_key: '0'.repeat(32), defect: 'x' }), { headers });
		assert.equal(answer.status, 303);
		assert.match(answer.location, new RegExp('^/login\\?next=' +
			'%2Faids%2F204817%2Frepair%3Fdraft%3D[0-9a-f]{32}&after=kept$'));
	});

test('only the hash of a cookie is in the database', async () => {
	const user = await as('rol7@lindenhof.example');
	const value = user.cookie.split('=')[1];
	assert.deepEqual(values(`SELECT COUNT(*) FROM session
		WHERE id = UNHEX(SHA2(${quote(value)}, 256))`), ['1']);
	assert.deepEqual(values(`SELECT COUNT(*) FROM session
		WHERE HEX(id) LIKE CONCAT('%', HEX(${quote(value)}), '%')
		OR next_path LIKE ${quote(`%${value}%`)}`), ['0']);
});
