// 'Mijn hulpmiddelen': filters, sorts, pages, chips, exports (I9, I10).
import assert from 'node:assert/strict';
import { pdfFaults, pdfInfo, pdfText, xlsxRows } from '../lib/document.js';
import { requester } from '../lib/flow.js';
import { one, origin, quote, sql, values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as, asFormat } from '../lib/user.js';
import { memberships, sees } from '../lib/world.js';
import { all, first, has, number, string, texts } from '../lib/xml.js';

const admin = 'beheer@lindenhof.example';

// Every aid of the customer with what it is filtered and sorted by, as it is
// when these tests begin.
let aids;
const load = () => sql(`SELECT a.number, a.status, a.holder_id AS organisation,
		a.location_id AS location, a.home_place_id AS place,
		a.branch_id AS branch,
		a.category_id AS category, a.subcategory_id AS subcategory,
		a.product_id AS product, a.rent_from,
		c.name AS category_name, s.name AS subcategory_name,
		CONCAT(p.make, ' ', p.type) AS type_name, l.name AS location_name,
		d.name AS department_name,
		IF(a.owner_id <=> a.holder_id, a.bought_on, a.rent_from) AS date
	FROM aid a JOIN product p ON p.id = a.product_id
	JOIN category_text c ON c.category_id = a.category_id AND c.lang = 'nl'
	JOIN category_text s ON s.category_id = a.subcategory_id AND s.lang = 'nl'
	JOIN place d ON d.id = a.place_id
	LEFT JOIN place l ON l.id = a.location_id
	WHERE a.status <> 'scrapped'`).map(a => ({ ...a, people: [] }));

const of = email => {
	const ms = memberships(email);
	aids ??= load();
	return aids.filter(a => sees(ms, a));
};

// The commonest value of a property.
function commonest(list, name) {
	const counts = new Map();
	for (const a of list)
		if (a[name] !== null)
			counts.set(a[name], (counts.get(a[name]) ?? 0) + 1);
	return [...counts].sort((a, b) => b[1] - a[1])[0][0];
}

const query = fields => `/aids?${new URLSearchParams(fields)}`;
const keys = page => texts(page, '//list/rows/row/@key');
const total = page => number(page, '//list/rows/@total');

async function crawl(user, path) {
	const found = [];
	for (let next = path; next;) {
		const page = await user.page(next);
		found.push(...keys(page));
		next = first(page, '//list/pager/next')?.getAttribute('href');
	}
	return found;
}

const filters = {
	location: a => a.location, department: a => a.place,
	status: a => a.status, category: a => a.category,
	subcategory: a => a.subcategory, type: a => a.product,
};

// Filter values as one would choose them, one after the other.
const chosen = (list, names) => {
	const fields = {};
	let rest = list;
	for (const name of names) {
		const property = { department: 'place', type: 'product' }[name] ?? name;
		fields[name] = commonest(rest, property);
		rest = rest.filter(a => filters[name](a) === fields[name]);
	}
	return { fields, rest };
};

for (const names of [['location'], ['status'], ['category'], ['type'],
	['location', 'department'], ['category', 'subcategory'],
	['category', 'subcategory', 'type'],
	['location', 'status', 'category'],
	['location', 'department', 'category', 'subcategory', 'type', 'status']])
	test(`I9: filtered by ${names.join(', ')}`, async () => {
		const { fields, rest } = chosen(of(requester), names);
		const user = await as(requester);
		const page = await user.page(query(fields));
		assert.ok(rest.length > 0);
		assert.equal(total(page), Math.min(rest.length, 1000));
		assert.equal(number(page, '//filters/@active'), names.length);
		assert.deepEqual(texts(page, '//chips/chip/@filter').sort(),
			[...names].sort());
		assert.deepEqual((await crawl(user, query({ ...fields, size: 100 })))
			.sort(), rest.map(a => a.number).sort());
	});

test('I9: the status of every kind, and rented since', async () => {
	const user = await as(requester);
	const mine = of(requester);
	for (const status of new Set(mine.map(a => a.status))) {
		const page = await user.page(query({ status }));
		assert.equal(total(page), Math.min(1000,
			mine.filter(a => a.status === status).length), status);
	}
	const days = mine.map(a => a.rent_from).filter(Boolean).sort();
	const day = days[days.length >> 1];
	for (const typed of [day, day.split('-').reverse().join('-')]) {
		const page = await user.page(query({ rented: typed }));
		assert.equal(total(page), Math.min(1000,
			days.filter(d => d >= day).length));
	}
});

test('I9: an object number, whole, in groups, pasted, or its beginning',
	async () => {
		const user = await as(requester);
		for (const typed of ['204817', '204 817', ' 204817 ',
			'204\u00a0817']) {
			const page = await user.page(query({ number: typed }));
			assert.deepEqual(keys(page), ['204817'], typed);
		}
		const page = await user.page(query({ number: '2048' }));
		assert.equal(total(page), of(requester)
			.filter(a => a.number.startsWith('2048')).length);
		assert.equal(total(await user.page(query({ number: '%' }))), 0);
		assert.equal(total(await user.page(query({ number: '_' }))), 0);
	});

test('I9: departments follow the location, subcategories the category',
	async () => {
		const user = await as(requester);
		const options = (page, id) =>
			texts(page, `//filter[@id="${id}"]/option/@value`);
		const bare = await user.page('/aids');
		assert.deepEqual(options(bare, 'department'), []);
		const places = values(`SELECT DISTINCT l.id FROM membership_place m
			JOIN place p ON p.id = m.place_id
			JOIN place l ON l.id = p.location_id
			JOIN membership s ON s.id = m.membership_id
			JOIN account a ON a.id = s.account_id
			WHERE a.email = ${quote(requester)}`);
		assert.deepEqual(options(bare, 'location').sort(), places.sort());
		const [location] = places;
		const page = await user.page(query({ location }));
		const departments = options(page, 'department');
		assert.ok(departments.length > 0);
		assert.deepEqual(values(`SELECT DISTINCT location_id FROM place
			WHERE id IN (${departments})`), [location]);
		const other = await user.page(query({ location: places[1],
			department: departments[0] }));
		assert.ok(!has(other, '//chip[@filter="department"]'));
		assert.equal(total(other), Math.min(1000, of(requester)
			.filter(a => a.location === places[1]).length));
	});

test('I9: a chip takes its filter away and no other', async () => {
	const user = await as(requester);
	const { fields } = chosen(of(requester),
		['location', 'department', 'status']);
	const page = await user.page(query({ ...fields, sort: '-date', size: 50 }));
	for (const chip of all(page, '//chips/chip')) {
		const gone = chip.getAttribute('filter');
		const next = await user.page(chip.getAttribute('href'));
		const left = texts(next, '//chips/chip/@filter');
		assert.deepEqual(left.sort(), Object.keys(fields).filter(name =>
			name !== gone && (gone !== 'location' || name !== 'department'))
			.sort());
		assert.ok(has(next, '//sorts/sort[@value="-date"][@selected]'));
		assert.equal(number(next, '//pager/@size'), 50);
	}
});

// Place of each value in the order of the database.
function ranks(list) {
	const rows = sql(list.map((v, i) => `SELECT ${i} AS i, CONVERT(${
		quote(v ?? '')} USING utf8mb4) COLLATE utf8mb4_unicode_ci AS v`)
		.join(' UNION ALL ') + ' ORDER BY v');
	const rank = new Map();
	let last = -1;
	rows.forEach((row, i) => {
		if (i === 0 || row.v.localeCompare(rows[i - 1].v, 'nl',
			{ sensitivity: 'base' }) !== 0)
			last++;
		rank.set(list[row.i] ?? '', last);
	});
	return rank;
}

const sorts = {
	number: 'number', category: 'category_name',
	subcategory: 'subcategory_name', type: 'type_name',
	location: 'location_name', department: 'department_name', date: 'date',
	status: 'status',
};

function isSorted(found, list, property, down, where) {
	const value = new Map(list.map(a => [a.number, a[property] ?? '']));
	const rank = ranks([...new Set(value.values())]);
	for (let i = 1; i < found.length; i++) {
		const [a, b] = [found[i - 1], found[i]].map(k => rank.get(value.get(k)));
		assert.ok(down ? a >= b : a <= b, `${where}: ${
			value.get(found[i - 1])} before ${value.get(found[i])}`);
	}
}

for (const [sort, property] of Object.entries(sorts))
	for (const down of [false, true])
		test(`I10: sorted by ${sort}, ${down ? 'down' : 'up'}, whole`,
			async () => {
				const user = await as(requester);
				const { fields, rest } = chosen(of(requester), ['location']);
				const found = await crawl(user, query({ ...fields, size: 100,
					sort: (down ? '-' : '') + sort }));
				assert.deepEqual([...found].sort(),
					rest.map(a => a.number).sort());
				if (property !== 'status')
					isSorted(found, rest, property, down, sort);
			});

for (const sort of ['category', '-date', 'department'])
	test(`I10: more than 1,000 rows by ${sort}: whole, there and back`,
		async () => {
			const user = await as(admin);
			const mine = of(admin);
			assert.ok(mine.length > 1500);
			const begin = await user.page(query({ sort, size: 100 }));
			assert.equal(string(begin, '//rows/@capped'), 'yes');
			assert.equal(total(begin), 1000);
			assert.ok(!has(begin, '//pager/page'));
			assert.ok(!has(begin, '//pager/previous'));
			const pages = [];
			let page = begin;
			for (;;) {
				pages.push(keys(page));
				const next = first(page, '//pager/next');
				if (!next)
					break;
				page = await user.page(next.getAttribute('href'));
			}
			const found = pages.flat();
			assert.equal(new Set(found).size, found.length, 'none twice');
			assert.deepEqual([...found].sort(),
				mine.map(a => a.number).sort());
			isSorted(found, mine, sorts[sort.replace('-', '')],
				sort.startsWith('-'), sort);
			for (let i = pages.length - 2; i >= 0; i--) {
				const previous = first(page, '//pager/previous');
				assert.ok(previous, `back to page ${i + 1}`);
				page = await user.page(previous.getAttribute('href'));
				assert.deepEqual(keys(page), pages[i]);
			}
			assert.ok(!has(page, '//pager/previous'));
		});

test('I10: pages by number, and how many rows each has', async () => {
	const user = await as(requester);
	const { fields, rest } = chosen(of(requester), ['location']);
	for (const size of ['25', '50', '100']) {
		const pages = Math.ceil(rest.length / size);
		const last = await user.page(query({ ...fields, size, page: pages }));
		assert.equal(number(last, '//pager/@pages'), pages);
		assert.equal(keys(last).length, (rest.length - 1) % size + 1);
		assert.equal(number(last, '//rows/@to'), rest.length);
		assert.ok(!has(last, '//pager/next'));
		assert.equal(string(last, '//pager/size[@current]/@n'), size);
		const beyond = await user.page(query({ ...fields, size,
			page: pages + 1 }));
		assert.deepEqual(keys(beyond), keys(last));
		assert.ok(has(beyond, '//message[@id="list.ignored"]'));
	}
	const sizes = await user.page(query(fields));
	assert.deepEqual(texts(sizes, '//pager/size/@n'), ['25', '50', '100']);
});

test('I9: nothing found is said, and how to go on', async () => {
	const user = await as(requester);
	const page = await user.get(query({ number: '000000' }));
	assert.match(page.text, /class="empty/);
	assert.doesNotMatch(page.text, /<table/);
});

test('I10: Excel holds what is filtered, in the order of the list',
	async () => {
		const user = await as(requester);
		const { fields, rest } = chosen(of(requester), ['location', 'category']);
		const path = query({ ...fields, sort: '-date', size: 25 });
		const page = await user.page(path);
		const href = string(page, '//export[@format="xlsx"]/@href');
		assert.equal(href, asFormat(path, 'xlsx').replace('&size=25', ''));
		const answer = await user.get(href);
		assert.equal(answer.headers['content-type'],
			'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
		assert.match(answer.headers['content-disposition'],
			/^attachment; filename="[a-z-]+-\d{4}-\d\d-\d\d\.xlsx"/);
		const [head, ...rows] = xlsxRows(answer.body);
		assert.ok(head.length >= 9);
		assert.ok(head.every(c => c.type === 's' && c.value &&
			!c.value.includes('[[')));
		const found = rows.map(row => row[0].value.replace(/\s/g, ''));
		assert.deepEqual(found, await crawl(user, query({ ...fields,
			sort: '-date', size: 100 })));
		assert.equal(found.length, rest.length);
		for (const name of ['category_name', 'subcategory_name', 'type_name',
			'location_name'])
			assert.ok(rows[0].some(c => c.value === rest.find(a =>
				a.number === found[0])[name]), name);
		assert.ok(rows.flat().some(c => c.type === 'n'), 'dates as dates');
		assert.ok(rows.flat().every(c => !c.formula));
	});

test('I10: PDF holds what is filtered, and reads well', async () => {
	const user = await as(requester);
	const { fields, rest } = chosen(of(requester), ['location', 'department']);
	const page = await user.page(query(fields));
	const href = string(page, '//export[@format="pdf"]/@href');
	const answer = await user.get(href);
	assert.equal(answer.headers['content-type'], 'application/pdf');
	assert.match(answer.headers['content-disposition'] ?? '', /\.pdf"/);
	const text = pdfText(answer.body).replace(/\s/g, '');
	for (const a of rest)
		assert.ok(text.includes(a.number), a.number);
	assert.ok(text.includes('ZorgmiddelenNoord'));
	assert.ok(!text.includes('[['));
	assert.equal(pdfFaults(answer.body), '');
	const info = pdfInfo(answer.body);
	assert.equal(info.Tagged, 'yes');
	assert.match(info['Page size'], /A4/);
	assert.ok(info.Title);
	assert.ok(Number(info.Pages) >= 1);
});

test('I9 X1: the search in the head opens what it finds whole', async () => {
	const user = await as(requester);
	const page = await user.page('/account');
	const found = async typed => (await user.get(
		`${string(page, '/page/search/@href')}?${new URLSearchParams({
			[string(page, '/page/search/@name')]: typed })}`)).location;
	const { label_code: code } = one(`SELECT label_code FROM aid
		WHERE number = 204817`);
	for (const typed of ['204817', ' 204 817 ', '204\u00a0817', code,
		`${origin}/q/${code}`])
		assert.equal(await found(typed), '/aids/204817', typed);
	const { number } = one(`SELECT r.number FROM request r
		JOIN account a ON a.id = r.requester_id
		WHERE a.email = ${quote(requester)} LIMIT 1`);
	assert.equal(await found(`${number.slice(0, 8)} ${number.slice(8)}`),
		`/requests/${number}`);
	const [{ number: aid, serial }] = sql(`SELECT a.number, a.serial
		FROM aid a JOIN organisation o ON o.id = a.holder_id
		WHERE o.code = 'lindenhof' AND a.number = 204817`);
	assert.equal(await found(` ${serial} `), `/aids/${aid}`);
	const { number: theirs, serial: foreign } = one(`SELECT a.number, a.serial
		FROM aid a JOIN organisation o ON o.id = a.holder_id
		WHERE o.code = 'terpen' LIMIT 1`);
	for (const typed of ['2048', theirs, foreign, 'tillift & bed', '%', '/q/'])
		assert.equal(new URL(await found(typed), origin).pathname, '/aids',
			typed);
	assert.deepEqual(keys(await user.page(await found('20481'))),
		of(requester).filter(a => a.number.startsWith('20481'))
			.map(a => a.number));
	assert.equal(await found(''), '/aids');
	assert.equal(await found('é'), '/aids');
});
