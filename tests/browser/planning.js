// Planning as a week, a month and a mechanic's day, on a screen and a phone.
import assert from 'node:assert/strict';
import { enter, judge, visitor } from '../lib/browser.js';
import { accept, askRepair, mechanicOf, plan, planner, saturday,
	workday } from '../lib/flow.js';
import { one, quote } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';

const admin = 'beheer@lindenhof.example';

for (const [width, script] of [[1280, true], [390, true], [390, false]]) {
	const how = `${width} px, ${script ? 'with' : 'without'} script`;

	test(`I16: list, week and month at ${how}`, async () => {
		const v = await visitor({ width, script });
		await enter(v, await as(admin));
		await v.page.goto('/planning');
		await v.page.getByRole('link', { name: 'Week', exact: true }).click();
		await judge(v, 'planning-week');
		await v.page.getByRole('link', { name: /^Volgende week/ }).click();
		await v.page.waitForURL(/week=/);
		const entry = v.page.locator('.cal__entry a').first();
		if (width < 768) {
			const boxes = await Promise.all([0, 1].map(i => v.page
				.locator('.cal__week > li').nth(i).boundingBox()));
			assert.ok(boxes[1].y >= boxes[0].y + boxes[0].height - 1,
				'one day under the other');
		}
		await v.page.getByRole('link', { name: 'Maand', exact: true }).click();
		await judge(v, 'planning-month');
		if (width < 768)
			assert.equal(await v.page.locator('.cal__short').first()
				.isVisible(), false, 'numbers alone');
		await v.page.locator('.cal__date:has(.cal__count)').first().click();
		await v.page.waitForURL(/planning\/week.*#day-/);
		assert.ok(await entry.isVisible());
		await v.close();
	});

	test(`S5: the branch's week and a mechanic's day at ${how}`, async () => {
		const { number } = await askRepair();
		await accept(number);
		await plan(number, workday(5));
		const v = await visitor({ width, script });
		await enter(v, await as(planner));
		await v.page.goto('/supplier/planning');
		await judge(v, 'work-week');
		await v.page.goto(`/supplier/day?date=${workday(5)}`);
		await judge(v, 'work-day');
		const job = v.page.locator('.job', { hasText: `${
			number.slice(0, 8)} ${number.slice(8)}`.trim() }).first();
		await (await job.count() ? job : v.page.locator('.job').first())
			.getByRole('link', { name: /Starten|Uitgevoerd|Voorstellen|Afronden/ })
			.first().isVisible();
		await v.page.goto('/supplier/mechanics');
		await judge(v, 'mechanics');
		await v.page.getByRole('link', { name: 'Nieuwe monteur' }).click();
		await v.page.getByRole('button', { name: 'Opslaan' }).click();
		await judge(v, 'mechanic-errors');
		await v.close();
	});

	test(`S5: a day is chosen by how busy it is; a Saturday by a tick, at ${
		how}`, async () => {
		const busy = await askRepair();
		await accept(busy.number);
		await plan(busy.number, workday(7));
		const { number } = await askRepair();
		await accept(number);
		const day = saturday(8);
		const v = await visitor({ width, script });
		await enter(v, await as(planner));
		await v.page.goto(`/supplier/requests/${number}/plan`);
		const { name } = mechanicOf(busy.number);
		await v.page.getByLabel('Datum').fill(workday(7));
		if (!script)
			await v.page.getByRole('button', { name: 'Drukte tonen' }).click();
		const [, month, date] = workday(7).split('-');
		const choice = v.page.locator('#f-mechanic option', { hasText: new RegExp(
			`^${name} \\(aanvragen op ${date}-${month}: [1-9]\\d*\\)$`) });
		await choice.waitFor({ state: 'attached' });
		await v.page.locator('aside dt', { hasText: name }).locator('xpath=..')
			.getByRole('link', { name: /in de ochtend/ }).waitFor();
		await v.page.getByLabel('Monteur').selectOption(
			mechanicOf(busy.number).id);
		await judge(v, 'plan');
		await v.page.getByLabel('Datum').fill(day);
		await v.page.getByText('Middag, 12.00').click();
		await v.page.getByRole('button', { name: 'Inplannen' }).click();
		const tick = v.page.getByLabel('Toch op deze dag (geen werkdag)');
		await tick.check();
		await judge(v, 'plan-off');
		assert.ok(await v.page.getByLabel('Middag').isChecked());
		await v.page.getByRole('button', { name: 'Inplannen' }).click();
		await v.page.getByText(/is ingepland/).waitFor();
		assert.equal(one(`SELECT planned_on FROM request
			WHERE number = ${quote(number)}`).planned_on, day);
		await v.close();
	});
}
