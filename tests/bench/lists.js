// What lists cost the database: every sort, every filter by some of its values,
// the next page, for one viewer after the other. The portal's own log says how
// long its database took.
import { createHash, randomBytes } from 'node:crypto';
import { Agent, request } from 'node:https';
import { certificate, logLines, port, sql } from '../lib/portal.js';
import { median, say, table, target } from './lib.js';

const repeats = Number(process.env.REPEATS || 9);
const first = repeats * 5 - 4; // of the first page: the ratio stands on it
const slow = 1000; // ms; what takes longer is asked once

// Another list, or page without one, is another word. OVERVIEWS="/actions
// /planning" measures these alone.
const chosen = process.env.OVERVIEWS?.split(' ');
const wanted = list => list.filter(path => !chosen || chosen.includes(path));
export const paths = {
	institution: wanted(['/aids', '/dashboard', '/actions', '/planning',
		'/planning/week', '/planning/month', '/inspections', '/messages',
		'/approvals']),
	professional: wanted(['/requests', '/messages']),
	supplier: wanted(['/supplier/requests', '/supplier/planning',
		'/supplier/planning/month', '/supplier/day', '/supplier/mechanics',
		'/supplier/inspections', '/supplier/messages', '/supplier/aids']),
};

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function get(path, cookie) {
	return new Promise((done, failed) => {
		request({ port, path, agent, ca: certificate,
			headers: { Cookie: `__Host-hulpbalie=${cookie}` } }, answer => {
			const parts = [];
			answer.on('data', part => parts.push(part));
			answer.on('end', () => done({
				status: answer.statusCode,
				id: answer.headers['x-request-id'],
				text: Buffer.concat(parts).toString(),
			}));
		}).on('error', failed).end();
	});
}

// Sessions of memberships, by how much there is to see for each, the least
// first; condition: of membership m.
export function viewers(condition, count) {
	const rows = sql(`SELECT m.id, m.account_id, (${count}) AS size
		FROM membership m
		WHERE m.id IN (SELECT MIN(m.id) FROM membership m
			JOIN account p ON p.id = m.account_id
			WHERE ${condition} AND p.password_set_at IS NOT NULL
			AND p.state = 'active' AND m.active
			GROUP BY m.organisation_id)
		ORDER BY size + 0`);
	return rows.map(row => {
		const cookie = randomBytes(32).toString('base64url');
		const id = createHash('sha256').update(cookie).digest('hex');
		sql(`INSERT INTO session (id, account_id, membership_id, step, address,
			agent) VALUES (UNHEX('${id}'), ${row.account_id}, ${row.id},
			'complete', '127.0.0.1', 'bench')`);
		return { cookie, aids: Number(row.size) };
	});
}

const unescape = text => text.replace(/&amp;/g, '&');
const attributes = text => Object.fromEntries(
	[...text.matchAll(/(\w+)="([^"]*)"/g)].map(m => [m[1], unescape(m[2])]));
const inner = (xml, name) => [...xml.matchAll(
	new RegExp(`<${name}( [^>]*?)?(?:/>|>([^]*?)</${name}>)`, 'g'))]
	.map(m => ({ ...attributes(m[1] ?? ''), content: m[2] ?? '' }));

// Some values of a filter: what it offers, or what the rows have.
function valuesOf(filter, xml) {
	if (filter.type === 'select') {
		const options = inner(filter.content, 'option').map(o => o.value)
			.filter(Boolean);
		return [...new Set([options[0], options[options.length >> 1],
			options[options.length - 1]])].filter(Boolean);
	}
	if (filter.type === 'date')
		return ['2000-01-01', new Date(Date.now() - 365 * 864e5)
			.toISOString().slice(0, 10)];
	const key = inner(xml, 'row')[0]?.key ?? '1';
	return [key.slice(0, 1), key.slice(0, 3), key, '999999999'];
}

// The same of a list that is no XML, by what its page offers.
async function questionsOfPage(path, cookie) {
	const { text, status } = await get(path, cookie);
	const asked = [];
	const next = /<a href="([^"]*)" rel="next"/.exec(text);

	if (status !== 200)
		throw new Error(`${path}: ${status}`);
	if (next)
		asked.push({ name: 'next page', query: unescape(next[1]).split('?')[1] });
	for (const select of inner(text, 'select')) {
		const values = [...select.content.matchAll(/<option value="([^"]+)"/g)]
			.map(m => m[1]);
		if (select.name === 'sort')
			for (const value of values)
				asked.push({ name: `sort ${value}`, sort: value,
					query: `sort=${value}` });
		else
			for (const value of new Set([values[0], values.pop()]))
				if (value)
					asked.push({ name: `filter ${select.name}`, filter: true,
						query: `${select.name}=${encodeURIComponent(value)}` });
	}
	return asked;
}

// Everything that can be asked of a list, by name.
async function questions(path, cookie) {
	const page = await get(`${path}.xml`, cookie);
	if (page.status === 404)
		return questionsOfPage(path, cookie);
	const asked = [];
	const filters = inner(page.text, 'filter');
	const next = inner(inner(page.text, 'pager')[0]?.content ?? '', 'next')[0];

	if (page.status !== 200)
		throw new Error(`${path}.xml: ${page.status}`);
	if (next)
		asked.push({ name: 'next page', query: next.href.split('?')[1] });
	for (const sort of inner(page.text, 'sort'))
		asked.push({ name: `sort ${sort.value}`, sort: sort.value,
			query: `sort=${sort.value}` });
	for (const filter of filters) {
		const above = filters.find(f => f.id === filter.depends);
		const chosen = above && valuesOf(above, page.text)[0];
		const query = chosen ? `${above.id}=${chosen}&` : '';
		const narrowed = query
			? await get(`${path}.xml?${query}`, cookie) : page;
		const same = inner(narrowed.text, 'filter')
			.find(f => f.id === filter.id);
		for (const value of valuesOf(same, page.text))
			asked.push({ name: `filter ${filter.id}`, filter: true,
				query: `${query}${filter.id}=${encodeURIComponent(value)}` });
	}
	return asked;
}

// Asks, and keeps the ids by which the log knows the answers.
async function ask(path, query, cookie, times) {
	const ids = [];
	for (let i = 0; i < times; i++) {
		const start = Date.now();
		const answer = await get(`${path}?${query}`, cookie);
		if (answer.status !== 200)
			return { ids: [], status: answer.status };
		ids.push(answer.id);
		if (Date.now() - start > slow)
			break;
	}
	return { ids };
}

async function measureList(path, where, results) {
	for (const o of where) {
		say(`${path} of ${o.aids}`);
		const warm = await questions(path, o.cookie);
		const asked = [{ name: 'first page', query: '', times: first }, ...warm];
		// Together, where it matters: each filter with each sort.
		if (o === where[where.length >> 1])
			for (const f of warm.filter((q, i) => q.filter &&
				(repeats > 1 || q.name !== warm[i - 1]?.name)))
				for (const s of warm.filter(q => q.sort))
					asked.push({ name: `${f.name}, ${s.name}`, both: true,
						query: `${f.query}&${s.query}`, times: Math.min(5, repeats) });
		for (const q of asked)
			results.push({ path, aids: o.aids, name: q.name,
				both: q.both ?? false, query: q.query,
				...await ask(path, q.query, o.cookie, q.times ?? repeats) });
	}
}

// lists: address and viewers, the least first. grows: that of the middle may
// take 50 ms, and its first page not grow; else that of the last may.
export async function measureLists(lists) {
	const results = [];
	for (const list of lists)
		await measureList(list.path, list.viewers, results);
	const took = new Map(logLines().filter(line => line.event === 'request')
		.map(line => [line.request, Number(line.db)]));
	for (const r of results) {
		// The least: what it costs by itself, whoever else is at work.
		r.ms = Math.min(...r.ids.map(id => took.get(id)));
		r.times = r.ids.length;
		delete r.ids;
	}
	return { results, targets: lists.flatMap(list =>
		report(list, list.viewers.map(v => v.aids), results)) };
}

function report({ path, grows }, sizes, results) {
	const own = results.filter(r => r.path === path);
	const worst = (name, aids) => Math.max(...own.filter(
		r => r.name === name && r.aids === aids).map(r => r.ms));
	const names = [...new Set(own.filter(r => !r.both).map(r => r.name))];
	table(`${path}: ms of database a page, of the slowest value`,
		['', ...sizes.map(n => n.toLocaleString('en'))],
		names.map(name => [name, ...sizes.map(n => worst(name, n))]));
	const both = own.filter(r => r.both).sort((a, b) => b.ms - a.ms);
	const middle = grows ? sizes[sizes.length >> 1] : sizes[sizes.length - 1];
	if (both.length)
		table(`${path}: the slowest of ${both.length} filters with a sort`,
			['', 'ms'], both.slice(0, 8).map(r => [r.name, r.ms]));
	const rest = own.filter(r => r.aids === middle &&
		(!grows || r.name !== 'first page'));
	const single = rest.filter(r => !r.both).map(r => r.ms);
	const checks = !single.length ? [] : [target(`${path}: slowest of ${
		middle.toLocaleString('en')}`, Math.max(...single), '<=', 50, ' ms')];
	if (grows)
		checks.push(target(`${path}: first page, largest against smallest`,
			worst('first page', sizes[sizes.length - 1]) /
			worst('first page', sizes[0]), '<=', 1.5, 'x'));
	if (both.length)
		checks.push(target(`${path}: slowest filter with a sort of them`,
			both[0].ms, '<=', 50, ' ms'));
	return checks;
}
