// The figures that tests/fault measures. `make test` runs a short form of
// each; `make fault` (FAULT=long) the long one, and keeps what came out in
// var/fault.json: one row a figure, the last run's.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const long = process.env.FAULT === 'long';
export const size = (inTests, inFault) => long ? inFault : inTests;

// What a long form may take, about; one that counts its faults makes fewer of
// them where it is given less.
export const SECONDS = Number(process.env.FAULT_SECONDS || 270);
export const share = (inTests, inFault) => size(inTests,
	Math.ceil(inFault * Math.min(1, SECONDS / 270)));

const root = fileURLToPath(new URL('../..', import.meta.url));
const file = `${root}var/fault.json`;

function figures() {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return [];
	}
}

function keep(row) {
	const rows = [...figures().filter(r => r.figure !== row.figure ||
		r.what !== row.what), row];
	rows.sort((a, b) => parseInt(a.figure) - parseInt(b.figure));
	mkdirSync(`${root}var`, { recursive: true });
	writeFileSync(file, `${JSON.stringify(rows, null, '\t')}\n`);
}

// number: of the table of figures; what: in words, without numbers; measured:
// { name: number }, shown as they stand. Then asserts.
export function figure(number, what, measured, asserts) {
	let holds = false;
	try {
		asserts();
		holds = true;
	} finally {
		if (long)
			keep({ figure: String(number), what, measured, holds,
				commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'],
					{ cwd: root, encoding: 'utf8' }).trim(),
				at: new Date().toISOString().slice(0, 16) });
		else
			console.log(`# figure ${number}: ${words(measured)}`);
	}
}

const words = measured => Object.entries(measured)
	.map(([name, value]) => `${value.toLocaleString('en')} ${name}`)
	.join(', ');

const table = () => ['| # | figure | measured | holds |',
	'|---|---|---|---|', ...figures().map(row => `| ${row.figure} | ${
		row.what} | ${words(row.measured)} | ${row.holds ? 'yes' : 'NO'} |`)]
	.join('\n');

// node figure.js: what was measured last, as a table.
if (process.argv[1] === fileURLToPath(import.meta.url))
	console.log(table());
