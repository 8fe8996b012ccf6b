// What breaks around the portal: the database, the mail server. What breaks
// again and again under a load is in tests/fault/.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync }
	from 'node:fs';
import { userInfo } from 'node:os';
import { mailAbout, mails } from '../lib/document.js';
import { askRepair, freeAid, requester } from '../lib/flow.js';
import { request } from '../lib/http.js';
import { inTheLook } from '../lib/look.js';
import { folder, logLines, one, port, program, quote, root, run, sleep, sql,
	until } from '../lib/portal.js';
import { listens, Service } from '../lib/service.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';

const database = new Service('mariadb');
const smtp = new Service('smtp');
const portal = new Service('portal');

const ready = seconds => until('/ready', seconds, async () =>
	(await request('GET', '/ready', { fresh: true }).catch(() => null))
		?.status === 200);

// Stopped while the function runs; what follows finds it running.
async function without(service, body, signal) {
	try {
		return await service.without(body, signal);
	} finally {
		await ready(60);
	}
}

// The form of a repair, filled in under a name of its own.
let forms = 0;
async function filled(aid) {
	const user = await as(requester);
	const name = `storing ${process.pid} ${++forms} ${Date.now()}`;
	const form = await user.form(`/aids/${aid}/repair`, 'repair');
	return { user, name, action: form.action,
		fields: { ...form.fields, defect: name } };
}

const effectsOf = name => Number(one(`SELECT COUNT(*) AS n FROM request
	WHERE description = ${quote(name)}`).n);

const send = ({ user, action, fields }) => user.post(action, fields,
	{ fresh: true });

test('a dead database: 503 in the look, nothing lost, back by itself',
	async () => {
		const form = await filled(freeAid(requester));
		const { user } = form;
		await without(database, async () => {
			for (const path of ['/', '/aids', '/account', '/login']) {
				const answer = await user.get(path);
				assert.equal(answer.status, 503, path);
				inTheLook(answer);
				assert.ok(Number(answer.headers['retry-after']) > 0);
			}
			const xml = await user.get('/aids.xml');
			assert.equal(xml.status, 503);
			const sent = await send(form);
			assert.equal(sent.status, 503);
			inTheLook(sent);
			assert.equal((await user.get('/health')).status, 200);
			assert.equal((await user.get('/ready')).status, 503);
			assert.equal((await user.get('/aids.xlsx')).status, 503);
		}, 'SIGKILL');
		for (let i = 0; i < 20; i++)
			assert.equal((await user.get('/account', { fresh: true })).status,
				200);
		assert.equal(effectsOf(form.name), 0);
		const again = await send(form);
		assert.equal(again.status, 303);
		assert.equal(effectsOf(form.name), 1);
	});

test('rule 8: a database that hangs is 503 in time, and back by itself',
	async () => {
		const { user } = await filled(freeAid(requester));
		database.signal('SIGSTOP');
		try {
			const begin = Date.now();
			const answer = await user.get('/aids', { fresh: true });
			assert.equal(answer.status, 503);
			inTheLook(answer);
			assert.ok(Date.now() - begin < 15000, `${Date.now() - begin} ms`);
		} finally {
			database.signal('SIGCONT');
		}
		await ready(30);
		assert.equal((await user.get('/aids')).status, 200);
	});

const outboxOf = number => sql(`SELECT o.* FROM outbox o
	WHERE REPLACE(o.body_text, UNHEX('C2A0'), '') LIKE '%${number}%'
	ORDER BY o.id`);

const due = () => sql(`UPDATE outbox SET due_at = UTC_TIMESTAMP()
	WHERE state = 'queued'`);

const deliveries = id => mails().filter(
	m => m.headers['message-id'] === id).length;

test('rule 9: the mail server is down: queued, logged, sent once after',
	async () => {
		const before = logLines().length;
		let asked;
		await without(smtp, async () => {
			asked = await askRepair();
			await until('a try', 30, () =>
				outboxOf(asked.number).some(o => Number(o.attempts) > 0));
			const [row] = outboxOf(asked.number);
			assert.equal(row.state, 'queued');
			assert.ok(row.error);
			const wait = Number(one(`SELECT TIMESTAMPDIFF(SECOND,
				UTC_TIMESTAMP(), due_at) AS s FROM outbox
				WHERE id = ${row.id}`).s);
			assert.ok(wait > 15 && wait <= 31, `next try in ${wait} s`);
			const page = await asked.user.get(`/requests/${asked.number}`);
			assert.equal(page.status, 200);
		});
		assert.ok(logLines().slice(before).some(line =>
			/outbox/.test(line.event) && line.level !== 'info'), 'in the log');
		await until('the sink', 10, () => listens(port + 1));
		due();
		await mailAbout(asked.number);
		const [row] = await until('sent', 20, () => {
			const rows = outboxOf(asked.number);
			return rows.every(o => o.state === 'sent') && rows;
		});
		assert.equal(deliveries(row.message_id), 1);
	});

for (const [fault, what] of [['refuse', 'says try later'],
	['drop', 'takes it but dies']])
	test(`rule 9: a mail server that ${what}: sent later, same Message-ID`,
		async () => {
			const file = `${folder}/mail/${fault}`;
			let number;
			writeFileSync(file, '');
			try {
				({ number } = await askRepair());
				await until('a try', 30, () =>
					outboxOf(number).some(o => Number(o.attempts) > 0));
				assert.equal(outboxOf(number)[0].state, 'queued');
			} finally {
				rmSync(file);
			}
			due();
			const [row] = await until('sent', 30, () => {
				const rows = outboxOf(number);
				return rows.every(o => o.state === 'sent') && rows;
			});
			await mailAbout(number);
			assert.equal(deliveries(row.message_id),
				fault === 'drop' ? 2 : 1);
		});

test('rule 3: a reload that can not load keeps what runs', async () => {
	const user = await as(requester);
	const conf = `${folder}/portal.conf`;
	const good = readFileSync(conf, 'utf8');
	try {
		writeFileSync(conf, `${good}\nno such line\n`);
		portal.signal('SIGHUP');
		await sleep(1500);
		for (let i = 0; i < 10; i++)
			assert.equal((await user.get('/account', { fresh: true })).status,
				200);
	} finally {
		writeFileSync(conf, good);
		portal.signal('SIGHUP');
	}
	await sleep(1000);
	assert.equal((await user.get('/account', { fresh: true })).status, 200);
});

// The same installation but for one stylesheet, as an upgrade may leave it.
function withSheet(path, change) {
	const other = mkdtempSync('/tmp/root');
	for (const name of ['build', 'conf', 'fcgi', 'schema'])
		symlinkSync(`${root}/${name}`, `${other}/${name}`);
	cpSync(`${root}/xslt`, `${other}/xslt`, { recursive: true });
	writeFileSync(`${other}/xslt/${path}`, change(readFileSync(
		`${other}/xslt/${path}`, 'utf8')));
	return other;
}

for (const path of ['page.xsl', 'mail/request.xsl', 'print/request.fo.xsl'])
	test(`rule 3: ${path} that does not compile: no start, no reload, told ` +
		'by file and line', async () => {
		const other = withSheet(path, text => text.replace('</xsl:stylesheet>',
			'<xsl:template match="/gone"><xsl:if test="1 +"/>' +
			'</xsl:template>\n</xsl:stylesheet>'));
		const line = new RegExp(`${other}/xslt/${path}:${
			readFileSync(`${other}/xslt/${path}`, 'utf8').split('\n')
				.findIndex(text => text.includes('/gone')) + 1}: `);
		const conf = `${folder}/portal.conf`;
		const good = readFileSync(conf, 'utf8');
		const bad = good.replace(/^root = .*/m, `root = ${other}`);
		const user = await as(requester);
		const at = logLines().length;
		try {
			writeFileSync(`${other}/portal.conf`, bad
				.replace(/^(socket = ).*\/(pages|documents)/gm,
					`$1${other}/$2`));
			const start = spawnSync(program,
				['-c', `${other}/portal.conf`, 'serve'],
				{ encoding: 'utf8', timeout: 60000 });
			assert.equal(start.status, 1);
			assert.match(start.stderr, line);
			const errors = `${folder}/log/portal.log`;
			const before = readFileSync(errors, 'utf8').length;
			writeFileSync(conf, bad);
			portal.signal('SIGHUP');
			await until('refused', 60, () => logLines().slice(at).some(entry =>
				entry.event === 'reload-refused'));
			assert.match(readFileSync(errors, 'utf8').slice(before), line);
		} finally {
			writeFileSync(conf, good);
			rmSync(other, { recursive: true });
		}
		assert.equal((await user.get('/account', { fresh: true })).status, 200);
	});

test('check names a table that is neither a tenant\'s nor shared', () => {
	const check = () => spawnSync(program,
		['-c', `${folder}/portal.conf`, 'check'], { encoding: 'utf8' });
	assert.equal(check().status, 0);
	sql('CREATE TABLE newcomer (id INT PRIMARY KEY)');
	try {
		run('mariadb', [`--defaults-file=${folder}/mariadb.cnf`,
			`--user=${userInfo().username}`, '-e',
			'GRANT SELECT ON hulpbalie.newcomer TO portal@localhost']);
		const { status, stdout, stderr } = check();
		assert.equal(status, 1);
		assert.match(stdout + stderr, /newcomer: a table in none of the lists/);
	} finally {
		sql('DROP TABLE newcomer');
	}
});

test('the portal is down: nginx says so in the look, then it is back',
	async () => {
		const user = await as(requester);
		await without(portal, async () => {
			const answer = await user.get('/aids', { fresh: true });
			assert.ok([502, 503].includes(answer.status));
			inTheLook(answer);
		});
		assert.equal((await user.get('/aids')).status, 200);
	});

test('demo = no: a demo database that comes later is never served from',
	async () => {
		const user = await as(requester);
		const conf = `${folder}/portal.conf`;
		const good = readFileSync(conf, 'utf8');
		const at = logLines().length;
		const says = body => until(body, 20, async () =>
			(await request('GET', '/ready', { fresh: true })
				.catch(() => null))?.text === body);
		try {
			await database.without(async () => {
				await portal.stop();
				writeFileSync(conf, good.replace('demo = yes', 'demo = no'));
				portal.start();
				await says('no database\n');
			});
			await says('demo accounts in production\n');
			for (const path of ['/account', '/aids.xlsx']) {
				const answer = await user.get(path, { fresh: true });
				assert.equal(answer.status, 503, path);
				inTheLook(answer);
			}
			assert.ok(logLines().slice(at).some(line =>
				line.event === 'demo-accounts' && line.level === 'error'));
		} finally {
			await portal.stop();
			writeFileSync(conf, good);
			portal.start();
		}
		await ready(30);
		assert.equal((await user.get('/account', { fresh: true })).status, 200);
	});

// MariaDB 10.11 died of the second run of a statement (view in EXISTS in
// EXISTS); each worker prepares its own.
test('a professional reads a request again and again: the database lives',
	async () => {
		const user = await as('ergo@lindenhof.example');
		const { number } = one(`SELECT r.number FROM request r
			JOIN account a ON a.id = r.requester_id
			WHERE a.email = ${quote(user.email)} LIMIT 1`);
		for (let i = 0; i < 24; i++)
			assert.equal((await user.get(`/requests/${number}`,
				{ fresh: true })).status, 200);
	});
