// What both sides of a request say to each other, with photos and files (S9,
// C28): the thread, the mails, the marks, who may read and write.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mails } from '../lib/document.js';
import { accept, askRepair, finish, give, plan, planner, requester, start,
	stranger } from '../lib/flow.js';
import { newKey } from '../lib/load.js';
import { sendFiles } from '../lib/multipart.js';
import { one, quote, root, sql, until, values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { all, has, number as count, string, texts } from '../lib/xml.js';

const professional = 'ergo@lindenhof.example';
const colleague = 'rol1@lindenhof.example';
const service = 'klantenservice@zorgmiddelen-noord.example';
const photo = ['band.jpg', readFileSync(
	`${root}/tests/fixtures/photo/gps.jpg`)];
const pdf = (name = 'opdracht.pdf', size = 0) => [name,
	Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(size, 32),
		Buffer.from('\ntrailer\n%%EOF\n')])];

const base = user => user.email.includes('zorgmiddelen')
	? '/supplier/requests' : '/requests';
const pageOf = (user, number) => user.page(`${base(user)}/${number}`);
const said = page => all(page, '//thread/message').map(m => [
	m.getAttribute('by'), string(m, 'text'), m.getAttribute('own')]);

async function say(email, number, text, files = [], changes = {}) {
	const user = await as(email);
	const form = await user.form(`${base(user)}/${number}`, 'message');
	return sendFiles(user, form.action, { ...form.fields, text, ...changes },
		'files', files);
}

async function sent(...what) {
	const answer = await say(...what);
	assert.equal(answer.status, 303,
		answer.text?.match(/<p class="error".*?<\/p>/gs)?.join());
	return answer;
}

const errorOf = answer => {
	assert.equal(answer.status, 422);
	return /id="f-files-error">.*?<\/p>/s.exec(answer.text)?.[0]
		.replace(/<[^>]*>/g, '').trim();
};

const waiting = async (email, item) => count(await (await as(email))
	.page('/account'), `sum(//menu//item[@id="${item}"]/@count)`);

test('S9: said by one side, read and answered by the other, in order',
	async () => {
		const { number } = await askRepair();
		const before = await pageOf(await as(requester), number);
		assert.ok(has(before, '//thread[not(message)]'));
		const { location } = await sent(requester, number,
			'Kan het vóór de lunch?\nDan is de kamer vrij.');
		assert.equal(location, `/requests/${number}#messages`);
		await sent(planner, number, 'Ja, om 11 uur.');
		const names = [requester, planner].map(email => one(`SELECT name
			FROM account WHERE email = ${quote(email)}`).name);
		const words = ['Kan het vóór de lunch?\nDan is de kamer vrij.',
			'Ja, om 11 uur.'];
		assert.deepEqual(said(await pageOf(await as(requester), number)),
			[[names[0], words[0], 'yes'], [names[1], words[1], null]]);
		assert.deepEqual(said(await pageOf(await as(planner), number)),
			[[names[0], words[0], null], [names[1], words[1], 'yes']]);
	});

test('S9: the other side gets a mail that says there is one, without a word',
	async () => {
		const { number } = await askRepair();
		const secret = `geheim-${newKey()}`;
		const about = async (to, words) => {
			let found;
			await until(`a mail to ${to}`, 20, () => {
				found = mails().find(m => m.headers.to.includes(to) &&
					words.test(m.headers.subject) && m.text.includes(
					number));
				return found;
			});
			return found;
		};
		const { email } = one(`SELECT b.email FROM branch b JOIN request q
			ON q.branch_id = b.id WHERE q.number = ${quote(number)}`);
		await sent(requester, number, secret);
		const branch = await about(email, /bericht van de klant/);
		assert.ok(branch.text.includes(`/supplier/requests/${number}`));
		await sent(planner, number, secret);
		const customer = await about(requester, /Nieuw bericht bij/);
		assert.ok(customer.text.includes(`/requests/${number}`));
		assert.ok(!mails().some(m => m.text.includes(secret)));
	});

test('S9: what is unread is counted, listed and gone once it was seen',
	async () => {
		const { number } = await askRepair();
		const mark = async (email, path) => {
			const page = await (await as(email)).page(
				`${path}?number=${number}`);
			const at = count(page,
				'count(//column[@id="unread"]/preceding-sibling::column) + 1');
			return string(page, `//row[@key="${number}"]/cell[${at}]`);
		};
		const work = await waiting(planner, 'work-messages');
		const other = await waiting(service, 'work-messages');
		const mine = await waiting(requester, 'messages');
		await sent(requester, number, 'Is er al nieuws?');
		assert.equal(await waiting(requester, 'messages'), mine, 'own words');
		assert.equal(await waiting(planner, 'work-messages'), work + 1);
		assert.equal(await waiting(service, 'work-messages'), other + 1);
		assert.equal(await mark(planner, '/supplier/messages'), 'new');
		await pageOf(await as(planner), number);
		assert.equal(await waiting(planner, 'work-messages'), work);
		assert.equal(await mark(planner, '/supplier/messages'), '');
		assert.equal(await waiting(service, 'work-messages'), other + 1,
			'each account for itself');
		await sent(planner, number, 'Morgen.');
		assert.equal(await waiting(service, 'work-messages'), other,
			'a colleague answered');
		assert.equal(await waiting(requester, 'messages'), mine + 1);
		assert.equal(await mark(requester, '/messages'), 'new');
		assert.equal(await mark(colleague, '/messages'), '', 'not for him');
		const listed = await (await as(requester)).page(
			`/messages?number=${number}`);
		const { aid } = one(`SELECT a.number AS aid FROM request q
			JOIN request_line n ON n.request_id = q.id
			JOIN aid a ON a.id = n.aid_id WHERE q.number = ${quote(number)}`);
		const cells = texts(listed, `//row[@key="${number}"]/cell`);
		assert.ok(cells.includes(aid), 'about which aid');
		assert.ok(!cells.includes('Woonzorg Lindenhof'), 'as everywhere');
		await pageOf(await as(requester), number);
		assert.equal(await waiting(requester, 'messages'), mine);
		const unread = await (await as(requester)).page('/messages?unread=new');
		assert.ok(!has(unread, `//row[@key="${number}"]`));
	});

test('S9: who wrote hears the answer too', async () => {
	const { number } = await askRepair();
	const before = await waiting(colleague, 'messages');
	await sent(colleague, number, 'Ook graag de rem nakijken.');
	await sent(planner, number, 'Doen we.');
	assert.equal(await waiting(colleague, 'messages'), before + 1);
	await pageOf(await as(colleague), number);
});

test('C15 S9: a professional reads and writes on a request of hers',
	async () => {
		const { number } = await askRepair();
		sql(`UPDATE request SET portal = 'professional'
			WHERE number = ${quote(number)}`);
		give('requester', professional, number);
		const before = await waiting(professional, 'messages');
		await sent(planner, number, 'Welke maat zitting?', [photo]);
		assert.equal(await waiting(professional, 'messages'), before + 1);
		const user = await as(professional);
		const page = await pageOf(user, number);
		assert.equal(said(page).length, 1);
		assert.equal((await user.get(string(page,
			'//thread/message/photo/@href'))).status, 200);
		await sent(professional, number, 'Maat 45.');
		assert.equal(await waiting(professional, 'messages'), before);
	});

test('S9: another customer reads, writes and opens nothing', async () => {
	const { number } = await askRepair();
	await sent(requester, number, 'Zie bijlage.', [pdf(), photo]);
	const other = await as(stranger);
	for (const path of ['', '/message', '/files/1', '/photos/1'])
		assert.equal((await other.get(`/requests/${number}${path}`)).status,
			404, path);
	const own = await askRepair(stranger);
	const { fields } = await other.form(`/requests/${own.number}`, 'message');
	const answer = await other.post(`/requests/${number}/message`,
		{ ...fields, text: 'Hallo.' });
	assert.equal(answer.status, 404);
	assert.equal(said(await pageOf(await as(requester), number)).length, 1);
});

test('S9: pressed twice it is said once', async () => {
	const { number, user } = await askRepair();
	const form = await user.form(`/requests/${number}`, 'message');
	const fields = { ...form.fields, text: 'Eén keer.' };
	const answers = await Promise.all([1, 2].map(() => sendFiles(user,
		form.action, fields, 'files', [pdf(), photo])));
	assert.deepEqual(answers.map(a => a.status), [303, 303]);
	const page = await pageOf(user, number);
	assert.equal(said(page).length, 1);
	assert.equal(all(page, '//thread//file').length, 1);
	assert.equal(all(page, '//thread//photo').length, 1);
});

test('C28: photos and PDF files go along, in the thread and in a list',
	async () => {
		const { number, user } = await askRepair();
		await sent(requester, number, 'Twee dingen.',
			[photo, pdf('a/../Opdracht van de arts.PDF', 4000)]);
		await sent(planner, number, 'Ons blad.', [pdf('1<2:3.pdf')]);
		const page = await pageOf(user, number);
		assert.deepEqual(all(page, '//thread/message').map(m => [
			count(m, 'count(photo)'), count(m, 'count(file)')]),
		[[1, 1], [0, 1]]);
		assert.ok(!has(page, '//photos[photo]'), 'it is in the thread');
		assert.deepEqual(texts(page, '//files/file/@name'),
			['Opdracht van de arts.pdf', '1_2_3.pdf']);
		assert.ok(has(page, `//files/file[@at][@by][@size="${
			pdf('', 4000)[1].length}"]`));
		const answer = await user.get(`/requests/${number}/files/1`);
		assert.equal(answer.status, 200);
		assert.equal(answer.headers['content-type'], 'application/pdf');
		assert.equal(answer.headers['x-content-type-options'], 'nosniff');
		assert.match(answer.headers['content-disposition'],
			/^attachment; filename="Opdracht_van_de_arts.pdf"/);
		assert.match(String(answer.headers['content-security-policy']),
			/sandbox/);
		assert.deepEqual(answer.body, pdf('', 4000)[1]);
		assert.match((await user.get(`/requests/${number}/files/2`))
			.headers['content-disposition'], /^attachment; filename="1_2_3.pdf"/);
		assert.equal((await user.get(`/requests/${number}/files/3`)).status,
			404);
		const seen = await user.get(`/requests/${number}/photos/1`);
		assert.equal(seen.headers['content-type'], 'image/jpeg');
		assert.ok(!/Exif|GPS/.test(seen.body.toString('latin1')));
	});

test('C21: what was said is not in the PDF of the request', async () => {
	const { number, user } = await askRepair();
	await sent(requester, number, 'Zie foto.', [photo]);
	const { status } = await user.get(`/requests/${number}.pdf`);
	assert.equal(status, 200);
	assert.ok(!one(`SELECT CONVERT(xml USING utf8mb4) AS x FROM document d
		JOIN request q ON q.id = d.subject_id AND d.subject_kind = 'request'
		WHERE q.number = ${quote(number)}`).x.includes('<photo'));
});

const refused = {
	'a text file': [[['lijst.txt', 'geen pdf']],
		/‘lijst.txt’ is geen foto of PDF/],
	'a page that calls itself PDF': [[['x.pdf', '<html><script>1</script>']],
		/‘x.pdf’ is geen foto of PDF/],
	'a PDF that broke off': [[['half.pdf', '%PDF-1.7\n1 0 obj']],
		/‘half.pdf’ is geen foto of PDF/],
	'an empty file': [[['leeg.pdf', '']], /‘leeg.pdf’ kan niet worden gelezen/],
	'11 MB': [[pdf('groot.pdf', 11 << 20)], /‘groot.pdf’ is groter dan 10 MB/],
	'six of them': [Array.from({ length: 6 }, () => pdf()),
		/Kies hoogstens 5 bestanden/],
};

for (const [what, [files, words]] of Object.entries(refused))
	test(`C28: ${what} is told at the field, and what was typed is kept`,
		async () => {
			const { number } = await askRepair();
			const answer = await say(requester, number,
				'Dit stond er al.', files);
			assert.match(errorOf(answer), words);
			assert.ok(answer.text.includes('Dit stond er al.'));
			assert.ok(!answer.text.includes('[['));
			assert.equal(said(await pageOf(await as(requester), number))
				.length, 0);
		});

test('C28: the good ones go along when it is sent again; nothing said is told',
	async () => {
		const { number } = await askRepair();
		const first = await say(requester, number, '',
			[pdf(), photo, ['brief.txt', 'hallo']]);
		assert.match(errorOf(first), /‘brief.txt’/);
		assert.match(first.text, /id="f-text-error">.*Schrijf een bericht/s);
		const [, kept] = /name="kept" value="([^"]*)"/.exec(first.text);
		assert.equal(kept.split(' ').length, 2);
		await sent(requester, number, 'Nu wel.', [pdf('nog-een.pdf')],
			{ kept, keep: 'yes' });
		const page = await pageOf(await as(requester), number);
		assert.equal(all(page, '//thread//file').length, 2);
		assert.equal(all(page, '//thread//photo').length, 1);
		const again = await say(requester, number, 'Nog eens.', [],
			{ kept, keep: 'yes' });
		assert.match(errorOf(again), /Kies ze opnieuw/, 'each once');
	});

test('C28: what another account kept can\'t be sent along', async () => {
	const { number } = await askRepair();
	const first = await say(colleague, number, '', [pdf()]);
	const [, kept] = /name="kept" value="([^"]*)"/.exec(first.text);
	const answer = await say(requester, number, 'Van mij.', [],
		{ kept, keep: 'yes' });
	assert.match(errorOf(answer), /Kies ze opnieuw/);
});

test('S9: 2,000 characters are said, one more is told', async () => {
	const { number } = await askRepair();
	await sent(requester, number, 'é'.repeat(2000));
	assert.equal((await say(requester, number, 'x'.repeat(2001))).status, 422);
});

test('S9: after the end it can be asked about for 30 days, then only read',
	async () => {
		const { number, user } = await askRepair();
		await sent(requester, number, 'Eerste.');
		await accept(number);
		await plan(number);
		await start(number);
		await finish(number);
		await sent(requester, number, 'Hij piept nog.');
		const form = await user.form(`/requests/${number}`, 'message');
		sql(`UPDATE request SET changed_at = UTC_TIMESTAMP() - INTERVAL 32 DAY
			WHERE number = ${quote(number)}`);
		const page = await pageOf(user, number);
		assert.equal(said(page).length, 2);
		assert.ok(has(page, '//note[@id="messages-closed"]'));
		assert.ok(!has(page, '//form[@id="message"]'));
		const late = await user.post(form.action,
			{ ...form.fields, text: 'Te laat.' });
		assert.equal(late.location, `/requests/${number}`);
		const told = await pageOf(user, number);
		assert.ok(has(told, '//messages/message[@id="message.closed"]'));
		assert.equal(said(told).length, 2);
	});

test('C7 S9: who has gone keeps his name under what he wrote', async () => {
	const { number, user } = await askRepair();
	await sent(requester, number, 'Van vroeger.');
	sql(`UPDATE request_message m JOIN request q ON q.id = m.request_id
		SET m.account_id = (SELECT id FROM account
			WHERE email = ${quote(colleague)})
		WHERE q.number = ${quote(number)}`);
	assert.equal(said(await pageOf(user, number))[0][0], one(`SELECT name
		FROM account WHERE email = ${quote(requester)}`).name);
});

test('X9 C27: a message is in no log, and the page with it logs the client',
	async () => {
		const { number, user } = await askRepair(requester,
			{ client: `dhr. ${newKey().slice(0, 8)}` });
		const secret = `woord${newKey()}`;
		await sent(requester, number, secret, [pdf()]);
		const seen = () => Number(one(`SELECT COUNT(*) AS n FROM audit
			WHERE subject = ${quote(`request ${number}`)}
			AND action = 'view'`).n);
		const before = seen();
		await user.get(`/requests/${number}/files/1`);
		await user.get(`/requests/${number}/message`);
		assert.equal(seen(), before + 2);
		const { PORT = '8443' } = process.env;
		const log = readFileSync(`${root}/var/${PORT}/log/portal.log`, 'utf8');
		assert.ok(!log.includes(secret));
		assert.deepEqual(values(`SELECT COUNT(*) FROM audit
			WHERE subject LIKE ${quote(`%${secret}%`)}`), ['0']);
	});
