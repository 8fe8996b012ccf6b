// What a list holds is what its reader may see: no row less, no row more.
import assert from 'node:assert/strict';
import { xlsxRows } from '../lib/document.js';
import { test } from '../lib/tap.js';
import { accounts, as } from '../lib/user.js';
import { granted, memberships, sees, things } from '../lib/world.js';
import { first, texts } from '../lib/xml.js';

const people = accounts().map(email => ({ email, ms: memberships(email) }));
const ended = ['done', 'rejected', 'withdrawn', 'cancelled'];

// Keys of every row, page by page.
async function crawl(user, path) {
	const keys = [];
	for (let next = path; next;) {
		const page = await user.page(next);
		keys.push(...texts(page, '//list/rows/row/@key'));
		next = first(page, '//list/pager/next')?.getAttribute('href');
	}
	return keys;
}

// Keys of every row of the export, as digits and hyphens.
async function exported(user, path) {
	const answer = await user.get(path);
	assert.equal(answer.status, 200);
	const [head, ...rows] = xlsxRows(answer.body);
	assert.ok(head.length > 3);
	return rows.map(cells => cells[0].value.replace(/\s/g, ''));
}

const lists = [
	['I9', 'institution', 'aid.view', '/aids', 'aid',
		t => t.state !== 'scrapped', true],
	['I17', 'institution', 'request.view', '/actions', 'request',
		() => true, true],
	['I16', 'institution', 'planning.view', '/planning', 'request',
		t => !ended.includes(t.state), false],
	['C11 C15', 'professional', 'request.view', '/requests', 'request',
		t => !ended.includes(t.state), false],
	['S5', 'supplier', 'work.view', '/supplier/requests', 'request',
		t => !ended.includes(t.state), false],
];

for (const [cites, portal, right, path, kind, listed, whole] of lists) {
	const readers = people.filter(p => p.ms[0].portal === portal &&
		granted(portal, p.ms[0].role, right));
	for (const { email, ms } of readers) {
		test(`${cites}: ${path} of ${email} is what it may see`, async () => {
			const user = await as(email);
			const want = things[kind]().filter(t => listed(t) && sees(ms, t))
				.map(t => t.key).sort();
			assert.ok(want.length > 0);
			const keys = whole ? await exported(user, `${path}.xlsx`)
				: await crawl(user, `${path}?size=100`);
			assert.deepEqual([...new Set(keys)].sort(), want);
		});
	}
}
