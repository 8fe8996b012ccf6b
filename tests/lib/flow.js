// Requests brought to where a test needs them, through the portal.
import assert from 'node:assert/strict';
import { one, quote, sql } from './portal.js';
import { as } from './user.js';
import { memberships, sees, things } from './world.js';

export const requester = 'rol2@lindenhof.example';
export const stranger = 'rol2@terpen.example';
export const planner = 'planner@zorgmiddelen-noord.example';

const taken = new Set();

// An aid in use (or of another status) that the account sees, with nothing
// under way; each is given once. where: a further condition on aid a.
export function freeAid(email, where = 'TRUE', status = 'in_use') {
	const ms = memberships(email);
	const free = new Set(sql(`SELECT a.number FROM aid a
		WHERE a.status = ${quote(status)} AND ${where} AND NOT EXISTS (
			SELECT 1 FROM request_line l JOIN request r ON r.id = l.request_id
			WHERE l.aid_id = a.id AND r.state NOT IN
				('done', 'rejected', 'withdrawn', 'cancelled'))`)
		.map(row => row.number));
	const aid = things.aid().find(a => free.has(a.key) && sees(ms, a) &&
		!taken.has(a.key));
	assert.ok(aid, `a free aid for ${email}`);
	taken.add(aid.key);
	return aid.key;
}

// Makes an account the requester or approver of requests, as their lines say.
export const give = (role, email, ...numbers) => sql(`UPDATE request q
	JOIN request_line n ON n.request_id = q.id
	JOIN account c ON c.email = ${quote(email)}
	SET q.${role}_id = c.id, n.${role}_id = c.id
	WHERE q.number IN (${numbers.map(quote)})`);

// 'Reparatie' filled in; answers number of the request and where it led.
export async function askRepair(email = requester, changes = {},
	aid = freeAid(email)) {
	const user = await as(email);
	const answer = await user.send(`/aids/${aid}/repair`, 'repair', {
		defect: 'De hoogteverstelling hapert.', ...changes });
	assert.equal(answer.status, 303, `repair of ${aid}: ${answer.status}`);
	const [, number] = /^\/requests\/([\d-]+)\/sent$/.exec(answer.location) ??
		assert.fail(`repair of ${aid} led to ${answer.location}`);
	return { aid, number, user };
}

// Accepted, planned and begun.
export async function begin(number) {
	await accept(number);
	await plan(number);
	await start(number);
}

export const stateOf = number => one(
	`SELECT state FROM request WHERE number = ${quote(number)}`).state;

const step = async (number, action, changes) => {
	const answer = await (await as(planner)).act(
		`/supplier/requests/${number}`, action, changes);
	assert.equal(answer.status, 303, `${action} of ${number}`);
};

export const accept = number => step(number, 'accept');
export const start = number => step(number, 'start');
export const plan = (number, day) => step(number, 'plan', {
	day: day ?? workday(5), part: 'morning', mechanic: mechanicOf(number).id });

// The n-th mechanic (from 0) of the branch that has the request.
export const mechanicOf = (number, n = 0) => sql(`SELECT m.id, m.name, m.phone
	FROM mechanic m JOIN request q ON q.branch_id = m.branch_id
	WHERE q.number = ${quote(number)} AND m.ended_on IS NULL
	ORDER BY m.id`)[n];
export const finish = (number, work = 'Kabel vervangen, getest.') =>
	step(number, 'done', { finding: 'done', work_done: work });

// A Monday to Friday, so many days from now or later; no day off is met in
// the two weeks that tests plan in but at Christmas, Easter and Whitsun.
export function workday(days) {
	const date = new Date(Date.now() + days * 86400e3);
	while ([0, 6].includes(date.getUTCDay()) || isDayOff(date))
		date.setUTCDate(date.getUTCDate() + 1);
	return date.toISOString().slice(0, 10);
}

// A Saturday that is no holiday, so many days from now or later; nor is the
// Sunday after it.
export function saturday(days) {
	const date = new Date(Date.now() + days * 86400e3);
	const next = () => new Date(date.getTime() + 86400e3);
	while (date.getUTCDay() !== 6 || isDayOff(date) || isDayOff(next()))
		date.setUTCDate(date.getUTCDate() + 1);
	return date.toISOString().slice(0, 10);
}

// As conf/demo.conf.in has it.
const isClosed = day =>
	day === '12-24' || day >= '12-29' && day <= '12-31';

function isDayOff(date) {
	const day = date.toISOString().slice(5, 10);
	if (['01-01', '04-26', '04-27', '05-05', '12-25', '12-26'].includes(day) ||
		isClosed(day))
		return true;
	return [1, 39, 50].some(after =>
		easter(date.getUTCFullYear()) + after * 86400e3 ===
		Date.parse(date.toISOString().slice(0, 10)));
}

// Gauss, in the form of Meeus, Jones and Butcher.
function easter(year) {
	const a = year % 19, b = Math.floor(year / 100), c = year % 100;
	const d = Math.floor(b / 4), e = b % 4;
	const g = Math.floor((8 * b + 13) / 25);
	const h = (19 * a + b - d - g + 15) % 30;
	const i = Math.floor(c / 4), k = c % 4;
	const l = (32 + 2 * e + 2 * i - h - k) % 7;
	const m = Math.floor((a + 11 * h + 22 * l) / 451);
	const n = h + l - 7 * m + 114;
	return Date.UTC(year, Math.floor(n / 31) - 1, n % 31 + 1);
}
