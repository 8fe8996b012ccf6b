// Every page that there is: its XML after the schema, its HTML in order.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { spawnSync } from 'node:child_process';
import { askRepair, planner, requester } from '../lib/flow.js';
import { split, strange } from '../lib/html.js';
import { quote, root, sql } from '../lib/portal.js';
import { addressOf, kindOf, routeFor, routes } from '../lib/routes.js';
import { test } from '../lib/tap.js';
import { anybody, as, asFormat } from '../lib/user.js';
import { granted, memberships, sees, things } from '../lib/world.js';

const readers = [requester, 'beheer@lindenhof.example',
	'rol4@lindenhof.example', 'rol3@lindenhof.example',
	'ergo@lindenhof.example', planner, 'adviseur@zorgmiddelen-noord.example'];
const PER_ROUTE = 14; // of the things of a kind, so many, all unlike

const all = Object.fromEntries(
	Object.entries(things).map(([kind, list]) => [kind, list()]));

function unlike(list) {
	const seen = new Set();
	return list.filter(t => !seen.has(t.state + t.kind) &&
		seen.add(t.state + t.kind)).slice(0, PER_ROUTE);
}

// Addresses that a person may open; a form of a request only where the
// state lets it stand.
function addresses(email) {
	const ms = memberships(email);
	const [{ portal, role }] = ms;
	const found = [];
	for (const { path } of routes.filter(r => r.method === 'GET')) {
		const route = routeFor('GET', path, portal);
		const allowed = (route.portal === 'any' || route.portal === portal) &&
			(route.right === 'signed.in' || granted(portal, role, route.right));
		if (!allowed || !route.formats.includes('html'))
			continue;
		const kind = kindOf(path);
		if (kind === 'photo')
			continue;
		const keys = kind === 'none' ? [''] : unlike(
			all[kind].filter(t => sees(ms, t))).map(t => t.key);
		for (const key of keys)
			found.push({ path: addressOf(path, key),
				xml: route.formats.includes('xml') });
	}
	for (const path of ['/aids?location=x', '/aids?number=00000&sort=-type',
		'/aids?size=100&status=in_use', '/actions?state=open&page=3'])
		if (portal === 'institution')
			found.push({ path, xml: true });
	if (email === requester) // long: the page that offers to make it
		found.push({ path: '/aids.pdf?sort=-type', xml: false });
	return found;
}

function judge(html, path) {
	const { tags } = split(html);
	const count = name => tags.filter(t => t.name === name).length;
	const faults = strange(html).map(fault => `${path}: ${fault}`);
	if (html.includes('[['))
		faults.push(`${path}: no text ${/\[\[[^\]]*\]\]/.exec(html)?.[0]}`);
	if (tags.some(t => /\bunknown\b/.test(t.attributes.class ?? '')))
		faults.push(`${path}: an element that nobody draws`);
	if (count('h1') !== 1 || count('main') !== 1 || count('title') !== 1)
		faults.push(`${path}: ${count('h1')} h1, ${count('main')} main`);
	const ids = tags.map(t => t.attributes.id).filter(Boolean);
	const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
	if (twice.length)
		faults.push(`${path}: id ${twice[0]} twice`);
	for (const { name, attributes: a } of tags) {
		if (name === 'label' && a.for && !ids.includes(a.for))
			faults.push(`${path}: label for ${a.for}`);
		for (const ref of [a['aria-describedby'], a['aria-labelledby'],
			a['aria-controls']].flatMap(v => v ? v.split(' ') : []))
			if (!ids.includes(ref))
				faults.push(`${path}: ${ref} is referred to`);
		if (a.href?.startsWith('#') && a.href.length > 1 &&
			!ids.includes(a.href.slice(1)))
			faults.push(`${path}: ${a.href} leads nowhere`);
	}
	return faults;
}

// Names of files, and what xmllint says of them.
function validate(pages) {
	const dir = mkdtempSync(`${tmpdir()}/hulpbalie-`);
	try {
		pages.forEach(({ text }, i) => writeFileSync(`${dir}/${i}.xml`, text));
		const { status, stderr } = spawnSync('xmllint', ['--noout',
			'--relaxng', `${root}/schema/rng/page.rng`,
			...pages.map((_, i) => `${dir}/${i}.xml`)],
		{ encoding: 'utf8', maxBuffer: 1 << 26 });
		const bad = [...stderr.matchAll(/(\d+)\.xml fails to validate/g)]
			.map(found => pages[found[1]].path);
		return status === 0 ? [] : [...bad, ...stderr.split('\n')
			.filter(line => /error/.test(line)).slice(0, 10)];
	} finally {
		rmSync(dir, { recursive: true });
	}
}

async function crawl(user, list) {
	const faults = [];
	const pages = [];
	const links = new Set();
	for (const { path, xml } of list) {
		const html = await user.get(path);
		// A file that a page offers is no page.
		if (html.status === 303 || html.headers['content-disposition'])
			continue;
		if (html.status !== 200)
			faults.push(`${path}: ${html.status}`);
		faults.push(...judge(html.text, path));
		for (const { attributes: { href } } of split(html.text).tags)
			if (href?.startsWith('/') && !href.startsWith('/static/'))
				links.add(href);
		if (!xml)
			continue;
		const page = await user.get(asFormat(path, 'xml'));
		if (page.status !== html.status)
			faults.push(`${path}: ${page.status} as XML`);
		else
			pages.push({ path, text: page.text });
	}
	return { faults: [...faults, ...validate(pages)], pages, links };
}

for (const email of readers)
	test(`X5 I8: every page of ${email} is valid, in XML and in HTML`,
		async () => {
			const user = await as(email);
			const { faults, pages } = await crawl(user, addresses(email));
			assert.deepEqual(faults.slice(0, 40), []);
			assert.ok(pages.length > 3 || email.startsWith('ergo'));
		}, { seconds: 300 });

for (const email of [requester, planner, 'ergo@lindenhof.example'])
	test(`every link on the pages of ${email} leads somewhere`, async () => {
		const user = await as(email);
		const { links } = await crawl(user, addresses(email).slice(0, 25));
		const dead = [];
		const few = [...links].filter(href => !/\.(pdf|xlsx)/.test(href));
		for (const href of few.filter((_, i) =>
			i % Math.ceil(few.length / 150) === 0)) {
			const { status } = await user.get(href.split('#')[0]);
			if (status >= 400)
				dead.push(`${href}: ${status}`);
		}
		assert.ok(few.length > 10);
		assert.deepEqual(dead, []);
	}, { seconds: 300 });

test('C2: the pages before log-in are valid', async () => {
	const { faults } = await crawl(anybody(), ['/login', '/login?after=logout',
		'/login?after=ended', '/login?after=codes', '/login?next=/aids']
		.map(path => ({ path, xml: true })));
	assert.deepEqual(faults, []);
});

test('X5: error pages and forms with errors are valid', async () => {
	const user = await as(requester);
	const pages = [];
	for (const path of ['/nergens', '/supplier/requests', '/aids/1',
		'/aids?number=%00']) {
		const answer = await user.get(asFormat(path, 'xml'));
		assert.ok(answer.status >= 400);
		pages.push({ path, text: answer.text });
		const html = await user.get(path);
		assert.deepEqual(judge(html.text, path), []);
	}
	assert.deepEqual(validate(pages), []);
	const { aid } = await askRepair();
	const form = await user.form(`/aids/${aid}/repair`);
	const bad = await user.post(form.action, { ...form.fields, wished: 'x',
		contact_phone: 'x', defect: '' });
	assert.deepEqual(judge(bad.text, 'repair with errors'), []);
});

test('in English every text is there too', async () => {
	for (const email of [requester, planner, 'ergo@lindenhof.example']) {
		const set = lang => sql(`UPDATE account SET lang = '${lang}'
			WHERE email = ${quote(email)}`);
		const user = await as(email);
		try {
			set('en');
			const { faults } = await crawl(user, addresses(email));
			assert.deepEqual(faults.slice(0, 20), []);
			assert.match((await user.get('/account')).text, /<html lang="en"/);
		} finally {
			set('nl');
		}
	}
}, { seconds: 300 });

test('I10 X3 S7: what a list is exported as has a name',
	async () => {
		for (const [email, path, query] of [
			['beheer@lindenhof.example', '/inspections'],
			[planner, '/supplier/inspections'],
			[planner, '/supplier/aids', 'number=2048']]) {
			const answer = await (await as(email)).get(
				`${path}.xlsx?${query ?? ''}`);
			assert.match(answer.headers['content-disposition'] ?? '',
				/filename="[a-z-]+-\d{4}-\d\d-\d\d\.xlsx"/, path);
		}
	});
