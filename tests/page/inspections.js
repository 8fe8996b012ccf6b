// Inspections (X3): what is due, asked for together, entered by the branch.
import assert from 'node:assert/strict';
import { finish, freeAid, planner, stateOf, workday } from '../lib/flow.js';
import { one, quote, sql, until, values } from '../lib/portal.js';
import { inspected, inspectionsAsked } from '../lib/steps.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { all, first, has, number, string, texts } from '../lib/xml.js';

const boss = 'beheer@lindenhof.example';
const mine = `FROM aid a JOIN organisation o ON o.id = a.holder_id
	AND o.code = 'lindenhof'
	WHERE a.status NOT IN ('out_of_service', 'scrapped') AND a.inspection_due`;

test('X3: tabs of what is due, and the overdue in the menu', async () => {
	const user = await as(boss);
	const page = await user.page('/inspections');
	const { late } = one(`SELECT COUNT(*) AS late ${mine} < CURRENT_DATE`);
	const { month } = one(`SELECT COUNT(*) AS month ${mine}
		<= CURRENT_DATE + INTERVAL 30 DAY`);
	assert.equal(string(page, '//tab[@id="overdue"]/@count'), late);
	assert.equal(string(page, '//tab[@id="month"]/@count'), month);
	assert.equal(string(page, '//rows/@total'), month);
	// The worker keeps it for up to a minute.
	await until('the overdue in the menu', 65, async () => string(
		await user.page('/inspections'),
		'//menu//item[@id="inspections"]/@count') === late);
	const over = await user.page('/inspections?state=overdue');
	assert.equal(string(over, '//rows/@total'), late);
	const [{ n }] = sql(`SELECT COUNT(*) AS n FROM aid a JOIN organisation o
		ON o.id = a.holder_id AND o.code = 'lindenhof'
		WHERE a.status = 'out_of_service'
		AND a.inspection_result = 'rejected'`);
	const bad = await user.page('/inspections?state=rejected');
	assert.equal(string(bad, '//rows/@total'), n);
});

test('X3: filters by place, category and day; sorted by due', async () => {
	const user = await as(boss);
	const [place] = sql(`SELECT a.location_id AS id, a.category_id AS category,
		COUNT(*) AS n ${mine} IS NOT NULL GROUP BY 1, 2 ORDER BY n DESC LIMIT 1`);
	const found = async query => string(await user.page(
		`/inspections?state=all&${query}`), '//rows/@total');
	assert.equal(await found(`location=${place.id}&category=${place.category}`),
		place.n);
	const branch = await as(planner);
	for (const row of all(await branch.page('/supplier/inspections'), '//row'))
		assert.equal(row.getAttribute('href'),
			`/supplier/aids/${row.getAttribute('key')}`);
	const day = values(`SELECT CURRENT_DATE + INTERVAL 60 DAY AS d`)[0];
	const { n } = one(`SELECT COUNT(*) AS n ${mine}
		BETWEEN CURRENT_DATE AND ${quote(day)}`);
	const today = values('SELECT CURRENT_DATE AS d')[0];
	assert.equal(await found(`from=${today}&until=${day}`), n);
	const page = await user.page('/inspections?state=all');
	const at = number(page,
		'count(//column[@id="due"]/preceding-sibling::column) + 1');
	const due = texts(page, `//row/cell[${at}]`);
	assert.deepEqual(due, [...due].sort());
	for (const format of ['pdf', 'xlsx'])
		assert.equal((await user.get(
			`/inspections.${format}?state=overdue`)).status, 200);
});

test('X3: one press asks for all that is due at a location, once', async () => {
	const form = await inspectionsAsked();
	const user = await as(boss);
	const due = `FROM aid a WHERE a.location_id = ${form.location}
		AND a.status IN ('in_use', 'in_depot')
		AND a.inspection_due <= CURRENT_DATE + INTERVAL 30 DAY`;
	const { n } = one(`SELECT COUNT(*) AS n ${due}`);
	const page = await user.page(`/inspections/request?location=${
		form.location}&period=month`);
	assert.equal(string(page, '//detail[@id="inspection-count"]' +
		'/item[@name="now"]'), n);
	const answer = await user.post(form.action, form.fields);
	assert.equal(answer.status, 303);
	const [, asked] = /^\/requests\/([\d-]+)\/sent$/.exec(answer.location);
	const lines = sql(`SELECT l.aid_id AS aid, l.state FROM request_line l
		JOIN request q ON q.id = l.request_id
		WHERE q.number = ${quote(asked)}`);
	assert.equal(lines.length, Number(n));
	assert.ok(lines.every(l => l.state === 'submitted'));
	const again = await user.page(`/inspections/request?location=${
		form.location}&period=month`);
	assert.equal(string(again, '//detail[@id="inspection-count"]' +
		'/item[@name="now"]'), '0');
	const twice = await user.send(`/inspections/request?location=${
		form.location}&period=month`, 'inspection-request');
	assert.equal(twice.status, 422);
	assert.ok(twice.text.includes('niets (meer) aan te vragen'));
	const shown = await user.page(`/requests/${asked}`);
	assert.equal(all(shown, '//lines[@id="request-aids"]/line').length ||
		all(shown, '//detail[@id="request-aid"]').length, Number(n));
	assert.ok(has(await (await as(planner)).page(
		`/supplier/requests?number=${asked}`), `//row[@key="${asked}"]`));
});

test('X3: asked for with another\'s location or a bad day it is refused',
	async () => {
		const user = await as(boss);
		const foreign = values(`SELECT p.id AS n FROM place p
			JOIN organisation o ON o.id = p.organisation_id
			WHERE o.code = 'terpen' AND p.kind = 'location' LIMIT 1`)[0];
		const own = values(`SELECT p.id AS n FROM place p
			JOIN organisation o ON o.id = p.organisation_id
			WHERE o.code = 'lindenhof' AND p.kind = 'location' LIMIT 1`)[0];
		for (const change of [{ location: foreign }, { location: '' },
			{ location: own, wished: '2020-01-06' },
			{ location: own, wished: '2026-12-25' },
			{ location: own, period: 'ever' }]) {
			const before = one('SELECT COUNT(*) AS n FROM request').n;
			const answer = await user.send('/inspections/request',
				'inspection-request', change);
			assert.equal(answer.status, 422, JSON.stringify(change));
			assert.equal(one('SELECT COUNT(*) AS n FROM request').n, before);
		}
	});

test('X3 S5: an inspection is done by its results', async () => {
	const asked = await inspected();
	const user = await as(planner);
	const page = await user.page(`/supplier/requests/${asked}`);
	assert.ok(has(page, '//action[@id="inspect"]'));
	assert.ok(!has(page, '//action[@id="done"]'));
	await assert.rejects(finish(asked));
	const path = `/supplier/requests/${asked}/inspect`;
	for (const [change, words] of [
		[{}, 'minstens één hulpmiddel'],
		[{ 'result-1': 'rejected' }, 'Schrijf op wat er is gevonden'],
		[{ 'remark-1': 'Scheur.' }, 'Kies een uitslag'],
		[{ 'result-1': 'approved', day: workday(3) }, 'vandaag of een eerdere'],
		[{ 'result-1': 'approved', 'next-1': '2020-01-01' }, 'moet na'],
		[{ 'result-1': 'perfect' }, 'Uitslag'],
		[{ 'result-1': 'approved', inspector: '' }, 'wie er heeft gekeurd'],
	]) {
		const answer = await user.send(path, 'inspect',
			{ inspector: 'Monteur 3', ...change });
		assert.equal(answer.status, 422, JSON.stringify(change));
		assert.ok(answer.text.includes(words), words);
	}
	const stale = await user.form(path, 'inspect');
	const good = { ...stale.fields, 'result-1': 'rejected',
		'remark-1': 'Scheur in het frame.', inspector: 'Monteur 3' };
	assert.equal((await user.post(stale.action, good)).status, 303);
	assert.equal(stateOf(asked), 'done');
	const aid = one(`SELECT a.number, a.status, a.inspection_result AS result,
			a.inspection_due AS due, i.number AS certificate
		FROM inspection i JOIN aid a ON a.id = i.aid_id
		JOIN request q ON q.id = i.request_id
		WHERE q.number = ${quote(asked)}`);
	const shown = await user.page(`/supplier/requests/${asked}`);
	assert.ok(texts(shown, '//part[@name="certificate"]/@href |' +
		'//item[@name="certificate"]/@href').includes(
		`/supplier/certificates/${aid.certificate}.pdf`));
	assert.deepEqual([aid.status, aid.result, aid.due],
		['out_of_service', 'rejected', null]);
	const object = await (await as(boss)).page(`/aids/${aid.number}`);
	const link = first(object, '//detail/item[@name="certificate"]');
	assert.equal(link.getAttribute('href'),
		`/certificates/${aid.certificate}.pdf`);
	assert.equal(string(object, '//detail/item[@name="result"]'), 'rejected');
	const history = await (await as(boss)).page(`/aids/${aid.number}/history`);
	assert.ok(all(history, '//cell').some(cell =>
		cell.textContent === aid.certificate));
});

test('X3: the planner enters one, and brings a rejected aid back', async () => {
	const user = await as(planner);
	const aid = freeAid('rol2@lindenhof.example',
		'a.inspection_due IS NOT NULL');
	const path = `/supplier/inspections/${aid}`;
	const enter = change => user.send(path, 'inspection',
		{ inspector: 'Monteur 3', ...change });
	const status = () => one(`SELECT status FROM aid
		WHERE number = ${aid}`).status;
	assert.equal((await enter({})).status, 422);
	assert.equal((await enter({ result: 'rejected' })).status, 422);
	assert.equal((await enter({ result: 'approved', next: '' })).status, 422);
	assert.equal((await enter({ result: 'rejected', remark: 'Stuk.' })).status,
		303);
	assert.equal(status(), 'out_of_service');
	const stale = await user.form(path, 'inspection');
	assert.equal((await enter({ result: 'approved' })).status, 303);
	assert.equal(status(), 'in_use');
	const late = await user.post(stale.action, { ...stale.fields,
		result: 'rejected', remark: 'Stuk.', inspector: 'Monteur 3' });
	assert.equal(late.status, 409);
	assert.equal(status(), 'in_use');
});
