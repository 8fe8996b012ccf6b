// Planning as a week, a month and a mechanic's day, on a screen and a phone.
import assert from 'node:assert/strict';
import { enter, judge, visitor } from '../lib/browser.js';
import { accept, askRepair, plan, planner, workday } from '../lib/flow.js';
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
}
