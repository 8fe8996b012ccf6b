// The services on an aid, as people go to them: from its label on a phone, by
// mouse at a desk, over the authoriser, and for a whole location at once.
import assert from 'node:assert/strict';
import { enter, judge, logIn, visitor } from '../lib/browser.js';
import { freeAid, stateOf } from '../lib/flow.js';
import { one, origin, quote, root } from '../lib/portal.js';
import { inspectionsAsked } from '../lib/steps.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';

const boss = 'beheer@lindenhof.example';
const asker = 'rol4@lindenhof.example'; // whose repairs rol 3 authorises
const authoriser = 'rol3@lindenhof.example';

const path = page => new URL(page.url()).pathname;
const button = (page, name) => page.getByRole('button', { name, exact: true });
const numberOf = async page => {
	await page.waitForURL(/\/requests\/[\d-]+\/sent$/);
	return path(page).split('/')[2];
};

test('X1 I13-I15 X6 I31: from the label to a defect with photos in two taps, ' +
	'and authorised', async () => {
	const aid = freeAid(asker);
	const { code } = one(`SELECT label_code AS code FROM aid
		WHERE number = ${aid}`);
	const v = await visitor({ width: 390 });
	const { page } = v;
	await page.goto(`/q/${code}`);
	await judge(v, 'services-label');
	await page.getByRole('link', { name: /^Inloggen en/ }).tap();
	await logIn(v, asker);
	await page.waitForURL(`${origin}/aids/${aid}`);
	await judge(v, 'services-scanned');

	let taps = 0;
	const tap = async locator => {
		taps++;
		await locator.tap();
	};
	if (!await page.getByRole('radio', { name: 'Reparatie' }).isChecked())
		await tap(page.getByText('Reparatie', { exact: true }));
	await tap(button(page, 'Kies actie'));
	await page.waitForURL(`${origin}/aids/${aid}/repair`);
	assert.ok(taps <= 2, `${taps} taps to the form`);
	await page.getByLabel('Toelichting').fill('De rem blokkeert niet meer.');
	await page.getByLabel('Foto\u2019s').setInputFiles(['plain.jpg',
		'plain.webp'].map(name => `${root}/tests/fixtures/photo/${name}`));
	await judge(v, 'services-repair');
	await tap(button(page, 'Aanvraag versturen'));
	const number = await numberOf(page);
	assert.ok(taps <= 3, `${taps} taps from the object page`);
	assert.equal(stateOf(number), 'awaiting_approval');
	await judge(v, 'services-sent');
	await page.goto(`/requests/${number}`);
	assert.equal(await page.locator('img[src*="/photos/"]').count(), 2);
	await v.close();

	const a = await visitor();
	await enter(a, await as(authoriser));
	await a.page.goto('/dashboard');
	await judge(a, 'services-dashboard-waiting');
	await a.page.locator('.digest__head a').first().click();
	await a.page.waitForURL(`${origin}/approvals`);
	await judge(a, 'services-approvals');
	await a.page.goto('/approvals?size=100');
	await a.page.locator(`tbody a[href="/requests/${number}"]`).click();
	await a.page.waitForURL(`${origin}/requests/${number}`);
	await judge(a, 'services-to-approve');
	await button(a.page, 'Akkoord geven')
		.or(a.page.getByRole('link', { name: 'Akkoord geven' })).first().click();
	await a.page.locator('.note--ok').waitFor();
	assert.equal(stateOf(number), 'submitted');
	await a.close();
}, { seconds: 120 });

const choices = {
	Reparatie: ['in_use', 'TRUE', async page => {
		await page.getByLabel('Toelichting').fill('Het wiel is los.');
	}],
	Verplaatsing: ['in_use', 'TRUE', async page => {
		await other(page, 'Naar afdeling', 'Huidige afdeling');
		await page.getByLabel('Onze eigen organisatie').check();
	}],
	'Uit depot halen': ['in_depot', 'a.holder_id IS NOT NULL', async page => {
		await other(page, 'Naar afdeling');
		await page.getByLabel('Onze eigen organisatie').check();
	}],
	'Naar depot brengen': ['in_use', 'TRUE', async page => {
		await other(page, 'Naar depot');
		await page.getByRole('radio', { name: 'Zorgmiddelen Noord' }).check();
	}],
	'Huurmiddel laten ophalen': ['in_use', 'a.owner_id IS NULL',
		async () => {}],
};

// The last choice that is not where it stands already.
async function other(page, label, but) {
	const field = page.getByLabel(label, { exact: true });
	const here = but && await page.getByLabel(but).inputValue();
	const ids = await field.locator('option').evaluateAll(
		options => options.map(o => o.value).filter(Boolean));
	await field.selectOption(ids.filter(id => id !== here).at(-1));
}

test('I13 I14 S5: all five services by mouse; own work is closed by itself',
	async () => {
		const v = await visitor();
		const { page } = v;
		await enter(v, await as(boss));
		for (const [name, [status, where, fill]] of Object.entries(choices)) {
			const aid = freeAid(boss, where, status);
			await page.goto(`/aids/${aid}`);
			await page.getByText(name, { exact: true }).first().click();
			await button(page, 'Kies actie').click();
			await page.waitForURL(/\/(repair|move|(from|to)-depot|pick-up)$/);
			await fill(page);
			await judge(v, `services-${path(page).split('/').at(-1)}`);
			await button(page, 'Aanvraag versturen').click();
			const number = await numberOf(page);
			if (stateOf(number) !== 'own_planned')
				continue;
			await page.goto(`/requests/${number}`);
			await page.getByRole('link', { name: 'Uitgevoerd melden' })
				.first().click();
			await judge(v, 'services-performed');
			await button(page, 'Melden als uitgevoerd').click();
			await page.waitForURL(`${origin}/requests/${number}`);
			assert.equal(stateOf(number), 'done');
			assert.equal(one(`SELECT status FROM aid
				WHERE number = ${aid}`).status, 'in_use');
		}
		await v.close();
	}, { seconds: 120 });

test('X3: a location\u2019s inspections asked for; the certificate of one',
	async () => {
		const v = await visitor();
		const { page } = v;
		await enter(v, await as(boss));
		await page.goto('/inspections');
		await judge(v, 'services-inspections');
		await page.getByRole('link', { name: 'Keuring aanvragen' }).click();
		const { location } = await inspectionsAsked();
		await page.getByLabel('Locatie', { exact: true })
			.selectOption(location);
		await page.getByLabel('Te keuren').selectOption('month');
		await judge(v, 'services-inspection-request');
		await page.locator('main form').getByRole('button',
			{ name: 'Keuring aanvragen' }).click();
		const number = await numberOf(page);
		assert.equal(one(`SELECT kind FROM request
			WHERE number = ${quote(number)}`).kind, 'inspection');
		await judge(v, 'services-inspections-sent');

		const { aid, certificate } = one(`SELECT a.number AS aid,
				i.number AS certificate FROM inspection i
			JOIN aid a ON a.id = i.aid_id AND a.holder_id = i.organisation_id
				AND a.inspected_on = i.inspected_on
			JOIN organisation o ON o.id = a.holder_id AND o.code = 'lindenhof'
			WHERE a.status = 'in_use' ORDER BY i.id DESC LIMIT 1`);
		await page.goto(`/aids/${aid}`);
		const [file] = await Promise.all([page.waitForEvent('download'),
			page.locator(`main a[href="/certificates/${certificate}.pdf"]`)
				.first().click()]);
		assert.match(file.suggestedFilename(), /^keuring-.*\.pdf$/);
		await v.close();
	}, { seconds: 90 });

test('I29: every link of the dashboard leads somewhere', async () => {
	const v = await visitor({ width: 390 });
	const { page } = v;
	await enter(v, await as(boss));
	await page.goto('/dashboard');
	await judge(v, 'services-dashboard');
	const hrefs = await page.locator('main a').evaluateAll(links =>
		links.map(a => a.getAttribute('href')));
	assert.ok(hrefs.length > 5);
	const user = await as(boss);
	for (const href of new Set(hrefs.filter(h => h.startsWith('/')))) {
		const answer = await user.get(href);
		assert.equal(answer.status, 200, href);
	}
	const all = page.locator('.digest__head a');
	for (let i = 0; i < await all.count(); i++) {
		await page.goto('/dashboard');
		const to = await all.nth(i).getAttribute('href');
		await all.nth(i).click();
		await page.waitForURL(origin + to);
		await page.locator('h1').waitFor();
	}
	await v.close();
}, { seconds: 60 });
