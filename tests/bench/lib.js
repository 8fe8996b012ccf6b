// What the benches share: processes, what they cost, tables and targets.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { folder, root } from '../lib/portal.js';

export const bench = `${folder}/bench`;
export const rounds = Number(process.env.ROUNDS || 5);
export const roundSeconds = Number(process.env.ROUND_SECONDS || 2);
mkdirSync(bench, { recursive: true });

export function say(text) {
	process.stderr.write(`${text}\n`);
}

// Runs to its end; its output.
export function output(command, args, options = {}) {
	const run = spawnSync(command, args,
		{ encoding: 'utf8', cwd: root, maxBuffer: 1 << 28, ...options });
	if (run.error || run.status !== 0)
		throw new Error(`${command}: ${run.error ?? ''}${run.stderr}`);
	return run.stdout;
}

// The last line of it, as JSON; others may run meanwhile.
export function measure(command, args) {
	return new Promise((done, failed) => {
		const child = spawn(command, args, { cwd: root });
		let out = '', err = '';
		child.stdout.on('data', data => out += data);
		child.stderr.on('data', data => err += data);
		child.on('error', failed);
		child.on('close', status => status === 0
			? done(JSON.parse(out.trim().split('\n').pop()))
			: failed(new Error(`${command}: ${err}${out}`)));
	});
}

// A service of the bench alone; endServices() stops it.
const services = [];
export function service(command, args, input = 'ignore', out = 'inherit') {
	const child = spawn(command, args,
		{ cwd: root, stdio: [input, out, 'inherit'] });
	services.push(child);
	return child;
}

// A service that answers each line with one of JSON.
export function answering(command, args) {
	const child = service(command, args, 'pipe', 'pipe');
	const waiting = [];
	let ended = false;
	createInterface({ input: child.stdout })
		.on('line', line => waiting.shift()?.done(JSON.parse(line)));
	child.on('close', () => {
		ended = true;
		for (const w of waiting)
			w.failed(new Error(`${command} ended`));
	});
	return line => new Promise((done, failed) => {
		if (ended)
			failed(new Error(`${command} ended`));
		waiting.push({ done, failed });
		child.stdin.write(`${line}\n`);
	});
}
export function endServices() {
	for (const child of services.splice(0))
		child.kill('SIGTERM');
}
process.on('exit', endServices);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
	process.on(signal, () => process.exit(1));

export const pidOf = name =>
	Number(readFileSync(`${folder}/run/${name}.pid`, 'utf8').split(' ')[0]);

export const commandOf = pid =>
	readFileSync(`/proc/${pid}/comm`, 'utf8').trim();

export function childrenOf(parent) {
	return readdirSync('/proc').filter(name => /^\d+$/.test(name))
		.map(Number).filter(pid => {
			try {
				const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
				return Number(stat.slice(stat.lastIndexOf(')') + 2)
					.split(' ')[1]) === parent;
			} catch {
				return false;
			}
		});
}

// Seconds of processor that these used since they began. The kernel tells
// hundredths.
export function cpu(pids) {
	return pids.reduce((sum, pid) => {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return sum + (Number(fields[11]) + Number(fields[12])) / 100;
	}, 0);
}

// MB of one process: all it has mapped, its share of it, and its own.
export function memory(pid) {
	const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
	const kb = name => Number(
		new RegExp(`^${name}: +(\\d+)`, 'm').exec(text)[1]);
	return {
		rss: kb('Rss') / 1024, pss: kb('Pss') / 1024,
		private: (kb('Private_Clean') + kb('Private_Dirty')) / 1024,
	};
}

export function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[sorted.length >> 1];
}

// Numbers are laid to the right, with so many figures as they deserve.
function cell(value) {
	if (value === undefined || value === null)
		return '';
	if (typeof value !== 'number')
		return value;
	if (!Number.isFinite(value))
		return '-';
	return value.toFixed(value >= 100 || Number.isInteger(value) ? 0
		: value >= 10 ? 1 : 2);
}

export function table(title, heads, rows) {
	const lines = [heads, ...rows].map(row => row.map(cell));
	const widths = heads.map((_, i) =>
		Math.max(...lines.map(line => (line[i] ?? '').length)));
	console.log(`\n${title}`);
	for (const line of lines)
		console.log('  ' + line.map((text, i) => i
			? text.padStart(widths[i]) : text.padEnd(widths[i])).join('  '));
}

// A figure against what it should be: "at least" or "at most".
export function target(name, figure, sign, want, unit = '') {
	const ok = Number.isFinite(figure) &&
		(sign === '>=' ? figure >= want : figure <= want);
	return { name, figure, sign, want, unit, ok };
}

export function targets(list) {
	table('Targets', ['', 'figure', 'want', ''], list.map(t => [
		t.name, `${cell(t.figure)}${t.unit}`,
		`${t.sign} ${t.want}${t.unit}`, t.ok ? 'ok' : 'SHORT']));
}
