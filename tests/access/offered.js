// The menu, the links and the buttons follow the table of rights: nothing is
// offered that would be refused, and what one may stands in the menu (I8).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { each, root } from '../lib/portal.js';
import { routeFor, routes } from '../lib/routes.js';
import { test } from '../lib/tap.js';
import { accounts, as } from '../lib/user.js';
import { granted, memberships } from '../lib/world.js';
import { texts } from '../lib/xml.js';

const people = accounts().map(email => ({ email, ms: memberships(email) }));
const PAGES = 40; // of each account, beside its menu

const unescape = text => text.replace(/&amp;/g, '&');
const local = (text, attribute) => [...text.matchAll(
	new RegExp(`${attribute}="(/[^"#]*)"`, 'g'))].map(m => unescape(m[1]))
	.filter(href => !href.startsWith('/static/'));

// The route of an address, as the portal would find it for that account.
function routeOf(method, address, portal) {
	const path = address.replace(/\?.*/, '').replace(/\.(xml|pdf|xlsx)$/, '');
	const found = routes.find(r => r.method === method && new RegExp(
		`^${r.path.replace(/\{\w+\}/g, '[\\w-]+')}$`).test(path));
	return found && routeFor(method, found.path, portal);
}

const may = (route, { portal, role }) => route &&
	(route.portal === 'any' || route.portal === portal) &&
	(['public', 'signed.in'].includes(route.right) ||
		granted(portal, role, route.right));

const menuOf = async user => texts(await user.page('/account'),
	'//menu//item/@href');

test('I8: no page offers a link or a button that would be refused', async () => {
	const refused = [];
	let offers = 0;
	await each(people, async ({ email, ms: [m] }) => {
		const user = await as(email);
		const seen = new Set();
		const patterns = new Map();
		const queue = ['/account', '/roles',
			...await menuOf(user)];
		while (queue.length && seen.size < PAGES) {
			const address = queue.shift();
			if (seen.has(address))
				continue;
			seen.add(address);
			const answer = await user.get(address);
			if (!/html/.test(answer.headers['content-type'] ?? ''))
				continue;
			for (const [method, list] of [
				['GET', local(answer.text, 'href')],
				['POST', [...answer.text.matchAll(
					/<form[^>]*method="post"[^>]*>/g)].flatMap(f =>
					local(f[0], 'action'))]])
				for (const href of list) {
					const route = routeOf(method, href, m.portal);
					offers++;
					if (!may(route, m))
						refused.push(`${email} ${address} offers ${method} ${
							href}`);
					// Of those alike two are enough.
					const times = patterns.get(route?.path) ?? 0;
					patterns.set(route?.path, times + 1);
					if (method === 'GET' && times < 2 &&
						!/\.(xml|pdf|xlsx)(\?|$)/.test(href))
						queue.push(href);
				}
		}
	});
	console.log(`# ${offers} links and buttons`);
	assert.deepEqual([...new Set(refused)].slice(0, 20), []);
	assert.ok(offers > 1000);
}, { seconds: 300 });

// menu.c: {DB_PORTAL, "group", "id", "/address", "icon", RIGHT_…}
const items = [...readFileSync(`${root}/fcgi/menu.c`, 'utf8').matchAll(
	/\{DB_(\w+),\s*"[\w-]+",\s*"([\w-]+)",\s*"([^"]+)",\s*"[\w-]+",\s*RIGHT_(\w+)\}/g)]
	.map(([, portal, id, href, right]) => ({ portal: portal.toLowerCase(), id,
		href, right: right.toLowerCase().replaceAll('_', '.') }));

test('I8: the menu holds what the role may, and no more', async () => {
	assert.ok(items.length > 8);
	const wrong = [];
	await each(people, async ({ email, ms: [m] }) => {
		const shown = await menuOf(await as(email));
		const want = items.filter(i => i.portal === m.portal &&
			(i.right === 'signed.in' || granted(m.portal, m.role, i.right)))
			.map(i => i.href);
		if (want.some(href => !shown.includes(href)) ||
			items.some(i => shown.includes(i.href) && !want.includes(i.href)))
			wrong.push(`${email}: ${shown}, want ${want}`);
	});
	assert.deepEqual(wrong, []);
});

test('I8: a menu item asks for the right of its page', () => {
	for (const { portal, href, right } of items)
		assert.equal(routeFor('GET', href, portal)?.right === right ||
			right === 'audit.view' && href === '/exports', true, href);
});
