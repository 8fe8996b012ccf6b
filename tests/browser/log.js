// The privacy officer looks up who saw a client (X9); the tables of rights.
import assert from 'node:assert/strict';
import { enter, judge, visitor } from '../lib/browser.js';
import { one, quote, sql } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as, newCode } from '../lib/user.js';

const officer = 'privacy@zorgmiddelen-noord.example';

for (const [width, script] of [[1280, true], [390, true], [390, false]])
	test(`X9: who saw this client, at ${width} px${
		script ? '' : ' without script'}`, async () => {
		const c = one(`SELECT c.id, c.name, o.name AS organisation FROM client c
			JOIN organisation o ON o.id = c.organisation_id
			WHERE c.born IS NOT NULL ORDER BY c.id LIMIT 1`);
		sql(`INSERT INTO audit (request_id, actor_id, client_id,
				organisation_id, subject, action, access_right, outcome,
				address)
			SELECT 'browser', a.id, ${c.id}, c.organisation_id,
				'request 2026-000001', 'view', 'request.view', 'ok', '192.0.2.7'
			FROM account a JOIN client c ON c.id = ${c.id}
			WHERE a.email = 'rol2@lindenhof.example'`);
		const v = await visitor({ width, script });
		await enter(v, await as(officer));
		sql(`UPDATE session s JOIN account a ON a.id = s.account_id
			SET s.verified_at = UTC_TIMESTAMP() - INTERVAL 1 HOUR
			WHERE a.email = ${quote(officer)}`);
		const { page } = v;
		await page.goto('/supplier/audit');
		assert.match(page.url(), /\/login\/again/);
		await page.getByLabel('Verificatiecode').fill(await newCode(officer));
		await page.getByRole('button', { name: 'Doorgaan' }).click();
		await page.waitForURL('**/supplier/audit');
		await judge(v, 'log');
		await page.getByRole('link', { name: 'Cliënt zoeken' }).first().click();
		await page.waitForURL('**/clients');
		await judge(v, 'log-clients');
		if (width < 768)
			await page.getByRole('link', { name: 'Filters' }).click();
		await page.getByLabel('Organisatie').selectOption(
			{ label: c.organisation });
		await page.getByLabel('Deel van de naam').fill(c.name.slice(-6));
		await page.getByRole('button', { name: 'Zoeken' }).click();
		await page.getByRole('link', { name: c.name }).first().click();
		await page.waitForURL('**client=*');
		await judge(v, 'log-client');
		assert.ok(await page.getByText(c.name).first().isVisible());
		await page.locator('tbody th a').nth(1).click();
		await page.waitForURL(/audit\/\d+$/);
		await judge(v, 'log-record');
		await page.goto('/roles');
		await judge(v, 'log-roles');
		await page.goto('/exports');
		await judge(v, 'log-exports');
		await v.close();
	});
