// Processes of the portal that are killed and renewed under a load.
import assert from 'node:assert/strict';
import { figure, long, SECONDS, size } from '../lib/figure.js';
import { assertWhole, load, repeatedly } from '../lib/load.js';
import { folder, root, sleep, until } from '../lib/portal.js';
import { children, kill, nameOf, Service } from '../lib/service.js';
import { test } from '../lib/tap.js';

const portal = new Service('portal');
const seconds = long ? SECONDS + 60 : 60;

const workers = pid => children(pid).filter(child =>
	nameOf(child) === 'pages');
const anyOf = list => list[Math.floor(Math.random() * list.length)];

// A load while something goes on, at least so often.
async function under(work, { count, ms, times }) {
	const faults = repeatedly(ms, work, times);
	const end = Date.now() + SECONDS * 1000;
	const result = await load({ count, end, done: () => faults.finished });
	result.faults = await faults.stop();
	return result;
}

const measured = (result, what) => ({ requests: result.requests,
	forms: result.posts, [what]: result.faults, failed: result.failed.length,
	'effects too few or too many': Math.abs(result.effects - result.posts) });

test('figure 1: workers are killed and renewed: nothing fails, each form once',
	async () => {
		const { pid } = portal;
		const before = new Set(children(pid));
		let reloads = 0;
		const result = await under(n => {
			if (n % 10 === 4) {
				portal.signal('SIGHUP');
				reloads++;
			} else {
				kill(anyOf(workers(pid)));
			}
		}, { count: size(200, 100000), ms: size(200, 450),
			times: size(20, 560) });
		figure(1, 'requests through reloads and kill -9 of workers',
			{ ...measured(result, 'kills'), kills: result.faults - reloads,
				reloads }, () => {
				assertWhole(result);
				assert.equal(portal.pid, pid);
				assert.ok(reloads >= 2);
			});
		await until('new workers', 40, () =>
			!children(pid).some(child => before.has(child)));
	}, { seconds });

// The portal as a service manager runs it: its sockets are held outside.
async function held(body) {
	await portal.stop();
	const { command } = portal;
	portal.command = [`${root}/build/hold`,
		`pages=${folder}/run/pages.sock`,
		`documents=${folder}/run/documents.sock`, '--', ...command];
	portal.start();
	try {
		return await body();
	} finally {
		await portal.stop();
		portal.command = command;
		portal.start();
		await sleep(500);
	}
}

test('figure 2: the supervisor is killed, its sockets held: nothing fails',
	() => held(async () => {
		const supervisor = () => until('a supervisor', 5, () =>
			children(portal.pid)[0]);
		const result = await under(async () => kill(await supervisor()),
			{ count: size(150, 10000), ms: size(1500, 3000),
				times: size(3, 50) });
		figure(2, 'requests through kill -9 of the supervisor, sockets held',
			measured(result, 'kills'), () => assertWhole(result));
	}), { seconds });
