// 'Gereedmelden': what the branch reports of each aid of a request, and what
// the customer sees of it (S5, X2, I11, I12).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pdfFaults, pdfText } from '../lib/document.js';
import { askRepair, begin, give, planner, requester, stateOf, stranger,
	workday }
	from '../lib/flow.js';
import { sendFiles } from '../lib/multipart.js';
import { one, quote, root, sql, values } from '../lib/portal.js';
import { askSeveral } from '../lib/steps.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { all, has, string, texts } from '../lib/xml.js';

const work = '/supplier/requests';
const photo = ['nieuw.jpg', readFileSync(
	`${root}/tests/fixtures/photo/gps.jpg`)];
const value = (page, name, detail = 'request-work') => string(page,
	`//detail[@id="${detail}"]/item[@name="${name}"]`);
const inAYear = workday(365);

async function begun(asked = askRepair()) {
	const made = await asked;
	await begin(made.number);
	return made;
}

const done = { finding: 'done', work_done: 'Kabel vervangen.' };
const report = async (number, changes, below = 'done') => (await as(planner))
	.send(`${work}/${number}/${below}`, below === 'report' ? 'report' : 'done',
		changes);

async function reported(...what) {
	const answer = await report(...what);
	assert.equal(answer.status, 303,
		answer.text?.match(/<p class="error".*?<\/p>/gs)?.join());
}

const lines = number => values(`SELECT n.state FROM request_line n
	JOIN request q ON q.id = n.request_id
	WHERE q.number = ${quote(number)} ORDER BY n.position`);

// How each of several ended, as the page says.
const ends = page => texts(page,
	'//lines[@id="request-aids"]/line[@set="request.outcome"]/@state');

test('S5: cause, parts, meter, next inspection and photos, seen by all',
	async () => {
		const { number, aid, user } = await begun();
		const branch = await as(planner);
		const { action, fields } = await branch.form(
			`${work}/${number}/done`, 'done');
		const answer = await sendFiles(branch, action, { ...fields, ...done,
			cause: 'Kabelbreuk door knikken', 'part-1': 'Hoofdkabel',
			'article-1': '12-345', 'quantity-1': '2', 'part-2': 'Accu 24 V',
			'article-2': '', 'quantity-2': '', meter: '1 234', unit: 'hours',
			next: inAYear, cost: '84,50' }, 'photos', [photo]);
		assert.equal(answer.status, 303, answer.text);
		assert.equal(stateOf(number), 'done');
		for (const page of [await user.page(`/requests/${number}`),
			await branch.page(`${work}/${number}`)]) {
			assert.equal(value(page, 'work'), 'Kabel vervangen.');
			assert.equal(value(page, 'cause'), 'Kabelbreuk door knikken');
			assert.equal(value(page, 'parts'),
				'2 × Hoofdkabel (12-345)\n1 × Accu 24 V');
			assert.equal(value(page, 'meter_hours'), '1234');
			assert.equal(value(page, 'next'), inAYear);
			assert.equal(value(page, 'cost'), '8450');
			assert.equal(all(page, '//photos[@id="work"]/photo').length, 1);
			assert.ok(!has(page, '//photos[@id="request"]'));
		}
		const object = await user.page(`/aids/${aid}`);
		assert.equal(value(object, 'meter_hours', 'aid'), '1234');
		assert.equal(value(object, 'inspection_due', 'aid'), inAYear);
		assert.ok(has(object, '//detail[@id="aid"]/item[@name="meter_on"]'));
		assert.equal(value(await branch.page(`/supplier/aids/${aid}`),
			'meter_hours', 'managed-aid'), '1234');
		const { body } = await user.get(`/requests/${number}.pdf`);
		assert.equal(pdfFaults(body), '');
		const text = pdfText(body);
		for (const words of ['Kabelbreuk', '2 × Hoofdkabel (12-345)',
			'1 × Accu 24 V', '1.234'])
			assert.ok(text.includes(words), words);
		assert.ok(!text.includes('84,50'), 'no prices');
	});

test('S5 I8: what it cost is seen with the right only', async () => {
	const { number } = await begun();
	await reported(number, { ...done, cost: '84,50', 'part-1': 'Wiel' });
	const email = 'rol4@lindenhof.example';
	give('approver', email, number);
	const page = await (await as(email)).page(`/requests/${number}`);
	assert.equal(value(page, 'parts'), '1 × Wiel');
	assert.ok(!has(page, '//item[@name="cost"]'));
	assert.equal((await (await as(stranger)).get(`/requests/${number}`))
		.status, 404);
});

test('S5: one more part, and one less, without script; what was typed stays',
	async () => {
		const { number } = await begun();
		const user = await as(planner);
		const { action, fields } = await user.form(`${work}/${number}/done`,
			'done');
		const more = await user.post(action, { ...fields, 'part-1': 'Wiel',
			work_done: 'Wiel vervangen.', _add: 'parts' });
		assert.match(more.text, /name="part-2"/);
		assert.match(more.text, /value="Wiel"/);
		assert.ok(more.text.includes('Wiel vervangen.'));
		assert.ok(!more.text.includes('id="errors"'));
		const less = await user.post(action, { ...fields, 'part-1': 'Wiel',
			'part-2': 'Band', _remove: '1' });
		assert.match(less.text, /name="part-1"[^>]*value="Band"/);
		assert.equal(stateOf(number), 'in_progress');
	});

test('S5 X2: one result for all aids, but for those with their own',
	async () => {
		const { number } = await begun(askSeveral(3));
		await reported(number, { all: 'done', work_done: 'Wielen gesmeerd.',
			'result-2': 'no_fault', 'remark-3': 'Ook de rem.' }, 'report');
		assert.equal(stateOf(number), 'done');
		assert.deepEqual(values(`SELECT n.outcome FROM request_line n
			JOIN request q ON q.id = n.request_id
			WHERE q.number = ${quote(number)} ORDER BY n.position`),
		['done', 'no_fault', 'done']);
	});

test('S5: all that is wrong with a report is told at once', async () => {
	const { number } = await begun();
	const answer = await report(number, { ...done, work_done: '',
		'part-1': 'Wiel', 'quantity-1': '0', meter: '12', unit: '',
		next: '2020-01-01', cost: 'veel' });
	assert.equal(answer.status, 422);
	for (const words of ['Omschrijf wat er is gedaan', 'van 1 tot en met 999',
		'Kies uur of km', 'na vandaag', 'Vul een bedrag in'])
		assert.ok(answer.text.includes(words), words);
	const typed = await report(number, { ...done, meter: 'abc', next: 'ooit' });
	assert.equal(typed.status, 422);
	const none = await report(number, { finding: '' });
	assert.equal(none.status, 422);
});

for (const [what, changes, words] of [
	['no text', { work_done: '' }, 'Omschrijf wat er is gedaan'],
	['a part without a name', { 'quantity-1': '2' }, 'welk onderdeel'],
	['no such quantity', { 'part-1': 'Wiel', 'quantity-1': '1000' },
		'van 1 tot en met 999'],
	['a quantity of none', { 'part-1': 'Wiel', 'quantity-1': '0' },
		'van 1 tot en met 999'],
	['a meter without unit', { meter: '12', unit: '' }, 'Kies uur of km'],
	['half an hour', { meter: '12,5', unit: 'hours' },
		'in hele uren of kilometers'],
	['too far', { meter: '10000000', unit: 'km' }, 'hoogstens 9.999.999'],
	['below nothing', { meter: '-1', unit: 'km' },
		'in hele uren of kilometers'],
	['an inspection today', { next: values('SELECT CURRENT_DATE')[0] },
		'na vandaag'],
	['an inspection in six years', { next: workday(2200) }, 'binnen 5 jaar'],
	['parts of what failed', { finding: 'could_not', work_done: 'Weg.',
		'part-1': 'Wiel' }, 'geen onderdelen'],
	['no outcome', { finding: 'perhaps' }, 'Resultaat'],
])
	test(`S5: ${what} is told at the field, nothing is reported`, async () => {
		const { number } = await begun();
		const answer = await report(number, { ...done, ...changes });
		assert.equal(answer.status, 422);
		assert.ok(answer.text.replace(/<[^>]*>/g, '').includes(words), words);
		assert.ok(!answer.text.includes('[['));
		assert.equal(stateOf(number), 'in_progress');
	});

test('S5: all errors at once', async () => {
	const { number } = await begun();
	const answer = await report(number, { ...done, work_done: '',
		meter: 'veel', next: '31-02-2027', cost: 'x' });
	for (const field of ['work_done', 'meter', 'next', 'cost'])
		assert.match(answer.text, new RegExp(`id="f-${field}-error"`), field);
});

test('S5: a meter never runs back, unless it was replaced', async () => {
	const { number, aid } = await begun();
	sql(`UPDATE aid SET meter = 5000, meter_unit = 'km',
		meter_on = '2026-01-05' WHERE number = ${aid}`);
	const reading = () => one(`SELECT CONCAT(meter, ' ', meter_unit) AS m
		FROM aid WHERE number = ${aid}`).m;
	const low = await report(number, { ...done, meter: '4999', unit: 'km' });
	assert.equal(low.status, 422);
	assert.ok(low.text.includes('De vorige stand was 5.000'));
	const other = await report(number,
		{ ...done, meter: '6000', unit: 'hours' });
	assert.ok(other.text.includes('in een andere eenheid'));
	assert.equal(reading(), '5000 km');
	await reported(number,
		{ ...done, meter: '3', unit: 'hours', replaced: 'yes' });
	assert.equal(reading(), '3 hours');
});

test('S5: without a last reading nothing asks whether it was replaced',
	async () => {
		const { number } = await begun();
		const page = await (await as(planner)).page(`${work}/${number}/done`);
		assert.ok(!has(page, '//field[@name="replaced"]'));
		assert.equal(all(page, '//rows[@id="parts"]/row').length, 1);
	});

test('S5: could not, in the same form: back to be planned anew', async () => {
	const { number, user } = await begun();
	await reported(number,
		{ finding: 'could_not', work_done: 'Niemand aanwezig.' });
	assert.equal(stateOf(number), 'accepted');
	const page = await user.page(`/requests/${number}`);
	assert.ok(texts(page, '//step[@id="could_not"]/reason')
		.includes('Niemand aanwezig.'));
	assert.equal(value(page, 'work'), '');
});

test('S5: on an older version nothing is reported, and it is told', async () => {
	const { number } = await begun();
	const user = await as(planner);
	const { action, fields } = await user.form(`${work}/${number}/done`,
		'done');
	sql(`UPDATE request SET version = version + 1
		WHERE number = ${quote(number)}`);
	const late = await user.post(action, { ...fields, ...done });
	assert.equal(late.status, 409);
	assert.ok(late.text.includes('Kabel vervangen.'));
	assert.equal(stateOf(number), 'in_progress');
});

test('X2 S5: several aids one by one, each with a form of its own',
	async () => {
		const { number, aids, user } = await begun(askSeveral(3));
		const branch = await as(planner);
		const page = await branch.page(`${work}/${number}`);
		assert.ok(has(page, '//action[@id="report"]'));
		assert.ok(!has(page, '//action[@id="done"]'));
		const hrefs = texts(page, '//detail[@id="request-open"]/item/@href');
		assert.deepEqual(hrefs, [1, 2, 3].map(n =>
			`${work}/${number}/lines/${n}`));
		assert.equal((await branch.get(`${work}/${number}/done`)).location,
			`${work}/${number}`);
		await reported(number, { ...done, 'part-1': 'Accu', meter: '7',
			unit: 'km', cost: '10' }, 'lines/2');
		assert.deepEqual(lines(number), ['in_progress', 'done', 'in_progress']);
		assert.equal(stateOf(number), 'in_progress');
		const partly = await user.page(`/requests/${number}`);
		assert.deepEqual(texts(partly, '//step[@id="partly"]/arg'), ['1', '3']);
		assert.equal(value(partly, 'parts', 'request-line'), '1 × Accu');
		assert.equal(value(partly, 'meter_km', 'request-line'), '7');
		assert.deepEqual(values(`SELECT e.done_on IS NOT NULL AS d
			FROM aid_event e JOIN request q ON q.id = e.request_id
			JOIN aid a ON a.id = e.aid_id WHERE q.number = ${quote(number)}
			ORDER BY a.number = ${aids[0]} DESC, a.number = ${aids[1]} DESC`),
		['0', '1', '0']);
		const again = await branch.get(`${work}/${number}/lines/2`);
		assert.equal(again.location, `${work}/${number}`, 'once');
		for (const path of ['lines/4', 'lines/0', 'lines/x'])
			assert.equal((await branch.get(`${work}/${number}/${path}`)).status,
				404, path);
		await reported(number, done, 'lines/1');
		await reported(number, { finding: 'no_fault', work_done: 'Getest.' },
			'lines/3');
		assert.equal(stateOf(number), 'done');
		const ended = await user.page(`/requests/${number}`);
		assert.equal(value(ended, 'cost'), '1000');
		assert.deepEqual(ends(ended), ['done', 'done', 'no_fault']);
		assert.ok(texts(ended, '//lines[@id="request-aids"]/line')[2]
			.includes('Getest.'));
		const { body } = await user.get(`/requests/${number}.pdf`);
		assert.equal(pdfFaults(body), '');
		assert.ok(pdfText(body).includes('1 × Accu'));
	});

test('X2 S5: several at once; what could not be done waits for a new date',
	async () => {
		const { number, user, aids } = await begun(askSeveral(3));
		await reported(number, { work_done: 'Remmen gesteld.',
			'result-1': 'done', 'result-2': 'could_not',
			'remark-2': 'In gebruik.', 'result-3': 'no_fault', cost: '12,50' },
		'report');
		assert.equal(stateOf(number), 'accepted');
		assert.deepEqual(lines(number), ['done', 'accepted', 'done']);
		const page = await user.page(`/requests/${number}`);
		assert.equal(value(page, 'work'), 'Remmen gesteld.');
		assert.equal(value(page, 'cost'), '2500');
		assert.deepEqual(ends(page), ['done', 'could_not', 'no_fault']);
		assert.ok(texts(page, '//lines[@id="request-aids"]/line')[1]
			.includes('In gebruik.'));
		assert.equal(string(page, '//step[@id="partly"]/reason'),
			'In gebruik.');
		const branch = await as(planner);
		await branch.act(`${work}/${number}`, 'plan',
			{ day: workday(7), part: 'day' });
		await branch.act(`${work}/${number}`, 'start');
		assert.deepEqual(lines(number), ['done', 'in_progress', 'done']);
		const form = await branch.page(`${work}/${number}/report`);
		assert.equal(all(form, '//rows/row').length, 1);
		assert.ok(string(form, '//rows/row/@title').replace(/\s/g, '')
			.includes(aids[1]));
		await reported(number, { 'result-1': 'done', 'remark-1': 'Alsnog.' },
			'report');
		assert.equal(stateOf(number), 'done');
	});

for (const [what, changes, words] of [
	['nothing', {}, 'minstens één hulpmiddel'],
	['a remark without a result', { 'remark-1': 'Klaar.' },
		'Kies een resultaat'],
	['a failure without a reason', { 'result-1': 'could_not' },
		'waarom het niet is gelukt'],
	['done without what', { 'result-1': 'done' }, 'Omschrijf wat er is gedaan'],
	['no such result', { 'result-1': 'great' }, 'Resultaat'],
])
	test(`X2 S5: of several: ${what} is told, nothing is reported`,
		async () => {
			const { number } = await begun(askSeveral(2));
			const answer = await report(number, changes, 'report');
			assert.equal(answer.status, 422);
			assert.ok(answer.text.replace(/<[^>]*>/g, '').includes(words));
			assert.ok(!answer.text.includes('[['));
			assert.deepEqual(lines(number), ['in_progress', 'in_progress']);
		});

test('X2 S5: reported by a colleague meanwhile: nothing twice', async () => {
	const { number } = await begun(askSeveral(2));
	const user = await as(planner);
	const { action, fields } = await user.form(`${work}/${number}/report`,
		'report');
	await reported(number, done, 'lines/1');
	const late = await user.post(action, { ...fields, work_done: 'Gesteld.',
		'result-1': 'done', 'result-2': 'done' });
	assert.equal(late.status, 409);
	assert.deepEqual(lines(number), ['done', 'in_progress']);
});

test('S5 S6: the customer and who only answers calls report nothing',
	async () => {
		const { number } = await begun(askSeveral(2));
		for (const email of ['klantenservice@zorgmiddelen-noord.example',
			'adviseur@zorgmiddelen-noord.example', requester])
			for (const below of ['report', 'lines/1', 'done'])
				assert.equal((await (await as(email)).get(
					`${work}/${number}/${below}`)).status, 403,
				`${email} ${below}`);
	});
