// Security headers, static files, error pages, and what the log keeps.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { askRepair, requester, stranger } from '../lib/flow.js';
import { request } from '../lib/http.js';
import { folder, logLines, logText, origin, values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { anybody, as, newCode, password } from '../lib/user.js';

const CSP = 'default-src \'none\'; script-src \'self\'; style-src \'self\'; ' +
	'img-src \'self\'; font-src \'self\'; connect-src \'self\'; ' +
	'form-action \'self\'; base-uri \'none\'; frame-ancestors \'none\'';

const kinds = {
	'a page': ['/aids', 200], 'its XML': ['/aids.xml', 200],
	'an Excel file': ['/aids.xlsx?status=in_repair', 200],
	'a PDF': ['/aids.pdf?status=in_repair', 200],
	'a redirect': ['/', 303], '404': ['/nergens', 404],
	'403': ['/supplier/requests', 403], '400': ['/aids?number=%00', 400],
};
for (const [what, [path, status]] of Object.entries(kinds))
	test(`rule 14: the headers of ${what}`, async () => {
		const { headers, status: got } = await (await as(requester)).get(path);
		assert.equal(got, status);
		assert.equal(headers['content-security-policy'], CSP);
		assert.equal(headers['x-content-type-options'], 'nosniff');
		assert.equal(headers['cache-control'], 'no-store');
		assert.match(headers['strict-transport-security'], /max-age=\d{7,}/);
		assert.match(headers['referrer-policy'], /same-origin|no-referrer/);
		assert.match(headers['x-request-id'], /^[0-9a-f]{16}$/);
		assert.equal(headers['x-powered-by'], undefined);
		assert.doesNotMatch(headers.server ?? '', /\d/);
	});

test('every address of a static file on a page is there, and immutable',
	async () => {
		const user = await as(requester);
		const found = new Set();
		for (const path of ['/login', '/aids', '/actions', '/account',
			'/nergens']) {
			const { text } = await (path === '/login' ? anybody() : user)
				.get(path);
			for (const [, url] of text.matchAll(
				/(?:href|src)="(\/static\/[^"#]+)/g))
				found.add(url);
		}
		assert.ok(found.size >= 3);
		for (const url of found) {
			assert.match(url, /\.[0-9a-f]{8,}\.\w+$/);
			const answer = await request('GET', url);
			assert.equal(answer.status, 200, url);
			assert.match(answer.headers['cache-control'],
				/max-age=31536000, immutable/);
			assert.equal(answer.headers['x-content-type-options'], 'nosniff');
			if (!/\.(css|js|svg)$/.test(url))
				continue;
			const packed = await request('GET', url,
				{ headers: { 'accept-encoding': 'gzip' } });
			assert.equal(packed.headers['content-encoding'], 'gzip', url);
			assert.ok(Buffer.compare(packed.body, answer.body) === 0);
		}
	});

test('static files: only GET, nothing else of the checkout', async () => {
	for (const path of ['/static/', '/static/..%2f..%2fvar%2fkeys',
		'/static/../../var/keys', '/static/../fcgi/main.c', '/.git/config',
		'/var/keys', '/conf/portal.conf.in'])
		assert.notEqual((await request('GET', path)).status, 200, path);
	assert.notEqual((await request('POST', '/static/x.css')).status, 200);
});

test('the pages of nginx\'s own errors are in the look', () => {
	for (const status of [400, 403, 404, 405, 413, 414, 429, 500, 502, 503,
		504]) {
		const html = readFileSync(`${folder}/error/${status}.html`, 'utf8');
		assert.match(html, /<html lang="nl"/, status);
		assert.match(html, /\/static\/css\/portal\.[0-9a-f]+\.css/);
		assert.match(html, /href="tel:\+31500001200"/, 'whom to phone');
		assert.doesNotMatch(html, /\[\[|class="unknown|nginx/);
	}
	assert.ok(readdirSync(`${folder}/error`).length >= 9);
});

test('an error page of the portal names its request id', async () => {
	const answer = await (await as(requester)).get('/nergens');
	assert.ok(answer.text.includes(answer.headers['x-request-id']));
	assert.ok(logLines().some(
		line => line.request === answer.headers['x-request-id']));
});

test('pages are compressed where the browser takes it', async () => {
	const answer = await (await as(requester)).get('/aids',
		{ headers: { 'accept-encoding': 'gzip' } });
	assert.equal(answer.headers['content-encoding'], 'gzip');
	assert.match(answer.text, /<\/html>/);
});

test('the CSRF token is another one in each answer', async () => {
	const user = await as(requester);
	const tokens = [];
	for (let i = 0; i < 5; i++)
		tokens.push((await user.page('/account')).documentElement
			.getAttribute('csrf'));
	assert.equal(new Set(tokens).size, 5);
	assert.equal(new Set(tokens.map(t => t.slice(-20))).size, 5);
});

test('rule 14: the log holds JSON, and nothing that is secret', async () => {
	const secret = 'Geheim-woord-8841';
	const user = anybody();
	const form = await user.form('/login', 'login');
	await user.post('/login', { ...form.fields, email: stranger,
		password: secret });
	await user.post('/login', { ...(await user.form('/login', 'login')).fields,
		email: stranger, password });
	const code = await newCode(stranger);
	await user.post('/login/verify', { ...(await user.form('/login/verify',
		'verify')).fields, code });
	const client = 'mevr. Zwaantje Uniek-Naam';
	const { number, user: asker } = await askRepair(requester,
		{ client, defect: 'Merkwaardig-defect-7719' });
	await asker.get(`/requests/${number}`);
	await asker.get(`/requests/${number}.pdf`);
	await asker.get('/aids?number=%00%0a{"level":"x"}');
	await asker.get('/nergens%0ainjected?client=Zwaantje');
	const log = logText();
	for (const text of [secret, password, 'Zwaantje', 'Merkwaardig-defect',
		user.cookie.split('=')[1], asker.cookie.split('=')[1],
		form.fields.csrf, 'injected?'])
		assert.ok(!log.includes(text), `${text} in the log`);
	assert.ok(!new RegExp(`"[^"]*code[^"]*":"${code}"`).test(log));
	assert.ok(logLines().length > 5);
	for (const line of logLines().slice(-200)) {
		assert.ok(line.time && line.level && line.event);
	}
	for (const name of values(`SELECT DISTINCT name FROM client
		WHERE LENGTH(name) > 12 ORDER BY id LIMIT 300`))
		assert.ok(!log.includes(name), `client ${name} in the log`);
	assert.doesNotMatch(log, /__Host-hulpbalie=\w/);
});

test('redirects stay on the site, as paths', async () => {
	const answer = await anybody().get('/aids');
	assert.ok(answer.location.startsWith('/login'));
	assert.ok(!answer.location.startsWith(origin));
});
