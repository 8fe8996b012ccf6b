// See the script beside it.
import { readdirSync } from 'node:fs';
import { atEnd, from, runTests, test } from './tap.js';
import { closeConnections } from './http.js';

const [suite, ...patterns] = process.argv.slice(2);
const folder = new URL(`../${suite}/`, import.meta.url);
const matches = patterns.map(p => new RegExp(p, 'i'));

for (const name of readdirSync(folder).filter(n => n.endsWith('.js')).sort()) {
	from(name.replace(/\.js$/, ''));
	await import(new URL(name, folder)).catch(error => test('loads', () => {
		throw error;
	}));
}
atEnd(closeConnections);
const failed = await runTests(
	name => !matches.length || matches.some(m => m.test(name)));
process.exit(failed ? 1 : 0);
