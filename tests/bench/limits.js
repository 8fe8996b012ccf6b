// Each list of overviews.js as its first page beside the database alone, which
// is asked the same statements: by turns in one run, as pages.js does it for
// the aids.
import { writeFileSync } from 'node:fs';
import { folder, root } from '../lib/portal.js';
import { load, portalWorkers, startFront } from './front.js';
import { overviews } from './overviews.js';
import { answering, bench, cpu, endServices, median, pidOf, rounds,
	roundSeconds, say, table } from './lib.js';

const clients = 8;

async function measured(ask) {
	const pids = { database: [pidOf('mariadb')], worker: portalWorkers() };
	const before = Object.entries(pids).map(([name, of]) => [name, cpu(of)]);
	const figures = await ask();

	figures.rate = figures.requests / figures.seconds;
	for (const [name, had] of before)
		figures[name] = (cpu(pids[name]) - had) / figures.requests * 1e6;
	return figures;
}

async function share({ path, viewers }) {
	const file = `${bench}/limit.tsv`;
	const found = { portal: [], limit: [] };

	say(path);
	writeFileSync(file, 'path\tcookie\n' + viewers.map(v =>
		`${path}\t${v.cookie}\n`).join(''), { mode: 0o600 });
	const alone = answering(`${root}/build/bench/statements`,
		['-c', `${folder}/portal.conf`, '-r', file]);
	for (let round = 0; round <= rounds; round++) {
		const one = await measured(() => load(file, clients));
		const other = await measured(() => alone(`${clients} ${roundSeconds}`));
		if (!round)
			continue;
		found.portal.push(one);
		found.limit.push(other);
	}
	const of = (id, name) => median(found[id].map(f => f[name]));
	return { path, rate: of('portal', 'rate'), limit: of('limit', 'rate'),
		p50: of('portal', 'p50'), p99: of('portal', 'p99'),
		database: of('portal', 'database'), worker: of('portal', 'worker'),
		alone: of('limit', 'database'), statements: found.limit[0].statements };
}

export async function run() {
	const results = [];

	await startFront();
	for (const overview of overviews())
		results.push(await share(overview));
	endServices();
	table(`${clients} at a time; median of ${rounds} rounds of ${roundSeconds} s`,
		['', 'pages/s', 'database alone', '%', 'p50 ms', 'p99 ms',
			'database us', 'alone us', 'worker us', 'statements'],
		results.map(r => [r.path, r.rate, r.limit, 100 * r.rate / r.limit,
			r.p50, r.p99, r.database, r.alone, r.worker, r.statements]));
	return { results, targets: [] };
}
