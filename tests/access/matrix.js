// Every route, every account and nobody, own things and others'.
import assert from 'node:assert/strict';
import { encode } from '../lib/http.js';
import { addressOf, fewer, kindOf, routeFor, routes } from '../lib/routes.js';
import { test } from '../lib/tap.js';
import { accounts, anybody, as, asFormat } from '../lib/user.js';
import { fingerprint, granted, memberships, rightExists, sees, things }
	from '../lib/world.js';

const OWN = 3;
const FORMATS = ['html', 'xml', 'pdf', 'xlsx'];
const NO_KEY = ['0', 'abc', '99999999', '2026-999999', '18446744073709551617'];

const people = accounts().map(email => ({ email, ms: memberships(email) }));
const all = Object.fromEntries(
	Object.entries(things).map(([kind, list]) => [kind, list()]));

// One of each state first, so that few show much.
function spread(list, count) {
	const seen = new Set();
	const rare = list.filter(t => !seen.has(t.state) && seen.add(t.state));
	return [...rare, ...list.filter(t => !rare.includes(t))].slice(0, count);
}

// Addresses of a route for a person, with what they should answer.
function samples(route, ms) {
	const kind = kindOf(route.path);
	assert.ok(kind, `lib/routes.js knows no sample for ${route.path}`);
	if (kind === 'none')
		return [{ path: route.path, own: true }];
	const mine = all[kind].filter(t => sees(ms, t));
	const others = all[kind].filter(t => !sees(ms, t));
	const elsewhere = others.filter(
		t => t.organisation !== ms[0].organisation_id);
	const near = others.filter(
		t => t.organisation === ms[0].organisation_id);
	return [
		...spread(mine, OWN).map(t => ({ key: t.key, own: true })),
		...spread(elsewhere, OWN).map(t => ({ key: t.key, own: false })),
		...spread(near, OWN).map(t => ({ key: t.key, own: false })),
		...NO_KEY.map(key => ({ key, own: false })),
	].map(s => ({ ...s, path: addressOf(route.path, s.key) }));
}

// Of an account: 0 where the answer is the handler's own.
function expected(route, person, own) {
	const { portal, role } = person.ms[0];
	if (route.right === 'public')
		return 0;
	if (route.portal !== 'any' && route.portal !== portal)
		return 403;
	if (route.right !== 'signed.in' && !granted(portal, role, route.right))
		return 403;
	return own ? 0 : 404;
}

const isFine = status => status < 400 || status === 409 || status === 422;

function judge(wrong, who, method, path, answer, want) {
	const right = want ? answer.status === want : isFine(answer.status);
	if (!right)
		wrong.push(`${who} ${method} ${path}: ${answer.status} ${
			answer.location ?? ''}, want ${want || 'an answer'}`);
}

const unique = [...new Map(routes.map(r => [`${r.method} ${r.path}`, r]))
	.values()];
const gets = unique.filter(r => r.method === 'GET');
const posts = unique.filter(r => r.method === 'POST');

test('I8: every route names a right of the table', () => {
	assert.ok(routes.length > 20);
	const unknown = routes.filter(r =>
		!['public', 'signed.in'].includes(r.right) && !rightExists(r.right));
	assert.deepEqual(unknown, []);
});

test('I8: there is an account of every role, and a thing of another', () => {
	const roles = new Set(people.map(p => `${p.ms[0].portal} ${
		p.ms[0].role}`));
	assert.equal(roles.size, 16);
	for (const { ms } of people.filter(p => p.ms[0].portal !== 'supplier'))
		for (const list of Object.values(all))
			assert.ok(list.some(t => !sees(ms, t)));
});

for (const route of gets) {
	test(`I8 C15 X5: GET ${route.path}`, async () => {
		const wrong = [];
		for (const person of people) {
			const user = await as(person.email);
			const own = routeFor('GET', route.path, person.ms[0].portal);
			for (const s of samples(route, person.ms))
				for (const format of FORMATS) {
					const path = (format === 'html' ? s.path
						: asFormat(s.path, format)) +
						(fewer[route.path] ?? '');
					const want = own.formats.includes(format)
						? expected(own, person, s.own) : 404;
					judge(wrong, person.email, 'GET', path,
						await user.get(path), want);
				}
		}
		assert.deepEqual(wrong, []);
	}, { seconds: 300 });
}

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

for (const route of posts.filter(r => r.path !== '/logout')) {
	test(`I8 C15: POST ${route.path} has no effect without token or right`,
		async () => {
			const wrong = [];
			const before = fingerprint();
			for (const person of people) {
				const user = await as(person.email);
				const page = await user.page('/account');
				const csrf = page.documentElement.getAttribute('csrf');
				const own = routeFor('POST', route.path,
					person.ms[0].portal);
				const form_key = () => [...Array(32)].map(() =>
					Math.floor(Math.random() * 16).toString(16)).join('');
				const refused = expected(own, person, true);
				for (const s of samples(route, person.ms)) {
					judge(wrong, `${person.email} without token`, 'POST',
						s.path, await user.post(s.path, {
							form_key: form_key() }), 403);
					judge(wrong, `${person.email} with another's token`,
						'POST', s.path, await user.post(s.path, {
							form_key: form_key(),
							csrf: csrf.replace(/^..../, 'AAAA') }), 403);
					if (route.right === 'public')
						continue;
					judge(wrong, `${person.email} without form key`,
						'POST', s.path, await user.post(s.path, { csrf }),
						refused || 400);
					if (refused || !s.own)
						judge(wrong, person.email, 'POST', s.path,
							await user.post(s.path, encode({
								csrf, form_key: form_key() })),
							refused || 404);
				}
			}
			assert.deepEqual(wrong, []);
			assert.equal(fingerprint(), before);
		}, { seconds: 300 });
}
