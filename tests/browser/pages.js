// What pages weigh, how they come, and how they go by keyboard.
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { enter, judge, visitor } from '../lib/browser.js';
import { freeAid, planner, requester } from '../lib/flow.js';
import { request } from '../lib/http.js';
import { values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';

const KB = 1024;

test('ui 9.5: CSS, script, font, page and requests within the budget',
	async () => {
		const v = await visitor();
		await enter(v, await as(requester));
		const got = []; // besides the icon of the tab
		v.page.on('response', r => /\/icon-/.test(r.url()) ||
			got.push(new URL(r.url())));
		await v.page.goto('/aids', { waitUntil: 'networkidle' });
		assert.ok(got.length <= 8, `${got.length}: ${got.map(
			u => u.pathname).join(' ')}`);
		const sizes = { css: 0, js: 0, woff2: 0 };
		for (const { pathname } of got.filter(u =>
			u.pathname.startsWith('/static/'))) {
			const answer = await request('GET', pathname);
			const kind = pathname.split('.').pop();
			if (kind in sizes)
				sizes[kind] += kind === 'woff2' ? answer.body.length
					: gzipSync(answer.body, { level: 9 }).length;
		}
		const html = gzipSync((await (await as(requester)).get('/aids')).body,
			{ level: 1 }).length;
		assert.ok(sizes.css > 0 && sizes.css <= 12 * KB, `CSS ${sizes.css}`);
		assert.ok(sizes.js > 0 && sizes.js <= 6 * KB, `script ${sizes.js}`);
		assert.ok(sizes.woff2 <= 32 * KB, `font ${sizes.woff2}`);
		assert.ok(html <= 15 * KB, `page ${html}`);
		await v.close();
	});

for (const width of [1280, 390])
	test(`ui 9.5: nothing jumps at ${width} px`, async () => {
		const v = await visitor({ width });
		await enter(v, await as(requester));
		const aid = freeAid(requester);
		for (const path of ['/aids', `/aids/${aid}`, `/aids/${aid}/repair`,
			'/actions', '/account']) {
			await v.page.goto(path, { waitUntil: 'networkidle' });
			const shift = await v.page.evaluate(() => new Promise(done => {
				let sum = 0;
				new PerformanceObserver(list => {
					for (const entry of list.getEntries())
						sum += entry.hadRecentInput ? 0 : entry.value;
				}).observe({ type: 'layout-shift', buffered: true });
				setTimeout(() => done(sum), 100);
			}));
			assert.ok(shift <= 0.02, `${path}: ${shift}`);
		}
		await v.close();
	});

test('ui 9.1: the first stop is the link to the content', async () => {
	const v = await visitor();
	await enter(v, await as(requester));
	await v.page.goto('/aids');
	await v.page.keyboard.press('Tab');
	const skip = v.page.locator(':focus');
	assert.equal(await skip.innerText(), 'Direct naar de inhoud');
	const box = await skip.boundingBox();
	assert.ok(box && box.y >= 0 && box.height >= 24, 'and is seen');
	await v.page.keyboard.press('Enter');
	await v.page.keyboard.press('Tab');
	assert.ok(await v.page.evaluate(() => document.querySelector('main')
		.contains(document.activeElement)));
	await v.close();
});

test('ui 5: an error in the summary leads to its field', async () => {
	const v = await visitor();
	await enter(v, await as(requester));
	await v.page.goto(`/aids/${freeAid(requester)}/repair`);
	await v.page.getByLabel('Toelichting').fill('');
	await v.page.getByRole('button', { name: 'Aanvraag versturen' }).click();
	await v.page.locator('.errsum a').first().click();
	assert.equal(await v.page.locator(':focus').getAttribute('name'),
		'defect');
	await v.close();
});

test('ui 2: every stop of the keyboard is seen, and big enough to touch',
	async () => {
		const v = await visitor({ width: 390 });
		await enter(v, await as(requester));
		await v.page.goto('/aids');
		for (let i = 0; i < 25; i++) {
			await v.page.keyboard.press('Tab');
			const seen = await v.page.evaluate(() => {
				const e = document.activeElement;
				const { outlineStyle, outlineWidth, boxShadow } =
					getComputedStyle(e);
				const box = e.getBoundingClientRect();
				return { html: e.outerHTML.slice(0, 80),
					ring: outlineStyle !== 'none' &&
						parseFloat(outlineWidth) >= 2 || boxShadow !== 'none',
					size: Math.min(box.width, box.height) };
			});
			assert.ok(seen.ring, `no ring: ${seen.html}`);
		}
		await v.close();
	});

test('I10: sorting and paging keep place, address and back button',
	async () => {
		const v = await visitor();
		const { page } = v;
		await enter(v, await as(requester));
		await page.goto('/aids');
		const firstRow = () => page.locator('tbody tr').first().innerText();
		const begin = await firstRow();
		await page.locator('thead').getByRole('link', { name: /Locatie/ })
			.click();
		await page.waitForURL(/sort=location/);
		await page.locator('.pager').getByRole('link', { name: /Volgende/ })
			.click();
		await page.waitForURL(/page=2|after=/);
		const second = await firstRow();
		await page.reload();
		assert.equal(await firstRow(), second, 'the address holds it all');
		await page.goBack();
		await page.goBack();
		await page.waitForURL(/\/aids$/);
		await page.waitForFunction(text => document.querySelector('tbody tr')
			.innerText === text, begin);
		assert.deepEqual(v.faults, []);
		await v.close();
	});

test('I13: a form pressed many times is sent once', async () => {
	const v = await visitor();
	const { page } = v;
	await enter(v, await as(requester));
	const aid = freeAid(requester);
	await page.goto(`/aids/${aid}/repair`);
	const words = `Dubbel gedrukt ${aid} ${Date.now()}`;
	await page.getByLabel('Toelichting').fill(words);
	await page.getByRole('button', { name: 'Aanvraag versturen' })
		.click({ clickCount: 5, delay: 5 });
	await page.waitForURL(/\/sent$/);
	await page.goBack();
	assert.deepEqual(values(`SELECT COUNT(*) AS n FROM request
		WHERE description = '${words}'`), ['1']);
	await v.close();
});

test('ui 8: pages print without menu and buttons', async () => {
	const v = await visitor();
	await enter(v, await as(requester));
	await v.page.goto('/aids');
	await v.page.emulateMedia({ media: 'print' });
	for (const selector of ['.side', 'nav', '.filter', '.pager', 'button'])
		for (const element of await v.page.locator(selector).all())
			assert.ok(!await element.isVisible(), selector);
	assert.ok(await v.page.locator('table').isVisible());
	await v.close();
});

test('error pages are accessible at any width', async () => {
	for (const width of [1280, 390]) {
		const v = await visitor({ width });
		await enter(v, await as(planner));
		for (const path of ['/nergens', '/aids', '/account']) {
			await v.page.goto(path);
			await judge(v, `planner${path.replace('/', '-')}`);
		}
		await v.close();
	}
});
