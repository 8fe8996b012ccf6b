// The back office in the browser: a location that is asked for by the one and
// made by the other, and an account's whole life; without script as well.
import assert from 'node:assert/strict';
import { enter, judge, visitor } from '../lib/browser.js';
import { newKey, newName } from '../lib/load.js';
import { one, quote } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';

const admin = 'beheer@lindenhof.example';
const advisor = 'adviseur@zorgmiddelen-noord.example';
const ways = [{ width: 1280, script: true }, { width: 390, script: false }];

async function seat(way, email) {
	const v = await visitor(way);
	await enter(v, await as(email));
	return v;
}

const press = (page, name) => page.getByRole('button', { name }).click();
const follow = (page, name) => page.locator('main')
	.getByRole('link', { name }).first().click();

for (const way of ways) {
	const how = `${way.width} px, ${way.script ? 'with' : 'without'} script`;

	test(`I7 S4: a new location at ${how}`, async () => {
		const name = newName('Nieuwbouw');
		const asking = await seat(way, admin);
		await asking.page.goto('/locations');
		await judge(asking, 'locations');
		await follow(asking.page, 'Nieuwe locatie');
		await press(asking.page, 'Verzoek versturen');
		await judge(asking, 'location-new-errors');
		await asking.page.getByLabel('Naam').fill(name);
		await asking.page.getByLabel('Straat en huisnummer').fill('Laan 1');
		await asking.page.getByLabel('Postcode').fill('9701aa');
		await asking.page.getByLabel('Plaats').fill('Noorderhaven');
		await asking.page.getByLabel('Afdelingen').fill('Noord\nZuid');
		await press(asking.page, 'Verzoek versturen');
		await judge(asking, 'location-asked');
		const { number } = one(`SELECT number FROM location_change
			WHERE name = ${quote(name)}`);

		const answering = await seat(way, advisor);
		const { page } = answering;
		await page.goto('/supplier/location-changes?size=100');
		await follow(page, number);
		await judge(answering, 'location-change');
		await follow(page, 'Uitvoeren');
		assert.equal(await page.getByLabel('Naam').inputValue(), name);
		await judge(answering, 'location-carry-out');
		await press(page, 'Uitvoeren');
		await page.getByText(`Verzoek ${number} is uitgevoerd`).waitFor();

		await asking.page.goto('/locations');
		await asking.page.getByText(name).first().waitFor();
		await asking.close();
		await answering.close();
	});

	test(`S2 S3 C7: an account from begin to end at ${how}`, async () => {
		const email = `${newKey()}@proef.example`;
		const name = newName('Proef');
		const v = await seat(way, advisor);
		const { page } = v;
		await page.goto('/supplier/organisations/lindenhof');
		await judge(v, 'organisation');
		await follow(page, 'Nieuw account');
		await page.getByLabel('Voor- en achternaam').fill(name);
		await page.getByLabel('E-mailadres').fill(email);
		await press(page, 'Account maken');
		await page.getByText(`Het account van ${name} is gemaakt`).waitFor();
		await judge(v, 'customer-account');
		await follow(page, 'Organisatie koppelen');
		await page.getByLabel('Organisatie', { exact: true })
			.selectOption({ label: 'Zorggroep Terpen' });
		await page.getByLabel('Zelfstandige, werkt').check();
		await judge(v, 'office-join');
		await press(page, 'Koppelen');
		await follow(page, 'Wat ziet dit account');
		await judge(v, 'office-explain');
		await page.goBack();
		await follow(page, 'Beëindigen');
		await judge(v, 'office-end');
		await press(page, 'Account beëindigen');
		await page.getByText(`Het account van ${name} is beëindigd`).waitFor();
		assert.equal(one(`SELECT COUNT(*) AS n FROM account
			WHERE email = ${quote(email)}`).n, '0');
		await v.close();
	});
}
