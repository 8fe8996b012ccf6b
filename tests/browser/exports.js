// A file too long to wait for: offered, made, followed and fetched (I10).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { enter, judge, visitor } from '../lib/browser.js';
import { requester } from '../lib/flow.js';
import { newName } from '../lib/load.js';
import { one, quote, until } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';

const asks = query => Number(one(`SELECT COUNT(*) AS n FROM export
	WHERE query LIKE ${quote(`%${query}`)}`).n);

for (const [width, script] of [[1280, true], [390, true], [390, false]])
	test(`I10: a long overview as PDF at ${width} px${
		script ? '' : ', without script'}`, async () => {
		const v = await visitor({ width, script });
		const { page } = v;
		await enter(v, await as(requester));
		const query = `_=${encodeURIComponent(newName('bestand'))}`;
		await page.goto(`/aids.pdf?sort=-number&${query}`);
		await judge(v, 'export-offer');
		assert.equal(asks(query), 0, 'to open the address begins nothing');
		await page.getByRole('button', { name: 'Maak export' }).click();
		await page.waitForURL(/\/exports\/[\w-]+$/);
		const address = page.url();
		assert.equal(asks(query), 1);
		await judge(v, 'export-waits');
		await until('the file', 60, () => one(`SELECT state FROM export
			WHERE query LIKE ${quote(`%${query}`)}`).state === 'ready');
		await page.goto(address);
		await judge(v, 'export-ready');
		const [file] = await Promise.all([page.waitForEvent('download'),
			page.getByRole('link', { name: 'Downloaden' }).click()]);
		assert.match(file.suggestedFilename(),
			/^hulpmiddelen-\d{4}-\d\d-\d\d\.pdf$/);
		assert.equal(readFileSync(await file.path(), 'latin1').slice(0, 5),
			'%PDF-');
		await page.goto('/exports');
		await judge(v, 'exports');
		await page.goto(address);
		await page.getByRole('button', { name: 'Verwijderen' }).click();
		await page.waitForURL(/\/exports$/);
		assert.equal(asks(query), 0);
		await v.close();
	});
