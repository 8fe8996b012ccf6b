// The aids overview beside others that draw the same page, by turns in one
// run: see README.md.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync,
	writeFileSync } from 'node:fs';
import { folder, root } from '../lib/portal.js';
import { get, load, portalWorkers, startFront } from './front.js';
import { makeRequests } from './requests.js';
import {
	answering, bench, childrenOf, cpu, endServices, median, memory, pidOf,
	roundSeconds, rounds, say, service, table, target,
} from './lib.js';

const compared = 40; // pages whose bytes are compared
const connections = [1, 8, 64];
const databaseClients = 16; // no more of the database's own at a time

// Whom we measure: what stands before the path, and who works for it.
const contenders = [
	{ id: 'portal', name: 'Hulpbalie', prefix: '', workers: portalWorkers },
	{ id: 'limit', name: 'database alone, our statements', limit: ['-d',
		`${bench}/statements.json`] },
	{ id: 'limit-usual', name: 'database alone, 8 queries',
		limit: ['-q', 'tests/bench/usual.sql'] },
	{ id: 'usual', name: 'PHP, 8 queries', prefix: '/usual', php: true },
	{ id: 'own', name: 'PHP, our statements', prefix: '/own', php: true },
	{ id: 'xslt', name: 'PHP, DOM and XSLT, 8 queries', prefix: '/xslt',
		php: true },
	{ id: 'same', name: 'nginx, the same bytes', prefix: '/same',
		numbers: true },
].filter(c => !c.php || existsSync(`${root}/tests/bench/php/${c.id}.php`));

// What PHP needs to know of the portal, as an array that opcache keeps.
function phpArray(value) {
	if (value === null || typeof value === 'boolean')
		return String(value);
	if (typeof value === 'number')
		return String(value);
	if (typeof value === 'string')
		return `'${value.replace(/[\\']/g, '\\$&')}'`;
	if (Array.isArray(value))
		return `[${value.map(phpArray).join(', ')}]`;
	return `[${Object.entries(value).map(([name, v]) =>
		`${phpArray(name)} => ${phpArray(v)}`).join(',\n')}]`;
}

function words() {
	const found = {};
	for (const name of readdirSync(`${root}/xslt/text`))
		if (name.startsWith('nl'))
			for (const [, id, text] of readFileSync(
				`${root}/xslt/text/${name}`, 'utf8')
				.matchAll(/<text id="([^"]*)">([^<]*)<\/text>/g))
				found[id] = text.replace(/[ \t\n]+/g, ' ').replace(/&lt;/g, '<')
					.replace(/&gt;/g, '>').replace(/&amp;/g, '&');
	return found;
}

// The portal's configuration: [section] key = value.
function settings() {
	const found = {};
	let section;
	for (const line of readFileSync(`${folder}/portal.conf`, 'utf8')
		.split('\n')) {
		const head = /^\[(\w+)\]/.exec(line);
		const pair = /^(\w+) = (.*)$/.exec(line);
		if (head)
			section = found[head[1]] = {};
		else if (pair)
			section[pair[1]] = pair[2];
	}
	return found;
}

// :names become question marks.
function usualStatements() {
	const text = readFileSync(`${root}/tests/bench/usual.sql`, 'utf8');
	return Object.fromEntries(text.split(/^-- :(?=\w+$)/m).slice(1).map(part => {
		const [name, ...lines] = part.split('\n');
		const body = lines.join('\n').trim();
		const names = [...body.matchAll(/:(\w+)/g)].map(m => m[1]);
		return [name, [body.replace(/:\w+/g, '?'), names]];
	}));
}

async function writeConfig(page) {
	const { database, brand } = settings();
	const xml = (await get(page.path.replace('?', '.xml?'), page.cookie))
		.toString();
	const menu = Object.fromEntries(
		[...xml.matchAll(/<group id="(\w+)">(.*?)<\/group>/g)].map(g => [g[1],
			[...g[2].matchAll(/<item id="(\w+)" href="([^"]*)" icon="([^"]*)"/g)]
				.map(i => i.slice(1))]));
	const portalBrand = Object.fromEntries([.../<brand ([^>]*)>/.exec(xml)[1]
		.matchAll(/(\w+)="([^"]*)"/g)].map(m => [m[1], m[2]]));
	writeFileSync(`${bench}/config.php`, `<?php\nreturn ${phpArray({
		database: { socket: database.socket, name: database.name,
			user: database.user, password: database.password },
		csrf: /^csrf \S+ (\S+)/m.exec(
			readFileSync(`${folder}/keys`, 'utf8'))[1],
		brand: { ...portalBrand, phone: brand.phone.replace(
			/^(...)(...)(..)(..)$/, '$1\u00a0$2\u00a0$3\u00a0$4') },
		menu, words: words(),
		static: Object.fromEntries(readFileSync(
			`${root}/build/static/manifest`, 'utf8').trim().split('\n')
			.map(line => line.split('\t'))
			.map(([name, hashed]) => [name, `/static/${hashed}`])),
		usual: usualStatements(),
		own: JSON.parse(readFileSync(`${bench}/statements.json`, 'utf8'))
			.map(s => [s.sql, s.names]),
	})};\n`, { mode: 0o600 });
}

// The portal's stylesheets, with calls of PHP in place of its own.
function writeSheets() {
	for (const dir of ['', '/lib']) {
		mkdirSync(`${bench}/xslt${dir}`, { recursive: true });
		for (const name of readdirSync(`${root}/xslt${dir}`))
			if (name.endsWith('.xsl'))
				writeFileSync(`${bench}/xslt${dir}/${name}`,
					readFileSync(`${root}/xslt${dir}/${name}`, 'utf8')
						.replace(/\bt:([a-z]+)\(/g,
							"php:functionString('t_$1', ")
						.replace('xmlns:t="urn:hulpbalie"',
							'xmlns:php="http://php.net/xsl"')
						.replace(/<\/?t:fragment[^>]*>/g, '')
						.replace(/<t:rows (select="[^"]*")[^>]*>/g,
							'<xsl:for-each $1>')
						.replaceAll('</t:rows>', '</xsl:for-each>')
						.replace(/(exclude-result|extension-element)-prefixes="t"/,
							'exclude-result-prefixes="php"'));
	}
}

function writePhp(workers) {
	writeFileSync(`${bench}/php-fpm.conf`,
		readFileSync(`${root}/tests/bench/php-fpm.conf.in`, 'utf8')
			.replaceAll('@RUN@', `${folder}/run`)
			.replaceAll('@VAR@', folder)
			.replaceAll('@WORKERS@', workers));
}

// Tokens differ each time.
const plain = html => html.toString()
	.replace(/(name="(?:csrf|form_key)" value=")[^"]*"/g, '$1"');

// Each page by everybody: what is not the same is not measured.
async function compare(pages) {
	const bytes = {};
	for (const [i, page] of pages.slice(0, compared).entries()) {
		const ours = plain(await get(page.path, page.cookie));
		for (const c of contenders) {
			if (c.limit)
				continue;
			const html = await get(c.numbers ? `/same/${i + 1}.html`
				: c.prefix + page.path, page.cookie);
			bytes[c.id] = (bytes[c.id] ?? 0) + html.length / compared;
			if (plain(html) === ours)
				continue;
			writeFileSync(`${bench}/portal.html`, ours);
			writeFileSync(`${bench}/${c.id}.html`, plain(html));
			throw new Error(`${c.name}: another page than ours:\n` +
				`  diff ${bench}/portal.html ${bench}/${c.id}.html`);
		}
	}
	return bytes;
}

async function once(c, clients, pids, bytes) {
	const before = Object.fromEntries(Object.entries(pids)
		.map(([name, list]) => [name, cpu(list)]));
	const figures = c.limit
		? await c.ask(`${Math.min(clients, databaseClients)} ${roundSeconds}`)
		: await load(`${bench}/requests.tsv`, clients, c.prefix,
			c.numbers ? 'numbers' : '');
	figures.rate = figures.requests / figures.seconds;
	// A short page, an error page say, is none.
	if (figures.requests && bytes && figures.bytes / figures.requests < bytes * 0.9)
		throw new Error(`${c.name}: pages are too short`);
	for (const [name, list] of Object.entries(pids))
		figures[name] = (cpu(list) - before[name]) / figures.requests * 1e6;
	return figures;
}

function processes(c, nginx, php) {
	return {
		database: [pidOf('mariadb')],
		worker: c.limit || c.numbers ? []
			: c.php ? childrenOf(php.pid) : portalWorkers(),
		nginx: c.limit ? [] : childrenOf(nginx.pid),
	};
}

async function start() {
	const pages = makeRequests();
	// What the portal asks, for PHP to ask the same.
	for (const c of contenders)
		if (c.limit)
			c.ask = answering(`${root}/build/bench/statements`, ['-c',
				`${folder}/portal.conf`, '-r', `${bench}/requests.tsv`,
				...c.limit]);
	await contenders.find(c => c.id === 'limit').ask('1 0.1');
	writeSheets();
	writePhp(portalWorkers().length);
	const php = service('php-fpm8.2', ['-R', '--fpm-config',
		`${bench}/php-fpm.conf`]);
	const nginx = await startFront(`
		location ~ ^/(?<variant>usual|own|xslt)/ {
			include /etc/nginx/fastcgi_params;
			fastcgi_param SCRIPT_FILENAME "${root}/tests/bench/php/$variant.php";
			fastcgi_param BENCH "${bench}";
			fastcgi_pass "unix:${folder}/run/bench-php.sock";
		}
		location /same/ {
			alias "${bench}/same/";
		}`);
	await writeConfig(pages[0]);
	rmSync(`${bench}/same`, { recursive: true, force: true });
	mkdirSync(`${bench}/same`);
	for (const [i, page] of pages.entries())
		writeFileSync(`${bench}/same/${i + 1}.html`,
			await get(page.path, page.cookie));
	return { pages, nginx, php };
}

export async function run() {
	const { pages, nginx, php } = await start();
	say(`comparing the pages of ${contenders.length} contenders`);
	const bytes = await compare(pages);
	const results = [];
	for (let round = 0; round <= rounds; round++) {
		for (const clients of connections) {
			say(round ? `round ${round} of ${rounds}, ${clients} at a time`
				: `warming up, ${clients} at a time`);
			for (const c of contenders) {
				const figures = await once(c, clients,
					processes(c, nginx, php), bytes[c.id]);
				if (round)
					results.push({ id: c.id, clients, round, ...figures });
			}
		}
	}
	const mb = {
		portal: portalWorkers().map(memory),
		php: childrenOf(php.pid).map(memory),
	};
	endServices();
	return report(results, mb, bytes);
}

function report(results, mb, bytes) {
	const of = (id, clients, name) => median(results
		.filter(r => r.id === id && r.clients === clients)
		.map(r => r.requests ? r[name] ?? NaN : NaN));
	for (const clients of connections)
		table(`${clients} at a time; median of ${rounds} rounds of ${
			roundSeconds} s`, ['', 'pages/s', 'p50 ms', 'p99 ms',
			'database us', 'worker us', 'nginx us'],
		contenders.map(c => [c.name, ...['rate', 'p50', 'p99', 'database',
			'worker', 'nginx'].map(name => of(c.id, clients, name))]));
	const most = (list, name) => Math.max(...list.map(m => m[name]));
	table('Memory of a worker, MB (the largest)', ['', 'RSS', 'PSS', 'private'],
		Object.entries(mb).map(([id, list]) => [id, most(list, 'rss'),
			most(list, 'pss'), most(list, 'private')]));
	const rate = (a, b) => of(a, 8, 'rate') / of(b, 8, 'rate');
	return {
		bytes, results, memory: mb, targets: [
			target('of the database limit, our statements',
				100 * rate('portal', 'limit'), '>=', 60, ' %'),
			target('against PHP, 8 queries', rate('portal', 'usual'),
				'>=', 5, 'x'),
			target('against PHP, our statements', rate('portal', 'own'),
				'>=', 2, 'x'),
			target('against PHP, DOM and XSLT', rate('portal', 'xslt'),
				'>=', 15, 'x'),
			target('worker CPU against database CPU',
				of('portal', 8, 'worker') / of('portal', 8, 'database'),
				'<=', 1, 'x'),
			target('p99 against p50 at 64',
				of('portal', 64, 'p99') / of('portal', 64, 'p50'),
				'<=', 3, 'x'),
			target('worker RSS', most(mb.portal, 'rss'), '<=', 12, ' MB'),
			target('worker private', most(mb.portal, 'private'),
				'<=', 6, ' MB'),
		],
	};
}
