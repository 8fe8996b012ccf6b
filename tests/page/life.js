// 'Download levensloop': all that happened to an aid, as PDF (I12, S7).
import assert from 'node:assert/strict';
import { pdfFaults, pdfInfo, pdfText } from '../lib/document.js';
import { fileOf, offerOf } from '../lib/export.js';
import { freeAid } from '../lib/flow.js';
import { newName } from '../lib/load.js';
import { one, quote, sql } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { has } from '../lib/xml.js';

const administrator = 'beheer@lindenhof.example';
const office = 'catalogus@zorgmiddelen-noord.example';
const adviser = 'adviseur@zorgmiddelen-noord.example';

const lifeOf = async (email, path) => {
	const answer = await (await as(email)).get(path);
	assert.equal(answer.status, 200, `${email} ${path}`);
	assert.match(answer.headers['content-type'], /^application\/pdf/);
	assert.equal(pdfFaults(answer.body), '');
	return { ...answer, words: pdfText(answer.body).replace(/\s+/g, ' ') };
};

const event = (number, code, summary, cost) => sql(`INSERT INTO aid_event
	(aid_id, organisation_id, kind, summary, asked_on, done_on, cost_cents)
	SELECT a.id, o.id, 'repair', ${quote(summary)}, '2026-02-03', '2026-02-04',
		${cost} FROM aid a, organisation o
	WHERE a.number = ${number} AND o.code = ${quote(code)}`);

test('I12 S7: an institution has its own part of a life, the supplier all',
	async () => {
		const number = freeAid(administrator);
		const [ours, theirs] = [newName('eigen'), newName('ander')];
		event(number, 'lindenhof', ours, 12345);
		event(number, 'terpen', theirs, 54321);
		const own = await lifeOf(administrator, `/aids/${number}.pdf`);
		assert.ok(own.words.includes(ours) && own.words.includes('123,45'));
		assert.ok(!own.words.includes(theirs) && !own.words.includes('543,21'));
		assert.ok(!own.words.includes('Terpen'));
		assert.match(own.words, /Gemaakt op .* Wat er is gebeurd/,
			'at the head: not alone on a last page');
		assert.match(own.headers['content-disposition'],
			new RegExp(`levensloop-${number}\\.pdf`));
		const info = pdfInfo(own.body);
		assert.equal(info.Tagged, 'yes');
		assert.match(info.Title, /^Levensloop van object/);
		const whole = await lifeOf(adviser, `/supplier/aids/${number}.pdf`);
		for (const words of [ours, theirs, '123,45', '543,21', 'Terpen'])
			assert.ok(whole.words.includes(words), words);
	});

test('I12: it tells of rentals and inspections; costs with the right alone',
	async () => {
		const { number, certificate, inspector } = one(`SELECT a.number,
				i.number AS certificate, i.inspector
			FROM aid a JOIN inspection i ON i.aid_id = a.id
				AND i.organisation_id = a.holder_id
			JOIN organisation o ON o.id = a.holder_id
			WHERE o.code = 'lindenhof' AND a.owner_id IS NULL
			AND EXISTS (SELECT 1 FROM rental r WHERE r.aid_id = a.id
				AND r.organisation_id = a.holder_id) LIMIT 1`);
		const work = newName('werk');
		event(number, 'lindenhof', work, 98765);
		const code = certificate.replace(/(\d{3})$/, '\u00a0$1');
		const life = await lifeOf(administrator, `/aids/${number}.pdf`);
		for (const words of [inspector, 'Huur', 'loopt nog', '987,65',
			'Huur tot nu toe'])
			assert.ok(life.words.includes(words), words);
		assert.ok(life.words.replaceAll('\u00a0', ' ')
			.includes(code.replaceAll('\u00a0', ' ')), code);
		const { words } = await lifeOf(office, `/supplier/aids/${number}.pdf`);
		const allowed = has(await (await as(office))
			.page(`/supplier/aids/${number}`), '//item[@name="price"]');
		assert.ok(words.includes(work));
		assert.equal(words.includes('987,65'), allowed);
		assert.equal(/Kosten|Per dag/.test(words), allowed);
	});

test('I12 S7: the button stands on the page of the aid; a strange one has none',
	async () => {
		const number = freeAid(administrator);
		for (const [email, path] of [[administrator, `/aids/${number}`],
			[office, `/supplier/aids/${number}`]])
			assert.ok(has(await (await as(email)).page(path),
				`//action[@id="aid.life"][@href="${path}.pdf"]`));
		const stranger = await as('beheer@terpen.example');
		assert.equal((await stranger.get(`/aids/${number}.pdf`)).status, 404);
	});

test('I12 S7: a life of more than 1,000 events is made in the background',
	async () => {
		const { number, id } = one(`SELECT a.number, a.id FROM aid a
			WHERE a.number = ${freeAid(administrator)}`);
		sql(`INSERT INTO aid_event (aid_id, organisation_id, kind, summary,
				asked_on, done_on)
			SELECT a.id, a.holder_id, 'cleaning', CONCAT('beurt ', s.seq),
				'2026-03-02', '2026-03-02'
			FROM aid a, seq_1_to_1100 s WHERE a.id = ${id}`);
		try {
			const user = await as(administrator);
			assert.ok(await offerOf(user, `/aids/${number}.pdf`));
			const { body } = await fileOf(user, `/aids/${number}.pdf`);
			assert.match(pdfText(body), /beurt 1100\b/);
		} finally {
			sql(`DELETE FROM aid_event WHERE aid_id = ${id}
				AND kind = 'cleaning' AND summary LIKE 'beurt %'`);
		}
	});
