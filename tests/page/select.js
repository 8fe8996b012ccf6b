// Rows picked in a list, and one request for many of them (X2, I14).
import assert from 'node:assert/strict';
import { mailAbout, pdfText } from '../lib/document.js';
import { freeAid, planner, stateOf, workday } from '../lib/flow.js';
import { newKey, send } from '../lib/load.js';
import { one, quote, sql, values } from '../lib/portal.js';
import { manyForm } from '../lib/steps.js';
import { test } from '../lib/tap.js';
import { as, readForm } from '../lib/user.js';
import { all, has, string, texts } from '../lib/xml.js';

const boss = 'beheer@lindenhof.example';
const services = ['repair', 'move', 'from-depot', 'to-depot', 'pick-up'];
const picked = page => texts(page, '//row[@picked="yes"]/@key');
const grouped = number => number.replace(/(\d{3})(\d{3})$/, '$1\u00a0$2');

async function ask(name, changes, count, email) {
	const form = await manyForm(name, changes, count, email);
	const answer = await send(form);
	assert.equal(answer.status, 303, `${name}: ${answer.status}`);
	const [, number] = /^\/requests\/([\d-]+)\/sent$/.exec(answer.location) ??
		assert.fail(`${name} led to ${answer.location}`);
	return { ...form, number };
}

const linesOf = number => sql(`SELECT a.number AS aid, l.state, l.position,
		e.from_place_id AS place, a.place_id AS stands
	FROM request_line l JOIN request q ON q.id = l.request_id
	JOIN aid a ON a.id = l.aid_id
	JOIN aid_event e ON e.aid_id = a.id AND e.request_id = q.id
	WHERE q.number = ${quote(number)} ORDER BY l.position`);

test('X2: the rows of the aids can be ticked, by who may ask', async () => {
	const page = await (await as(boss)).page('/aids');
	assert.equal(string(page, '//list/@select'), 'yes');
	assert.deepEqual(texts(page, '//select/action/@href'),
		[...services.map(name => `/aids/${name}`), '/aids/labels']);
	assert.equal(picked(page).length, 0);
	const html = (await (await as(boss)).get('/aids')).text;
	assert.equal(html.match(/name="pick" value="\d+"/g).length, 25);
	assert.match(html, /<form class="picks"[^>]* method="get"/);
	assert.ok(!has(await (await as(boss)).page('/actions'), '//select'));
});

test('X2: what is ticked goes along over pages, sorts and filters', async () => {
	const user = await as(boss);
	const page = await user.page('/aids?status=in_use');
	const [a, b] = texts(page, '//row/@key');
	const next = await user.page(`${string(page, '//pager/next/@href')
		.replace('?', `?pick=${a}&pick=${b}&`)}`);
	assert.equal(string(next, '//select/@elsewhere'), '2');
	assert.equal(string(next, '//select/hidden[@name="pick"]/@value'),
		`${a}.${b}`);
	for (const href of [...texts(next, '//pager//@href'),
		...texts(next, '//column/@href'), ...texts(next, '//chip/@href')])
		assert.ok(href.includes(`pick=${a}.${b}`), href);
	const back = await user.page(string(next, '//pager/previous/@href'));
	assert.deepEqual(picked(back), [a, b]);
	assert.equal(string(back, '//select/@elsewhere'), '0');
	const none = await user.page(string(back, '//select/@none'));
	assert.equal(picked(none).length, 0);
	const here = await user.page(string(none, '//select/@page'));
	assert.equal(picked(here).length, all(here, '//row').length);
	for (const href of texts(next, '//export/@href'))
		assert.ok(!href.includes('pick'), href);
});

test('X2: without script a button turns the page, and takes ticks along',
	async () => {
		const user = await as(boss);
		const button = (html, name, value) => html.includes(
			`<button form="pick-aids" name="${name}" value="${value}"`);
		// Far down, by a mark
		const far = await user.page('/aids?status=in_use');
		const mark = string(far, '//pager/next/@value');
		assert.equal(string(far, '//pager/next/@name'), 'after');
		assert.ok(string(far, '//pager/next/@href')
			.endsWith(`&after=${mark}`));
		assert.ok(button((await user.get('/aids?status=in_use')).text,
			'after', mark));
		const there = await user.get(`/aids?status=in_use&after=${mark}`);
		assert.match(there.text, new RegExp('<button hidden="hidden" ' +
			`name="after" value="${mark}">`), 'Enter stays there');
		assert.match(there.text, /name="before" value=/);
		// By its number
		const [place] = values(`SELECT a.location_id FROM aid a
			JOIN organisation o ON o.id = a.holder_id AND o.code = 'lindenhof'
			WHERE a.status = 'in_use' GROUP BY 1
			HAVING COUNT(*) BETWEEN 60 AND 900 ORDER BY COUNT(*) LIMIT 1`);
		const path = `/aids?location=${place}&status=in_use`;
		const first_ = (await user.get(path)).text;
		for (const [name, value] of [['page', 2], ['page', 3], ['size', 50]])
			assert.ok(button(first_, name, value), `${name} ${value}`);
		const second = await user.get(`${path}&page=2`);
		assert.match(second.text,
			/bulk__keep" name="page" value="2">Selectie bewaren/);
		assert.doesNotMatch(second.text, /type="hidden" name="page"/);
		const { text: sized } = await user.get(`${path}&size=50`);
		const held = '<input type="hidden" form="pick-aids" name="size" ' +
			'value="50">';
		assert.ok(sized.indexOf(held) > sized.lastIndexOf(
			'<button form="pick-aids"'), 'of two sizes the first counts');
		assert.doesNotMatch((await (await as(planner)).get(
			'/supplier/requests?state=all')).text, /<button form="pick/,
		'where nothing can be ticked links do');
	});

test('X2: all of a filter at once, up to 500', async () => {
	const user = await as(boss);
	const [place] = sql(`SELECT a.location_id AS id, COUNT(*) AS n
		FROM aid a JOIN organisation o ON o.id = a.holder_id
		WHERE o.code = 'lindenhof' AND a.status <> 'scrapped'
		GROUP BY 1 HAVING n BETWEEN 312 AND 500 ORDER BY n LIMIT 1`);
	const page = await user.page(`/aids?location=${place.id}`);
	const found = await user.page(string(page, '//select/@all'));
	assert.equal(picked(found).length, 25);
	assert.equal(Number(string(found, '//select/@elsewhere')), place.n - 25);
	const keys = values(`SELECT number FROM aid
		WHERE location_id = ${place.id} AND status <> 'scrapped'`);
	const asked = await user.page(`/aids/repair?pick=${keys.join('.')}`);
	assert.ok(has(asked, '//lines'));
	const many = await user.page('/aids');
	assert.equal(string(many, '//select/@all'), '');
	const told = await user.page('/aids?all=yes');
	assert.ok(has(told, '//message[@id="list.picked-most"]'));
	assert.equal(picked(told).length, 0);
});

test('X2: keys that can be none are passed over', async () => {
	const user = await as(boss);
	const page = await user.page(
		'/aids?pick=..%3Cb%3E.x%20y&pick=%27%22&pick=');
	assert.equal(string(page, '//select/@elsewhere'), '0');
	const numbers = Array.from({ length: 600 }, (_, i) => 100000 + i);
	const most = await user.page(`/aids?pick=${numbers.join('.')}`);
	assert.equal(string(most, '//select/@elsewhere'), '500');
	assert.ok(has(most, '//message[@id="list.picked-most"]'));
});

for (const name of services)
	test(`X2 I14: ${name} for three is one request with three lines`,
		async () => {
			const { number, aids, user, fields } = await ask(name, {}, 3);
			assert.ok(!('department' in fields), 'each is where it is');
			const lines = linesOf(number);
			assert.deepEqual(lines.map(l => l.aid), aids);
			for (const line of lines) {
				assert.equal(line.state, stateOf(number));
				assert.equal(line.place, line.stands);
			}
			const page = await user.page(`/requests/${number}`);
			assert.deepEqual(texts(page, '//lines[@id="request-aids"]/line/' +
				'@code'), aids);
			assert.deepEqual(texts(page, '//lines[@id="request-aids"]/line/' +
				'@state'), Array(3).fill(stateOf(number)));
		});

test('X2: one document and one mail name them all', async () => {
	const { number, aids, user } = await ask('repair', {}, 3);
	const text = pdfText((await user.get(`/requests/${number}.pdf`)).body)
		.replace(/\s/g, '');
	for (const aid of aids)
		assert.ok(text.includes(aid), `${aid} in the PDF`);
	const mail = await mailAbout(number,
		m => m.headers['delivered-to'] === boss);
	for (const aid of aids)
		assert.ok(mail.text.includes(grouped(aid)), `${aid} in the mail`);
	const work = await (await as(planner)).page(
		`/supplier/requests/${number}`);
	assert.deepEqual(texts(work, '//lines[@id="request-aids"]/line/@code'),
		aids);
});

test('X2: sent twice it is asked once; a foreign aid is not found', async () => {
	const form = await manyForm('repair', {}, 2);
	const [a, b] = [await send(form), await send(form)];
	assert.equal(a.location, b.location);
	const foreign = values(`SELECT a.number FROM aid a JOIN organisation o
		ON o.id = a.holder_id WHERE o.code = 'terpen'
		AND a.status = 'in_use' LIMIT 1`)[0];
	const own = freeAid(boss);
	for (const name of services) {
		await form.user.page(`/aids/${name}?pick=${own}.${foreign}`, 404);
		await form.user.page(`/aids/${name}?pick=${own}.999999999`, 404);
		await form.user.page(`/aids/${name}?pick=${own}.abc`, 404);
	}
	const other = await manyForm('repair', {}, 2);
	const answer = await form.user.post(`/aids/repair?pick=${own}.${foreign}`,
		other.fields);
	assert.equal(answer.status, 404);
	assert.equal(values(`SELECT COUNT(*) FROM request
		WHERE message = ${quote(other.message)}`)[0], '0');
});

test('X2: one aid under two spellings is not asked for twice', async () => {
	const user = await as(boss);
	const [a, b] = [freeAid(boss), freeAid(boss)];
	for (const again of [`0${a}`, `${a}x`, `${a}-1`])
		await user.page(`/aids/repair?pick=${a}.${b}.${again}`, 404);
});

test('X2: more than fit are never left out unseen', async () => {
	const user = await as(boss);
	const many = values(`SELECT a.number FROM aid a JOIN organisation o
		ON o.id = a.holder_id WHERE o.code = 'lindenhof' LIMIT 501`);
	const path = `/aids/repair?pick=${many.join('.')}`;
	const answer = await user.get(path);
	assert.deepEqual(
		answer.location.replace('/aids?pick=', '').split('.').sort(),
		many.slice(0, 500).sort());
	const list = await user.page(answer.location);
	assert.ok(has(list, '//message[@id="list.picked-most"]'));
	const { fields, message } = await manyForm('repair', {}, 2);
	assert.equal((await user.post(path, fields)).location, '/aids');
	assert.equal(values(`SELECT COUNT(*) FROM request
		WHERE message = ${quote(message)}`)[0], '0');
});

test('X2: of one the form of one; of none back to the list', async () => {
	const user = await as(boss);
	const aid = freeAid(boss);
	assert.equal((await user.get(`/aids/repair?pick=${aid}`)).location,
		`/aids/${aid}/repair`);
	assert.equal((await user.get('/aids/repair')).location, '/aids');
	assert.match((await user.get('/aids')).text, /Selecteer eerst/);
});

test('X2: those that can\'t are named, and left out by the user alone',
	async () => {
		const user = await as(boss);
		const [a, b] = [freeAid(boss), freeAid(boss)];
		const stored = freeAid(boss, 'a.holder_id IS NOT NULL', 'in_depot');
		const owned = freeAid(boss, 'a.owner_id IS NOT NULL');
		const path = `/aids/move?pick=${a}.${stored}.${b}`;
		const page = await user.page(path);
		assert.ok(!has(page, '//form'));
		assert.deepEqual(texts(page, '//lines[@id="service-refused"]/line/@code'),
			[stored]);
		assert.equal(string(page, '//lines/line/part[@set="service.refused"]'),
			'in_depot');
		const on = string(page, '//action[@id="service-others"]/@href');
		assert.equal(on, `/aids/move?pick=${a}.${b}`);
		assert.ok(has(await user.page(on), '//form[@id="move"]'));
		const back = string(page, '//action[@id="service-back"]/@href');
		for (const key of [a, b, stored])
			assert.ok(back.includes(key), back);
		const never = await user.page(
			`/aids/pick-up?pick=${owned}.${a}`.replace(a, freeAid(boss,
				'a.owner_id IS NOT NULL')));
		assert.ok(!has(never, '//action[@id="service-others"]'));
	});

test('X2: a request that runs for one of them is shown', async () => {
	const { number, aids, user } = await ask('repair', {}, 2);
	const page = await user.page(
		`/aids/repair?pick=${aids.join('.')}.${freeAid(boss)}`);
	assert.equal(string(page, '//note[@id="running-many"]/@href'),
		`/requests/${number}`);
	const moves = await user.page(
		`/aids/move?pick=${aids[0]}.${freeAid(boss)}`);
	assert.ok(!has(moves, '//note[@id="running-one"]'), 'of another kind');
});

test('X2: what changed since the form is told, and nothing typed is lost',
	async () => {
		const form = await manyForm('move', {}, 3);
		const [gone, ...rest] = form.aids;
		const other = await form.user.form(`/aids/${gone}/to-depot`, 'to-depot');
		const depot = other.options('depot').filter(Boolean).at(-1);
		assert.equal((await form.user.post(other.action,
			{ ...other.fields, depot })).status, 303);
		const answer = await form.user.post(form.action, form.fields);
		assert.equal(answer.status, 409);
		assert.ok(answer.text.includes(`Zonder ${grouped(gone)}:`));
		assert.match(answer.text, /wordt al verplaatst of opgehaald/);
		assert.ok(answer.text.includes(form.message), 'input kept');
		const action = `/aids/move?pick=${rest.join('.')}`;
		assert.ok(answer.text.includes(`action="${action}"`));
		assert.equal(values(`SELECT COUNT(*) FROM request
			WHERE message = ${quote(form.message)}`)[0], '0');
		const sent = await form.user.post(action, { ...form.fields,
			form_key: newKey() });
		assert.equal(sent.status, 303);
		assert.deepEqual(linesOf(sent.location.split('/')[2])
			.map(l => l.aid), rest);
	});

test('X2: those that are there already are named at the place', async () => {
	const form = await manyForm('move', {}, 2);
	const to = one(`SELECT a.place_id AS id, p.location_id AS at FROM aid a
		JOIN place p ON p.id = a.place_id WHERE a.number = ${form.aids[0]}`);
	const answer = await form.user.post(form.action, { ...form.fields,
		to_location: to.at, to_department: to.id });
	assert.equal(answer.status, 422);
	assert.ok(answer.text.includes(`Daar staat al: ${grouped(form.aids[0])}`));
	assert.ok(answer.text.includes(form.message));
	const bad = await form.user.post(form.action, { ...form.fields,
		form_key: (await form.user.form(form.path, 'move')).fields.form_key,
		wished: '2020-01-06' });
	assert.equal(bad.status, 422);
});

test('X2: the whole request goes its way, each line with it', async () => {
	const { number, aids } = await ask('move', { performer: 'supplier' }, 2);
	const work = await as(planner);
	const base = `/supplier/requests/${number}`;
	await work.act(base, 'accept');
	await work.act(base, 'plan', { day: workday(5), part: 'day' });
	await work.act(base, 'start');
	assert.deepEqual(linesOf(number).map(l => l.state),
		['in_progress', 'in_progress']);
	assert.equal(values(`SELECT COUNT(*) FROM aid WHERE status = 'in_transport'
		AND number IN (${aids.join()})`)[0], '2');
});

test('X2: who has the place of one of them sees it, and the request', async () => {
	const nurse = 'rol2@lindenhof.example';
	const far = `NOT EXISTS (SELECT 1 FROM membership_place t
		JOIN membership m ON m.id = t.membership_id
		JOIN account c ON c.id = m.account_id
		JOIN place p ON p.id = t.place_id
		WHERE c.email = ${quote(nurse)} AND p.location_id = a.location_id)`;
	const near = freeAid(nurse, 'a.place_id = a.home_place_id', 'in_use');
	const there = [1, 2, 3, 4].map(() => freeAid(boss, far, 'in_use'));
	const user = await as(boss);
	const repair = async aids => {
		const path = `/aids/repair?pick=${aids.join('.')}`;
		const form = await user.form(path, 'repair');
		const answer = await user.post(form.action,
			{ ...form.fields, defect: 'De rem blokkeert niet.' });
		return /^\/requests\/([\d-]+)\//.exec(answer.location)[1];
	};
	const both = await repair([...there.slice(0, 2), near]);
	const none = await repair(there.slice(2));
	const person = await as(nurse);
	assert.equal((await person.get(`/requests/${both}`)).status, 200);
	assert.equal((await person.get(`/requests/${both}.pdf`)).status, 200);
	assert.equal((await person.get(`/requests/${none}`)).status, 404);
	const mine = await person.page('/actions');
	const rows = all(mine, `//row[@key="${both}"]`);
	assert.equal(rows.length, 1);
	assert.ok(texts(mine, `//row[@key="${both}"]/cell`).includes(near));
	const at = one(`SELECT a.location_id FROM aid a
		WHERE a.number = ${quote(near)}`).location_id;
	const seen = await user.page(`/actions?location=${at}`);
	assert.equal(all(seen, `//row[@key="${both}"]`).length, 1);
});

test('X2 X1: labels of what is ticked alone', async () => {
	const user = await as(boss);
	const aids = [freeAid(boss), freeAid(boss)];
	const page = await user.page(
		`/aids/labels?status=in_depot&pick=${aids[0]}&pick=${aids[1]}`);
	assert.ok(has(page, '//note[@id="labels.picked"]'));
	assert.equal(string(page, '//intro/arg'), '2');
	const { fields } = await readForm(page, 'labels');
	assert.equal(fields.pick, aids.join('.'));
	const pdf = await user.get(
		`/aids/labels.pdf?size=a4-24&first=1&pick=${fields.pick}`);
	const text = pdfText(pdf.body).replace(/\s/g, '');
	for (const aid of aids)
		assert.ok(text.includes(aid));
});
