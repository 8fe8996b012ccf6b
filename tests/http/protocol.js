// Requests that no browser sends.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync }
	from 'node:fs';
import { request as plainRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { raw, request } from '../lib/http.js';
import { folder, one, port, root, sql, until } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { anybody, as } from '../lib/user.js';
import { freeAid, requester } from '../lib/flow.js';
import { fingerprint } from '../lib/world.js';
import { has, parse } from '../lib/xml.js';

const FORM = 'application/x-www-form-urlencoded';
const KB = 1024;

const inTheLook = answer => {
	assert.match(answer.headers['content-type'], /^text\/html/);
	assert.match(answer.text, /<html lang="nl"/);
	assert.match(answer.text, /\/static\/css\/portal\.[^"]+\.css/);
	assert.doesNotMatch(answer.text, /\[\[|nginx/);
};

// A form that is whole, but for what a test makes of it.
async function whole() {
	const user = await as(requester);
	const form = await user.form(`/aids/${freeAid(requester)}/repair`);
	return { user, action: form.action,
		fields: { ...form.fields, defect: 'Zwenkwiel blokkeert.' } };
}

for (const size of [64 * KB + 1, 512 * KB, 1024 * KB + 1, 3 * 1024 * KB])
	test(`a body of ${size} bytes is 413, in the look`, async () => {
		const before = fingerprint();
		const { user, action, fields } = await whole();
		const body = new URLSearchParams(fields).toString();
		const answer = await user.post(action,
			`${body}&x=${'x'.repeat(size - body.length - 3)}`,
			{ fresh: true });
		assert.equal(answer.status, 413);
		inTheLook(answer);
		assert.equal(fingerprint(), before);
	});

// nginx and Apache must let through what the portal takes.
test('X1 X2: every form with photos may hold as many', () => {
	const text = name => readFileSync(`${root}/${name}`, 'utf8');
	const paths = [...text('fcgi/routes.c').matchAll(/^\tPHOTOS\("([^"]+)"/gm)]
		.map(m => m[1].replace(/\{\w+\}/g, 'x1'));
	const fits = [/^location ~ (\^\(.*\$) \{\n\tclient_max_body_size 51m/m
		.exec(text('conf/nginx/server.conf.in'))[1],
	/^<LocationMatch "(.*)">\n\tLimitRequestBody 53477376/m
		.exec(text('conf/apache/server.conf.in'))[1]];
	assert.ok(paths.includes('/aids/repair') && paths.length > 5);
	for (const fit of fits)
		assert.deepEqual(paths.filter(path => !new RegExp(fit).test(path)), []);
});

test('a body in chunks is a body', async () => {
	const { user, action, fields } = await whole();
	const answer = await user.request('POST', action, {
		body: new URLSearchParams(fields).toString(), fresh: true,
		headers: { 'content-type': FORM, 'transfer-encoding': 'chunked' } });
	assert.equal(answer.status, 303);
});

test('chunks without end are 413, and have no effect', async () => {
	const before = fingerprint();
	const user = await as(requester);
	const chunk = `10000\r\n${'x'.repeat(65536)}\r\n`;
	const answer = await raw(`POST /aids/204817/move HTTP/1.1\r\n` +
		`Host: localhost:${port}\r\nCookie: ${user.cookie}\r\n` +
		`Content-Type: ${FORM}\r\nTransfer-Encoding: chunked\r\n\r\n` +
		chunk.repeat(20), { seconds: 5 });
	assert.match(answer, /^HTTP\/1\.1 413 /);
	assert.equal(fingerprint(), before);
});

test('a body that drips in is still a body', async () => {
	const { user, action, fields } = await whole();
	const body = new URLSearchParams(fields).toString();
	const cut = [0, 1, 2, 3, 4].map(i => body.slice(
		i * body.length / 5, (i + 1) * body.length / 5));
	const answer = await raw(`POST ${action} HTTP/1.1\r\n` +
		`Host: localhost:${port}\r\nCookie: ${user.cookie}\r\n` +
		`Content-Type: ${FORM}\r\nConnection: close\r\n` +
		`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`,
	{ pieces: cut.map(piece => [300, piece]) });
	assert.match(answer, /^HTTP\/1\.1 303 /);
});

test('a body that breaks off has no effect', async () => {
	const { user, action, fields } = await whole();
	const before = fingerprint();
	const body = new URLSearchParams(fields).toString();
	await raw(`POST ${action} HTTP/1.1\r\nHost: localhost:${port}\r\n` +
		`Cookie: ${user.cookie}\r\nContent-Type: ${FORM}\r\n` +
		`Content-Length: ${Buffer.byteLength(body) + 100}\r\n\r\n${body}`,
	{ seconds: 1 });
	assert.equal(fingerprint(), before);
	assert.equal((await user.get('/account')).status, 200);
});

for (const type of ['', 'text/plain', 'application/json',
	'multipart/form-data; boundary=x'])
	test(`a form as "${type}" is refused`, async () => {
		const before = fingerprint();
		const { user, action, fields } = await whole();
		// That of a repair takes photos.
		const answer = await user.post(type.startsWith('multipart')
			? action.replace(/repair$/, 'move') : action, fields,
		{ headers: { 'content-type': type } });
		assert.equal(answer.status, 415);
		inTheLook(answer);
		assert.equal(fingerprint(), before);
	});

for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'BREW'])
	test(`${method} is refused`, async () => {
		const before = fingerprint();
		const user = await as(requester);
		const answer = await raw(`${method} /aids HTTP/1.1\r\n` +
			`Host: localhost:${port}\r\nCookie: ${user.cookie}\r\n` +
			'Connection: close\r\n\r\n', { seconds: 5 });
		assert.match(answer, /^HTTP\/1\.1 405 /);
		assert.doesNotMatch(answer.split('\r\n\r\n')[1], /nginx|__Host-/);
		assert.equal(fingerprint(), before);
	});

test('POST where only GET is, and GET where only POST is, are 405',
	async () => {
		const user = await as(requester);
		const post = await user.post('/aids', {});
		assert.equal(post.status, 405);
		assert.equal(post.headers.allow, 'GET, HEAD');
		inTheLook(post);
		const get = await user.get('/logout');
		assert.equal(get.status, 405);
		assert.equal(get.headers.allow, 'POST');
		assert.equal((await user.get('/account')).status, 200);
	});

test('HEAD is GET without its body', async () => {
	const user = await as(requester);
	const [head, get] = [await user.request('HEAD', '/aids'),
		await user.get('/aids')];
	assert.equal(head.status, 200);
	assert.equal(head.body.length, 0);
	assert.equal(head.headers['content-type'], get.headers['content-type']);
});

const paths = {
	404: ['/nergens', '/aids/', '//aids', '/aids/204817/', '/aids/204817/x',
		'/AIDS', '/aids.html', '/aids.',
		'/aids/204817/repair.pdf', '/static/../portal.conf', '/static/%2e%2e/keys',
		'/error/404.html', '/aids/20%34817',
		'/requests/2026-000001%20', '/favicon.ico',
		'/index.php', '/aids/204817;x=1', '/static/css/portal.css.bak'],
	403: ['/static/', '/static/css/'],
	400: ['/../../etc/passwd', '/aids/..%2f..%2f..%2fkeys', '/aids/%00', '/aids?number=%00', '/aids?number=%0', '/aids?number=%zz',
		'/aids?number=%01', '/aids?number=%7f', '/aids?number=%c2%85',
		'/aids?number=%ff', '/aids?number=%c0%af', '/aids?number=%ed%a0%80',
		'/aids?%ff=1', '/aids?=1',
		`/aids?${'a=1&'.repeat(600)}`],
};
for (const [status, list] of Object.entries(paths))
	for (const path of list)
		test(`${path.slice(0, 60)} is ${status}`, async () => {
			const user = await as(requester);
			const answer = await user.get(path);
			assert.equal(answer.status, Number(status));
			inTheLook(answer);
		});

test('an address without a page is 404 as XML too', async () => {
	for (const path of ['/aids.xml.xml', '/.xml', '/nergens.xml']) {
		const answer = await (await as(requester)).get(path);
		assert.equal(answer.status, 404);
		assert.match(answer.headers['content-type'], /^application\/xml/);
		assert.ok(has(parse(answer.text), '/page/body/error[@status="404"]'));
	}
});

test('a path or query that is too long is 400 or 414', async () => {
	const user = await as(requester);
	for (const length of [1100, 5000, 7500, 12000, 40000])
		for (const path of [`/${'a'.repeat(length)}`,
			`/aids?number=${'1'.repeat(length)}`]) {
			const answer = await user.get(path, { fresh: true });
			if (path.startsWith('/aids') && length < 7168)
				assert.equal(answer.status, 200);
			else
				assert.ok([400, 404, 414].includes(answer.status),
					`${length}: ${answer.status}`);
			inTheLook(answer);
		}
});

test('a flood of headers is 400', async () => {
	const many = [...Array(200)].map((_, i) =>
		`X-Header-${i}: ${'x'.repeat(400)}\r\n`).join('');
	for (const headers of [many, `X-Big: ${'x'.repeat(40000)}\r\n`,
		`Cookie: ${'a=b; '.repeat(8000)}\r\n`]) {
		const answer = await raw(`GET /login HTTP/1.1\r\n` +
			`Host: localhost:${port}\r\n${headers}\r\n`, { seconds: 5 });
		assert.match(answer, /^HTTP\/1\.1 (400|431) /);
	}
	assert.equal((await request('GET', '/login')).status, 200);
});

test('broken cookies are no session, and no fault', async () => {
	for (const cookie of ['__Host-hulpbalie=', '__Host-hulpbalie=x',
		`__Host-hulpbalie=${'A'.repeat(43)}`, `__Host-hulpbalie=${
			'A'.repeat(4000)}`, '__Host-hulpbalie=%ff%00', '=;=;;,',
		'__Host-hulpbalie="\'; DROP TABLE session --']) {
		const answer = await request('GET', '/aids', { cookie });
		assert.equal(answer.status, 303, cookie.slice(0, 40));
		assert.match(answer.location, /^\/login\?next=/);
	}
});

test('another Host changes no link and no redirect', async () => {
	const answer = await raw('GET /aids HTTP/1.1\r\nHost: evil.example\r\n' +
		'X-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n');
	assert.doesNotMatch(answer, /evil\.example/);
});

test('plain http is sent to https', async () => {
	const status = await new Promise((resolve, reject) => plainRequest({
		host: '127.0.0.1', port, path: '/aids' }, answer => {
		answer.resume();
		resolve([answer.statusCode, answer.headers.location]);
	}).on('error', reject).end());
	assert.deepEqual(status, [301, `https://localhost:${port}/aids`]);
});

// The guard as it stands in the configuration, but slow, in an nginx of its
// own that believes what address it is told.
test('rule 12: nginx counts log-ins by address, of IPv6 by network',
	async () => {
		const dir = mkdtempSync(join(tmpdir(), 'guard-'));
		const conf = readFileSync(`${folder}/nginx/http.conf`, 'utf8')
			.replace(/rate=[^;]*;/, 'rate=1r/m;');
		const paths = ['client_body', 'fastcgi', 'proxy', 'scgi', 'uwsgi']
			.map(name => `${name}_temp_path ${dir}/${name};`).join('\n');
		writeFileSync(`${dir}/nginx.conf`, `daemon off; pid ${dir}/pid;
			events {} http { access_log off; ${paths} ${conf}
			server { listen unix:${dir}/sock; set_real_ip_from unix:;
				real_ip_header X-Address; limit_req zone=hulpbalie_login;
				limit_req_status 429; root ${dir}; } }`);
		const nginx = spawn('nginx', ['-e', `${dir}/log`, '-p', dir, '-c',
			`${dir}/nginx.conf`], { stdio: 'ignore',
			env: { PATH: `${process.env.PATH}:/usr/sbin` } });
		const post = (address, path = '/login') => new Promise(
			(resolve, reject) => plainRequest({ socketPath: `${dir}/sock`,
				method: 'POST', path, headers: { 'x-address': address } },
			answer => resolve(answer.resume().statusCode === 429))
				.on('error', reject).end());
		try {
			await until('nginx', 10, () => existsSync(`${dir}/pid`));
			for (const [address, limited] of [['192.0.2.1', false],
				['192.0.2.1', true], ['192.0.2.2', false],
				['2001:db8:0:a::1', false], ['2001:db8:0:a::2', true],
				['2001:db8:0:a:ffff:0:a:1', true],
				['2001:db8:0:b::1', false], ['2001:db8::1', false],
				['2001:db8::2', true]])
				assert.equal(await post(address), limited, address);
			assert.equal(await post('192.0.2.1', '/x'), false);
			assert.equal(await post('2001:db8::3', '/login/verify'), true);
		} finally {
			nginx.kill();
			rmSync(dir, { recursive: true });
		}
	});

test('an account draws documents for so long a minute, no longer',
	async () => {
		const user = await as(requester);
		const account = `(SELECT id FROM account
			WHERE email = '${requester}')`;
		const used = () => Number(one(`SELECT milliseconds AS ms
			FROM document_use WHERE account_id = ${account}`).ms);
		const set = (ms, seconds) => sql(`REPLACE INTO document_use VALUES
			(${account}, ${ms}, UTC_TIMESTAMP(3) - INTERVAL ${seconds} SECOND)`);
		try {
			set(0, 0);
			assert.equal((await user.get('/aids.pdf?status=in_repair')).status,
				200);
			// The charge was given back, what it took stays.
			assert.ok(used() > 0 && used() < 1e6, `${used()} ms`);
			set(1e9, 0);
			for (const way of ['/aids.pdf?status=in_repair', '/aids.xlsx']) {
				const answer = await user.get(way);
				assert.equal(answer.status, 429, way);
				assert.equal(answer.headers['retry-after'], '60');
				inTheLook(answer);
				assert.match(answer.text, /Wacht een minuut/);
			}
			// Neither the pages, nor anybody else.
			assert.equal((await user.get('/aids')).status, 200);
			assert.equal((await (await as('rol1@lindenhof.example'))
				.get('/aids.pdf?status=in_repair')).status, 200);
			set(1e9, 61);
			assert.equal((await user.get('/aids.pdf?status=in_repair')).status,
				200);
		} finally {
			sql('DELETE FROM document_use');
		}
	});

test('/ready asks the database once a second at most', async () => {
	const asked = () => Number(one(`SHOW GLOBAL STATUS LIKE 'Com_do'`).Value);
	const begin = Date.now();
	const before = asked();
	for (let i = 0; i < 30; i++)
		assert.ok((await Promise.all([...Array(10)].map(() =>
			anybody().get('/ready')))).every(a => a.status === 200));
	const workers = Number(/^\[pages\][^[]*^workers = (\d+)/m.exec(
		readFileSync(`${folder}/portal.conf`, 'utf8'))[1]);
	const most = workers * (2 + (Date.now() - begin) / 1000);
	assert.ok(asked() - before <= most && most < 300);
});

test('/health and /ready answer without a session', async () => {
	for (const path of ['/health', '/ready']) {
		const answer = await anybody().get(path);
		assert.equal(answer.status, 200);
		assert.match(answer.headers['content-type'], /^text\/plain/);
		assert.equal(answer.headers['set-cookie'], undefined);
	}
});
