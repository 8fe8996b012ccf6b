// Every route, every account and nobody, own things and others'.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { each } from '../lib/portal.js';
import { addressOf, fewer, kindOf, routeFor, routes } from '../lib/routes.js';
import { test } from '../lib/tap.js';
import { accounts, anybody, as, asFormat } from '../lib/user.js';
import { fingerprint, granted, memberships, rightExists, sees, things }
	from '../lib/world.js';

const FORMATS = ['html', 'xml', 'pdf', 'xlsx'];
const NO_KEY = ['0', 'abc', '99999999', '2026-999999', '18446744073709551617'];
const EACH = 2; // of the things that are alike

const people = accounts().map(email => ({ email, ms: memberships(email) }));
const all = Object.fromEntries(
	Object.entries(things).map(([kind, list]) => [kind, list()]));

// One of each state before a second one, so that few show much.
function spread(list, count) {
	const seen = new Set();
	const rare = list.filter(t => !seen.has(t.state) && seen.add(t.state));
	return [...rare, ...list.filter(t => !rare.includes(t))].slice(0, count);
}

// Addresses of a route for a person: own things, others', and none.
function samples(route, { ms }) {
	const kind = kindOf(route.path);
	assert.ok(kind, `lib/routes.js knows no sample for ${route.path}`);
	if (kind === 'none')
		return [{ path: route.path, own: true }];
	const [{ organisation_id: home }] = ms;
	const mine = all[kind].filter(t => sees(ms, t));
	const others = all[kind].filter(t => !sees(ms, t));
	return [
		...spread(mine, EACH + 1).map(t => ({ key: t.key, own: true })),
		...spread(others.filter(t => t.organisation !== home), EACH),
		...spread(others.filter(t => t.organisation === home), EACH),
		...NO_KEY.map(key => ({ key })),
	].map(s => ({ own: Boolean(s.own), path: addressOf(route.path, s.key) }));
}

// 403 where the right is missing, else 404 for what is another's; 0 is the
// handler's own answer.
function refusal(route, { ms: [{ portal, role }] }) {
	if (route.right === 'public')
		return 0;
	return (route.portal === 'any' || route.portal === portal) &&
		(route.right === 'signed.in' || granted(portal, role, route.right))
		? 0 : 403;
}

const fits = (status, want) => want ? status === want
	: status < 400 || [409, 410, 422].includes(status);

// What to ask for: [path, status]. Where all is refused a little will do.
function asked(route, person) {
	const list = samples(route, person);
	const refused = refusal(route, person);
	if (refused)
		return [list[0], list.at(-1)].map(s => [s.path, refused]);
	const query = fewer[route.path] ?? '';
	const wanted = [];
	for (const [i, { path, own }] of list.entries())
		for (const format of FORMATS) {
			const offered = route.formats.includes(format);
			const first = i === 0 || i === list.findIndex(s => !s.own);
			if (format !== 'html' && !first && (!offered || own))
				continue;
			wanted.push([(format === 'html' ? path : asFormat(path, format)) +
				query, offered && own ? 0 : 404]);
		}
	return wanted;
}

const unique = [...new Map(routes.map(r => [`${r.method} ${r.path}`, r]))
	.values()];
const gets = unique.filter(r => r.method === 'GET');
const posts = unique.filter(r => r.method === 'POST');

test('I8: every route names a right of the table', () => {
	assert.ok(routes.length > 20);
	assert.deepEqual(routes.filter(r => !rightExists(r.right) &&
		!['public', 'signed.in'].includes(r.right)), []);
});

test('I8: there is an account of every role, and for each a foreign thing',
	() => {
		const roles = new Set(people.map(p => `${p.ms[0].portal} ${
			p.ms[0].role}`));
		assert.equal(roles.size, 16);
		for (const { ms } of people.filter(p => p.ms[0].portal !== 'supplier'))
			for (const list of Object.values(all))
				assert.ok(list.some(t => !sees(ms, t)));
	});

for (const route of gets)
	test(`I8 C15 X5: GET ${route.path}`, async () => {
		const wrong = [];
		await each(people, async person => {
			const user = await as(person.email);
			const own = routeFor('GET', route.path, person.ms[0].portal);
			for (const [path, want] of asked(own, person)) {
				const { status } = await user.get(path);
				if (!fits(status, want))
					wrong.push(`${person.email} ${path}: ${status}, want ${
						want || 'an answer'}`);
			}
		});
		assert.deepEqual(wrong, []);
	}, { seconds: 300 });

test('I8: nobody gets further than the log-in', async () => {
	const wrong = [];
	for (const route of gets.filter(r => r.right !== 'public'))
		for (const format of route.formats) {
			const bare = addressOf(route.path, '204817');
			const path = format === 'html' ? bare : asFormat(bare, format);
			const answer = await anybody().get(path);
			const want = `/login?next=${encodeURIComponent(path)}`;
			if (answer.status !== 303 || answer.location !== want ||
				answer.body.length)
				wrong.push(`${path}: ${answer.status} ${answer.location}`);
		}
	for (const route of posts.filter(r => r.right !== 'public')) {
		const path = addressOf(route.path, '204817');
		const answer = await anybody().post(path, {});
		if (answer.status !== 303 ||
			!answer.location.startsWith('/login?next='))
			wrong.push(`POST ${path}: ${answer.status}`);
	}
	assert.deepEqual(wrong, []);
});

// Each way to send a form that must fail, and how.
function failing(route, person, own, csrf) {
	const form_key = randomBytes(16).toString('hex');
	const refused = refusal(route, person);
	const list = [
		['no token', { form_key }, 403],
		['a token of nobody', { form_key, csrf: `AAAA${csrf.slice(4)}` }, 403],
	];
	if (route.right === 'public')
		return list;
	list.push(['no form key', { csrf }, refused || 400]);
	if (refused || !own)
		list.push(['all tokens', { csrf, form_key }, refused || 404]);
	return list;
}

for (const route of posts)
	test(`I8 C15: POST ${route.path}: nothing without token, key and right`,
		async () => {
			const wrong = [];
			const before = fingerprint();
			await each(people, async person => {
				const user = await as(person.email);
				const page = await user.page('/account');
				const csrf = page.documentElement.getAttribute('csrf');
				const mine = routeFor('POST', route.path, person.ms[0].portal);
				const list = samples(mine, person);
				const foreign = list.filter(s => !s.own);
				for (const { path, own } of [list[0], ...foreign.slice(0, 3),
					...foreign.slice(-1)])
					for (const [how, fields, want] of
						failing(mine, person, own, csrf)) {
						const { status } = await user.post(path, fields);
						if (status !== want)
							wrong.push(`${person.email} ${path} with ${how}: ${
								status}, want ${want}`);
					}
			});
			assert.deepEqual(wrong, []);
			assert.equal(fingerprint(), before);
		}, { seconds: 300 });
