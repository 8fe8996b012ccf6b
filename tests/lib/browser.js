// Debian's Chromium, and an eye on every page it shows.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { origin, root } from './portal.js';
import { atEnd } from './tap.js';
import { newCode, password } from './user.js';

const axe = readFileSync(createRequire(import.meta.url)
	.resolve('axe-core/axe.min.js'), 'utf8');
const shots = `${root}/var/shots`;

let launched;
const browser = () => launched ??= chromium.launch({
	executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
	args: ['--disable-gpu', '--disable-quic', '--no-first-run',
		'--disable-background-networking', '--disable-component-update',
		'--disable-sync', '--disable-dev-shm-usage',
		...process.getuid() === 0 ? ['--no-sandbox'] : []],
});
atEnd(async () => launched && (await launched).close());

// A person at a screen. Whatever goes wrong on the way (a script, a policy, a
// file that is not there) is kept in faults.
export async function visitor({ width = 1280, script = true } = {}) {
	const context = await (await browser()).newContext({
		baseURL: origin, ignoreHTTPSErrors: true, locale: 'nl-NL',
		javaScriptEnabled: script, reducedMotion: 'reduce',
		viewport: { width, height: width < 768 ? 844 : 900 },
		deviceScaleFactor: 1, hasTouch: width < 768,
	});
	context.setDefaultTimeout(15000);
	const page = await context.newPage();
	const faults = [];
	page.on('console', message => {
		// A page that refuses is none; files are looked at below.
		if (['error', 'warning'].includes(message.type()) &&
			!/the server responded with a status/.test(message.text()))
			faults.push(`console: ${message.text()}`);
	});
	page.on('pageerror', error => faults.push(`script: ${error.message}`));
	page.on('requestfailed', request => {
		const why = request.failure()?.errorText ?? '';
		if (!/ERR_ABORTED/.test(why))
			faults.push(`${request.url()}: ${why}`);
	});
	page.on('response', response => {
		if (response.status() >= 400 && response.url().includes('/static/'))
			faults.push(`${response.url()}: ${response.status()}`);
	});
	await context.addInitScript(() => addEventListener(
		'securitypolicyviolation', event => console.error(
			`CSP: ${event.violatedDirective} ${event.blockedURI}`)));
	return { context, page, faults, width, script,
		close: () => context.close() };
}

// With the session of an account that has logged in elsewhere.
export const enter = ({ context }, user) => {
	const [name, value] = user.cookie.split('=');
	return context.addCookies([{ name, value, url: origin, secure: true,
		httpOnly: true, sameSite: 'Lax' }]);
};

// By the two forms, as a person does.
export async function logIn({ page }, email) {
	await page.getByLabel('E-mailadres').fill(email);
	await page.getByLabel('Wachtwoord').fill(password);
	await page.getByRole('button', { name: 'Inloggen' }).click();
	await page.getByLabel('Verificatiecode').fill(await newCode(email));
	await page.getByRole('button', { name: 'Doorgaan' }).click();
}

// Is anything wider than the screen?
const overflow = page => page.evaluate(() => {
	const { clientWidth, scrollWidth } = document.documentElement;
	if (scrollWidth <= clientWidth)
		return null;
	const wide = [...document.body.querySelectorAll('*')].find(e =>
		e.getBoundingClientRect().right > clientWidth + 1 &&
		getComputedStyle(e).position !== 'fixed');
	return `${scrollWidth} > ${clientWidth}: ${
		wide?.outerHTML.slice(0, 120)}`;
});

async function violations(page) {
	await page.evaluate(axe);
	const { violations: list } = await page.evaluate(() => axe.run(document, {
		resultTypes: ['violations'] }));
	return list.map(v => `${v.id}: ${v.help} (${v.nodes.length}): ${
		v.nodes[0].html.slice(0, 160)}`);
}

// What every page must be: accessible, as wide as the screen, drawn whole.
// Leaves a picture under var/shots/.
export async function judge(v, name) {
	const { page, width, script } = v;
	const found = [];
	mkdirSync(shots, { recursive: true });
	await page.screenshot({ fullPage: true, animations: 'disabled',
		path: `${shots}/${name}-${width}${script ? '' : '-noscript'}.png` });
	const text = await page.content();
	if (text.includes('[['))
		found.push(`no text ${/\[\[[^\]]*/.exec(text)[0]}`);
	if (await page.locator('.unknown').count())
		found.push('an element that nobody draws');
	const { height } = page.viewportSize();
	for (const w of width < 768 ? [width, 320] : [width]) {
		await page.setViewportSize({ width: w, height });
		const wide = await overflow(page);
		if (wide)
			found.push(`at ${w}: ${wide}`);
		if (script)
			found.push(...(await violations(page)).map(x => `at ${w}: ${x}`));
	}
	await page.setViewportSize({ width, height });
	assert.deepEqual(found, [], `${name} at ${width}`);
	assert.deepEqual(v.faults, [], `${name} at ${width}`);
}
