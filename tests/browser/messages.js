// What both sides say about a request, and how its work is reported, by people
// with and without script.
import assert from 'node:assert/strict';
import { enter, judge, visitor } from '../lib/browser.js';
import { askRepair, begin, planner, requester } from '../lib/flow.js';
import { askSeveral } from '../lib/steps.js';
import { root } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';

const photo = `${root}/tests/fixtures/photo/gps.jpg`;
const pdf = { name: 'Controlelijst.pdf', mimeType: 'application/pdf',
	buffer: Buffer.from('%PDF-1.7\n\n%%EOF\n') };
const ways = [{ width: 1280, script: true }, { width: 390, script: false }];

async function seat(way, email, path) {
	const v = await visitor(way);
	await enter(v, await as(email));
	await v.page.goto(path);
	return v;
}

const press = (page, name) => page.getByRole('button', { name, exact: true })
	.click();

for (const way of ways) {
	const how = `${way.width} px, ${way.script ? 'with' : 'without'} script`;

	test(`S9 C28: a question, and its answer, at ${how}`, async () => {
		const { number } = await askRepair();
		const asking = await seat(way, requester, `/requests/${number}`);
		const text = asking.page.getByLabel('Uw bericht');
		await press(asking.page, 'Bericht sturen');
		await asking.page.getByText('Schrijf een bericht').first().waitFor();
		await judge(asking, 'message-errors');
		await text.fill('Kan het vóór de lunch?');
		await asking.page.getByLabel('Foto’s en PDF-bestanden')
			.setInputFiles(photo);
		await press(asking.page, 'Bericht sturen');
		await asking.page.getByText('Uw bericht is verstuurd').waitFor();
		assert.equal(await asking.page.locator('.said--own').count(), 1);
		assert.equal(await asking.page.locator('.said img').count(), 1);
		await judge(asking, 'request-messages');

		const answering = await seat(way, planner, '/supplier/messages');
		const { page } = answering;
		await judge(answering, 'work-messages');
		await page.locator('main').getByRole('link', { name:
			new RegExp(number.replace(/(\d{3})(\d{3})$/, '$1.?$2')) }).click();
		await page.getByLabel('Uw bericht').fill('Ja, om 11 uur.');
		await page.getByLabel('Foto’s en PDF-bestanden').setInputFiles(pdf);
		await press(page, 'Bericht sturen');
		await page.getByText('Uw bericht is verstuurd').waitFor();
		assert.equal(await page.locator('.said').count(), 2);
		await judge(answering, 'work-request-messages');

		await asking.page.goto('/messages');
		await judge(asking, 'messages');
		await asking.page.goto(`/requests/${number}`);
		const [download] = await Promise.all([
			asking.page.waitForEvent('download'),
			asking.page.getByRole('link', { name: 'Controlelijst.pdf' })
				.first().click()]);
		assert.equal(download.suggestedFilename(), 'Controlelijst.pdf');
		await asking.close();
		await answering.close();
	});

	test(`S5 X2: the work is reported at ${how}`, async () => {
		const { number, user } = await askSeveral(2);
		await begin(number);
		const v = await seat(way, planner, `/supplier/requests/${number}`);
		const { page } = v;
		await judge(v, 'work-several');
		await page.locator('a[href$="/lines/1"]').click();
		await press(page, 'Gereedmelden');
		await page.getByText('Omschrijf wat er is gedaan').first().waitFor();
		await judge(v, 'line-errors');
		await page.getByLabel('Wat is er gedaan?').fill('Kabel vervangen.');
		await page.getByLabel('Onderdeel', { exact: true }).fill('Kabel');
		await press(page, 'Nog een onderdeel');
		await page.locator('#f-part-2').fill('Klem');
		await page.locator('#f-quantity-2').fill('4');
		await page.getByLabel('Foto’s van het werk').setInputFiles(photo);
		await press(page, 'Gereedmelden');
		await page.getByText('is deels gereedgemeld').waitFor();
		await judge(v, 'work-partly');
		await page.locator('a[href$="/report"]').click();
		await page.locator('#f-result-1').selectOption('could_not');
		await press(page, 'Gereedmelden');
		await judge(v, 'report-errors');
		await page.locator('#f-remark-1').fill('In gebruik.');
		await press(page, 'Gereedmelden');
		await page.getByText('is deels gereedgemeld').waitFor();
		const seen = await seat(way, user.email, `/requests/${number}`);
		await seen.page.getByText('4 × Klem').waitFor();
		await judge(seen, 'request-partly');
		await v.close();
		await seen.close();
	});
}
