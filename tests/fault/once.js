// Every form that has an effect, sent twice at once and again later.
import assert from 'node:assert/strict';
import { figure } from '../lib/figure.js';
import { send } from '../lib/load.js';
import { each } from '../lib/portal.js';
import { mailsNow, portraits } from '../lib/portrait.js';
import { routes } from '../lib/routes.js';
import { forms } from '../lib/steps.js';
import { test } from '../lib/tap.js';
import { anybody, newCode, password, rested, signIn, User }
	from '../lib/user.js';
import { fingerprint } from '../lib/world.js';

const all = routes.filter(r => r.method === 'POST')
	.map(r => `${r.path} ${r.portal}`);

const twice = (user, action, fields) => Promise.all([1, 2].map(() =>
	new User(user.email, user.cookie).post(action, fields, { fresh: true })));

// Outside a session there is no key; what they do is done once all the same.
const keyless = {
	'/login any': async () => {
		const user = anybody();
		const { action, fields } = await user.form('/login', 'login');
		const form = { ...fields, email: account(), password };
		const before = fingerprint();
		for (const answer of [...await twice(user, action, form),
			await user.post(action, form)])
			assert.ok([303, 403].includes(answer.status), `${answer.status}`);
		assert.equal(fingerprint(), before);
	},
	'/login/verify any': async () => {
		const user = anybody();
		const email = account();
		const login = await user.form('/login', 'login');
		await user.post(login.action, { ...login.fields, email, password });
		const { action, fields } = await user.form('/login/verify', 'verify');
		const form = { ...fields, code: await newCode(email) };
		const before = fingerprint();
		const answers = [...await twice(user, action, form),
			await user.post(action, form)];
		assert.equal(answers.filter(a => a.status === 303 &&
			!/^\/login/.test(a.location)).length, 1, 'one session');
		assert.equal(fingerprint(), before);
	},
	'/login/help any': async () => {
		const user = anybody();
		const { action, fields } = await user.form('/login/help',
			'login-help');
		const form = { ...fields, email: 'niemand@lindenhof.example' };
		const before = fingerprint();
		for (const answer of [...await twice(user, action, form),
			await user.post(action, form)])
			assert.ok([303, 429].includes(answer.status), `${answer.status}`);
		assert.equal(fingerprint(), before);
	},
	'/logout any': async () => {
		const user = await signIn(account());
		const page = await user.page('/account');
		const key = page.documentElement.getElementsByTagName('user')[0]
			.getAttribute('key');
		const form = { csrf: page.documentElement.getAttribute('csrf'),
			form_key: key };
		const { cookie } = user;
		const before = fingerprint();
		for (const answer of [...await twice(user, '/logout', form),
			await new User(user.email, cookie).post('/logout', form)])
			assert.equal(answer.status, 303);
		assert.equal((await new User(user.email, cookie).get('/account'))
			.status, 303);
		assert.equal(fingerprint().replace(/form_key \d+/, ''),
			before.replace(/form_key \d+/, ''));
	},
};

// What opens an account, once: tests/access/test_credentials.c,
// tests/http/factor.js.
const elsewhere = ['/reset any', '/account/password any',
	'/account/membership any', '/activate any',
	...['verify/sms', 'again', 'again/sms', 'enrol/app', 'enrol/sms',
		'enrol/sms/code'].map(path => `/login/${path} any`)];

const account = () => rested(['beheer', 'rol1', 'rol5', 'rol6', 'rol7']
	.map(name => `${name}@lindenhof.example`));

test('figure 8: every form sent twice at once and again later has one effect',
	async () => {
		const unknown = all.filter(name => !forms[name] && !keyless[name] &&
			!elsewhere.includes(name));
		assert.deepEqual(unknown, [], 'tests/lib/steps.js knows every form');
		const since = mailsNow();
		const rows = [];
		await each(all.filter(name => forms[name]), async name => {
			const once = await forms[name]();
			const many = await forms[name]();
			assert.equal((await send(once)).status, 303, name);
			const answers = [...await twice(many.user, many.action,
				many.fields), await send(many)];
			rows.push({ name, once, many, answers });
		});
		const [expected, found] = ['once', 'many'].map(which =>
			portraits(rows.map(row => row[which]), since));
		const wrong = rows.filter((row, i) => found[i] !== expected[i] ||
			!expected[i] || row.answers.some(a => a.status !== 303 ||
			a.location !== row.answers[0].location &&
				!row.answers[0].location.includes(row.many.number)));
		for (const body of Object.values(keyless))
			await body();
		figure(8, 'every POST route sent twice at once and again later',
			{ routes: all.length - elsewhere.length, 'with another effect': wrong.length }, () => {
				for (const row of wrong)
					assert.deepEqual([row.name, row.answers.map(a => a.status),
						found[rows.indexOf(row)]], [row.name, [303, 303, 303],
						expected[rows.indexOf(row)]]);
			});
	}, { seconds: 240 });
