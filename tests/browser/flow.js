// The whole way of a repair, as people go it: on a desk and on a phone, with
// and without script.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { enter, judge, logIn, visitor } from '../lib/browser.js';
import { mailAbout, pdfText } from '../lib/document.js';
import { freeAid, planner, requester, stateOf, stranger, workday }
	from '../lib/flow.js';
import { origin } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';

// Each goes the way under an account of its own: a code works once.
const ways = [
	{ width: 1280, script: true, email: requester },
	{ width: 390, script: true, email: 'rol3@lindenhof.example' },
	{ width: 1280, script: false, email: 'rol7@lindenhof.example' },
	{ width: 390, script: false, email: 'rol1@lindenhof.example' },
];

const path = page => new URL(page.url()).pathname;
const grouped = number => number.replace(/(\d{3})(\d{3})$/, '$1\u00a0$2');

// On a phone menu and filters are folded. A number may stand behind the name.
async function choose(v, name) {
	const { page, width } = v;
	const menu = page.locator('summary').filter({ hasText: 'Menu' });
	if (width < 1024 && await menu.isVisible())
		await menu.click();
	await page.locator('nav.side')
		.getByRole('link', { name: new RegExp(`^${name}( \\d+ open)?$`) })
		.filter({ visible: true }).first().click();
}

async function filter(v, fields) {
	const { page } = v;
	const opener = page.locator('.filter-open');
	if (await opener.isVisible())
		await opener.click();
	for (const [label, value] of Object.entries(fields)) {
		const control = page.locator('.filter').getByLabel(label,
			{ exact: true });
		if (await control.evaluate(e => e.tagName) === 'SELECT')
			await control.selectOption({ label: value });
		else
			await control.fill(value);
	}
	await page.locator('.filter').getByRole('button', { name: 'Zoeken' })
		.click();
}

for (const way of ways) {
	const { width, script, email } = way;
	test(`I9-I17 C21 C22 S5 I31: a repair at ${width} px, ${
		script ? 'with' : 'without'} script`, async () => {
		const v = await visitor(way);
		const { page } = v;
		const aid = freeAid(email);
		const shown = grouped(aid);
		const look = name => judge(v, name);

		// 1. Log-in
		await page.goto('/');
		assert.equal(path(page), '/login');
		await look('login');
		await logIn(v, email);
		assert.equal(path(page), '/dashboard');
		await look('dashboard');
		await choose(v, 'Mijn hulpmiddelen');

		// 2. Mijn hulpmiddelen
		assert.equal(await page.locator('h1').innerText(),
			'Mijn hulpmiddelen');
		await look('aids');
		await filter(v, { Objectnummer: shown });
		await page.locator('.chip').waitFor({ state: 'attached' });
		assert.match(page.url(), new RegExp(`number=${aid}|number=${
			encodeURIComponent(shown).replace(/[+]/g, '\\+')}`));
		assert.equal(await page.locator('.chip').count(), 1);
		assert.equal(await page.locator('tbody tr').count(), 1);
		await look('aids-filtered');

		// 3. The object page
		await page.locator('tbody').getByRole('link',
			{ name: shown, exact: true }).click();
		await page.waitForURL(`${origin}/aids/${aid}`);
		await page.getByRole('heading', { name: /Historie/ }).waitFor();
		await look('aid');

		// 4. Acties aanvragen: Reparatie
		await page.getByRole('heading', { name: 'Acties aanvragen' }).waitFor();
		await page.getByRole('radio', { name: 'Reparatie' }).check();
		await page.getByRole('button', { name: 'Kies actie' }).click();
		await page.waitForURL(`${origin}/aids/${aid}/repair`);
		await look('repair');
		await page.getByLabel('Toelichting').fill('');
		await page.getByLabel('Telefoonnummer').fill('bel maar');
		await page.getByLabel('Bestemd voor').fill('mw. J. Bakker');
		await page.getByRole('button', { name: 'Aanvraag versturen' }).click();
		await page.locator('.errsum').waitFor();
		assert.match(await page.title(), /^Fout: /);
		assert.equal(await page.locator('.errsum li').count(), 2);
		assert.equal(await page.getByLabel('Telefoonnummer').inputValue(),
			'bel maar');
		assert.equal(await page.getByLabel('Bestemd voor').inputValue(),
			'mw. J. Bakker');
		if (script)
			assert.ok(await page.locator('.errsum').evaluate(
				e => e === document.activeElement), 'focus on the errors');
		await look('repair-errors');
		await page.getByLabel('Telefoonnummer').fill('050 000 34 12');
		await page.getByLabel('Toelichting').fill(
			'De lift piept bij het heffen, sinds gisteren.');
		const location = page.getByLabel('Locatie', { exact: true });
		const places = await location.locator('option').allInnerTexts();
		const here = await location.evaluate(
			s => s.selectedOptions[0].innerText);
		const elsewhere = places.find(p => p !== here && !/Kies/.test(p));
		if (elsewhere) {
			const departments = () => page.getByLabel('Huidige afdeling')
				.locator('option').allInnerTexts();
			const before = await departments();
			await location.selectOption({ label: elsewhere });
			if (!script)
				await page.getByRole('button', { name: 'Afdelingen tonen' })
					.click();
			for (let i = 0; i < 100 && String(await departments()) ===
				String(before); i++)
				await page.waitForTimeout(50);
			assert.notDeepEqual(await departments(), before);
			assert.equal(await page.getByLabel('Huidige afdeling')
				.inputValue(), '', 'none is chosen by itself');
			assert.equal(await page.getByLabel('Toelichting').inputValue(),
				'De lift piept bij het heffen, sinds gisteren.');
			await page.getByLabel('Huidige afdeling').selectOption(
				{ index: (await departments()).length - 1 });
		}
		const send = page.getByRole('button', { name: 'Aanvraag versturen' });
		if (script)
			await send.dblclick();
		else
			await send.click();

		// 5. Confirmation, download, mail
		await page.waitForURL(/\/requests\/[\d-]+\/sent$/);
		const number = path(page).split('/')[2];
		assert.equal(stateOf(number), 'submitted');
		await look('sent');
		const [download] = await Promise.all([page.waitForEvent('download'),
			page.getByRole('link', { name: 'Download aanvraag' }).click()]);
		const pdf = readFileSync(await download.path());
		assert.ok(pdfText(pdf).replace(/\s/g, '').includes(number));
		assert.match(download.suggestedFilename(), /\.pdf$/);
		await page.getByRole('link', { name: 'Verstuur aanvraag' }).click();
		await page.getByLabel('Naar mij').check();
		await look('send');
		await page.getByRole('button', { name: 'E-mail versturen' }).click();
		await page.locator('[role=status]').first().waitFor();
		const mail = await mailAbout(number, m => m.pdf);
		assert.ok(mail.pdf.equals(pdf));

		// 6. The branch
		const b = await visitor(way);
		await enter(b, await as(planner));
		await b.page.goto('/supplier/requests');
		await judge(b, 'work');
		await b.page.goto(`/supplier/requests?number=${number}`);
		await b.page.locator('tbody').getByRole('link',
			{ name: grouped(number) }).first().click();
		await judge(b, 'work-request');
		const press = async (name, fill) => {
			await b.page.getByRole('link', { name, exact: true })
				.or(b.page.getByRole('button', { name, exact: true }))
				.first().click();
			if (fill) {
				await fill();
				await b.page.getByRole('button', { name, exact: true })
					.click();
			}
			await b.page.waitForURL(`${origin}/supplier/requests/${number}`);
		};
		await press('Accepteren');
		await b.page.locator('[role=status]').first().waitFor();
		await press('Inplannen', async () => {
			await b.page.getByLabel('Datum').fill(workday(5));
			await b.page.getByLabel(/Ochtend/).check();
			await judge(b, 'plan');
		});
		await press('Starten', async () => {});
		await press('Gereedmelden', async () => {
			await b.page.getByLabel('Wat is er gedaan?').fill(
				'Lager vervangen en getest.');
			await judge(b, 'done');
		});
		assert.equal(stateOf(number), 'done');
		await judge(b, 'work-request-done');
		await b.close();
		for (const words of [/geaccepteerd|behandeling|aangenomen/i,
			/gepland|datum/i, /uitgevoerd/i])
			await mailAbout(number, m => words.test(m.headers.subject) &&
				m.headers['delivered-to'] === email);

		// The requester sees it: Mijn acties, Planning, the aid's history
		await page.goto('/aids');
		await choose(v, 'Mijn acties');
		await page.waitForURL(/\/actions/);
		await filter(v, { Objectnummer: shown });
		const row = page.locator('tbody tr').filter({ hasText:
			grouped(number) });
		assert.match(await row.innerText(), /Uitgevoerd/);
		await look('actions');
		await choose(v, 'Planning');
		await page.waitForURL(/\/planning/);
		await look('planning');
		await page.goto(`/requests/${number}`);
		await page.getByText('Lager vervangen en getest.').first().waitFor();
		await look('request');
		await page.goto(`/aids/${aid}/history`);
		await page.getByText('Lager vervangen en getest.').first().waitFor();
		await look('history');
		await page.goto('/account');
		await look('account');
		await page.goto('/roles');
		await look('roles');

		// 7. Log-out; another organisation sees none of it
		await page.goto('/aids');
		const out = page.getByRole('button', { name: 'Uitloggen' });
		if (!await out.first().isVisible())
			await page.locator('summary').filter({ has: page.locator(
				'xpath=..//*[contains(., "Uitloggen")]') }).first().click();
		await out.filter({ visible: true }).first().click();
		await page.waitForURL(/\/login/);
		await look('logged-out');
		assert.equal((await page.goto(`/requests/${number}`)).url()
			.includes('/login?next='), true);
		if (way === ways[0])
			await logIn(v, stranger);
		else
			await enter(v, await as(stranger));
		for (const foreign of [`/aids/${aid}`, `/requests/${number}`]) {
			const answer = await page.goto(foreign);
			assert.equal(answer.status(), 404, foreign);
			await page.locator('h1').waitFor();
			await look('foreign');
		}
		const other = await (await as(stranger)).get(
			`/requests/${number}.pdf`);
		assert.equal(other.status, 404);
		await v.close();
	}, { seconds: 280 });
}
