// A request from its form to the aid's history, seen by all concerned.
import assert from 'node:assert/strict';
import { mailAbout, mails, pdfFaults, pdfInfo, pdfText }
	from '../lib/document.js';
import { accept, askRepair, finish, mechanicOf, plan, planner, requester, start, stateOf,
	workday } from '../lib/flow.js';
import { one, origin, sleep, sql, values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { has, number as count, string, texts } from '../lib/xml.js';

const service = 'klantenservice@zorgmiddelen-noord.example';
const flat = text => text.replace(/\s/g, '');
const told = (number, words) => mailAbout(number,
	m => words.test(m.headers.subject) && m.headers.to.includes(requester));

const state = page => string(page, '/page/title/@state');
const value = (page, name) => string(page, `//item[@name="${name}"]`);

test('I13 C24: submitted: the confirmation tells number and whom to phone',
	async () => {
		const { number, aid, user } = await askRepair(requester,
			{ client: 'mw. T. Bevestiging', message: 'Bel eerst.' });
		const page = await user.page(`/requests/${number}/sent`);
		assert.equal(flat(string(page, '//message[@id="request.sent"]')),
			number);
		assert.ok(has(page, '//note[@id="request-urgent"]'));
		assert.ok(has(page, '//note[@id="request-cancel"]'), 'C23');
		assert.ok(has(page, '//detail[@id="request-phone"]/item[@type="phone"]'));
		assert.ok(has(page, `//action[@id="download"][@href="/requests/${
			number}.pdf"]`));
		assert.ok(has(page, '//action[@id="send"]'));
		assert.equal(value(page, 'client'), 'mw. T. Bevestiging');
		assert.equal(value(page, 'aid'), aid);
		assert.equal(value(page, 'message'), 'Bel eerst.');
		assert.ok(!has(page, '//action[@id="cancel"]'), 'C23');
	});

test('I17 I16 S5: from asked to done, seen by requester and branch',
	async () => {
		const { number, aid, user } = await askRepair(requester,
			{ client: 'dhr. V. Volgt' });
		const branch = await as(planner);
		const row = async (who, path) => {
			const page = await who.page(path);
			const columns = texts(page, '//list/columns/column/@id');
			const cells = texts(page, `//row[@key="${number}"]/cell`);
			return cells.length ? Object.fromEntries(
				columns.map((id, i) => [id, cells[i]])) : null;
		};
		const mine = () => row(user, `/actions?number=${aid}`);
		const planning = day => row(user,
			`/planning?size=100&from=${day}&until=${day}`);
		const work = () => row(branch, `/supplier/requests?aid=${aid}`);

		assert.equal((await mine()).state, 'submitted');
		assert.equal((await mine()).client, 'dhr. V. Volgt');
		assert.equal((await work()).state, 'submitted');

		await accept(number);
		await told(number, /geaccepteerd|in behandeling|aangenomen/i);
		assert.equal((await mine()).state, 'accepted');

		const day = workday(6);
		await plan(number, day);
		const mail = await told(number, /ingepland|gepland|datum/i);
		assert.ok(mail.text.includes(`${origin}/requests/${number}`), 'a link');
		assert.equal((await mine()).planned, day);
		assert.equal((await planning(day)).state, 'planned');

		await start(number);
		assert.equal((await work()).state, 'in_progress');
		await finish(number, 'Motor vervangen, proefgedraaid.');
		await told(number, /uitgevoerd/i);
		assert.equal((await mine()).state, 'done');
		const done = one(`SELECT done_on FROM request
			WHERE number = '${number}'`).done_on;
		assert.equal((await mine()).done, done);
		assert.equal(await planning(day), null);

		const page = await user.page(`/requests/${number}`);
		assert.equal(state(page), 'done');
		assert.equal(value(page, 'work'), 'Motor vervangen, proefgedraaid.');
		assert.deepEqual(texts(page, '//timeline[@id="request"]/step/@id'),
			['submit', 'accept', 'plan', 'start', 'done']);
		const event = texts(await user.page(`/aids/${aid}/history`),
			`//row[cell="${number}"]/cell`);
		assert.ok(event.includes('Motor vervangen, proefgedraaid.'));
		assert.ok(event.includes('done'));
	});

test('S5: an aid taken along is in repair, and back when it is done',
	async () => {
		const { number, aid } = await askRepair();
		const status = () => values(`SELECT status FROM aid
			WHERE number = ${aid}`)[0];
		await accept(number);
		await plan(number);
		const answer = await (await as(planner)).act(
			`/supplier/requests/${number}`, 'start', { workshop: 'yes' });
		assert.equal(answer.status, 303);
		assert.equal(status(), 'in_repair');
		await finish(number);
		assert.equal(status(), 'in_use');
	});

test('S5: no fault found, and could not', async () => {
	const { number, user } = await askRepair();
	const branch = await as(planner);
	await accept(number);
	await plan(number);
	await branch.act(`/supplier/requests/${number}`, 'could-not',
		{ reason: 'Niemand aanwezig.' });
	assert.equal(stateOf(number), 'accepted');
	const mail = await mailAbout(number,
		m => m.text.includes('Niemand aanwezig.'));
	assert.ok(mail.headers.to.includes(requester));
	assert.ok((await user.get(`/requests/${number}`)).text
		.includes('Niemand aanwezig.'));
	await plan(number);
	await start(number);
	await branch.act(`/supplier/requests/${number}`, 'done',
		{ finding: 'no_fault', work_done: 'Getest: alles werkt.' });
	assert.equal(stateOf(number), 'done');
	assert.equal(value(await user.page(`/requests/${number}`), 'finding'),
		'no_fault');
});

test('S5: done says what was done', async () => {
	const { number } = await askRepair();
	await accept(number);
	await plan(number);
	await start(number);
	const answer = await (await as(planner)).send(
		`/supplier/requests/${number}/done`, 'done',
		{ finding: 'done', work_done: '' });
	assert.equal(answer.status, 422);
	assert.match(answer.text, /id="f-work_done-error"/);
	assert.equal(stateOf(number), 'in_progress');
});

test('I15: a date is proposed, another asked for, then agreed', async () => {
	const { number, user } = await askRepair();
	const branch = await as(planner);
	const propose = day => branch.act(`/supplier/requests/${number}`,
		'propose', { day, part: 'morning' });
	await accept(number);
	await propose(workday(8));
	assert.equal(stateOf(number), 'proposed');
	const listed = await (await as('ergo@lindenhof.example')).get(
		`/requests?number=${number}`);
	assert.match(listed.text, />voorgesteld \d/);
	assert.doesNotMatch(listed.text, />gepland \d/);
	await told(number, /schikt/);
	await user.act(`/requests/${number}`, 'other-date',
		{ day: workday(12), reason: 'Dan is er feest.' });
	assert.equal(stateOf(number), 'accepted');
	const page = await branch.get(`/supplier/requests/${number}`);
	assert.ok(page.text.includes('Dan is er feest.'));
	await propose(workday(14));
	await user.act(`/requests/${number}`, 'agree');
	assert.equal(stateOf(number), 'planned');
	assert.equal(one(`SELECT planned_on FROM request
		WHERE number = '${number}'`).planned_on, workday(14));
});

test('I15: the wished date counts as accepted', async () => {
	const wished = workday(9);
	const { number } = await askRepair(requester, { wished });
	await accept(number);
	const mechanic = mechanicOf(number);
	await (await as(planner)).act(`/supplier/requests/${number}`, 'propose',
		{ day: wished, part: 'day', mechanic: mechanic.id });
	assert.equal(stateOf(number), 'planned');
	assert.deepEqual(values(`SELECT mechanic FROM request
		WHERE number = '${number}'`), [mechanic.name]);
});

const asker = 'rol4@lindenhof.example';
const authoriser = 'rol3@lindenhof.example';
const withReason = { approve: ['submitted', {}],
	reject: ['rejected', { reason: 'Staat al een nieuwe klaar.' }] };

for (const [verdict, [next, fields]] of Object.entries(withReason))
	test(`I15: who must be authorised waits: ${verdict}`, async () => {
		const { number, user } = await askRepair(asker);
		assert.equal(stateOf(number), 'awaiting_approval');
		assert.ok(!has(await user.page(`/requests/${number}`),
			'//action[@id="approve"]'), 'not by oneself');
		const mail = await mailAbout(number,
			m => m.headers.to.includes(authoriser));
		assert.ok(mail.text.includes(`${origin}/requests/${number}`));
		const planners = await as(planner);
		assert.ok(!has(await planners.page(`/supplier/requests/${number}`),
			'//action[@id="accept"]'), 'not before that');
		const judge = await as(authoriser);
		const answer = await judge.act(`/requests/${number}`, verdict, fields);
		assert.equal(answer.status, 303);
		assert.equal(stateOf(number), next);
		await mailAbout(number, m => m.headers.to.includes(asker));
		if (fields.reason)
			assert.ok((await user.get(`/requests/${number}`)).text
				.includes(fields.reason));
	});

test('I15: what waits for a verdict stands in a list and in the menu',
	async () => {
		const judge = await as(authoriser);
		const waiting = async () => {
			const page = await judge.page('/approvals?size=100');
			assert.equal(Number(string(page,
				'//item[@id="approvals"]/@count')),
			count(page, '//rows/@total'));
			return texts(page, '//rows/row/@key');
		};
		const before = await waiting();
		const { number: asked, user } = await askRepair(asker);
		assert.deepEqual(await waiting(), [...before, asked]);
		assert.ok(!has(await user.page('/actions'),
			'//item[@id="approvals"]'), 'not for who approves nothing');
		await judge.act(`/requests/${asked}`, 'approve');
		assert.deepEqual(await waiting(), before);
	});

test('I15: a proposed day to be answered is counted in the menu', async () => {
	const user = await as(requester);
	const waiting = async () => Number(string(await user.page('/actions'),
		'//item[@id="actions"]/@count'));
	const before = await waiting();
	const { number: asked } = await askRepair();
	await accept(asked);
	await (await as(planner)).act(`/supplier/requests/${asked}`, 'propose',
		{ day: workday(12), part: 'morning' });
	assert.equal(await waiting(), before + 1);
	const href = string(await user.page('/actions'),
		'//tabs/tab[@id="answer"]/@href');
	const page = await user.page(href);
	assert.ok(texts(page, '//rows/row/@key').includes(asked));
	assert.equal(count(page, '//rows/@total'),
		count(page, '//tabs/tab[@current]/@count'));
	await user.act(`/requests/${asked}`, 'agree');
	assert.equal(await waiting(), before);
});

test('I15: a rejection needs its reason; a stranger judges nothing',
	async () => {
		const { number } = await askRepair(asker);
		const judge = await as(authoriser);
		const empty = await judge.send(`/requests/${number}/reject`, 'reject',
			{ reason: ' ' });
		assert.equal(empty.status, 422);
		const other = await as('rol6@lindenhof.example');
		assert.equal((await other.get(`/requests/${number}`)).status, 404);
		const admin = await as('beheer@lindenhof.example');
		assert.ok(!has(await admin.page(`/requests/${number}`),
			'//action[@id="approve"]'));
		assert.equal(stateOf(number), 'awaiting_approval');
	});

test('I15: withdrawn before a verdict, not after', async () => {
	const { number, user } = await askRepair(asker);
	await user.act(`/requests/${number}`, 'withdraw');
	assert.equal(stateOf(number), 'withdrawn');
	const late = await askRepair(asker);
	await (await as(authoriser)).act(`/requests/${late.number}`, 'approve');
	const page = await user.page(`/requests/${late.number}`);
	assert.ok(!has(page, '//action[@id="withdraw"]'));
	assert.equal((await user.get(`/requests/${late.number}/withdraw`)).status,
		303);
	assert.equal(stateOf(late.number), 'submitted');
});

test('S6: on hold, resumed, corrected, cancelled, with reasons', async () => {
	const { number, user } = await askRepair();
	const branch = await as(service);
	const path = `/supplier/requests/${number}`;
	await branch.act(path, 'hold', { reason: 'Onderdeel besteld.',
		day: workday(20) });
	assert.equal(stateOf(number), 'on_hold');
	assert.ok((await user.get(`/requests/${number}`)).text
		.includes('Onderdeel besteld.'));
	await branch.act(path, 'resume');
	assert.equal(stateOf(number), 'submitted');
	await branch.act(path, 'correct', {});
	assert.match((await branch.get(path)).text, /is ongewijzigd/);
	await branch.act(path, 'correct', { description: 'Bel kapot, rem stuk.' });
	assert.match((await branch.get(path)).text, /is gecorrigeerd/);
	assert.equal(stateOf(number), 'submitted');
	const [corrected] = values(`SELECT CONCAT(field, ': ', old_value, ' > ',
		new_value) AS what FROM event e JOIN request r ON r.id = e.subject_id
		WHERE r.number = '${number}' AND e.name = 'correct'`);
	assert.equal(corrected, 'description: De hoogteverstelling hapert. > ' +
		'Bel kapot, rem stuk.');
	await branch.act(path, 'cancel', { reason: 'Dubbel aangevraagd.' });
	assert.equal(stateOf(number), 'cancelled');
	await mailAbout(number, m => m.text.includes('Dubbel aangevraagd.'));
	const page = await user.get(`/requests/${number}`);
	assert.ok(page.text.includes('Dubbel aangevraagd.'));
	assert.ok(!has(await branch.page(path), '//actions[@id="work"]'));
});

test('C21: Download aanvraag: one A4 or two with all of it, tagged',
	async () => {
		const { number, aid, user } = await askRepair(requester, {
			client: 'mw. P. Papier-Vastgelegd', message: 'Achterom graag.',
			defect: 'De arm blijft hangen na het tillen; piept bij het dalen.' });
		const answer = await user.get(`/requests/${number}.pdf`);
		assert.equal(answer.status, 200);
		assert.equal(answer.headers['content-type'], 'application/pdf');
		assert.match(answer.headers['content-disposition'],
			new RegExp(`filename="[^"]*${number}[^"]*\\.pdf"`));
		const text = flat(pdfText(answer.body));
		const [{ address }] = sql(`SELECT CONCAT(l.street, ', ',
				REPLACE(l.postcode, ' ', UNHEX('C2A0')), ' ', l.city)
				AS address FROM request r
			JOIN place l ON l.id = r.location_id
			WHERE r.number = '${number}'`);
		assert.ok(text.includes(flat(address)));
		assert.equal(value(await (await as(planner)).page(
			`/supplier/requests/${number}`), 'address'), address);
		const row = one(`SELECT a.serial, p.make, p.type, l.name AS location,
				d.name AS department, r.contact_name
			FROM request r JOIN request_line n ON n.request_id = r.id
			JOIN aid a ON a.id = n.aid_id JOIN product p ON p.id = a.product_id
			JOIN place l ON l.id = r.location_id
			JOIN place d ON d.id = r.place_id
			WHERE r.number = '${number}'`);
		for (const words of [...Object.values(row), number, aid,
			'Zorgmiddelen Noord', 'Woonzorg Lindenhof', 'Marijke de Boer',
			'mw. P. Papier-Vastgelegd', 'Achterom graag.',
			'De arm blijft hangen na het tillen; piept bij het dalen.',
			'050 000 12 00', 'Noorderhaven'])
			for (const word of flat(words).split(' ')) // cells wrap
				assert.ok(text.includes(word), `${word} of ${words}`);
		assert.doesNotMatch(text, /\[\[/);
		assert.equal(pdfFaults(answer.body), '');
		const info = pdfInfo(answer.body);
		assert.equal(info.Tagged, 'yes');
		assert.match(info['Page size'], /A4/);
		assert.ok(Number(info.Pages) <= 2);
		assert.ok(flat(info.Title).includes(number));
	});

test('C21: a version once issued stays, byte for byte; a new one is new',
	async () => {
		const { number, user } = await askRepair();
		const get = async () => (await user.get(`/requests/${number}.pdf`))
			.body;
		const first = await get();
		await sleep(1100);
		assert.ok(first.equals(await get()));
		await accept(number);
		const second = await get();
		assert.ok(!first.equals(second));
		assert.match(pdfText(second), /Geaccepteerd/);
	});

test('C22: Verstuur aanvraag: the PDF to oneself and a colleague, once',
	async () => {
		const { number, user } = await askRepair(requester,
			{ client: 'dhr. G. Geheim-Client' });
		const other = 'collega@lindenhof.example';
		const form = await user.form(`/requests/${number}/send`, 'send');
		const fields = { ...form.fields, self: 'yes', other };
		const answers = [await user.post(form.action, fields),
			await user.post(form.action, fields)];
		for (const answer of answers)
			assert.equal(answer.status, 303);
		const pdf = (await user.get(`/requests/${number}.pdf`)).body;
		for (const address of [requester, other]) {
			const mail = await mailAbout(number,
				m => m.pdf && m.headers['delivered-to'] === address);
			assert.ok(mail.pdf.equals(pdf), 'the document');
			assert.match(mail.headers.from, /Zorgmiddelen Noord/);
			assert.ok(!mail.text.includes('Geheim-Client'));
			assert.ok(!mail.html.includes('Geheim-Client'));
		}
		await sleep(500);
		assert.equal(mails().filter(m => m.pdf &&
			flat(m.headers.subject + m.text).includes(number)).length, 2);
		const page = await user.page(`/requests/${number}`);
		assert.ok(has(page, '//messages/message') ||
			answers[0].location !== `/requests/${number}`);
	});

test('C22: sent to nobody is an error', async () => {
	const { number, user } = await askRepair();
	const form = await user.form(`/requests/${number}/send`, 'send');
	const { self: _, ...fields } = form.fields;
	const answer = await user.post(form.action, { ...fields, other: '' });
	assert.equal(answer.status, 422);
});

test('C10: every mail leads to the log-in, and names no client', async () => {
	const { number } = await askRepair(requester,
		{ client: 'mw. N. Nergens-In-Mail' });
	await accept(number);
	await plan(number);
	const mail = await told(number, /ingepland|gepland|datum/i);
	for (const m of mails().filter(x =>
		flat(x.headers.subject + x.text).includes(number))) {
		assert.ok(!(m.text + m.html).includes('Nergens-In-Mail'));
		assert.ok(m.text.includes(`${origin}/`));
		assert.ok(m.html.includes(`href="${origin}/login"`));
	}
	assert.match(mail.headers['message-id'], /^<[0-9a-f]{32}@/);
	assert.equal(mail.headers['auto-submitted'], 'auto-generated');
});
