// The calendar feed (X3): its address, what is in it, who can read it.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import ICAL from 'ical.js';
import { accept, askRepair, finish, plan, planner, start, workday }
	from '../lib/flow.js';
import { request } from '../lib/http.js';
import { folder, quote, sql, values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { has, string } from '../lib/xml.js';

const page = '/account/calendar';

// A new address of the account; the page tells it this once.
async function made(email) {
	const user = await as(email);
	const before = await user.page(page);
	const action = has(before, '//action[@id="calendar-renew"]')
		? 'calendar-renew' : 'calendar-make';
	const answer = await user.act(page, action);
	assert.equal(answer.status, 303);
	const address = string(await user.page(page),
		'//note[@id="calendar-address"]/arg');
	assert.match(address, /^https:\/\/[^/]+\/calendar\/[\w-]{43}\.ics$/);
	return new URL(address).pathname;
}

const read = (path, headers = {}) => request('GET', path, { headers });

// As strict as the standard: lines, and what an event must have.
function parsed(answer) {
	assert.equal(answer.status, 200);
	assert.equal(answer.headers['content-type'],
		'text/calendar; charset=utf-8');
	const body = answer.body.toString('utf8');
	assert.ok(body.endsWith('END:VCALENDAR\r\n'));
	for (const line of body.split('\r\n')) {
		assert.ok(Buffer.byteLength(line) <= 75, line);
		assert.doesNotMatch(line, /[\x00-\x08\x0a-\x1f\x7f]/);
	}
	const calendar = new ICAL.Component(ICAL.parse(body));
	for (const name of ['version', 'prodid'])
		assert.ok(calendar.getFirstPropertyValue(name), name);
	const events = calendar.getAllSubcomponents('vevent')
		.map(e => new ICAL.Event(e));
	const uids = events.map(e => e.uid);
	assert.equal(new Set(uids).size, uids.length, 'a UID twice');
	for (const e of events) {
		assert.match(e.uid, /^(request|inspection)-[\w-]+@[\w.-]+$/);
		assert.ok(e.component.getFirstPropertyValue('dtstamp'));
		assert.ok(e.startDate && e.endDate.compare(e.startDate) > 0, e.uid);
		assert.ok(e.startDate.isDate ||
			e.startDate.zone === ICAL.Timezone.utcTimezone, e.uid);
	}
	return { body, events };
}

const eventOf = ({ events }, number) =>
	events.find(e => e.uid.startsWith(`request-${number}@`));

test('X3: a day that was agreed is in the calendar, without the client',
	async () => {
		const path = await made('rol2@lindenhof.example');
		const { number, aid } = await askRepair('rol2@lindenhof.example',
			{ client: 'Geheimpje Zilverling', defect: 'Zilverling, klem; "x"' });
		assert.equal(eventOf(parsed(await read(path)), number), undefined);
		await accept(number);
		const day = workday(5);
		await plan(number, day);
		const feed = parsed(await read(path));
		const event = eventOf(feed, number);
		const hours = e => [e.startDate, e.endDate].map(t =>
			new Date(t.toJSDate()).toLocaleTimeString('nl-NL', {
				timeZone: 'Europe/Amsterdam', hour: '2-digit' }));
		assert.match(event.summary, /^Reparatie: /);
		assert.ok(event.summary.replace(/\D/g, '').endsWith(aid));
		assert.deepEqual(hours(event), ['08', '12']);
		assert.equal(new Date(event.startDate.toJSDate()).toLocaleDateString(
			'sv-SE', { timeZone: 'Europe/Amsterdam' }), day);
		assert.doesNotMatch(feed.body.replace(/\r\n /g, ''), /Zilverling/);
		await start(number);
		await finish(number);
		const later = eventOf(parsed(await read(path)), number);
		assert.equal(later.uid, event.uid);
		assert.ok(later.sequence > event.sequence);
	});

test('X3: a calendar holds what its account sees, no more', async () => {
	const numbers = async email =>
		parsed(await read(await made(email))).events
			.filter(e => e.uid.startsWith('request-'))
			.map(e => e.uid.replace(/^request-|@.*/g, ''));
	for (const email of ['rol2@lindenhof.example', 'rol2@terpen.example']) {
		const user = await as(email);
		const wrong = [];
		for (const number of (await numbers(email)).slice(0, 25))
			if ((await user.get(`/requests/${number}`)).status !== 200)
				wrong.push(number);
		assert.deepEqual(wrong, []);
	}
	const mine = await numbers('rol2@lindenhof.example');
	const branch = await numbers(planner);
	assert.ok(branch.length > mine.length);
});

test('X3: inspections due are in it, of a location and day together',
	async () => {
		const { events } = parsed(await read(
			await made('beheer@lindenhof.example')));
		const due = events.filter(e => e.uid.startsWith('inspection-'));
		const [want] = values(`SELECT COUNT(DISTINCT a.inspection_due,
				a.location_id) AS n FROM aid a
			JOIN organisation o ON o.id = a.holder_id AND o.code = 'lindenhof'
			WHERE a.status NOT IN ('out_of_service', 'scrapped')
			AND a.inspection_due BETWEEN CURRENT_DATE - INTERVAL 30 DAY
				AND CURRENT_DATE + INTERVAL 183 DAY`);
		assert.equal(due.length, Math.min(Number(want), 1000));
		assert.ok(due.every(e => e.startDate.isDate));
	});

test('X3: who has it already is told so, until it changes', async () => {
	const path = await made('beheer@terpen.example');
	const first = await read(path);
	const { etag, 'last-modified': modified } = first.headers;
	assert.match(etag, /^"[0-9a-f]{32}"$/);
	for (const headers of [{ 'if-none-match': etag },
		{ 'if-none-match': `"other", W/${etag}` },
		{ 'if-modified-since': modified }]) {
		const again = await read(path, headers);
		assert.equal(again.status, 304);
		assert.equal(again.body.length, 0);
	}
	assert.equal((await read(path, { 'if-none-match': '"other"',
		'if-modified-since': modified })).status, 200);
	const head = await request('HEAD', path);
	assert.equal(head.headers.etag, etag);
	sql(`UPDATE aid a JOIN organisation o ON o.id = a.holder_id
		SET a.inspection_due = CURRENT_DATE + INTERVAL 3 DAY
		WHERE o.code = 'terpen' AND a.status = 'in_use'
		AND a.inspection_due > CURRENT_DATE + INTERVAL 20 DAY LIMIT 1`);
	const changed = await read(path, { 'if-none-match': etag });
	assert.equal(changed.status, 200);
	assert.notEqual(changed.headers.etag, etag);
});

test('X3: a wrong, old or revoked address is 404, and sets nothing',
	async () => {
		const email = 'rol3@lindenhof.example';
		const old = await made(email);
		const path = await made(email);
		const gone = async address => {
			const answer = await read(address);
			assert.equal(answer.status, 404, address);
			assert.equal(answer.headers['set-cookie'], undefined);
			assert.doesNotMatch(answer.text, /calendar|html/i);
		};
		const answer = await read(path);
		assert.equal(answer.status, 200);
		assert.equal(answer.headers['set-cookie'], undefined);
		await gone(old);
		await gone('/calendar/x.ics');
		await gone(`/calendar/${'A'.repeat(43)}.ics`);
		await gone(path.replace(/.\.ics$/, c => c === 'A.ics'
			? 'B.ics' : 'A.ics'));
		assert.equal((await read(path.replace('.ics', ''))).status, 404);
		const state = s => sql(`UPDATE account SET state = ${quote(s)}
			WHERE email = ${quote(email)}`);
		try {
			state('deactivated');
			await gone(path);
		} finally {
			state('active');
		}
		assert.equal((await read(path)).status, 200);
		const user = await as(email);
		assert.equal((await user.act(page, 'calendar-revoke')).status, 303);
		await gone(path);
		assert.ok(!has(await user.page(page), '//detail[@id="calendar"]'));
	});

test('X3: the address is shown once, kept as a hash, and in no log',
	async () => {
		const email = 'rol4@lindenhof.example';
		const path = await made(email);
		const secret = path.slice('/calendar/'.length, -'.ics'.length);
		const user = await as(email);
		await read(path);
		await read(`${path}?x=1`);
		await read(`/calendar/${secret}`);
		await user.get(path);
		assert.ok(!has(await user.page(page),
			'//note[@id="calendar-address"]'));
		assert.equal(values(`SELECT COUNT(*) AS n FROM calendar_feed
			WHERE HEX(secret_hash) = SHA2(${quote(secret)}, 256)`)[0], '1');
		for (const name of readdirSync(`${folder}/log`))
			assert.ok(!readFileSync(`${folder}/log/${name}`, 'latin1')
				.includes(secret), name);
		assert.ok(readFileSync(`${folder}/log/access.json`, 'utf8')
			.includes('"path":"/calendar/-"'));
	});
