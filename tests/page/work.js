// The branch's work list: tabs, what it holds of itself, its search (S5).
import assert from 'node:assert/strict';
import { accept, askRepair, mechanicOf, plan, planner, workday }
	from '../lib/flow.js';
import { one } from '../lib/portal.js';
import { askSeveral } from '../lib/steps.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { all, first, number, string, texts } from '../lib/xml.js';

const list = '/supplier/requests';
const mine = `FROM request r JOIN membership m ON m.branch_id = r.branch_id
	JOIN account a ON a.id = m.account_id AND a.email = '${planner}'
	WHERE r.state`;
const moves = "IN ('submitted', 'accepted', 'proposed', 'planned')";
const tabs = {
	open: `NOT IN ('done', 'rejected', 'withdrawn', 'cancelled',
		'awaiting_approval', 'own_planned')`,
	submitted: "= 'submitted'",
	today: `NOT IN ('done', 'rejected', 'withdrawn', 'cancelled',
		'awaiting_approval', 'own_planned')
		AND COALESCE(r.planned_on, r.wished_on) = CURRENT_DATE`,
	late: `${moves} AND COALESCE(r.planned_on, r.wished_on) < CURRENT_DATE`,
};

test('S5: tabs say how much they hold, and lead to it', async () => {
	const user = await as(planner);
	const page = await user.page(list);
	assert.deepEqual(texts(page, '//tabs/tab/@id'), Object.keys(tabs));
	for (const [id, where] of Object.entries(tabs)) {
		const tab = first(page, `//tabs/tab[@id="${id}"]`);
		const { found } = one(`SELECT COUNT(*) AS found ${mine} ${where}`);
		assert.equal(tab.getAttribute('count'), found, id);
		const led = await user.page(tab.getAttribute('href'));
		assert.equal(number(led, '//rows/@total'), Number(found), id);
		assert.deepEqual(texts(led, '//tabs/tab[@current]/@id'), [id]);
	}
	assert.ok(number(page, '//tabs/tab[@id="late"]/@count') > 0);
});

test('S5: only what should have begun is late', async () => {
	const page = await (await as(planner)).page(`${list}?state=late`);
	const column = number(page,
		'count(//column[@id="late"]/preceding-sibling::column) + 1');
	assert.deepEqual([...new Set(texts(page, `//row/cell[${column}]`))],
		['late']);
});

test('S5: what waits to be accepted is counted in the menu', async () => {
	const user = await as(planner);
	const count = async () => number(await user.page(list),
		'//menu/group/item[@id="work"]/@count');
	const before = await count();
	const { number: asked } = await askRepair();
	assert.equal(await count(), before + 1);
	await accept(asked);
	assert.equal(await count(), before);
});

test('S5: the search in the head opens a request, whatever its state',
	async () => {
		const user = await as(planner);
		const { number: done, aid } = one(`SELECT r.number, a.number AS aid
			FROM request r JOIN request_line l ON l.request_id = r.id
			JOIN aid a ON a.id = l.aid_id
			JOIN organisation o ON o.id = r.organisation_id
			WHERE r.state = 'done' AND o.code = 'lindenhof' LIMIT 1`);
		const page = await user.page('/account');
		const found = async typed => (await user.get(
			`${string(page, '/page/search/@href')}?${new URLSearchParams({
				[string(page, '/page/search/@name')]: typed })}`)).location;
		assert.equal(await found(`${done.slice(0, 8)} ${done.slice(8)}`),
			`${list}/${done}`);
		assert.equal(await found(aid), `${list}?aid=${aid}`);
		for (const path of [await found(aid), await found(done.slice(2))])
			assert.ok(all(await user.page(path), '//row/@key')
				.some(key => key.value === done), path);
	});

test('S5: the aids of a request lead to their pages', async () => {
	const user = await as(planner);
	const one = await askRepair();
	const page = await user.page(`${list}/${one.number}`);
	const href = string(page, '//detail[@id="request-aid"]/item[@name="aid"]/@href');
	assert.equal(href, `/supplier/aids/${one.aid}`);
	await user.page(href);
	const many = await askSeveral();
	const hrefs = texts(await user.page(`${list}/${many.number}`),
		'//lines[@id="request-aids"]/line/@href');
	assert.ok(hrefs.length > 1);
	for (const to of hrefs)
		await user.page(to);
});

test('S5: from a request to what its mechanic does that day', async () => {
	const { number: asked, user } = await askRepair();
	await accept(asked);
	await plan(asked, workday(6));
	const branch = await as(planner);
	const mechanic = '//item[@name="mechanic"]';
	const href = string(await branch.page(`${list}/${asked}`),
		`${mechanic}/@href`);
	assert.equal(href, `/supplier/day?date=${workday(6)}&mechanic=${
		mechanicOf(asked).id}`);
	const day = await branch.get(href);
	assert.equal(day.status, 200);
	assert.ok(day.text.includes(`/supplier/requests/${asked}`));
	const theirs = first(await user.page(`/requests/${asked}`), mechanic);
	assert.equal(theirs.getAttribute('href') || '', '');
});
