// Documents: how long one takes when all is loaded, beside a cold Apache FOP
// on the same FO, and what an Excel file of the largest institution takes of
// memory. On the instance of `make seed`.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { certificate, one, port, root, sleep, sql } from '../lib/portal.js';
import { bench, childrenOf, commandOf, median, output, pidOf, rounds, say,
	table, target } from './lib.js';

const listRows = 1000;
const fopSeconds = 60; // it is slow: once, and again within these, at most thrice
// The session's cookie, of who sees the whole of the largest institution.
let cookie;

// body: of a form that is sent.
function get(path, body) {
	return new Promise((done, failed) => {
		request({ port, path, ca: certificate, agent: new Agent(),
			method: body ? 'POST' : 'GET',
			headers: { Cookie: `__Host-hulpbalie=${cookie}`,
				...body && { 'Content-Type':
					'application/x-www-form-urlencoded' } } }, answer => {
			const parts = [];
			answer.on('data', part => parts.push(part));
			answer.on('end', () => done({ status: answer.statusCode,
				text: Buffer.concat(parts).toString() }));
		}).on('error', failed).end(body);
	});
}

function signIn() {
	cookie = randomBytes(32).toString('base64url');
	const id = createHash('sha256').update(cookie).digest('hex');
	sql(`INSERT INTO session (id, account_id, membership_id, step, address,
		agent) SELECT UNHEX('${id}'), m.account_id, m.id, 'complete',
		'127.0.0.1', 'bench' FROM membership m
		JOIN account a ON a.id = m.account_id
		WHERE m.portal = 'institution' AND m.all_places
		AND a.password_set_at IS NOT NULL
		ORDER BY (SELECT COUNT(*) FROM aid i
			WHERE i.holder_id = m.organisation_id) DESC LIMIT 1`);
}

// The list's page with its first hundred rows ten times over.
async function writeList() {
	const page = await get('/aids.xml?size=100');
	const rows = /<row .*<\/row>/s.exec(page.text)?.[0];
	if (page.status !== 200 || !rows)
		throw new Error(`/aids.xml: ${page.status}`);
	const times = listRows / 100;
	writeFileSync(`${bench}/list.xml`, page.text.replace(rows, () =>
		rows.repeat(times)).replace(/<rows total="\d+"/,
		`<rows printed="2026-01-05T12:00:00Z" total="${listRows}"`));
}

function fop(name) {
	const took = [];
	for (const begin = Date.now(); took.length < 3 &&
		Date.now() - begin < fopSeconds * 1000;) {
		const start = process.hrtime.bigint();
		output('fop', ['-q', '-fo', `${bench}/${name}.fo`, '-pdf',
			`${bench}/${name}-fop.pdf`]);
		took.push(Number(process.hrtime.bigint() - start) / 1e6);
	}
	return median(took);
}

// Another document is another line: its stylesheet and its XML.
function draw(name, sheet, xml, times) {
	say(`${name}: ours, and Apache FOP`);
	output(`${root}/build/fo`, [sheet, xml, `${bench}/${name}.fo`]);
	const ours = [], busy = [];
	for (let i = 0; i < rounds; i++) {
		const [, wall, processor] = /median ([\d.]+) ms, of which processor ([\d.]+)/
			.exec(output(`${root}/build/fo`, [sheet, xml,
				`${bench}/${name}.pdf`, times]));
		ours.push(Number(wall));
		busy.push(Number(processor));
	}
	return { name, ours: median(ours), busy: median(busy), fop: fop(name),
		kb: statSync(`${bench}/${name}.pdf`).size / 1024 };
}

const kb = (pid, name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm')
	.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);

// Presses the button of the page that offers to make it.
async function ask(path) {
	const page = await get(path);
	const fields = new URLSearchParams();
	for (const name of ['csrf', 'form_key'])
		fields.append(name, new RegExp(`/exports\\?.*?name="${name}" value="(.*?)"`)
			.exec(page.text)[1]);
	return get(`/exports?of=${encodeURIComponent(path)}`, fields.toString());
}

// An export of all, drawn by a process of its own: what that grows by.
async function excel() {
	const pid = childrenOf(pidOf('portal'))
		.find(child => commandOf(child) === 'exports');
	const last = one('SELECT IFNULL(MAX(id), 0) AS id FROM export').id;
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
	const before = kb(pid, 'VmRSS');
	const start = Date.now();
	say('an Excel file of the largest institution');
	const answer = await ask('/aids.xlsx');
	for (;;) {
		const row = one(`SELECT state, total, size FROM export
			WHERE id > ${last}`);
		if (!row || row.state === 'failed' || Date.now() - start > 300000)
			throw new Error(`Excel: ${answer.status}, ${
				row?.state ?? 'no export'}`);
		if (row.state === 'ready')
			return { rows: Number(row.total), size: Number(row.size) / 1048576,
				seconds: (Date.now() - start) / 1000, base: before / 1024,
				above: (kb(pid, 'VmHWM') - before) / 1024 };
		await sleep(100);
	}
}

export async function run() {
	signIn();
	await writeList();
	const drawn = [
		draw('request', 'request', 'tests/fixtures/print/request.xml', 50),
		draw('list', 'list', `${bench}/list.xml`, 3),
	];
	const sheet = await excel();
	table('Documents, ms', ['', 'ours', 'of which processor',
		'Apache FOP, cold', 'times', 'KB'], drawn.map(d =>
		[d.name, d.ours, d.busy, d.fop, d.fop / d.ours, d.kb]));
	table('Excel', ['rows', 'seconds', 'MB', 'base MB', 'above MB'],
		[[sheet.rows, sheet.seconds, sheet.size, sheet.base, sheet.above]]);
	const [paper, list] = drawn;
	return { drawn, excel: sheet, targets: [
		target('a request', paper.ours, '<=', 25, ' ms'),
		target('a request, against Apache FOP', paper.fop / paper.ours, '>=',
			100, 'x'),
		target('a list of 1,000 rows', list.ours, '<=', 800, ' ms'),
		target('a list, against Apache FOP', list.fop / list.ours, '>=', 10,
			'x'),
		target(`Excel of ${sheet.rows} rows, above the base`, sheet.above,
			'<=', 10, ' MB'),
	] };
}
