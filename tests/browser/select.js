// Many picked in a list, as people do it: on a desk and on a phone, with and
// without script.
import assert from 'node:assert/strict';
import { enter, judge, visitor } from '../lib/browser.js';
import { freeAid, stateOf } from '../lib/flow.js';
import { one, origin, quote, values } from '../lib/portal.js';
import { verdictsForm } from '../lib/steps.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';

const boss = 'beheer@lindenhof.example';
const grouped = number => number.replace(/(\d{3})(\d{3})$/, '$1\u00a0$2');
const ways = [[1280, true], [390, true], [1280, false], [390, false]];
const path = page => new URL(page.url()).pathname;
const box = (page, key) => page.getByLabel(`Selecteer ${grouped(key)}`);
const ticked = page => page.locator('tbody .pick :checked').count();

// A location with more than a page of aids.
function large() {
	return values(`SELECT a.location_id FROM aid a
		JOIN organisation o ON o.id = a.holder_id AND o.code = 'lindenhof'
		WHERE a.status = 'in_use' GROUP BY 1
		HAVING COUNT(*) BETWEEN 60 AND 900 ORDER BY COUNT(*) LIMIT 1`)[0];
}

for (const [width, script] of ways)
	test(`X2: one request for many at ${width} px, ${
		script ? 'with' : 'without'} script`, async () => {
		const v = await visitor({ width, script });
		const { page } = v;
		const look = name => judge(v, name);
		const location = large();
		const keep = async () => {
			if (!script)
				await page.getByRole('button', { name: 'Selectie bewaren' })
					.click();
		};
		const turn = name => page.getByRole(script ? 'link' : 'button',
			{ name }).click();
		await enter(v, await as(boss));

		// Ticked on the first page, kept on the second
		await page.goto(`/aids?location=${location}&status=in_use`);
		assert.ok(!await page.locator('.bulk').isVisible());
		const keys = await page.locator('tbody .pick input').evaluateAll(
			all => all.slice(0, 2).map(input => input.value));
		for (const key of keys)
			await box(page, key).check();
		await page.locator('.bulk').waitFor();
		if (script)
			assert.match(await page.locator('.bulk__n').innerText(),
				/^2\s+geselecteerd/);
		await look('aids-picked');
		assert.equal(await ticked(page), 2);
		await turn('Volgende');
		await page.getByText('en 2 op andere pagina’s').waitFor();
		assert.equal(await ticked(page), 0);
		const more = await page.locator('tbody .pick input').first()
			.inputValue();
		await box(page, more).check();
		await look('aids-picked-more');

		// Whoever goes back finds them ticked: the script keeps the address
		if (script) {
			await page.goBack();
			await page.waitForFunction(() => document.querySelectorAll(
				'tbody .pick :checked').length === 2);
			await page.goForward();
			await page.waitForFunction(() => document.querySelectorAll(
				'tbody .pick :checked').length === 1);
		}

		// Sorted otherwise: still there
		await keep();
		await page.locator('.tablebar select').selectOption('type');
		if (!script)
			await page.getByRole('button', { name: 'Toepassen' }).click();
		await page.waitForURL(/sort=type/);
		assert.match(page.url(), new RegExp(keys[0]));
		assert.match(page.url(), new RegExp(more));

		// The form
		await page.locator('.bulk__menu summary').click();
		await look('aids-menu');
		await page.getByRole('button', { name: 'Reparatie', exact: true })
			.click();
		await page.waitForURL(/\/aids\/repair\?/);
		assert.match(await page.locator('main').innerText(),
			/Eén aanvraag voor 3 hulpmiddelen/);
		await look('repair-many');
		await page.getByLabel('Toelichting').fill('');
		const send = page.getByRole('button', { name: 'Aanvraag versturen' });
		await send.click();
		await page.locator('.errsum').waitFor();
		const words = `De rem blokkeert niet, ${width} ${script}.`;
		await page.getByLabel('Toelichting').fill(words);
		if (script)
			await send.dblclick();
		else
			await send.click();
		await page.waitForURL(/\/requests\/[\d-]+\/sent$/);
		const number = path(page).split('/')[2];
		assert.equal(one(`SELECT COUNT(*) AS n FROM request_line l
			JOIN request q ON q.id = l.request_id
			WHERE q.number = ${quote(number)}`).n, '3');
		assert.equal(await page.locator('.things li').count(), 3);
		await look('sent-many');

		// Some that can't
		const stored = freeAid(boss, 'TRUE', 'in_depot');
		await page.goto(`/aids/move?pick=${[...keys, stored].join('.')}`);
		await look('move-some');
		await page.getByRole('link', { name: 'Verder met de 2 andere' })
			.click();
		await page.getByRole('heading', { name: 'Verplaatsing aanvragen' })
			.waitFor();
		await page.getByRole('link', { name: 'Annuleren' }).click();
		await page.waitForURL(/\/aids\?pick=/);

		// All of this page, and none
		await page.goto('/aids');
		await page.getByRole('link', { name: /^deze pagina/ }).click();
		await page.locator('.bulk').waitFor();
		assert.equal(await ticked(page), 25);
		await page.getByRole('link', { name: 'Selectie opheffen' }).click();
		await page.locator('.bulk').waitFor({ state: 'hidden' });
		assert.equal(await ticked(page), 0);
		await v.close();
	}, { seconds: 120 });

// Of several locations none is meant before one is chosen; then one of them
// changes while the form is open.
for (const script of [true, false])
	test(`X2: a move from several locations ${
		script ? 'with' : 'without'} script`, async () => {
		const v = await visitor({ script });
		const { page } = v;
		const user = await as(boss);
		const locations = values(`SELECT l.id FROM place l
			JOIN organisation o ON o.id = l.organisation_id
			WHERE o.code = 'lindenhof' AND l.kind = 'location' AND l.active
			ORDER BY l.id LIMIT 2`);
		const aids = [...locations, locations[0]].map(id =>
			freeAid(boss, `a.location_id = ${id}`));
		const to = one(`SELECT p.name, l.name AS at FROM place p
			JOIN place l ON l.id = p.location_id
			WHERE p.kind = 'department' AND p.active
			AND p.location_id IN (${locations})
			AND p.id NOT IN (SELECT place_id FROM aid
				WHERE number IN (${aids})) LIMIT 1`);
		await enter(v, user);
		await page.goto(`/aids/move?pick=${aids.join('.')}`);
		const department = page.getByLabel('Naar afdeling');
		assert.equal(await department.locator('option').count(), 1);
		await page.getByLabel('Naar locatie').selectOption({ label: to.at });
		if (!script)
			await page.getByRole('button', { name: 'Afdelingen tonen' }).click();
		await department.getByRole('option', { name: to.name, exact: true })
			.waitFor({ state: 'attached' });
		await department.selectOption({ label: to.name });
		const message = `Voor tienen, ${script} ${aids[0]}.`;
		await page.getByLabel(/^Bericht/).fill(message);
		const other = await user.form(`/aids/${aids[0]}/to-depot`, 'to-depot');
		await user.post(other.action, { ...other.fields,
			depot: other.options('depot').filter(Boolean).at(-1) });
		const send = page.getByRole('button', { name: 'Aanvraag versturen' });
		await send.click();
		await page.getByText(`Zonder ${grouped(aids[0])}:`).waitFor();
		await judge(v, 'move-changed');
		assert.equal(await page.getByLabel(/^Bericht/).inputValue(), message);
		await send.click();
		await page.waitForURL(/\/requests\/[\d-]+\/sent$/);
		assert.equal(await page.locator('.things li').count(), 2);
		await v.close();
	}, { seconds: 60 });

for (const [width, script] of ways)
	test(`I15: one verdict for many at ${width} px, ${
		script ? 'with' : 'without'} script`, async () => {
		const { numbers, user } = await verdictsForm('approve');
		const v = await visitor({ width, script });
		const { page } = v;
		await enter(v, user);
		await page.goto('/approvals?size=100');
		for (const number of numbers)
			await box(page, number).check();
		await judge(v, 'approvals');
		await page.getByRole('button', { name: 'Akkoord geven' }).click();
		await page.waitForURL(/\/approvals\/approve/);
		assert.equal(await page.locator('.things li').count(), 2);
		await judge(v, 'approve-many');
		await page.getByRole('button', { name: 'Akkoord geven' }).click();
		await page.waitForURL(`${origin}/approvals`);
		await page.getByText('akkoord gegeven voor 2 aanvragen').waitFor();
		for (const number of numbers)
			assert.equal(stateOf(number), 'submitted');
		await v.close();
	}, { seconds: 60 });
