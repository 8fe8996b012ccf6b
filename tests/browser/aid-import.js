// Aids from a file, as people send one (S7): what is wrong, what would happen,
// and done; at a desk and, without script, on a phone.
import assert from 'node:assert/strict';
import { enter, judge, visitor } from '../lib/browser.js';
import { newKey } from '../lib/load.js';
import { one, origin, quote } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';

const { article, depot } = one(`SELECT MIN(d.number) AS article, (SELECT MIN(name)
	FROM place WHERE kind = 'depot' AND organisation_id IS NULL) AS depot
	FROM product d`);

for (const way of [{ width: 1280, script: true },
	{ width: 390, script: false }])
	test(`S7 I31: from a file at ${way.width} px`, async () => {
		const serial = newKey().slice(0, 12);
		const v = await visitor(way);
		const { page } = v;
		await enter(v, await as('catalogus@zorgmiddelen-noord.example'));
		const choose = async rows => {
			await page.getByLabel('CSV-bestand').setInputFiles({
				name: 'hulpmiddelen.csv', mimeType: 'text/csv',
				buffer: Buffer.from(['Serienummer;Artikel;Locatie;Staat',
					...rows, ''].join('\r\n')) });
			await page.getByRole('button', { name: 'Bestand controleren' })
				.click();
		};
		const rows = [1, 2, 3].map(n =>
			`"${serial}; ${n}";${article};${depot};Nieuw`);
		await page.goto('/supplier/aids');
		await page.getByRole('link', { name: 'Uit een bestand' }).click();
		await page.waitForURL(`${origin}/supplier/aids/import`);
		await choose([...rows, `${serial};geen;Atlantis;fraai`]);
		await page.getByText('3 fouten').waitFor();
		await judge(v, 'aid-import-errors');
		await choose(rows);
		await page.getByText('3 nieuw, 0 gewijzigd').waitFor();
		await judge(v, 'aid-import-trial');
		await page.getByRole('button', { name: 'Hulpmiddelen verwerken' })
			.click();
		await page.waitForURL(`${origin}/supplier/aids`);
		assert.match(await page.locator('.note--ok').innerText(),
			/3 nieuw, 0 gewijzigd, 0 hetzelfde/);
		assert.equal(one(`SELECT COUNT(*) AS n FROM aid
			WHERE serial LIKE ${quote(`${serial}; _`)}`).n, '3');
		await page.goto('/supplier/aids/import');
		await choose(rows);
		await page.getByText('staat er al zo: 3 hulpmiddelen').waitFor();
		await judge(v, 'aid-import-again');
		await v.close();
	});
