// 'Accountbeheer' on a desk and on a phone, with and without script.
import assert from 'node:assert/strict';
import { enter, judge, visitor } from '../lib/browser.js';
import { newKey } from '../lib/load.js';
import { origin, quote, sql, values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';

const administrator = 'beheer@lindenhof.example';

// Somebody who may authorise all, of the administrator's organisation.
function authoriser(name) {
	sql(`INSERT INTO account (email, name, state, password_set_at)
			VALUES (${quote(`${newKey()}@proef.example`)}, ${quote(name)},
				'active', UTC_TIMESTAMP());
		INSERT INTO membership (account_id, portal, organisation_id, role,
				may_authorise_orders)
			SELECT LAST_INSERT_ID(), 'institution', m.organisation_id, '3', 1
			FROM membership m JOIN account a ON a.id = m.account_id
			WHERE a.email = ${quote(administrator)}`);
	return name;
}

for (const { width, script } of [{ width: 1280, script: true },
	{ width: 390, script: false }])
	test(`I4-I6: accounts managed at ${width} px, ${
		script ? 'with' : 'without'} script`, async () => {
		const key = newKey().slice(0, 6);
		const boss = authoriser(`Baas ${key}`);
		const next = authoriser(`Opvolger ${key}`);
		const name = `Nieuw ${key}`;
		const v = await visitor({ width, script });
		const { page } = v;
		await enter(v, await as(administrator));
		const press = what => page.getByRole('button',
			{ name: what, exact: true }).click();

		// A budget of two steps, of which one goes again; and places.
		await page.goto('/accounts/new');
		await page.getByLabel('Naam', { exact: true }).fill(name);
		await page.getByLabel('E-mailadres')
			.fill(`${newKey()}@proef.example`);
		await page.getByRole('radio', { name: /^Rol 2\b/ }).check();
		await page.getByLabel('Heeft een budgetlimiet').check();
		for (const [n, euros] of [[1, '100'], [2, '2.500']]) {
			await press('Stap toevoegen');
			const row = page.locator('.repeat__row').nth(n - 1);
			await row.getByLabel('Order vanaf').fill(euros);
			await row.getByLabel('Te autoriseren door')
				.selectOption({ label: boss });
		}
		await judge(v, 'account-budget');
		await page.getByRole('button', { name: 'Verwijder stap 1' }).click();
		assert.equal(await page.getByLabel('Order vanaf').inputValue(),
			'2500,00');
		assert.equal(await page.getByLabel('Naam', { exact: true })
			.inputValue(), name);
		await press('Opslaan');
		await page.waitForURL(/\/places$/);
		await page.locator('.tree summary').first().click();
		await page.locator('.tree input').first().check();
		await press('Locaties opslaan');
		await page.locator('.note--ok').waitFor();
		assert.ok(await page.locator('.tree input').first().isChecked());
		await judge(v, 'account-places');
		assert.deepEqual(values(`SELECT CONCAT(b.from_cents, ' ', x.name)
			FROM budget_step b JOIN membership m ON m.id = b.membership_id
			JOIN account a ON a.id = m.account_id
			JOIN account x ON x.id = b.authoriser_id
			WHERE a.name = ${quote(name)}`), [`250000 ${boss}`]);

		// Who authorises for somebody goes only with a successor.
		await page.goto(`/accounts?name=${encodeURIComponent(boss)}`);
		await page.getByRole('link', { name: boss, exact: true }).click();
		await page.getByRole('link', { name: 'Account deactiveren' }).click();
		await page.locator('.tree').getByText(name).waitFor();
		await judge(v, 'account-deactivate');
		await press('Account deactiveren');
		await page.locator('.errsum').waitFor();
		await page.getByLabel('Opvolger').selectOption({ label: next });
		await press('Account deactiveren');
		await page.waitForURL(new RegExp(`^${origin}/accounts/\\w+$`));
		assert.match(await page.locator('.note--ok').innerText(),
			/gedeactiveerd/);
		await judge(v, 'account-deactivated');

		// A file that is not right, then one that is.
		const csv = rows => ({ name: 'accounts.csv', mimeType: 'text/csv',
			buffer: Buffer.from(['Naam;E-mailadres;Rol', ...rows, '']
				.join('\n')) });
		const choose = async rows => {
			await page.getByLabel('CSV-bestand').setInputFiles(csv(rows));
			await press('Bestand controleren');
		};
		await page.goto('/accounts/import');
		await judge(v, 'account-import');
		await choose([`;${newKey()}@proef.example;9`]);
		await page.getByText('2 fouten').waitFor();
		await judge(v, 'account-import-errors');
		await choose([`Een ${key};${newKey()}@proef.example;4`,
			`Zo\u00eb ${key};${newKey()}@proef.example;6`]);
		await page.getByText('2 nieuwe accounts').first().waitFor();
		await judge(v, 'account-import-trial');
		await press('Accounts maken');
		await page.waitForURL(`${origin}/accounts`);
		assert.match(await page.locator('.note--ok').innerText(),
			/2 accounts zijn gemaakt/);
		assert.equal(values(`SELECT id FROM account
			WHERE name = ${quote(`Zo\u00eb ${key}`)}`).length, 1);
		await v.close();
	});
