// What a user types is text wherever it comes out: pages, PDF, Excel, mail.
import assert from 'node:assert/strict';
import { mailAbout, pdfText, xlsxRows } from '../lib/document.js';
import { accept, askRepair, plan, planner, requester } from '../lib/flow.js';
import { strange, textOf } from '../lib/html.js';
import { test } from '../lib/tap.js';
import { anybody, as } from '../lib/user.js';
import { parse, texts } from '../lib/xml.js';

const payloads = {
	script: '<script>alert(1)</script>',
	image: '<img src=x onerror=alert(1)>',
	attribute: '" autofocus onfocus="alert(1)',
	single: '\' onmouseover=\'alert(1)',
	entity: '&lt;b&gt; &amp; &#60; &nope;',
	cdata: ']]><x/><!-- <![CDATA[',
	instruction: '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd">',
	xslt: '{//user/@email} <xsl:value-of select="/"/> $x {1}',
	sheet: '=HYPERLINK("http://evil.example","x")',
	plus: '+1+cmd|\' /C calc\'!A0',
	minus: '-2+3',
	at: '@SUM(1+1)',
	link: 'javascript:alert(1) https://evil.example/',
	unicode: 'ﷺ é €  ‮ 𝒳 👍 ﬁ İ ſ',
	header: 'Subject: x Bcc: a@b.nl',
	format: '%s %n %x %1$s \\r\\n \\u0000',
	quotes: '\'"`´“”«»\\',
};

const clean = (html, where, options) =>
	assert.deepEqual(strange(html, options), [], where);

const flat = text => text.replace(/\s+/g, '');

for (const [name, text] of Object.entries(payloads))
	test(`figure 12: ${name} is text everywhere`, async () => {
		const { aid, number, user } = await askRepair(requester, {
			defect: text, client: text, contact_name: text, message: text });
		const branch = await as(planner);
		await accept(number);
		await plan(number);
		await branch.act(`/supplier/requests/${number}`, 'could-not',
			{ reason: text });
		const mail = await mailAbout(number,
			m => flat(m.text).includes(flat(text)));
		const pages = [
			[user, `/requests/${number}/sent`, false],
			[user, `/requests/${number}`, true],
			[user, `/aids/${aid}`, true],
			[user, `/aids/${aid}/history`, true],
			[user, `/actions?number=${aid}`, true],
			[branch, `/supplier/requests/${number}`, true],
			[branch, `/supplier/requests/${number}/correct`, false],
			[branch, `/supplier/requests?aid=${aid}`, false],
		];
		for (const [who, path, shown] of pages) {
			const answer = await who.get(path);
			if (answer.status !== 200)
				continue;
			clean(answer.text, path);
			if (shown)
				assert.ok(flat(textOf(answer.text)).includes(flat(text)
					.slice(0, 50)), `${path} shows it`);
			const xml = await who.get(path.replace(/(\?|$)/, '.xml$1'));
			assert.equal(xml.status, 200, path);
			parse(xml.text);
		}
		const page = await user.page(`/requests/${number}`);
		assert.ok(texts(page, '//item').includes(text));

		const pdf = await user.get(`/requests/${number}.pdf`);
		assert.equal(pdf.status, 200);
		if (name !== 'unicode')
			assert.ok(flat(pdfText(pdf.body)).includes(flat(text)),
				'PDF has it');

		const sheet = await user.get(`/actions.xlsx?number=${aid}`);
		const cells = xlsxRows(sheet.body).flat();
		assert.ok(cells.every(c => !c.formula), 'no formula');
		assert.ok(cells.some(c => c.type === 's' && c.value.includes(
			text.slice(0, 60).trim())), 'Excel has it');

		clean(mail.html, 'mail', { styles: true });
		const [head] = mail.source.split(/\r?\n\r?\n/);
		assert.doesNotMatch(head, /^Bcc:/mi);
		assert.equal(head.match(/^Subject:/gm).length, 1);
	});

test('figure 12: markup in the address comes back as text', async () => {
	const user = await as(requester);
	for (const text of Object.values(payloads))
		for (const path of ['/aids?number=', '/aids?rented=', '/aids?sort=',
			'/login?next=', '/login?after=', '/nergens?x=']) {
			const answer = await user.get(path + encodeURIComponent(text));
			clean(answer.text, path + text);
		}
});

test('figure 12: markup in the log-in form comes back as text', async () => {
	for (const text of Object.values(payloads)) {
		const user = anybody();
		const form = await user.form('/login', 'login');
		const answer = await user.post('/login', { ...form.fields,
			email: text, password: '' });
		assert.equal(answer.status, 422);
		clean(answer.text, text);
	}
});
