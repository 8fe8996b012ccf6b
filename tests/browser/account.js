// A new colleague, from the administrator's form to the first page; and a
// session that is about to end.
import assert from 'node:assert/strict';
import { enter, judge, visitor } from '../lib/browser.js';
import { mails } from '../lib/document.js';
import { freeAid } from '../lib/flow.js';
import { origin, quote, sql, until } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as, codeOf, stepNow } from '../lib/user.js';

const administrator = 'beheer@lindenhof.example';
const strong = 'vier gele kano op de wadden';

const linkFor = email => until(`the mail to ${email}`, 30, () => {
	const mail = mails().find(m => m.headers.to.includes(email));
	return mail && /https:\S+\/activate\?token=[\w-]+/.exec(mail.text)?.[0];
});

for (const { width, script } of [{ width: 1280, script: true },
	{ width: 390, script: true }, { width: 390, script: false }])
	test(`C1 C2 I4-I6: a new account at ${width} px, ${
		script ? 'with' : 'without'} script`, async () => {
		const email = `journey.${width}.${script}@lindenhof.example`;
		const admin = await visitor({ width, script });
		await enter(admin, await as(administrator));
		await admin.page.goto('/accounts');
		await judge(admin, 'accounts');
		await admin.page.getByRole('link', { name: 'Nieuw account maken' })
			.click();
		await admin.page.getByLabel('Naam', { exact: true })
			.fill('Nienke van Dam');
		await admin.page.getByLabel('E-mailadres').fill(email);
		await admin.page.getByRole('radio', { name: /^(Rol )?4\b/ }).check();
		await judge(admin, 'account-new');
		await admin.page.locator('main button.btn--main').click();
		await admin.page.waitForURL(new RegExp(`^${origin}/accounts/(?!new)`));
		await judge(admin, 'account-made');
		await admin.close();

		const v = await visitor({ width, script });
		const { page } = v;
		const go = () => page.locator('main button.btn--main').click();
		await page.goto(await linkFor(email));
		await judge(v, 'activate');
		await page.getByLabel('Wachtwoord', { exact: true }).fill(strong);
		await page.getByLabel('Wachtwoord, nog een keer').fill(strong);
		await go();
		await page.getByRole('heading', { name: /Hoe wilt u uw code/ })
			.waitFor();
		await judge(v, 'enrol');
		await page.getByRole('link', { name: /authenticator-app/ }).click();
		await page.locator('.scan__code').waitFor();
		await judge(v, 'enrol-app');
		const key = (await page.locator('.scan__key').innerText())
			.replace(/\s/g, '');
		await page.getByLabel('Code uit de app').fill(codeOf(stepNow(), key));
		await go();
		await page.getByRole('heading', { name: 'Bewaar uw herstelcodes' })
			.waitFor();
		assert.equal(await page.locator('.codes li').count(), 8);
		await judge(v, 'recovery-codes');
		await go();
		await page.waitForURL(url => !url.pathname.includes('recovery'));
		await page.goto('/account');
		await judge(v, 'account');
		assert.deepEqual(v.faults, []);
		await v.close();
	});

test('a session that is about to end warns; what was typed is there again',
	async () => {
		const email = 'rol5@lindenhof.example';
		const user = await as(email);
		const v = await visitor();
		const { page } = v;
		await page.clock.install();
		await enter(v, user);
		await page.goto(`/aids/${freeAid(email)}/repair`);
		await page.getByLabel('Toelichting').fill('De rem pakt niet.');
		await page.clock.runFor('25:00');
		assert.ok(!await page.locator('#idle').isVisible());
		await page.clock.runFor('02:00');
		await page.getByRole('heading', { name: 'Bent u er nog?' }).waitFor();
		await judge(v, 'idle');
		await page.getByRole('button', { name: 'Ingelogd blijven' }).click();
		await page.locator('#idle').waitFor({ state: 'hidden' });
		await page.clock.runFor('27:00');
		await page.getByRole('heading', { name: 'Bent u er nog?' }).waitFor();
		sql(`UPDATE session s JOIN account a ON a.id = s.account_id
			SET s.seen_at = s.seen_at - INTERVAL 31 MINUTE
			WHERE a.email = ${quote(email)}`);
		await page.getByRole('button', { name: 'Ingelogd blijven' }).click();
		await page.getByText('gaat niet verloren').waitFor();
		await page.getByRole('button', { name: 'Sluiten' }).click();
		assert.equal(await page.getByLabel('Toelichting').inputValue(),
			'De rem pakt niet.');
		await page.getByRole('button', { name: 'Aanvraag versturen' }).click();
		await page.getByText('Uw sessie was verlopen').waitFor();
		sql(`UPDATE session s JOIN account a ON a.id = s.account_id
			SET s.seen_at = UTC_TIMESTAMP() WHERE a.email = ${quote(email)}`);
		await page.goto(decodeURIComponent(
			/next=([^&]+)/.exec(page.url())[1]));
		await page.getByText('Wat u had ingevuld staat er weer').waitFor();
		assert.equal(await page.getByLabel('Toelichting').inputValue(),
			'De rem pakt niet.');
		assert.deepEqual(v.faults, []);
		await v.close();
	});
