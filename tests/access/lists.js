// What a list holds is what its reader may see: no row less, no row more.
import assert from 'node:assert/strict';
import { xlsxRows } from '../lib/document.js';
import { fileOf } from '../lib/export.js';
import { test } from '../lib/tap.js';
import { accounts, as, asFormat } from '../lib/user.js';
import { granted, memberships, sees, things } from '../lib/world.js';

const people = accounts().map(email => ({ email, ms: memberships(email) }));
const all = Object.fromEntries(
	Object.entries(things).map(([kind, list]) => [kind, list()]));

// Keys of every row, page by page, as a person would go.
async function crawled(user, path) {
	const keys = [];
	const link = new RegExp(`href="${path.split('?')[0]}/([\\d-]+)"`, 'g');
	for (let next = path; next;) {
		const { status, text } = await user.get(next);
		assert.equal(status, 200, next);
		keys.push(...[...text.matchAll(link)].map(found => found[1]));
		next = /<a href="([^"]+)" rel="next"/.exec(text)?.[1]
			.replaceAll('&amp;', '&');
	}
	return keys;
}

// Keys of every row of the export.
async function exported(user, path) {
	const answer = await fileOf(user, path);
	assert.equal(answer.status, 200, path);
	return xlsxRows(answer.body).slice(1)
		.map(cells => cells.map(c => c.value.replace(/\s/g, ''))
			.find(value => /^(\d{4}-)?\d{6}$/.test(value)));
}

const open = t =>
	!['done', 'rejected', 'withdrawn', 'cancelled'].includes(t.state);
const clients = ['repair', 'adaptation', 'rental', 'delivery', 'pick_up'];

const lists = [
	{ cites: 'I9', portal: 'institution', right: 'aid.view', kind: 'aid',
		path: '/aids.xlsx', listed: t => t.state !== 'scrapped',
		read: exported },
	{ cites: 'I17', portal: 'institution', right: 'request.view',
		path: '/actions.xlsx', kind: 'request', listed: () => true,
		read: exported },
	{ cites: 'I16', portal: 'institution', right: 'planning.view',
		path: '/planning.xlsx', kind: 'request', listed: open,
		read: exported },
	{ cites: 'C11 C15', portal: 'professional', right: 'request.view',
		path: '/requests?size=100', kind: 'request',
		listed: t => open(t) && clients.includes(t.kind), read: crawled },
	{ cites: 'S5', portal: 'supplier', right: 'work.view',
		path: '/supplier/requests?size=100', kind: 'request',
		listed: t => open(t) &&
			!['awaiting_approval', 'own_planned'].includes(t.state),
		read: crawled },
];

for (const { cites, portal, right, path, kind, listed, read } of lists)
	for (const { email, ms } of people.filter(p => p.ms[0].portal === portal &&
		granted(portal, p.ms[0].role, right)))
		test(`${cites}: ${path} of ${email} holds what it may see`,
			async () => {
				const want = all[kind].filter(t => listed(t) && sees(ms, t))
					.map(t => t.key);
				assert.ok(want.length > 0);
				const keys = new Set(await read(await as(email), path));
				const missing = want.filter(key => !keys.has(key));
				for (const key of want)
					keys.delete(key);
				assert.deepEqual({ missing, besides: [...keys] },
					{ missing: [], besides: [] });
			});
