// The requests of the page under test, as requests.sql finds them, in a file.
import { readFileSync, writeFileSync } from 'node:fs';
import { root, sql } from '../lib/portal.js';
import { bench } from './lib.js';

export function makeRequests() {
	const text = readFileSync(`${root}/tests/bench/requests.sql`, 'utf8');
	const rows = sql(text);
	const names = Object.keys(rows[0]);
	writeFileSync(`${bench}/requests.tsv`, [names, ...rows.map(row =>
		names.map(name => row[name]))].map(line => line.join('\t') + '\n')
		.join(''), { mode: 0o600 });
	return rows;
}
