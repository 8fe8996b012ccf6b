// Faults inside the portal's workers: tests/fault/inject.h.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from './http.js';
import { folder, program, root, until } from './portal.js';
import { Service } from './service.js';

const portal = new Service('portal');
const dir = `${folder}/run/faults`;

export const ready = () => until('/ready', 60, async () =>
	(await request('GET', '/ready', { fresh: true }).catch(() => null))
		?.status === 200);

// The portal as another program, or with more in its environment, while the
// function runs.
async function changed({ program, env }, body) {
	await portal.stop();
	const { command } = portal;
	portal.env = env;
	portal.command = [program ?? command[0], ...command.slice(1)];
	portal.start();
	try {
		await ready();
		return await body();
	} finally {
		await portal.stop();
		portal.command = command;
		portal.env = undefined;
		portal.start();
		await ready();
	}
}

const plain = `${root}/build/hulpbalie`;

// Without the sanitizers, whose memory is not the portal's; or with them.
export const released = body => program === plain ? body()
	: changed({ program: plain }, body);
export const sanitized = body => changed({
	program: `${root}/build/asan/hulpbalie`,
	env: { ASAN_OPTIONS: 'detect_leaks=0' } }, body);

// With the library in its workers. memory: allocations fail too; that is not
// for a program under the sanitizers.
export function injected(body, { memory = false } = {}) {
	rmSync(dir, { recursive: true, force: true });
	mkdirSync(dir);
	return changed({ program: memory ? plain : undefined, env: {
		FAULT_DIR: dir,
		LD_PRELOAD: `${root}/build/inject${memory ? '-memory' : ''}.so`,
		ASAN_OPTIONS: `${process.env.ASAN_OPTIONS ?? ''
		}:detect_leaks=0:verify_asan_link_order=0` } }, body);
}

let faults = 0;

// A fault as the header that asks for it, under a name of its own.
export function fault(what, n, kind, once = false) {
	const name = `f${++faults}`;
	return { name, options: { headers: {
		'x-fault': `${name} ${what} ${n} ${kind}${once ? ' once' : ''}` } } };
}

// Those that happened: by name, how often, and the last one's count and
// function.
export function happened() {
	const found = new Map();
	let text = '';
	try {
		text = readFileSync(`${dir}/happened`, 'utf8');
	} catch {
		// none yet
	}
	for (const line of text.split('\n').filter(Boolean)) {
		const [name, , n, where] = line.split(' ');
		found.set(name, { times: (found.get(name)?.times ?? 0) + 1,
			n: Number(n), where });
	}
	return found;
}

