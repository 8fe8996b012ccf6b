// Planning by day, week and month, for customer and branch; mechanics; days
// on which nobody works (I16, S5, I15).
import assert from 'node:assert/strict';
import { mailAbout, pdfFaults, pdfText } from '../lib/document.js';
import { accept, askRepair, freeAid, mechanicOf, plan, planner, requester,
	saturday, start, stranger, workday } from '../lib/flow.js';
import { newKey, newName } from '../lib/load.js';
import { one, quote, sql, values } from '../lib/portal.js';
import { mechanicForm } from '../lib/steps.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { all, first, has, number, string, texts } from '../lib/xml.js';

const admin = 'beheer@lindenhof.example';
const service = 'klantenservice@zorgmiddelen-noord.example';
const ended = `('done', 'rejected', 'withdrawn', 'cancelled')`;

const addDays = (date, n) => new Date(Date.parse(date) + n * 86400e3)
	.toISOString().slice(0, 10);
const monday = date => addDays(date, -((new Date(date).getUTCDay() + 6) % 7));
const today = () => new Date(Date.now() + 3600e3).toISOString().slice(0, 10);

// ISO 8601: the week of a date, worked out a second time.
function weekOf(date) {
	const thursday = addDays(monday(date), 3);
	const year = thursday.slice(0, 4);
	const days = (Date.parse(thursday) - Date.parse(`${year}-01-01`)) / 86400e3;
	return `${year}-W${String(1 + Math.floor(days / 7)).padStart(2, '0')}`;
}

const longDay = date => new Date(date).toLocaleDateString('nl-NL', {
	weekday: 'long', day: 'numeric', month: 'long', year: 'numeric',
	timeZone: 'UTC' });

const counts = page => Object.fromEntries(all(page, '//calendar/day')
	.map(day => [day.getAttribute('date'), Number(day.getAttribute('count'))]));

async function planned(day) {
	const { number: asked } = await askRepair();
	await accept(asked);
	await plan(asked, day);
	return asked;
}

// The next day of our own on which the demo's supplier is closed.
const closedDay = () => [0, 1].flatMap(n => {
	const year = Number(today().slice(0, 4)) + n;
	return ['12-24', '12-29', '12-30', '12-31'].map(day => `${year}-${day}`);
}).find(day => day > addDays(today(), 7));

test('I16: a week shows each day what the list has on it', async () => {
	const user = await as(admin);
	const day = workday(6);
	const asked = await planned(day);
	const page = await user.page(`/planning/week?week=${weekOf(day)}`);
	assert.deepEqual(texts(page, '//calendar/day/@date'),
		[...Array(7)].map((_, i) => addDays(monday(day), i)));
	const found = sql(`SELECT COALESCE(r.planned_on, r.wished_on) AS day,
			COUNT(*) AS n FROM request r JOIN organisation o
		ON o.id = r.organisation_id AND o.code = 'lindenhof'
		WHERE r.state NOT IN ${ended} GROUP BY day`);
	const want = new Map(found.map(row => [row.day, Number(row.n)]));
	for (const [date, n] of Object.entries(counts(page)))
		assert.equal(n, want.get(date) ?? 0, date);
	for (const box of all(page, '//calendar/day')) {
		const shown = number(box, 'count(entry)');
		assert.equal(shown + Number(string(box, 'more/@count')),
			Number(box.getAttribute('count')));
		if (has(box, 'more')) {
			assert.equal(shown, 12, 'so many, then + n');
			const list = await user.page(string(box, 'more/@href'));
			assert.equal(values(`SELECT ${number(list, '//rows/@total')} >=
				${box.getAttribute('count')} AS more`)[0], '1');
		}
	}
	const entry = first(page, `//day[@date="${day}"]/entry[@number="${asked}"]`);
	if (want.get(day) <= 12)
		assert.equal(entry.getAttribute('href'), `/requests/${asked}`);
});

test('I16: an entry says what, where, when and how far, and leads to it',
	async () => {
		const user = await as(requester);
		const day = workday(9);
		const { number: asked, aid } = await askRepair();
		await accept(asked);
		await plan(asked, day);
		const r = one(`SELECT l.name AS location,
				IF(d.id = l.id, '', d.name) AS department, a.type_name AS type,
				l.id AS at
			FROM request q JOIN place l ON l.id = q.location_id
			JOIN place d ON d.id = q.place_id
			JOIN aid a ON a.number = ${quote(aid)}
			WHERE q.number = ${quote(asked)}`);
		const page = await user.page(`/planning/week?week=${weekOf(day)}` +
			`&kind=repair&location=${r.at}`);
		const entry = first(page, `//entry[@number="${asked}"]`);
		assert.deepEqual(['kind', 'state', 'part', 'type', 'location']
			.map(name => entry.getAttribute(name)),
		['repair', 'planned', 'morning', r.type, r.location]);
		assert.equal(entry.getAttribute('department') ?? '', r.department);
		assert.equal(entry.getAttribute('mechanic'), mechanicOf(asked).name);
		assert.equal((await user.get(entry.getAttribute('href'))).status, 200);
		assert.equal((await (await as(stranger)).page(
			`/planning/week?week=${weekOf(day)}`)).toString().includes(asked),
		false, 'another customer sees nothing of it');
	});

test('I16: filters go from tab to tab and from week to week', async () => {
	const user = await as(admin);
	const list = await user.page('/planning?kind=repair');
	assert.deepEqual(texts(list, '//tabs/tab/@id'), ['list', 'week', 'month']);
	const week = await user.page(string(list, '//tab[@id="week"]/@href'));
	assert.deepEqual([...new Set(texts(week, '//entry/@kind'))], ['repair']);
	assert.equal(string(week, '//tabs/tab[@current]/@id'), 'week');
	const next = await user.page(string(week, '//calendar/next/@href'));
	assert.equal(string(next, '//calendar/@first'),
		addDays(string(week, '//calendar/@first'), 7));
	assert.ok(texts(next, '//entry/@kind').every(kind => kind === 'repair'));
	const back = await user.page(string(next, '//calendar/previous/@href'));
	assert.equal(string(back, '//calendar/@first'),
		string(week, '//calendar/@first'));
	const month = await user.page(string(week, '//tab[@id="month"]/@href'));
	assert.deepEqual([...new Set(texts(month, '//entry/@kind'))], ['repair']);
	assert.equal(string(month, '//filter[@id="kind"]/value'), 'repair');
	assert.equal(string(month, '//filters/hidden/@name'), 'month');
});

test('I16: a month is whole weeks, its days lead to theirs', async () => {
	const user = await as(admin);
	const page = await user.page('/planning/month?month=2026-12');
	const days = texts(page, '//calendar/day/@date');
	assert.equal(days[0], '2026-11-30');
	assert.equal(days.at(-1), '2027-01-03');
	assert.equal(days.length, 35);
	assert.deepEqual(texts(page, '//day[@outside]/@date'), ['2026-11-30',
		'2027-01-01', '2027-01-02', '2027-01-03']);
	assert.equal(string(page, '//day[@date="2026-12-03"]/@href'),
		'/planning/week?week=2026-W49#day-2026-12-03');
	assert.equal(string(page, '//calendar/next/@href'),
		'/planning/month?month=2027-01');
	assert.equal(string(await user.page('/planning/month?month=2026-01'),
		'//calendar/previous/@href'), '/planning/month?month=2025-12');
	assert.ok(all(page, '//day').every(day => number(day, 'count(entry)') <= 3));
	const later = await user.page('/planning/month?month=2031-05');
	const week = await user.page(string(later, '//tab[@id="week"]/@href'));
	assert.ok(texts(week, '//day/@date').includes('2031-05-01'));
	assert.equal(string(week, '//tab[@id="month"]/@href'),
		'/planning/month?month=2031-05');
	assert.equal(string(await user.page('/planning/month'),
		'//tab[@id="week"]/@href'), '/planning/week');
});

test('I16: today is marked; days on which nobody works are named', async () => {
	const user = await as(admin);
	const now = await user.page('/planning/week');
	assert.deepEqual(texts(now, '//day[@today]/@date'), [today()]);
	const page = await user.page('/planning/month?month=2026-12');
	const off = date => string(page, `//day[@date="${date}"]/@off`);
	assert.equal(off('2026-12-05'), 'saturday');
	assert.equal(off('2026-12-25'), 'christmas-day');
	assert.equal(off('2026-12-26'), 'boxing-day');
	const closed = closedDay();
	const theirs = await user.page(`/planning/month?month=${
		closed.slice(0, 7)}`);
	assert.equal(string(theirs, `//day[@date="${closed}"]/@off`), 'closed');
	assert.match((await user.get(`/planning/month?month=${
		closed.slice(0, 7)}`)).text, /Gesloten/);
});

test('I16: a week or month that is none is told, and today is shown',
	async () => {
		const user = await as(admin);
		for (const query of ['week?week=2026-W54', 'week?week=2027-W53',
			'week?week=x', 'week?week=2026-W1', 'month?month=2026-13',
			'month?month=2026-00', 'month?month=2026-12x',
			'week?location=0&week=', 'month?month=-2026-1']) {
			const page = await user.page(`/planning/${query}`);
			assert.ok(has(page, '//message[@id="list.ignored"]'), query);
			assert.ok(texts(page, '//day/@date').includes(today()), query);
		}
		assert.equal(string(await user.page('/planning/week?week=2026-W53'),
			'//calendar/@first'), '2026-12-28');
	});

test('I16: the list has each aid while it is worked on, on the day of now',
	async () => {
		const user = await as(admin);
		const asked = await planned(workday(6));
		const days = async () => texts(await user.page(`/planning?from=${
			workday(6)}&until=${workday(8)}&size=100`),
			`//row[@key = '${asked}']/cell[1]`);
		assert.deepEqual(await days(), [workday(6)]);
		await (await as(planner)).send(`/supplier/requests/${asked}/plan`, 'plan',
			{ day: workday(8), mechanic: mechanicOf(asked).id });
		assert.deepEqual(await days(), [workday(8)]);
		const line = `request_line n JOIN request r ON r.id = n.request_id
			SET n.state = ? WHERE r.number = ${quote(asked)}`;
		sql(`UPDATE ${line.replace('?', "'done'")}`);
		assert.deepEqual(await days(), []);
		sql(`UPDATE ${line.replace('?', 'r.state')}`);
		assert.deepEqual(values(`SELECT n.due_on FROM request_line n
			JOIN request r ON r.id = n.request_id AND r.wished_on = n.wished_on
			AND r.due_on = n.due_on WHERE r.number = ${quote(asked)}`),
		[workday(8)]);
	});

test('I16 S5: a wish that the branch corrects is the day in the list',
	async () => {
		const { number: asked } = await askRepair();
		const day = workday(9);
		await (await as(planner)).send(`/supplier/requests/${asked}/correct`,
			'correct', { wished_on: day });
		const page = await (await as(admin)).page(
			`/planning?from=${day}&until=${day}&size=100`);
		assert.ok(has(page, `//row[@key = '${asked}']`));
	});

test('S5: the branch sees per day who goes where, and plans anew from there',
	async () => {
		const day = workday(8);
		const asked = await planned(day);
		const mechanic = mechanicOf(asked);
		const user = await as(planner);
		const page = await user.page(`/supplier/planning?week=${
			weekOf(day)}&mechanic=${mechanic.id}&kind=repair`);
		const groups = all(page, '//day/group');
		assert.ok(groups.length > 0);
		assert.ok(groups.every(g => g.getAttribute('name') === mechanic.name));
		const entry = first(page, `//day[@date="${day}"]/group
			/entry[@number="${asked}"]`);
		assert.equal(entry.getAttribute('replan'),
			`/supplier/requests/${asked}/plan`);
		const other = mechanicOf(asked, 1);
		const answer = await user.send(entry.getAttribute('replan'), 'plan',
			{ day: workday(9), mechanic: other.id });
		assert.equal(answer.status, 303);
		const { mechanic_id: now, planned_on: on } = one(`SELECT mechanic_id,
			planned_on FROM request WHERE number = ${quote(asked)}`);
		assert.deepEqual([now, on], [other.id, workday(9)]);
		const mail = await mailAbout(asked, m => /verzet/.test(m.headers.subject));
		assert.match(mail.text.replace(/\s+/g, ' '), new RegExp(
			`niet uit op ${longDay(day)}, maar op ${longDay(on)}\\.`));
		assert.ok(has(await user.page(`/supplier/requests/${asked}`),
			`//action[@id="replan"][@href="/supplier/requests/${asked}/plan"]`));
		const reader = await (await as(service)).page(
			`/supplier/planning?week=${weekOf(on)}`);
		assert.ok(!has(reader, '//@replan'), 'who may not plan gets no link');
		assert.deepEqual(texts(page, '//tabs/tab/@id'),
			['day', 'week', 'month']);
	});

test('S5: what nobody has yet stands last in a day', async () => {
	const { number: asked } = await askRepair(requester,
		{ wished: workday(7) });
	await accept(asked);
	const page = await (await as(planner)).page(`/supplier/day?date=${
		workday(7)}`);
	assert.ok(has(page, `//round[last()][not(@name)]/job[@number="${asked}"]`));
	const alone = await (await as(planner)).page(
		`/supplier/day?date=${workday(7)}&nobody=yes`);
	assert.equal(number(alone, 'count(//round)'), 1);
	assert.ok(has(alone, `//round[not(@name)]/job[@number="${asked}"]`));
	assert.equal(string(alone, `//job[@number="${asked}"]/action/@id`),
		'propose');
});

test('S5 X9: a mechanic\'s day has all that is needed on the way; who saw ' +
	'the client is written down', async () => {
	const day = workday(10);
	const name = newName('mw. T.').slice(0, 60);
	const { number: asked, aid } = await askRepair(requester, { client: name });
	await accept(asked);
	await plan(asked, day);
	const mechanic = mechanicOf(asked);
	const user = await as(planner);
	const path = `/supplier/day?date=${day}&mechanic=${mechanic.id}`;
	const { id: client } = one(`SELECT client_id AS id FROM request
		WHERE number = ${quote(asked)}`);
	const logged = () => Number(one(`SELECT COUNT(*) AS n FROM audit
		WHERE client_id = ${client} AND subject = 'rounds ${day}'`).n);
	const before = logged();
	const page = await user.page(path);
	assert.equal(logged(), before + 1);
	assert.deepEqual(texts(page, '//round/@name'), [mechanic.name]);
	assert.equal(string(page, '//round/@phone'), mechanic.phone);
	const job = first(page, `//job[@number="${asked}"]`);
	const item = id => string(job, `item[@name="${id}"]`);
	const q = one(`SELECT q.contact_name, q.contact_phone, l.name AS location,
			l.street, o.name AS organisation
		FROM request q JOIN place l ON l.id = q.location_id
		JOIN organisation o ON o.id = q.organisation_id
		WHERE q.number = ${quote(asked)}`);
	assert.ok(item('address').startsWith(`${q.street}, `));
	assert.ok(item('place').startsWith(q.location));
	assert.deepEqual([item('contact'), item('contact_phone'),
		item('organisation'), item('client')],
	[q.contact_name, q.contact_phone, q.organisation, name]);
	assert.equal(item('description'), 'De hoogteverstelling hapert.');
	assert.equal(string(job, 'aid/@number'), aid);
	assert.equal(string(job, 'action/@href'),
		`/supplier/requests/${asked}/start`);
	assert.match((await user.get(path)).text, /href="tel:\+31/);
	await start(asked);
	assert.equal(string(await user.page(path),
		`//job[@number="${asked}"]/action/@id`), 'done');
	const pdf = await user.get(path.replace('/day?', '/day.pdf?'));
	assert.equal(pdf.status, 200);
	assert.equal(pdfFaults(pdf.body), '');
	const text = pdfText(pdf.body).replace(/[\s\u00a0]+/g, ' ');
	for (const word of [`Daglijst ${mechanic.name}`, name, q.street,
		'8.00–12.00 uur', q.contact_name])
		assert.ok(text.includes(word), word);
	assert.ok(logged() >= before + 4, 'the page as HTML and the PDF too');
	const log = await (await as('privacy@zorgmiddelen-noord.example'))
		.page('/supplier/audit');
	assert.ok(has(log, `//row[cell="rounds"][cell="${day}"]`));
});

test('S5: all mechanics: a section each, on paper a sheet each', async () => {
	const user = await as(planner);
	const day = workday(4);
	await planned(day);
	const page = await user.page(`/supplier/day?date=${day}`);
	const want = values(`SELECT DISTINCT q.mechanic FROM request q
		JOIN membership m ON m.branch_id = q.branch_id
		JOIN account a ON a.id = m.account_id AND a.email = ${quote(planner)}
		WHERE q.planned_on = '${day}' AND q.mechanic_id IS NOT NULL
		AND q.state IN ('proposed', 'planned', 'in_progress', 'on_hold')
		ORDER BY q.mechanic`);
	assert.deepEqual(texts(page, '//round[@name]/@name'), want);
	const pdf = await user.get(`/supplier/day.pdf?date=${day}`);
	const text = pdfText(pdf.body);
	for (const name of want)
		assert.match(text, new RegExp(`(^|\\f)Daglijst ${name}`), name);
});

test('S5: another branch\'s mechanic is none', async () => {
	const other = one(`SELECT m.id FROM mechanic m WHERE m.branch_id NOT IN
		(SELECT s.branch_id FROM membership s JOIN account a
			ON a.id = s.account_id AND a.email = ${quote(planner)})
		AND m.ended_on IS NULL ORDER BY m.id LIMIT 1`).id;
	const user = await as(planner);
	for (const path of [`/supplier/day?date=${workday(3)}&mechanic=${other}`,
		`/supplier/mechanics/${other}`, `/supplier/mechanics/${other}/end`])
		assert.equal((await user.get(path)).status, 404, path);
	const { number: asked } = await askRepair();
	await accept(asked);
	const form = await user.form(`/supplier/requests/${asked}/plan`, 'plan');
	assert.ok(!form.options('mechanic').includes(other));
	const answer = await user.post(form.action, { ...form.fields,
		day: workday(5), mechanic: other });
	assert.equal(answer.status, 422);
	const mine = mechanicOf(asked).id;
	const page = await user.page(`/supplier/planning?mechanic=${other}`);
	assert.ok(has(page, '//message[@id="list.ignored"]'));
	assert.ok(texts(page, '//filter[@id="mechanic"]/option/@value')
		.includes(mine));
	const theirs = await user.form('/supplier/mechanics/new', 'mechanic');
	const name = newName('Monteur').slice(0, 60);
	assert.ok(!theirs.names.includes('branch'), 'it is the planner\'s own');
	await user.post(theirs.action, { ...theirs.fields, name, branch: '2' });
	assert.equal(one(`SELECT branch_id FROM mechanic
		WHERE name = ${quote(name)}`).branch_id, one(`SELECT branch_id
		FROM mechanic WHERE id = ${mine}`).branch_id);
});

test('S5: a mechanic renamed: what is to come has the new name, what is done ' +
	'the old', async () => {
	const { user, mechanic, name, action, fields } = await mechanicForm();
	const asked = [await planned(workday(5)), await planned(workday(6))];
	sql(`UPDATE request SET mechanic_id = ${mechanic},
			mechanic = ${quote(name)}
		WHERE number IN (${asked.map(quote)});
		UPDATE request SET state = 'done', done_on = CURRENT_DATE
		WHERE number = ${quote(asked[1])}`);
	const later = newName('Monteur nieuw').slice(0, 60);
	assert.equal((await user.post(action, { ...fields, name: later })).status,
		303);
	assert.deepEqual(asked.map(n => one(`SELECT mechanic FROM request
		WHERE number = ${quote(n)}`).mechanic), [later, name]);
	const taken = await user.form('/supplier/mechanics/new', 'mechanic');
	const again = await user.post(taken.action, { ...taken.fields,
		name: later, phone: '06 12 34 56 78' });
	assert.equal(again.status, 422);
	assert.match(again.text, /Er werkt hier al een monteur met deze naam/);
	assert.match(again.text, /value="06[^"]*78"/, 'what was typed stays');
});

test('S5: who ends can\'t be chosen; what was planned has nobody; the name ' +
	'can come back', async () => {
	const { user, mechanic, name } = await mechanicForm();
	const asked = await planned(workday(5));
	sql(`UPDATE request SET mechanic_id = ${mechanic},
		mechanic = ${quote(name)} WHERE number = ${quote(asked)}`);
	const end = `/supplier/mechanics/${mechanic}/end`;
	assert.match((await user.get(end)).text, /nog 1 aanvragen/);
	assert.equal((await user.send(end, 'mechanic-end')).status, 303);
	assert.deepEqual(one(`SELECT mechanic, mechanic_id, state FROM request
		WHERE number = ${quote(asked)}`),
	{ mechanic: null, mechanic_id: null, state: 'planned' });
	const form = await user.form(`/supplier/requests/${asked}/plan`, 'plan');
	assert.ok(!form.options('mechanic').includes(mechanic));
	assert.ok(!has(await user.page('/supplier/mechanics'),
		`//row[@key="${mechanic}"]`));
	assert.ok(has(await user.page('/supplier/mechanics?state=ended'),
		`//row[@key="${mechanic}"]`));
	const back = await user.form('/supplier/mechanics/new', 'mechanic');
	assert.equal((await user.post(back.action, { ...back.fields, name })).status,
		303);
	assert.deepEqual(values(`SELECT ended_on IS NULL AS n FROM mechanic
		WHERE name = ${quote(name)}`), ['1']);
});

test('S5: a mechanic changed meanwhile: told, nothing overwritten', async () => {
	const { user, mechanic, action, fields } = await mechanicForm();
	await user.send(`/supplier/mechanics/${mechanic}`, 'mechanic',
		{ phone: '06 11 11 11 11' });
	const late = await user.post(action, { ...fields, phone: '06 22 22 22 22' });
	assert.equal(late.status, 409);
	assert.equal(one(`SELECT phone FROM mechanic WHERE id = ${mechanic}`).phone,
		'0611111111');
});

const tick = 'Toch op deze dag (geen werkdag)';

for (const step of ['propose', 'plan'])
	test(`S5: a Saturday is refused by ${step}, then let through by a tick ` +
		'for that very day', async () => {
		const free = saturday(8);
		const sunday = addDays(free, 1);
		const { number: asked } = await askRepair();
		await accept(asked);
		const user = await as(planner);
		const path = `/supplier/requests/${asked}/${step}`;
		const form = await user.form(path, step);
		assert.ok(!form.names.includes('off'), 'no tick on a day of work');
		const typed = { ...form.fields, part: 'afternoon',
			mechanic: mechanicOf(asked, 1).id };
		const send = changes => user.post(form.action,
			{ ...typed, form_key: newKey(), ...changes });
		const refused = await send({ day: free });
		assert.equal(refused.status, 422);
		for (const words of ['Dat is een zaterdag: kies een werkdag', tick,
			'name="off_day" value="' + free])
			assert.ok(refused.text.includes(words), words);
		for (const kept of [`name="day" [^>]*value="${free}"`,
			'value="afternoon" [^>]*checked',
			`value="${typed.mechanic}" selected`])
			assert.match(refused.text, new RegExp(kept));
		const chosen = await send({ day: free, _refresh: 'day' });
		assert.ok(chosen.text.includes(tick), 'as soon as it is chosen');
		assert.ok(!chosen.text.includes('kies een werkdag'));
		assert.ok(!(await send({ day: workday(5), off: 'yes', off_day: free,
			_refresh: 'day' })).text.includes(tick), 'and no longer');
		const other = await send({ day: sunday, off: 'yes',
			off_day: free });
		assert.equal(other.status, 422, 'the tick was for another day');
		assert.match(other.text, /Dat is een zondag/);
		assert.doesNotMatch(other.text, /name="off" value="yes" checked/);
		assert.equal((await send({ day: free, off: 'yes' })).status, 422,
			'a tick that nobody was offered');
		const back = await send({ day: workday(5), part: '' });
		assert.ok(!back.text.includes(tick), 'on a day of work it is gone');
		const through = await send({ day: free, off: 'yes',
			off_day: free });
		assert.equal(through.status, 303);
		assert.equal(one(`SELECT planned_on FROM request
			WHERE number = ${quote(asked)}`).planned_on, free);
		if (step === 'propose')
			return;
		const again = await user.form(path, step);
		assert.equal(again.fields.off, 'yes', 'it is planned so already');
		assert.equal((await user.post(again.action, again.fields)).status, 303);
	});

test('S5: a holiday is refused by its name; a closed day has no tick',
	async () => {
		const { number: asked } = await askRepair();
		await accept(asked);
		const user = await as(planner);
		const form = await user.form(`/supplier/requests/${asked}/plan`, 'plan');
		const send = day => user.post(form.action, { ...form.fields, day,
			off: 'yes', off_day: day, form_key: newKey() });
		const year = today().slice(0, 4);
		const king = [0, 1].map(n => `${Number(year) + n}-12-26`)
			.find(day => day > today());
		const holiday = await user.post(form.action, { ...form.fields,
			day: king, form_key: newKey() });
		assert.equal(holiday.status, 422);
		assert.match(holiday.text, /Dat is Tweede Kerstdag: kies een werkdag/);
		assert.ok(holiday.text.includes(tick));
		const closed = await send(closedDay());
		assert.equal(closed.status, 422);
		assert.match(closed.text, /Dan zijn wij gesloten/);
		assert.ok(!closed.text.includes(tick));
		const past = await send(addDays(monday(today()), -1));
		assert.equal(past.status, 422);
		assert.match(past.text, /Kies een datum vanaf/);
		assert.ok(!past.text.includes(tick));
	});

test('S5: who plans sees what each mechanic of the branch has that day',
	async () => {
		const day = workday(11);
		const before = workday(9);
		const numbers = [];
		while (numbers.length < 4)
			numbers.push((await askRepair(requester, { wished: before })).number);
		const [asked] = numbers;
		const parts = ['morning', 'morning', 'afternoon', 'day'];
		const { user, mechanic, name } = await mechanicForm();
		for (const [i, number_] of numbers.entries()) {
			await accept(number_);
			await plan(number_, day);
			sql(`UPDATE request SET planned_part = '${parts[i]}',
				mechanic = ${quote(name)}, mechanic_id = ${mechanic}
				WHERE number = ${quote(number_)}`);
		}
		const path = `/supplier/requests/${asked}/plan`;
		const page = await user.page(path);
		const busy = first(page, `//aside/busy/mechanic[@name=${quote(name)}]`);
		assert.deepEqual(['morning', 'afternoon', 'day', 'href']
			.map(of => busy.getAttribute(of)), ['1', '1', '1',
			`/supplier/day?date=${day}&mechanic=${mechanic}`]);
		assert.equal(string(page, '//aside/busy/arg'), day);
		const { text } = await user.get(path);
		const [y, m, d] = day.split('-');
		assert.ok(text.includes(`${name} (aanvragen op ${d}-${m}: 3)`));
		assert.match(text, new RegExp(`${name}: </span>1.in de ochtend, 1.in ` +
			'de middag, 1.voor de hele dag</a>'));
		const list = await user.page(busy.getAttribute('href'));
		assert.equal(number(list, 'count(//job)'), 4, 'and this one');
		assert.deepEqual(texts(page, '//busy/mechanic/@name'),
			values(`SELECT m.name FROM mechanic m JOIN request q
				ON q.branch_id = m.branch_id AND q.number = ${quote(asked)}
				WHERE m.ended_on IS NULL ORDER BY m.name`), 'of that branch');
		const form = await user.form(path, 'plan');
		const shown = await user.post(form.action, { ...form.fields,
			day: `${d}-${m}-${Number(y) + 1}`, _refresh: 'day' });
		assert.match(shown.text, /Andere aanvragen op/);
		assert.ok(shown.text.includes(`${name} (aanvragen op `), 'another day');
		assert.ok(!shown.text.includes('errsum'));
	});

test('I15 S5: on a closed day nothing is wished for, proposed or planned; ' +
	'the message says which day it is', async () => {
	const closed = closedDay();
	const free = saturday(8);
	const user = await as(requester);
	const repair = async wished => user.send(
		`/aids/${freeAid(requester)}/repair`, 'repair',
		{ defect: 'De rem slipt.', wished });
	for (const [day, words] of [[closed, /Dan zijn wij gesloten/],
		[free, /Dat is een zaterdag: kies een werkdag/]]) {
		const answer = await repair(day);
		assert.equal(answer.status, 422, day);
		assert.match(answer.text, words);
		assert.match(answer.text, /De rem slipt/, 'what was typed stays');
	}
	const { number: asked } = await askRepair();
	await accept(asked);
	for (const step of ['propose', 'plan']) {
		const answer = await (await as(planner)).send(
			`/supplier/requests/${asked}/${step}`, step, { day: closed });
		assert.equal(answer.status, 422, step);
		assert.match(answer.text, /Dan zijn wij gesloten/);
	}
	await plan(asked, workday(5));
	assert.ok(has(await user.page(`/requests/${asked}`), '//detail'));
});
