// 'Hulpmiddelen uit een bestand' (S7, S10): tried, then all of it or nothing.
import assert from 'node:assert/strict';
import { mistakes, upload } from '../lib/import.js';
import { newKey } from '../lib/load.js';
import { one, quote, sql, values } from '../lib/portal.js';
import { serviceForm } from '../lib/steps.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { string } from '../lib/xml.js';

const path = '/supplier/aids/import';
const catalogue = 'catalogus@zorgmiddelen-noord.example';
const words = ['Objectnummer', 'Serienummer', 'Artikel', 'Eigenaar',
	'Organisatie', 'Locatie', 'Afdeling', 'Staat', 'Aangeschaft op',
	'Aanschafprijs', 'Verhuurd vanaf', 'Huur per dag', 'Laatste keuring'];
const names = ['number', 'serial', 'article', 'owner', 'holder', 'location',
	'department', 'condition', 'bought', 'price', 'rent', 'day', 'inspected'];

const product = one(`SELECT p.id, p.number, CONCAT(p.make, ' ', p.type) AS name
	FROM product p JOIN category c ON c.id = p.category_id
	WHERE c.inspection_months = 12 ORDER BY p.id LIMIT 1`);
const depot = one(`SELECT id, name FROM place WHERE kind = 'depot'
	AND organisation_id IS NULL AND active ORDER BY id LIMIT 1`);
const [ward, other] = sql(`SELECT p.id, p.name, l.name AS location
	FROM place p JOIN place l ON l.id = p.location_id
	JOIN organisation o ON o.id = p.organisation_id
	WHERE o.code = 'lindenhof' AND p.kind = 'department' AND p.active
	ORDER BY p.id LIMIT 2`);

const serialOf = () => `I-${newKey().slice(0, 18)}`;
const stock = (more = {}) => ({ serial: serialOf(), article: product.number,
	location: depot.name, ...more });
const rented = (more = {}) => ({ serial: serialOf(), article: product.number,
	holder: 'lindenhof', location: ward.location, department: ward.name,
	rent: '05-01-2026', day: '4,20', ...more });

const cell = text => /[;"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"`
	: text;
const table = rows => `${words.join(';')}\r\n${rows.map(row => names
	.map(name => cell(String(row[name] ?? ''))).join(';')).join('\r\n')}\r\n`;

const send = async (bytes, fields) =>
	upload(await as(catalogue), path, 'aid-import', bytes, fields);
const tried = rows => send(typeof rows === 'string' ? rows : table(rows));
const done = rows => send(undefined,
	{ csv: typeof rows === 'string' ? rows : table(rows) });

const aidOf = serial => one(`SELECT a.*, p.name AS place,
		(SELECT GROUP_CONCAT(e.kind ORDER BY e.id) FROM aid_event e
			WHERE e.aid_id = a.id) AS life
	FROM aid a JOIN place p ON p.id = a.place_id
	WHERE a.serial = ${quote(serial)}`);
const state = () => JSON.stringify(sql(`SELECT COUNT(*) AS n,
	SUM(a.version) AS v, (SELECT COUNT(*) FROM aid_event) AS e FROM aid a`));
const counts = answer => /: ([\d.]+) nieuw, (\d+) gewijzigd, (\d+) hetzelfde/
	.exec(answer.text)?.slice(1).join();

async function notice(answer) {
	assert.equal(answer.status, 303, JSON.stringify(mistakes(answer)));
	assert.equal(answer.location, '/supplier/aids');
	const page = await (await as(catalogue)).page(answer.location);
	return [1, 2, 3].map(n =>
		string(page, `//message[@id="aid.imported"]/arg[${n}]`)).join();
}

test('S7: from a file: tried first, then all of it, and again nothing',
	async () => {
		const rows = [stock({ condition: 'Nieuw', bought: '3-2-2025',
			price: '1.577,23', inspected: '2026-02-03' }),
		rented(), rented({ owner: 'lindenhof', rent: '', day: '' }),
		stock({ article: product.name, serial: `${serialOf()}; "x"` })];
		const before = state();
		const trial = await tried(rows);
		assert.equal(trial.status, 200, JSON.stringify(mistakes(trial)));
		assert.equal(counts(trial), '4,0,0');
		assert.equal(state(), before, 'nothing is written');
		assert.equal(await notice(await done(rows)), '4,0,0');
		const [first, second, third, fourth] = rows.map(r => aidOf(r.serial));
		assert.deepEqual([first.condition_grade, first.bought_on,
			first.price_cents, first.status, first.place, first.owner_id,
			first.inspected_on, first.inspection_due, first.life],
		['new', '2025-02-03', '157723', 'in_depot', depot.name, null,
			'2026-02-03', '2027-02-03', 'registered']);
		assert.match(first.label_code, /^[\w-]{16}$/);
		assert.notEqual(first.label_code, second.label_code);
		assert.deepEqual([second.owner_id, second.rent_from, second.day_cents,
			second.status, second.place_id, second.condition_grade],
		[null, '2026-01-05', '420', 'in_use', ward.id, 'good']);
		assert.equal(third.owner_id, third.holder_id);
		assert.equal(fourth.product_id, product.id);

		const after = state();
		const again = await tried(rows);
		assert.match(again.text, /staat er al zo: 4 hulpmiddelen/);
		assert.ok(!/aid-import-all/.test(again.text), 'nothing to confirm');
		assert.equal(await notice(await done(rows)), '0,0,4');
		const numbered = rows.map(r => ({ ...r, number: aidOf(r.serial).number }));
		assert.equal(await notice(await done(numbered)), '0,0,4');
		assert.equal(state(), after);
	});

test('S7: from a file: a known aid is updated, with a line in its life',
	async () => {
		const row = rented();
		await done([row]);
		const { number, version } = aidOf(row.serial);
		const serial = serialOf();
		assert.equal(await notice(await done([{ number, serial,
			condition: 'gebruikssporen', location: other.location,
			department: other.name, price: '99' }])), '0,1,0');
		const aid = aidOf(serial);
		assert.deepEqual([aid.number, aid.condition_grade, aid.place_id,
			aid.price_cents, aid.rent_from, aid.life],
		[number, 'worn', other.id, '9900', '2026-01-05',
			'registered,correction,move']);
		assert.equal(Number(aid.version), Number(version) + 2);
		const page = await (await as(catalogue))
			.page(`/supplier/aids/${number}`);
		assert.ok(string(page, '//list[@id="aid-life"]//rows')
			.includes('Bijgewerkt uit een bestand'));
	});

test('I11 S7: what is rented by hand or by file costs from that day on',
	async () => {
		const row = rented();
		await done([row]);
		assert.equal(one(`SELECT CONCAT_WS(' ', r.started_on, r.day_cents) AS r
			FROM rental r JOIN aid a ON a.id = r.aid_id
			WHERE a.serial = ${quote(row.serial)}`).r, '2026-01-05 420');
		const page = await (await as('beheer@lindenhof.example'))
			.page(`/aids/${aidOf(row.serial).number}`);
		const days = one(`SELECT DATEDIFF(CONVERT_TZ(UTC_TIMESTAMP(), 'UTC',
			'Europe/Amsterdam'), '2026-01-05') AS n`).n;
		const cost = Number(string(page, '//item[@name="rent_cost"]'));
		assert.equal(cost % 420, 0);
		assert.ok(days === null || Math.abs(cost / 420 - days) <= 1);
	});

test('S7: from a file: every error by line and field, and nothing is done',
	async () => {
		const known = rented();
		await done([known]);
		const { number } = aidOf(known.serial);
		const taken = one('SELECT MAX(number) + 1000 AS n FROM aid').n;
		const twice = stock();
		const rows = [
			{ number: 'x1', location: 'Atlantis' }, // 2
			stock({ article: 'geen', condition: 'fraai', price: 'veel' }),
			stock({ holder: 'niemand', owner: 'lindenhof' }), // 4
			rented({ rent: '', day: '' }),
			rented({ owner: 'terpen' }), // 6
			stock({ rent: '1-1-2026', bought: '31-2-2026' }),
			stock({ bought: '1-1-2999', inspected: '1-1-2999' }), // 8
			{ number, article: one(`SELECT number FROM product
				WHERE id <> ${product.id} LIMIT 1`).number, holder: 'terpen',
			owner: 'lindenhof', rent: '6-1-2026', day: '5',
			inspected: '1-1-2026' },
			twice, twice, // 10, 11
			{ ...known, number: taken }, // 12
			{ number, price: '1' }, // 13: also on 9
			stock({ location: '', department: ward.name }),
			stock({ serial: 'x'.repeat(41) }), // 15
			rented({ location: 'Terpstate', department: '' }),
		];
		const before = state();
		for (const answer of [await tried(rows), await done(rows)]) {
			assert.equal(answer.status, 422);
			assert.deepEqual(mistakes(answer)
				.map(([l, c]) => `${l.replace('Regel ', '')} ${c}`), [
				'2 Objectnummer', '2 Serienummer', '2 Artikel', '2 Locatie',
				'3 Artikel', '3 Staat', '3 Aanschafprijs',
				'4 Eigenaar', '4 Organisatie',
				'5 Verhuurd vanaf', '5 Huur per dag',
				'6 Eigenaar', '6 Verhuurd vanaf',
				'7 Aangeschaft op', '7 Verhuurd vanaf',
				'8 Aangeschaft op', '8 Laatste keuring',
				'9 Artikel', '9 Eigenaar', '9 Organisatie', '9 Verhuurd vanaf',
				'9 Huur per dag', '9 Laatste keuring',
				'11 Serienummer', '12 Serienummer', '13 Objectnummer',
				'14 Locatie', '15 Serienummer', '16 Locatie']);
		}
		assert.equal(state(), before);
	});

test('S7: from a file: Windows-1252 with commas, UTF-8 with a mark', async () => {
	const serial = `\u20ac\u00e9-${newKey().slice(0, 10)}`;
	const text = 'Serial number,Article,Location\n' +
		`${serial},${product.number},${depot.name}\n`;
	assert.equal(counts(await send(Buffer.from([...text].map(c =>
		c === '\u20ac' ? 0x80 : c.charCodeAt(0))))), '1,0,0');
	assert.equal(counts(await send(`\ufeff${text}`)), '1,0,0');
	await done(text);
	assert.equal(aidOf(serial).place, depot.name);
});

test('S7: from a file: what moves or is scrapped is not changed by it',
	async () => {
		const move = await serviceForm('move');
		assert.equal((await move.user.post(move.action, move.fields)).status, 303);
		const number = move.aid;
		const moving = await tried([{ number, location: depot.name }]);
		assert.match(JSON.stringify(mistakes(moving)), /al verplaatst/);
		const row = stock();
		await done([row]);
		sql(`UPDATE aid SET status = 'scrapped'
			WHERE serial = ${quote(row.serial)}`);
		const gone = await tried([{ ...row, price: '1' }]);
		assert.match(JSON.stringify(mistakes(gone)), /is afgevoerd/);
	});

test('S7: from a file: rented, as nobody else owns it, and no rent', async () => {
	const answer = await tried([rented({ rent: '', day: '' })]);
	assert.equal(JSON.stringify(mistakes(answer))
		.match(/zonder eigenaar is het hulpmiddel van ons/g).length, 2);
});

test('S7: from a file: changed by another meanwhile is told', async () => {
	const row = stock();
	await done([row]);
	const both = [{ ...row, price: '12' }, stock()];
	assert.equal(counts(await tried(both)), '1,1,0');
	sql(`UPDATE aid SET status = 'scrapped' WHERE serial = ${quote(row.serial)}`);
	const late = await done(both);
	assert.equal(late.status, 422);
	assert.match(late.text, /is afgevoerd/);
	assert.equal(aidOf(both[1].serial), undefined);
});

test('S7: from a file: carried out by several at once it is there once',
	async () => {
		const row = stock();
		const answers = await Promise.all([1, 2, 3, 4].map(() => done([row])));
		assert.equal(values(`SELECT COUNT(*) FROM aid
			WHERE serial = ${quote(row.serial)}`)[0], '1');
		assert.ok(answers.some(a => a.status === 303));
		// Who came later found it as it is, or is told.
		for (const a of answers.filter(a => a.status !== 303))
			assert.match(a.text,
				/al een hulpmiddel van dit artikel met dit serienummer/);
	});

test('S7: from a file: 5,000 aids at once, and no more', async () => {
	const rows = [...Array(5000)].map((_, i) => i % 2 ? stock() : rented());
	assert.equal(counts(await tried(rows)), '5.000,0,0');
	assert.equal(await notice(await done(rows)), '5.000,0,0');
	assert.equal(values(`SELECT COUNT(DISTINCT label_code) FROM aid
		WHERE serial IN (${rows.map(r => quote(r.serial))})`)[0], '5000');
	assert.match((await tried(rows)).text, /staat er al zo: 5.000/);
	const many = await tried([...rows, stock()]);
	assert.match(many.text, /meer dan 5.000/);
	sql(`DELETE e FROM aid_event e JOIN aid a ON a.id = e.aid_id
			WHERE a.serial IN (${rows.map(r => quote(r.serial))});
		DELETE n FROM rental n JOIN aid a ON a.id = n.aid_id
			WHERE a.serial IN (${rows.map(r => quote(r.serial))});
		DELETE FROM aid WHERE serial IN (${rows.map(r => quote(r.serial))})`);
});

test('S7: from a file: its size ends; who may not manage aids may not', async () => {
	assert.equal((await send('x'.repeat(2200000))).status, 413);
	assert.match((await tried('x;y\n1;2\n')).text, /kennen wij niet/);
	const adviser = await as('adviseur@zorgmiddelen-noord.example');
	assert.equal((await adviser.get(path)).status, 403);
});

test('S7: from a file: the template is a file that may be filled in',
	async () => {
		const user = await as(catalogue);
		const template = await user.get(`${path}/template`);
		assert.match(template.headers['content-type'], /^text\/csv/);
		assert.equal(template.text.replace(/^\ufeff/, '').trim(), words.join(';'));
	});
