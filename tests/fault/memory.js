// Memory that runs out at every allocation of a request.
import assert from 'node:assert/strict';
import { figure, SECONDS, share } from '../lib/figure.js';
import { freeAid, requester } from '../lib/flow.js';
import { fault, happened, injected } from '../lib/inject.js';
import { send } from '../lib/load.js';
import { inTheLook } from '../lib/look.js';
import { logLines } from '../lib/portal.js';
import { mailsNow, portraits } from '../lib/portrait.js';
import { forms } from '../lib/steps.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';

// All that a page needs of memory where its worker has nothing yet but its
// own, which it had before any request: each statement is prepared again.
const COLD = 'cold-memory';

// Where the database's client answers without having had memory.
const places = ['mysql_stmt_init', 'mysql_stmt_result_metadata'];

const spread = (count, wanted) => {
	const shift = Math.random();
	return count <= wanted ? [...Array(count)].map((_, i) => i + 1)
		: [...Array(wanted)].map((_, i) =>
			1 + Math.floor((i + shift) * count / wanted));
};

// Tokens and the request's id differ in each answer.
const plain = text => text.replace(/[0-9a-f]{16,}/g, '')
	.replace(/[\w-]{60,}/g, '');

async function pageFaults(user, path, chosen, found) {
	const whole = plain((await user.get(path)).text);
	for (const [what, n] of chosen) {
		const f = fault(what, n, 'fail');
		const answer = await user.get(path, f.options);
		const again = await user.get(path);
		const where = `${path}, ${what} ${n} (${
			happened().get(f.name)?.where})`;
		if (answer.status === 200 && plain(answer.text) !== whole)
			found.push(`${where}: 200 with another page`);
		else if (![200, 500, 502, 503].includes(answer.status))
			found.push(`${where}: ${answer.status}`);
		else if (answer.status !== 200)
			inTheLook(answer);
		if (again.status !== 200 || plain(again.text) !== whole)
			found.push(`${where}: the next request: ${again.status}`);
	}
}

async function formFaults(name, chosen, once, found) {
	const since = mailsNow();
	const good = await forms[name]();
	assert.equal((await send(good)).status, 303);
	const [whole] = portraits([good], since);
	for (const n of chosen) {
		const form = await forms[name]();
		const f = fault(COLD, n, 'fail', once);
		const answer = await send(form, f.options);
		const [between] = portraits([form], since);
		const again = await send(form);
		const [after] = portraits([form], since);
		const where = `${name} at ${n} (${happened().get(f.name)?.where})`;
		if (answer.status === 303 ? between !== whole
			: between !== '' && between !== whole)
			found.push(`${where}: ${answer.status}, half done: ${between}`);
		if (answer.status !== 303)
			inTheLook(answer);
		if (again.status !== 303 || after !== whole)
			found.push(`${where}: again ${again.status}: ${after}`);
	}
}

async function countOf(ask, what = COLD) {
	const counted = fault(what, 0, 'count');
	await ask(counted.options);
	return happened().get(counted.name).n;
}

// What the page asks for last, the menu's, is that of each place's last call.
async function pointsOf(user, path) {
	const ask = options => user.get(path, options);
	const count = await countOf(ask);
	const chosen = spread(count, share(5, 600)).map(n => [COLD, n]);
	for (const place of places) {
		const what = `cold-memory@${place}`;
		const calls = await countOf(ask, what);
		assert.ok(calls > 1, `${place}: ${calls}`);
		chosen.push([what, calls]);
	}
	return { count, chosen };
}

test('figure 7: no memory at any point: a page, all or nothing, and on it goes',
	() => injected(async () => {
		const user = await as(requester);
		const name = '/aids/{id}/repair institution';
		const found = [];
		const paths = [`/aids/${freeAid(requester)}`,
			'/aids?status=in_repair'];
		const logged = logLines().length;
		let points = 0, faults = 0;
		for (const path of paths) {
			const { count, chosen } = await pointsOf(user, path);
			await pageFaults(user, path, chosen, found);
			points += count;
			faults += chosen.length;
		}
		const count = await countOf(async options =>
			send(await forms[name](), options));
		for (const once of [true, false]) {
			const chosen = spread(count, share(3, 150));
			await formFaults(name, chosen, once, found);
			faults += chosen.length;
		}
		points += count;
		figure(7, 'an allocation that fails, in pages and a form',
			{ allocations: points, faults, 'not as it must be': found.length },
			() => {
				assert.deepEqual(found, []);
				assert.deepEqual(logLines().slice(logged)
					.filter(line => line.event === 'workers-held-back'), [],
				'a worker that a request ended is replaced at once');
			});
	}, { memory: true }), { seconds: SECONDS + 60 });
