// Processes of the portal that are killed and renewed under a load.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { figure, long, SECONDS, size } from '../lib/figure.js';
import { fault, happened, injected, ready } from '../lib/inject.js';
import { assertWhole, load, repeatedly } from '../lib/load.js';
import { folder, root, sleep, sql, until } from '../lib/portal.js';
import { children, kill, nameOf, Service } from '../lib/service.js';
import { test } from '../lib/tap.js';

const portal = new Service('portal');
const seconds = long ? SECONDS + 60 : 120;

const workers = pid => children(pid).filter(child =>
	nameOf(child) === 'pages');
const anyOf = list => list[Math.floor(Math.random() * list.length)];

// A request is asked of three workers at most: between two faults some are
// answered, however slow the machine.
const BETWEEN = 12;

// A load while something goes on, at least so often, or until it was enough.
async function under(work, { count, ms, times, enough = () => false,
	...options }) {
	let faults;
	let over = false;
	const end = Date.now() + SECONDS * 1000;
	const result = await load({ count, end, begun: answered => {
		let last = 0;
		faults = repeatedly(ms, async n => {
			while (!over && answered() < last + BETWEEN)
				await sleep(5);
			last = answered();
			if (!over)
				await work(n);
		}, times);
	}, done: failed => faults.finished || enough(failed), ...options });
	over = true;
	result.faults = await faults.stop();
	return result;
}

const measured = (result, kills) => ({ requests: result.requests,
	forms: result.posts, kills, failed: result.failed.length,
	'effects too few or too many': Math.abs(result.effects - result.posts) });

// The worker is killed when the form's transaction has ended, before it can
// say so: the web server asks another one.
const killedAtCommit = each => n => n % each === 0
	? fault('commit', 1, 'dies', true).options : undefined;

const killedSince = before => happened().size - before;

async function killedAndRenewed() {
	const { pid } = portal;
	const before = new Set(children(pid));
	const faults = happened().size;
	let reloads = 0;
	const result = await under(n => {
		if (n % 10 === 4) {
			portal.signal('SIGHUP');
			reloads++;
		} else {
			kill(anyOf(workers(pid)));
		}
	}, { count: size(200, 100000), ms: size(200, 450),
		times: size(20, 560), fault: killedAtCommit(size(8, 50)) });
	const atCommit = killedSince(faults);
	figure(1, 'requests through reloads and kill -9 of workers',
		{ ...measured(result, result.faults - reloads + atCommit),
			'of them between COMMIT and answer': atCommit, reloads }, () => {
			assertWhole(result);
			assert.equal(portal.pid, pid);
			assert.ok(reloads >= 2);
			assert.ok(atCommit > 2, `${atCommit} at their COMMIT`);
		});
	await until('new workers', 40, () =>
		!children(pid).some(child => before.has(child)));
}

// As if nobody looked at the keys of forms: each counts as a new one.
async function keyless(body) {
	sql(`ALTER TABLE form_key DROP PRIMARY KEY,
		ADD KEY not_unique (account_id, form_key)`);
	try {
		return await body();
	} finally {
		sql(`DELETE FROM form_key;
			ALTER TABLE form_key DROP KEY not_unique,
			ADD PRIMARY KEY (account_id, form_key)`);
	}
}

async function killedWithoutKeys() {
	const faults = happened().size;
	const result = await load({ count: 40, fault: killedAtCommit(3) });
	const atCommit = killedSince(faults);
	assert.ok(atCommit > 2, `${atCommit} at their COMMIT`);
	assert.equal(result.effects - result.posts, atCommit);
	assert.throws(() => assertWhole(result), /effects/);
}

test('figure 1: workers are killed and renewed: nothing fails, each form ' +
	'once; without keys it would be seen', () => injected(async () => {
	await killedAndRenewed();
	await keyless(killedWithoutKeys);
}), { seconds });

// The portal as a service manager runs it while the function does: started
// again whenever it ends, its sockets held outside, or not.
async function managed(command, sockets, body) {
	portal.command = [`${root}/build/hold`, ...sockets.map(name =>
		`${name}=${folder}/run/${name}.sock`), '--', ...command];
	portal.start();
	try {
		await ready();
		await body();
	} finally {
		await portal.stop();
	}
}

const killSupervisor = async () => kill(await until('a supervisor', 5, () =>
	children(portal.pid)[0]));

async function supervisorKilled() {
	const result = await under(killSupervisor, { count: size(150, 20000),
		ms: size(800, 3000), times: size(3, 50) });
	figure(2, 'requests through kill -9 of the supervisor, sockets held',
		measured(result, result.faults), () => assertWhole(result));
}

async function supervisorKilledAlone() {
	const result = await under(killSupervisor, { count: 20, ms: 300,
		times: 30, enough: failed => failed.length > 0 });
	assert.ok(result.failed.length > 0);
	assert.throws(() => assertWhole(result), /failed/);
}

test('figure 2: the supervisor is killed, its sockets held: nothing fails; ' +
	'with its own it would be seen', async () => {
	await portal.stop();
	const { command } = portal;
	try {
		await managed(command, ['pages', 'documents'], supervisorKilled);
		await managed(command, [], supervisorKilledAlone);
	} finally {
		portal.command = command;
		portal.start();
		await ready();
	}
}, { seconds });

// A socket that a process holds for nothing keeps those who connect waiting
// for it, when all who would answer are gone.
test('only those that accept from a socket hold it', async () => {
	const sockets = ['pages', 'documents'].map(name => [name,
		readFileSync('/proc/net/unix', 'utf8').split('\n')
			.find(line => line.endsWith(`${folder}/run/${name}.sock`))
			.split(' ').filter(Boolean)[6]]);
	const held = () => [...new Set(children(portal.pid).flatMap(pid => {
		const files = readdirSync(`/proc/${pid}/fd`).map(fd =>
			readlinkSync(`/proc/${pid}/fd/${fd}`));
		return sockets.filter(([, inode]) =>
			files.includes(`socket:[${inode}]`))
			.map(([name]) => `${nameOf(pid)} ${name}`);
	}))].sort();
	// Both were started just now, and one may be on its way again.
	const want = 'documents documents,pages pages';
	await until('two pools', 10, () => `${held()}` === want)
		.catch(() => assert.equal(`${held()}`, want));
});
