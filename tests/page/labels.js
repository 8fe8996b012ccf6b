// Labels with a QR code, and what scanning one shows (X1).
import assert from 'node:assert/strict';
import { pdfFaults, pdfInfo, pdfScans, pdfText } from '../lib/document.js';
import { fileOf, offerOf } from '../lib/export.js';
import { requester } from '../lib/flow.js';
import { one, origin, quote, values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { anybody, as } from '../lib/user.js';
import { has, string, texts } from '../lib/xml.js';

const administrator = 'beheer@lindenhof.example';
const ours = () => one(`SELECT a.number, a.label_code AS code FROM aid a
	WHERE a.number = 204817`);
const theirs = () => one(`SELECT a.number, a.label_code AS code
	FROM aid a JOIN organisation o ON o.id = a.holder_id
	WHERE o.code = 'terpen' LIMIT 1`);

test('X1: the label of an aid scans, and says what it is and whom to phone',
	async () => {
		const user = await as(requester);
		const aid = ours();
		const page = await user.page(`/aids/${aid.number}`);
		const href = string(page, '//action[@id="label"]/@href');
		assert.equal(href, `/aids/${aid.number}/label`);
		assert.ok(has(await user.page(href), '//form[@id="labels"]'));
		for (const size of ['a4-24', 'a4-14', 'a4-65', 'roll-62']) {
			const answer = await user.get(`${href}.pdf?size=${size}`);
			assert.equal(answer.status, 200, size);
			assert.deepEqual(pdfScans(answer.body),
				[`${origin}/q/${aid.code}`], size);
			assert.equal(pdfFaults(answer.body), '');
			const text = pdfText(answer.body).replace(/\s+/g, ' ');
			for (const words of ['204 817', 'Tillo 200',
				'Zorgmiddelen Noord', '050 000 12 00'])
				assert.ok(text.includes(words), `${size}: ${words}`);
			assert.equal(pdfInfo(answer.body).Pages, '1');
		}
	});

test('X1: labels of all that the list is filtered on, in its order',
	async () => {
		const user = await as(administrator);
		const query = '?number=2048&sort=-number';
		const list = await user.page(`/aids${query}`);
		const href = string(list, '//action[@id="labels"]/@href');
		assert.equal(href, `/aids/labels${query}`);
		const page = await user.page(href);
		const keys = texts(list, '//list/rows/row/@key');
		assert.equal(string(page, '/page/intro/arg'), String(keys.length));
		const { action, fields } = await user.form(href);
		assert.equal(fields.number, '2048');
		assert.equal(fields.sort, '-number');
		const answer = await user.get(
			`${action}?${new URLSearchParams({ ...fields, first: 3 })}`);
		const numbers = [...pdfText(answer.body).matchAll(/^(\d{3}).(\d{3})$/gm)]
			.map(([, a, b]) => a + b);
		assert.deepEqual(numbers, keys);
	});

test('X1: a sheet begins at its first free place', async () => {
	const user = await as(requester);
	const at = async first => {
		const { body } = await user.get(
			`/aids/204817/label.pdf?size=a4-24&first=${first}`);
		const [, x, y] = pdfText(body, ['-bbox']).match(
			/xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>204/);
		return [Number(x), Number(y)];
	};
	const mm = points => Math.round(points / 72 * 25.4);
	const [x, y] = await at(1);
	const [x24, y24] = await at(24);
	assert.deepEqual([mm(x24 - x), mm(y24 - y)], [140, 7 * 37]);
});

test('X1: what is no place, no size or no aid is told', async () => {
	const user = await as(requester);
	const error = async path => {
		const answer = await user.get(path);
		assert.equal(answer.status, 422, path);
		return /id="f-\w+-error">.*?<\/p>/s.exec(answer.text)?.[0]
			.replace(/<[^>]*>/g, '').trim();
	};
	const path = '/aids/204817/label.pdf';
	assert.match(await error(`${path}?size=a4-24&first=25`), /24 de laatste/);
	assert.match(await error(`${path}?size=roll-62&first=2`), /1 de laatste/);
	assert.match(await error(`${path}?size=a4-24&first=0`), /1 of meer/);
	assert.match(await error(`${path}?size=a4-24&first=x`), /getal|cijfers/);
	assert.match(await error(`${path}?size=a3`), /keuze|lijst/i);
	assert.match(await error(path), /keuze/i);
	for (const p of [`/aids/${theirs().number}/label`,
		`/aids/${theirs().number}/label.pdf?size=a4-24`])
		assert.equal((await user.get(p)).status, 404, p);
	const none = await user.page('/aids/labels?number=99999999');
	assert.ok(has(none, '//note[@id="labels.none"]'));
	assert.ok(!has(none, '//form[@id="labels"]'));
});

test('X1: more than 1,000 labels are made in the background', async () => {
	const user = await as(administrator);
	const path = '/aids/labels.pdf?size=a4-65';
	assert.ok(await offerOf(user, path));
	const mine = values(`SELECT COUNT(*) FROM aid a
		JOIN organisation o ON o.id = a.holder_id
		WHERE o.code = 'lindenhof' AND a.status <> 'scrapped'`)[0];
	const { body } = await fileOf(user, path);
	assert.equal(pdfInfo(body).Pages, String(Math.ceil(mine / 65)));
	const roll = await user.get('/aids/labels.pdf?size=roll-62');
	assert.equal(roll.status, 422);
});

test('X1: a scan opens the aid, two taps from a repair', async () => {
	const user = await as(requester);
	const aid = ours();
	const { location } = await user.get(`/q/${aid.code}`);
	assert.equal(location, `/aids/${aid.number}`);
	const page = await user.page(location);
	const form = string(page, '//actions[@id="services"]/@href');
	assert.ok(form);
	const repair = await user.get(`${form}?action=repair`);
	assert.ok(has(await user.page(repair.location), '//form[@id="repair"]'));
});

test('X1: a scan by another customer is as one of nothing', async () => {
	const user = await as(requester);
	const told = [];
	for (const code of [theirs().code, 'nonsense']) {
		const page = await user.page(`/q/${code}`, 404);
		assert.equal(string(page, '/page/@id'), 'scan-unknown');
		assert.ok(has(page, '//detail[@id="scan"]/item[@type="phone"]'));
		told.push(string(page, '//body'));
	}
	assert.equal(told[0], told[1]);
});

test('X1: who has no page of aids reads whom to phone', async () => {
	const user = await as('ergo@lindenhof.example');
	const page = await user.page(`/q/${ours().code}`);
	assert.ok(has(page, '//detail[@id="scan"]'));
	assert.ok(!has(page, '//action[@id="scan-login"]'));
	assert.equal((await user.get('/q/nonsense')).status, 404);
});

test('X1: the supplier\'s people come to the work on it', async () => {
	const user = await as('planner@zorgmiddelen-noord.example');
	assert.equal((await user.get(`/q/${ours().code}`)).location,
		'/supplier/requests?aid=204817');
	const keeper = await as('catalogus@zorgmiddelen-noord.example');
	assert.equal((await keeper.get(`/q/${ours().code}`)).location,
		'/supplier/aids/204817', 'who plans no work');
});

test('X1: without an account: whom to phone, and the way back', async () => {
	const aid = ours();
	const show = async code => (await anybody().get(`/q/${code}`)).text
		.replaceAll(code, 'CODE')
		.replace(/name="csrf" (content|value)="[^"]*"/g, '')
		.replace(/[0-9a-f]{16,}/g, '');
	const page = await show(aid.code);
	assert.equal(page, await show('k'.repeat(16)), 'the same for any code');
	assert.match(page, /Zorgmiddelen Noord/);
	assert.match(page, /tel:\+31500001200/);
	assert.match(page, /\d\.00/, 'the hours');
	const { make, type, name } = one(`SELECT p.make, p.type, l.name
		FROM aid a JOIN product p ON p.id = a.product_id
		JOIN place l ON l.id = a.location_id
		WHERE a.label_code = ${quote(aid.code)}`);
	for (const secret of ['204', make, type, name, 'Lindenhof'])
		assert.ok(!page.includes(secret), secret);
	assert.match(page, /href="\/login\?next=%2Fq%2FCODE"/);
});
