// Every list and every parameter of it, out of range.
import assert from 'node:assert/strict';
import { pdfText } from '../lib/document.js';
import { offerOf } from '../lib/export.js';
import { planner, requester } from '../lib/flow.js';
import { newKey } from '../lib/load.js';
import { each, one } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { all, has, number, string, texts } from '../lib/xml.js';

const aid = one(`SELECT a.number FROM aid a JOIN aid_event e ON e.aid_id = a.id
	JOIN organisation o ON o.id = a.holder_id AND o.id = e.organisation_id
	JOIN place l ON l.id = a.location_id
	WHERE o.code = 'lindenhof' AND l.name = 'Havenzicht'
	GROUP BY a.number ORDER BY COUNT(*) DESC LIMIT 1`).number;

// Address, reader, and whether it can be asked for as XML (C26).
const lists = [
	['/aids', requester], ['/actions', requester], ['/planning', requester],
	[`/aids/${aid}/history`, requester], [`/aids/${aid}`, requester],
	['/supplier/requests', planner],
];

const wrong = {
	select: ['x', '0', '-1', '99999999', '18446744073709551617', '1 OR 1=1',
		'\'', '%', '<b>', 'x'.repeat(3000)],
	date: ['x', '2026-02-30', '0000-00-00', '9999-99-99', '\'', '-1',
		'x'.repeat(3000)],
	code: ['\'', '"', '%', '_', '\\', '<script>', 'é', '٣', '1e9',
		'9'.repeat(30), 'x'.repeat(3000), '\' OR 1=1 --'],
	text: ['\'', '%', '\\', '<script>', 'é', 'x'.repeat(3000)],
};
const general = {
	sort: ['x', '-', '--number', '-x', 'number;', '1', 'a.number',
		'number desc', '\'', 'x'.repeat(3000)],
	size: ['0', '-1', '7', '1000000', 'x', '99999999999999999999', '25.5'],
	page: ['0', '-1', '9999', 'x', '1e3', '99999999999999999999', '2147483648'],
	after: ['x', '=', 'AAAA', 'Hx8f', Buffer.from('a\x1fb').toString('base64url'),
		Buffer.from('\x1f').toString('base64url'),
		Buffer.from('\xff\x1f1', 'latin1').toString('base64url'),
		Buffer.from('2026-01-01\x1f\' OR 1=1').toString('base64url')],
};
general.before = general.after;

for (const [path, email] of lists) {
	test(`I9: ${path}: parameters out of range give a page`, async () => {
		const user = await as(email);
		const page = await user.page(path);
		const bad = [];
		const total = number(page, '//list/rows/@total');
		const asked = Object.entries(general).flatMap(([name, list]) =>
			list.map(value => [name, value]));
		for (const filter of all(page, '//list/filters/filter'))
			for (const value of wrong[filter.getAttribute('type')])
				asked.push([filter.getAttribute('id'), value]);
		await each(asked, async ([name, value]) => {
			const query = `${path}?${name}=${encodeURIComponent(value)}`;
			if (value.length > 100 || /[<'"]/.test(value)) {
				const { status, text } = await user.get(query);
				if (status !== 200 || /\[\[|class="unknown/.test(text))
					bad.push(`${query.slice(0, 80)}: ${status}`);
				return;
			}
			const xml = await user.page(query);
			const rows = number(xml, '//list/rows/@total');
			if (rows > total || !has(xml, '//list/pager'))
				bad.push(`${query}: ${rows} of ${total} rows`);
			if (name in { sort: 1, size: 1, page: 1 } && rows !== total)
				bad.push(`${query}: ${rows} rows`);
		});
		assert.deepEqual(bad, []);
	});

	test(`I9: ${path}: what is ignored is told`, async () => {
		const user = await as(email);
		for (const query of ['sort=x', 'size=7', 'page=x', 'kind=x',
			'location=99999999', 'status=x', 'from=x']) {
			const name = query.split('=')[0];
			const page = await user.page(`${path}?${query}`);
			const known = ['sort', 'size', 'page'].includes(name) ||
				has(page, `//list/filters/filter[@id="${name}"][not(@depends)]`);
			assert.equal(has(page, '//message[@id="list.ignored"]'), known,
				query);
			assert.deepEqual(texts(page, '//list/chips/chip/@filter'), []);
		}
	});

	test(`I9: ${path}: the same parameter twice is taken once`, async () => {
		const user = await as(email);
		const page = await user.page(`${path}?size=50&size=100&sort=x&sort=y`);
		assert.equal(string(page, '//list/pager/size[@current="yes"]/@n'),
			path.startsWith('/aids/') ? '10' : '50');
	});
}

test('I9: an export of what is out of range is refused', async () => {
	const user = await as(requester);
	for (const query of ['status=x', 'location=99999999', 'rented=x', 'sort=x',
		'department=99999999'])
		for (const format of ['pdf', 'xlsx']) {
			const answer = await user.get(`/aids.${format}?${query}`);
			assert.equal(answer.status, 400, `${format}?${query}`);
			assert.equal(answer.headers['content-disposition'], undefined);
		}
	assert.equal((await user.get('/aids.pdf?status=in_repair&page=x')).status,
		200);
});

test('I12: the history on paper says of which aid, and when', async () => {
	const user = await as(requester);
	const pdf = pdfText((await user.get(`/aids/${aid}/history.pdf`)).body);
	assert.ok(pdf.replace(/[\s\u00a0]/g, '').includes(`Object${aid}`), pdf);
	assert.match(pdf, /gemaakt op \d\d-\d\d-\d{4}/);
});

test('I9: a mark that no row can have gives a page', async () => {
	const user = await as(planner);
	const mark = Buffer.from('é\x1f1').toString('base64url');
	for (const sort of ['number', '-number', 'organisation', 'due'])
		for (const name of ['after', 'before']) {
			const query = `/supplier/requests?sort=${sort}&${name}=${mark}`;
			assert.equal((await user.get(query)).status, 200, query);
		}
});

test('I10: an export is asked of a list that is long, and of nothing else',
	async () => {
		const user = await as(requester);
		const { fields } = await offerOf(user, '/aids.pdf?sort=number');
		const number = one(`SELECT number FROM request ORDER BY id DESC
			LIMIT 1`).number;
		const ask = of => user.post(`/exports?of=${encodeURIComponent(of)}`,
			{ ...fields, form_key: newKey() });
		for (const of of ['', 'aids.pdf', '//aids.pdf', 'https://x/aids.pdf',
			'/aids', '/aids.xml', '/aids.pdf.exe', '/nothing.pdf',
			'/account.pdf', '/exports.pdf', '/supplier/requests.xlsx',
			`/requests/${number}.pdf`])
			assert.equal((await ask(of)).status, 404, of);
		assert.equal((await ask('/aids.pdf?x=%ff')).status, 400);
		const short = '/aids.pdf?status=in_repair';
		assert.equal((await ask(short)).location, short);
		assert.equal((await user.post('/exports', fields)).status, 404);
	});

test('C26: the professional\'s list gives no export and no XML', async () => {
	const user = await as('ergo@lindenhof.example');
	const page = await user.get('/requests');
	assert.equal(page.status, 200);
	for (const format of ['xml', 'pdf', 'xlsx', 'csv', 'json'])
		assert.equal((await user.get(`/requests.${format}`)).status, 404);
	assert.doesNotMatch(page.text, /\.(pdf|xlsx|xml)/);
	const accept = await user.get('/requests',
		{ headers: { accept: 'application/xml' } });
	assert.ok(accept.status === 406 || accept.status === 404 ||
		/^text\/html/.test(accept.headers['content-type']));
});
