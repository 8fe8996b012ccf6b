// Faults of the database: at every call that a form makes, and as a whole.
import assert from 'node:assert/strict';
import { figure, SECONDS, share, size } from '../lib/figure.js';
import { request } from '../lib/http.js';
import { fault, happened, injected } from '../lib/inject.js';
import { effectsLike, newName, repairForm, send } from '../lib/load.js';
import { inTheLook } from '../lib/look.js';
import { each, quote, sleep, sql, until } from '../lib/portal.js';
import { mailsNow, portraits } from '../lib/portrait.js';
import { Service } from '../lib/service.js';
import { forms } from '../lib/steps.js';
import { test } from '../lib/tap.js';

const kinds = ['before', 'after', '1213', '1205', '2006', '2013', '1047',
	'stays'];

const flow = ['/aids/{id}/repair institution',
	'/requests/{number}/send institution',
	'/requests/{number}/approve institution',
	...['correct', 'accept', 'plan', 'done'].map(name =>
		`/supplier/requests/{number}/${name} supplier`)];

// 'Verstuur aanvraag' is limited an hour; that is not what is tested here.
const SENT = 8;
const forgetSent = () => sql(`UPDATE audit SET at = at - INTERVAL 2 HOUR
	WHERE action = 'send'`);

// How many calls the form makes where nothing is prepared before.
async function callsOf(name) {
	const counted = fault('cold-database', 0, 'count');
	assert.equal((await send(await forms[name](), counted.options)).status,
		303);
	return happened().get(counted.name).n;
}

// Of a row of so many, so many, spread over all of it; another part each time.
const spread = (list, count, shift) => list.length <= count ? list
	: [...Array(count)].map((_, i) =>
		list[Math.floor((i + shift) * list.length / count)]);

// Sends each form with its fault, then again without one.
async function faulted(cases) {
	const since = mailsNow();
	await each(cases, async c => {
		c.form = await forms[c.name]();
	});
	const [before] = [portraits(cases.map(c => c.form), since)];
	await each([...cases.entries()], async ([i, c]) => {
		if (i % SENT === 0)
			forgetSent();
		c.fault = fault('cold-database', c.n, c.kind);
		c.answer = await send(c.form, c.fault.options);
	});
	const between = portraits(cases.map(c => c.form), since);
	await each([...cases.entries()], async ([i, c]) => {
		if (i % SENT === 0)
			forgetSent();
		c.again = await send(c.form);
	});
	const after = portraits(cases.map(c => c.form), since);
	const there = happened();
	cases.forEach((c, i) => Object.assign(c, { before: before[i],
		between: between[i], after: after[i],
		happened: there.get(c.fault.name) }));
}

// What is not as it must be, in words; '' is well.
function wrong(c, whole) {
	if (![303, 500, 503].includes(c.answer.status))
		return `answered ${c.answer.status}`;
	if (c.answer.status !== 303)
		inTheLook(c.answer);
	else if (c.between !== whole)
		return `acknowledged, and has ${c.between}`;
	if (c.between !== c.before && c.between !== whole)
		return `half done: ${c.between}`;
	if (c.again.status !== 303)
		return `again: ${c.again.status}`;
	return c.after === whole ? '' : `after it was sent again: ${c.after}`;
}

test('figure 6: a fault at every call of the flow: all or nothing, then once',
	() => injected(async () => {
		let calls = 0, asked = 0, faults = 0, shown = 0;
		const found = [];
		for (const [i, name] of flow.entries()) {
			forgetSent();
			const count = await callsOf(name);
			const since = mailsNow();
			const form = await forms[name]();
			assert.equal((await send(form)).status, 303);
			const [whole] = portraits([form], since);
			const cases = kinds.flatMap(kind =>
				[...Array(count)].map((_, n) => ({ name, kind, n: n + 1 })));
			const chosen = spread(cases, share(8, 200), Math.random());
			calls += count;
			await faulted(chosen);
			for (const c of chosen) {
				const why = wrong(c, whole);
				asked++;
				faults += c.happened ? 1 : 0;
				shown += c.answer.status !== 303;
				if (why)
					found.push(`${name} ${c.kind} at ${c.n} (${
						c.happened?.where}): ${why}`);
			}
		}
		figure(6, 'a fault at each database call of seven forms of the flow',
			{ calls, faults, 'shown to the user as 500 or 503': shown,
				'not all or nothing': found.length },
			() => {
				assert.deepEqual(found, []);
				// A session is not touched each time: a call less.
				assert.ok(faults > asked * 0.9, `${faults} of ${asked}`);
			});
	}), { seconds: SECONDS + 60 });

const database = new Service('mariadb');

const ready = () => until('/ready', 60, async () =>
	(await request('GET', '/ready', { fresh: true }).catch(() => null))
		?.status === 200);

test('figure 6: the database is killed under forms: none lost, none doubled',
	async () => {
		const fill = await repairForm();
		const prefix = newName('database');
		const sent = [];
		let stop = false;
		const sending = [...Array(6)].map(async () => {
			while (!stop) {
				const form = fill(`${prefix} ${sent.length}.`);
				sent.push(form);
				form.answer = await send(form);
				if (form.answer.status !== 303)
					await sleep(100); // each is sent again, below
			}
		});
		const end = Date.now() + SECONDS * 1000;
		let kills = 0;
		for (; kills < share(1, 20) && Date.now() < end; kills++) {
			await sleep(size(500, 2000));
			await database.without(() => sleep(size(300, 1500)), 'SIGKILL');
			await ready();
		}
		stop = true;
		await Promise.all(sending);
		const failed = sent.filter(f => f.answer.status !== 303);
		for (const { answer } of failed) {
			assert.ok([500, 502, 503, 504].includes(answer.status),
				`${answer.status}`);
			inTheLook(answer);
		}
		const lost = sent.length - failed.length - Number(sql(`SELECT
			COUNT(DISTINCT description) AS n FROM request
			WHERE description IN (${sent.filter(f => f.answer.status === 303)
		.map(f => quote(f.name))})`)[0].n);
		await each(failed, async form => {
			assert.equal((await send(form)).status, 303, 'sent again');
		});
		const { n, names } = effectsLike(prefix);
		figure(6, 'forms while the database is killed -9 and started again',
			{ forms: sent.length, kills, 'answered with a page of 5xx':
				failed.length, lost, doubled: n - names }, () => {
				assert.equal(lost, 0);
				assert.ok(failed.length > 0);
				assert.equal(Number(names), sent.length);
				assert.equal(Number(n), sent.length);
			});
	}, { seconds: SECONDS + 60 });
