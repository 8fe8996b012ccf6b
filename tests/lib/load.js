// A bounded load of pages and real forms, whose effects are counted.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { freeAid, requester } from './flow.js';
import { one, quote, sleep } from './portal.js';
import { as } from './user.js';

// A name for what a test asks for, that nothing else bears.
let names = 0;
export const newName = what =>
	`${what} ${process.pid}-${++names}-${randomBytes(4).toString('hex')}`;

export const newKey = () => randomBytes(16).toString('hex');

// The form of a repair, of one of some aids, filled in under a name and a key
// of its own each time: a page's key is worth as much as any other.
export async function repairForm(email = requester) {
	const user = await as(email);
	const forms = [];
	while (forms.length < 8)
		forms.push(await user.form(`/aids/${freeAid(email)}/repair`,
			'repair'));
	let given = 0;
	return what => {
		const { action, fields } = forms[given++ % forms.length];
		return { user, action, name: what,
			fields: { ...fields, defect: what, form_key: newKey() } };
	};
}

export const effectsOf = name => Number(one(`SELECT COUNT(*) AS n
	FROM request WHERE description = ${quote(name)}`).n);

// Of all names that begin so: how many requests there are, of how many names.
export const effectsLike = prefix => one(`SELECT COUNT(*) AS n,
	COUNT(DISTINCT description) AS names FROM request
	WHERE description LIKE ${quote(`${prefix}%`)}`);

export const send = (form, options) =>
	form.user.post(form.action, form.fields, options);

const PATHS = ['/account', '/roles', '/login'];

const fails = (what, answer) => {
	if (answer.status === undefined)
		return `${what}: ${answer.message ?? answer}`;
	if (what === 'POST')
		return answer.status === 303 && /\/sent$/.test(answer.location)
			? '' : `POST: ${answer.status} ${answer.location ?? ''}`;
	const good = what === '/login' ? answer.status === 303
		: answer.status === 200 && answer.text.endsWith('</html>\n');
	return good ? '' : `${what}: ${answer.status}`;
};

// So many requests, three in ten of them forms, from so many clients at once;
// goes on until the faults around it are done too (done(failed) answers true),
// and ends at that time at the latest. begun(answered) is called before the
// first of them, with what tells how many were answered; fault(n): what goes
// with the n-th form. Answers what failed, and how many forms had an effect.
export async function load({ count, clients = 8, begun = () => {},
	done = () => true, end = Infinity, fault = () => undefined }) {
	const user = await as(requester);
	const fill = await repairForm();
	const prefix = newName('belasting');
	const failed = [];
	let sent = 0, posts = 0, acknowledged = 0, answered = 0;
	begun(() => answered);
	await Promise.all([...Array(clients)].map(async () => {
		while ((sent < count || !done(failed)) && Date.now() < end) {
			const n = sent++;
			const post = n % 10 % 3 === 2;
			const path = n % 20 === 0 ? '/aids?status=in_repair'
				: PATHS[n % PATHS.length];
			const answer = await (post
				? send(fill(`${prefix} ${++posts}.`), fault(posts))
				: user.get(path)).catch(error => error);
			answered++;
			const why = fails(post ? 'POST' : path, answer);
			if (why)
				failed.push(why);
			else if (post)
				acknowledged++;
		}
	}));
	const effects = effectsLike(prefix);
	return { requests: sent, posts, failed, acknowledged,
		effects: Number(effects.n), names: Number(effects.names) };
}

// Nothing failed, and each form that was sent had its one effect.
export function assertWhole(result) {
	assert.deepEqual(result.failed.slice(0, 10), [],
		`${result.failed.length} of ${result.requests} failed`);
	assert.equal(result.acknowledged, result.posts);
	assert.equal(result.effects, result.posts, 'effects');
	assert.equal(result.names, result.posts, 'one effect each');
}

// Does something again and again at its pace until stopped; answers how often.
export function repeatedly(ms, body, times = Infinity) {
	let stop = false;
	let done = 0;
	const running = (async () => {
		while (!stop && done < times) {
			await body(done);
			done++;
			await sleep(ms);
		}
	})();
	return { get done() {
		return done;
	}, get finished() {
		return done >= times;
	}, stop: async () => {
		stop = true;
		await running;
		return done;
	} };
}
