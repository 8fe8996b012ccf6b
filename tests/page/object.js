// One aid: its page, its history, what can be asked for it.
import assert from 'node:assert/strict';
import { xlsxRows } from '../lib/document.js';
import { askRepair, requester } from '../lib/flow.js';
import { one, quote, sql, values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { granted, memberships, sees, things } from '../lib/world.js';
import { all, has, number, string, texts } from '../lib/xml.js';

const roles = [['rol2@lindenhof.example', '2'], ['rol4@lindenhof.example', '4']];

const aids = sql(`SELECT a.*, a.holder_id AS organisation,
		a.location_id AS location, a.home_place_id AS place,
		d.name AS stands, d.organisation_id AS whose, p.make, p.type,
		p.number AS article, c.name AS category_name
	FROM aid a JOIN product p ON p.id = a.product_id
	JOIN place d ON d.id = a.place_id
	JOIN category_text c ON c.category_id = a.category_id AND c.lang = 'nl'
	WHERE a.status <> 'scrapped'`).map(a => ({ ...a, people: [] }));

const of = email => {
	const ms = memberships(email);
	return aids.filter(a => sees(ms, a));
};

const item = (page, name) =>
	string(page, `//detail[@id="aid"]/item[@name="${name}"]`);

test('I11: owned and rented: everything that is known of it', async () => {
	const user = await as(requester);
	const mine = of(requester);
	const owned = mine.find(a => a.owner_id && a.inspection_due);
	const rented = mine.find(a => !a.owner_id && a.rent_from);
	for (const a of [owned, rented]) {
		const page = await user.page(`/aids/${a.number}`);
		assert.equal(string(page, '/page/title/@state'), a.status);
		assert.equal(string(page, '/page/title'), `${a.make} ${a.type}`);
		for (const [name, value] of Object.entries({ make: a.make,
			type: a.type, serial: a.serial, article: a.article,
			category: a.category_name, condition: a.condition_grade,
			ownership: a.owner_id ? 'owned' : 'rented',
			inspected: a.inspected_on ?? '' }))
			assert.equal(item(page, name), value, name);
		assert.equal(item(page, a.owner_id ? 'bought_on' : 'rented_on'),
			a.owner_id ? a.bought_on : a.rent_from);
		assert.equal(item(page, a.owner_id ? 'price' : 'day_price'),
			a.owner_id ? a.price_cents : a.day_cents);
	}
});

for (const [email, role] of roles)
	test(`I11: role ${role} ${granted('institution', role, 'cost.view')
		? 'sees' : 'does not see'} what it costs`, async () => {
		const user = await as(email);
		const may = granted('institution', role, 'cost.view');
		const a = of(email).find(x => x.owner_id && x.price_cents);
		const page = await user.page(`/aids/${a.number}`);
		assert.equal(item(page, 'price') !== '', may);
		assert.equal(has(page, '//list/columns/column[@id="cost"]'), may);
		assert.equal(has(page, '//item[@type="money"]'), may);
		const { body } = await user.get(`/aids/${a.number}/history.xlsx`);
		const [head] = xlsxRows(body);
		assert.equal(head.some(c => /kosten|bedrag/i.test(c.value)), may);
	});

// The aid with most history of what its holder asked for.
const busy = () => {
	const { number: found } = one(`SELECT a.number FROM aid a
		JOIN aid_event e ON e.aid_id = a.id
			AND e.organisation_id = a.holder_id
		WHERE a.number IN (${of(requester).map(a => a.number)})
		GROUP BY a.number
		ORDER BY COUNT(DISTINCT e.kind) DESC, COUNT(*) DESC LIMIT 1`);
	return of(requester).find(a => a.number === found);
};

const historyOf = a => sql(`SELECT e.*, IFNULL(r.number, '') AS request
	FROM aid_event e LEFT JOIN request r ON r.id = e.request_id
	WHERE e.aid_id = ${a.id} AND e.organisation_id = ${a.holder_id}
	ORDER BY e.asked_on DESC, e.id DESC`);

test('I12: history by period and kind, in both directions', async () => {
	const user = await as(requester);
	const a = busy();
	const events = historyOf(a);
	assert.ok(events.length > 5);
	const list = async fields => texts(await user.page(
		`/aids/${a.number}/history?${new URLSearchParams({ ...fields,
			size: 100 })}`), '//list/rows/row/@key');
	assert.deepEqual((await list({})).sort(), events.map(e => e.id).sort());
	for (const kind of new Set(events.map(e => e.kind)))
		if (kind !== 'registered')
			assert.deepEqual((await list({ kind })).sort(),
				events.filter(e => e.kind === kind).map(e => e.id).sort());
	const days = events.map(e => e.asked_on).sort();
	const [from, until] = [days[1], days.at(-2)];
	assert.deepEqual((await list({ from, until })).sort(), events.filter(e =>
		e.asked_on >= from && e.asked_on <= until).map(e => e.id).sort());
	const up = await list({ sort: 'asked' });
	const down = await list({ sort: '-asked' });
	assert.deepEqual(up, [...down].reverse());
	const asked = new Map(events.map(e => [e.id, e.asked_on]));
	assert.deepEqual(up.map(id => asked.get(id)), [...days]);
});

test('I12: a line tells number, status, date and kind', async () => {
	const user = await as(requester);
	const a = busy();
	const page = await user.page(`/aids/${a.number}/history?size=100`);
	const columns = texts(page, '//column/@id');
	for (const id of ['number', 'state', 'asked', 'kind'])
		assert.ok(columns.includes(id), id);
	const ms = memberships(requester);
	const seen = new Set(things.request().filter(t => sees(ms, t))
		.map(t => t.key));
	for (const event of historyOf(a)) {
		const cells = texts(page, `//row[@key="${event.id}"]/cell`);
		assert.equal(cells[columns.indexOf('number')],
			seen.has(event.request) ? event.request : '');
		assert.equal(cells[columns.indexOf('kind')], event.kind);
		assert.equal(cells[columns.indexOf('asked')], event.asked_on);
	}
});

test('I12: a rented aid does not carry another customer\'s history',
	async () => {
		const rows = sql(`SELECT a.number, a.id, a.holder_id, COUNT(*) AS n
			FROM aid a JOIN aid_event e ON e.aid_id = a.id
			WHERE e.organisation_id <> a.holder_id
			AND a.number IN (${of('beheer@lindenhof.example')
				.map(a => a.number)})
			GROUP BY a.number, a.id, a.holder_id LIMIT 8`);
		assert.ok(rows.length > 0, 'an aid that was another\'s');
		const user = await as('beheer@lindenhof.example');
		for (const row of rows) {
			const page = await user.page(
				`/aids/${row.number}/history?size=100`);
			assert.deepEqual(texts(page, '//row/@key').sort(),
				historyOf(row).map(e => e.id).sort());
		}
	});

test('I13: only what status and ownership allow is offered', async () => {
	const user = await as('beheer@lindenhof.example');
	const mine = of('beheer@lindenhof.example');
	const repairable = ['in_use', 'in_depot'];
	for (const status of new Set(mine.map(a => a.status))) {
		const a = mine.find(x => x.status === status);
		const page = await user.page(`/aids/${a.number}`);
		const [action] = all(page,
			'//actions[@id="services"]/action[@id="repair"]');
		assert.equal(Boolean(action?.getAttribute('href')),
			repairable.includes(status), status);
		const form = await user.get(`/aids/${a.number}/repair`);
		if (repairable.includes(status)) {
			assert.equal(form.status, 200);
			continue;
		}
		assert.equal(form.status, 303);
		assert.equal(form.location, `/aids/${a.number}`);
		const again = await user.page(form.location);
		assert.ok(has(again, '//message[@kind="warn"]'), 'is told why');
	}
});

test('I13: the form of a choice leads to its form', async () => {
	const user = await as(requester);
	const a = of(requester).find(x => x.status === 'in_use');
	const page = await user.page(`/aids/${a.number}`);
	const href = string(page, '//actions[@id="services"]/@href');
	const answer = await user.get(`${href}?action=repair`);
	assert.equal(answer.location, `/aids/${a.number}/repair`);
	assert.equal((await user.get(`${href}?action=nonsense`)).location,
		`/aids/${a.number}`);
});

test('I14: the form knows what is known already', async () => {
	const user = await as(requester);
	const a = of(requester).find(x => x.status === 'in_use');
	const { fields, names, page } = await user.form(`/aids/${a.number}/repair`);
	const me = one(`SELECT name, phone, email FROM account
		WHERE email = ${quote(requester)}`);
	assert.equal(fields.location, a.location);
	assert.equal(fields.department, a.place);
	assert.equal(fields.contact_name, me.name);
	assert.equal(fields.contact_phone.replace(/\s/g, ''), me.phone);
	assert.equal(fields.contact_email, me.email);
	assert.deepEqual(names.filter(name => name !== 'version').sort(), ['client',
		'contact_email', 'contact_name', 'contact_phone', 'defect',
		'department', 'kept', 'location', 'message', 'photos', 'wished']);
	const min = string(page, '//field[@name="wished"]/@min');
	assert.ok(min > new Date().toISOString().slice(0, 10));
	assert.ok(has(page, '//note[@id="urgent"]'), 'C24: spoed');
});

test('I14: what was reported already is told above the form', async () => {
	const user = await as(requester);
	const { aid, number: asked } = await askRepair();
	const path = `/aids/${aid}/repair`;
	assert.equal(string(await user.page(path),
		'//main/notes/note[@id="running"]/@href'), `/requests/${asked}`);
	const { number: free } = of(requester).find(x => x.status === 'in_use' &&
		!values(`SELECT 1 FROM request_line l
			JOIN request r ON r.id = l.request_id
			WHERE l.aid_id = ${x.id} AND r.done_on IS NULL`).length);
	assert.ok(!has(await user.page(`/aids/${free}/repair`),
		'//note[@id="running"]'));
});

test('I14: the whole location is a choice, in words of its own', async () => {
	const user = await as(requester);
	const a = of(requester).find(x => x.status === 'in_use');
	const { page } = await user.form(`/aids/${a.number}/repair`);
	const options = '//field[@name="department"]/option';
	assert.deepEqual(texts(page, `${options}[@word]/@value`), [a.location]);
	assert.equal(string(page, `${options}[@word]`), '');
	const { text } = await user.get(`/aids/${a.number}/repair`);
	assert.match(text, new RegExp(
		`<option value="${a.location}"[^>]*>Hele locatie</option>`));
});

test('I9 I13: stored with the supplier: on the list, open to a repair',
	async () => {
		const user = await as(requester);
		const a = of(requester).find(x => x.whose === null &&
			x.status === 'in_depot');
		const list = await user.page(`/aids?location=${a.location}` +
			`&department=${a.place}&status=in_depot`);
		assert.ok(texts(list, '//rows/row/@key').includes(a.number));
		const page = await user.page(`/aids/${a.number}`);
		assert.equal(item(page, 'stored'), a.stands);
		const { fields } = await user.form(`/aids/${a.number}/repair`);
		assert.equal(fields.location, a.location);
		assert.equal(fields.department, a.place_id);
		const { number: asked } = await askRepair(requester, {}, a.number);
		const request = await user.page(`/requests/${asked}`);
		assert.equal(string(request, '//item[@name="place"]'), a.stands);
	});

test('I14: earliest working day, no weekend, not too far', async () => {
	const user = await as(requester);
	const a = of(requester).find(x => x.status === 'in_use');
	const form = await user.form(`/aids/${a.number}/repair`);
	const day = add => {
		const date = new Date(Date.now() + add * 86400e3);
		return [date.toISOString().slice(0, 10), date.getUTCDay()];
	};
	const bad = [day(-1)[0], day(0)[0], day(400)[0]];
	for (let add = 3; add < 10; add++)
		if ([0, 6].includes(day(add)[1]))
			bad.push(day(add)[0]);
	for (const wished of bad) {
		const answer = await user.post(form.action, { ...form.fields, wished,
			defect: 'x' });
		assert.equal(answer.status, 422, wished);
		assert.match(answer.text, /id="f-wished-error"/);
	}
});

test('I11: the number of a sum adds up: cost so far', async () => {
	const user = await as('beheer@lindenhof.example');
	const { number: found, cents } = one(`SELECT a.number,
			SUM(e.cost_cents) AS cents
		FROM aid a JOIN aid_event e ON e.aid_id = a.id
			AND e.organisation_id = a.holder_id
		WHERE a.owner_id = a.holder_id AND e.cost_cents > 0
		AND a.number IN (${of('beheer@lindenhof.example')
			.map(a => a.number)})
		GROUP BY a.number ORDER BY COUNT(*) DESC LIMIT 1`);
	const page = await user.page(`/aids/${found}`);
	assert.equal(number(page,
		'//detail[@id="aid"]/item[@name="work_cost"]'), Number(cents));
});
