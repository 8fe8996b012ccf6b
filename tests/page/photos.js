// Photos with a repair: sent from a phone, seen by who sees the request
// (X1, C16, I14).
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { pdfFaults, pdfImages } from '../lib/document.js';
import { freeAid, planner, requester, stranger } from '../lib/flow.js';
import { newKey } from '../lib/load.js';
import { sendFiles } from '../lib/multipart.js';
import { one, quote, root } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { all, has, string } from '../lib/xml.js';

const read = name => readFileSync(`${root}/tests/fixtures/photo/${name}`);
const picture = (name = 'plain.jpg', as = name) => [as, read(name)];
const defect = 'De zitting is gescheurd.';

const send = (user, { action, fields }, files, changes = {}) =>
	sendFiles(user, action, { ...fields, defect, ...changes }, 'photos', files);

const formOf = async (user, aid = freeAid(user.email)) =>
	user.form(`/aids/${aid}/repair`, 'repair');

const numberOf = answer =>
	/^\/requests\/([\d-]+)\/sent$/.exec(answer.location)?.[1] ??
	assert.fail(`${answer.status} ${answer.location} ${answer.text
		?.match(/<p class="error".*?<\/p>/gs)}`);

async function asked(files) {
	const user = await as(requester);
	return numberOf(await send(user, await formOf(user), files));
}

const errorOf = answer => {
	assert.equal(answer.status, 422);
	return /id="f-photos-error">.*?<\/p>/s.exec(answer.text)?.[0]
		.replace(/<[^>]*>/g, '').trim();
};

// Width and height of a JPEG, and whether it says more than pixels.
function jpeg(bytes) {
	assert.equal(bytes.subarray(0, 3).toString('hex'), 'ffd8ff');
	for (let at = 2; at < bytes.length;) {
		const kind = bytes[at + 1];
		assert.ok(kind !== 0xe1 && kind !== 0xfe, 'no metadata');
		if (kind >= 0xc0 && kind <= 0xc2)
			return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
		at += 2 + bytes.readUInt16BE(at + 2);
	}
	return assert.fail('no JPEG');
}

test('X1 I14: the form takes pictures, several, with and without script',
	async () => {
		const user = await as(requester);
		const aid = freeAid(requester);
		const { text } = await user.get(`/aids/${aid}/repair`);
		assert.match(text, /<form[^>]*enctype="multipart\/form-data"/);
		const [input] = /<input[^>]*name="photos"[^>]*>/.exec(text);
		for (const words of ['type="file"', 'accept="image/*"', 'multiple'])
			assert.ok(input.includes(words), words);
	});

test('X1: no photo is a repair too, and so is a form without files',
	async () => {
		const user = await as(requester);
		const none = numberOf(await send(user, await formOf(user), []));
		assert.ok(!has(await user.page(`/requests/${none}`), '//photos'));
		const { action, fields } = await formOf(user);
		numberOf(await user.post(action, { ...fields, defect }));
	});

test('X1: of each kind, upright, without place or words, whole and small',
	async () => {
		const user = await as(requester);
		const number = await asked([picture('gps.jpg'), picture('plain.png'),
			picture('plain.webp'), picture('plain.heic')]);
		const page = await user.page(`/requests/${number}`);
		const photos = all(page, '//photos/photo');
		assert.deepEqual(photos.map(p => [p.getAttribute('width'),
			p.getAttribute('height')].join('x')),
		['300x400', '400x300', '400x300', '400x300']);
		for (const [i, photo] of photos.entries()) {
			const href = photo.getAttribute('href');
			assert.equal(href, `/requests/${number}/photos/${i + 1}`);
			for (const path of [href, `${href}?size=small`]) {
				const answer = await user.get(path);
				assert.equal(answer.headers['content-type'], 'image/jpeg');
				assert.equal(jpeg(answer.body).join('x'),
					i ? '400x300' : '300x400');
				assert.ok(!/Exif|GPS|ICC_PROFILE|53\.2194/.test(
					answer.body.toString('latin1')), path);
			}
		}
		assert.equal((await user.get(`/requests/${number}/photos/5`)).status,
			404);
	});

test('X1: the whole request goes once, however often the button is pressed',
	async () => {
		const user = await as(requester);
		const form = await formOf(user);
		const answers = await Promise.all([1, 2].map(() =>
			send(user, form, [picture()])));
		const [number] = answers.map(numberOf);
		assert.equal(answers[1].location, answers[0].location);
		assert.equal(one(`SELECT COUNT(*) AS n FROM photo p
			JOIN request q ON q.id = p.request_id
			WHERE q.number = ${quote(number)}`).n, '1');
	});

test('X1: planner and requester see them; another customer sees nothing',
	async () => {
		const number = await asked([picture()]);
		const plans = await as(planner);
		const page = await plans.page(`/supplier/requests/${number}`);
		const href = string(page, '//photos/photo/@href');
		assert.equal(href, `/supplier/requests/${number}/photos/1`);
		assert.equal((await plans.get(href)).status, 200);
		const path = `/requests/${number}/photos/1`;
		assert.equal((await (await as(requester)).get(path)).status, 200);
		assert.equal((await (await as(stranger)).get(path)).status, 404);
	});

test('C27: whoever sees the photo of a client\'s request is logged',
	async () => {
		const user = await as(requester);
		const number = numberOf(await send(user, await formOf(user),
			[picture()], { client: `Mw. ${newKey().slice(0, 8)}` }));
		const count = () => Number(one(`SELECT COUNT(*) AS n FROM audit
			WHERE subject = ${quote(`request ${number}`)}
			AND action = 'view'`).n);
		const before = count();
		await user.get(`/requests/${number}/photos/1`);
		assert.equal(count(), before + 1);
	});

const refused = {
	'a file that is no picture': [[['verslag.jpg', 'geen foto']],
		/‘verslag.jpg’ is geen foto/],
	'a drawing that calls itself JPEG': [[['x.jpg', '<svg xmlns=' +
		'"http://www.w3.org/2000/svg" width="9" height="9"/>']],
	/‘x.jpg’ is geen foto/],
	'a bomb': [[picture('bomb.png')], /‘bomb.png’ heeft te veel beeldpunten/],
	'one that broke off': [[['half.png', read('plain.png')
		.subarray(0, 9000)]], /‘half.png’ kan niet worden gelezen/],
	'nothing but a beginning': [[['kop.jpg', read('plain.jpg')
		.subarray(0, 20)]], /‘kop.jpg’ kan niet worden gelezen/],
	'an empty file': [[['leeg.jpg', '']], /‘leeg.jpg’ kan niet worden gelezen/],
	'11 MB': [[['groot.jpg', Buffer.concat([read('plain.jpg'),
		randomBytes(11 << 20)])]], /‘groot.jpg’ is groter dan 10 MB/],
	'six of them': [[...Array(6)].map(() => picture()),
		/Kies hoogstens 5 foto/],
};

for (const [what, [files, words]] of Object.entries(refused))
	test(`X1: ${what} is told at the field, and what was typed is kept`,
		async () => {
			const user = await as(requester);
			const form = await formOf(user);
			const answer = await send(user, form, files,
				{ message: 'Graag voor 12 uur.' });
			assert.match(errorOf(answer), words);
			assert.ok(answer.text.includes(defect));
			assert.ok(answer.text.includes('Graag voor 12 uur.'));
			assert.ok(!answer.text.includes('[['));
		});

test('X1: five of 9 MB are taken; more than 51 MB together is refused',
	async () => {
		const user = await as(requester);
		const large = ['groot.jpg',
			Buffer.concat([read('plain.jpg'), randomBytes(9 << 20)])];
		numberOf(await send(user, await formOf(user), Array(5).fill(large)));
		const answer = await send(user, await formOf(user), [['g.jpg',
			randomBytes(52 << 20)]]).catch(() => ({ status: 413 }));
		assert.equal(answer.status, 413);
	}, { seconds: 120 });

test('X1: the good ones of a form with errors go along when it is sent again',
	async () => {
		const user = await as(requester);
		const first = await send(user, await formOf(user),
			[picture('plain.png'), ['brief.txt', 'hallo'], picture('gps.jpg')],
			{ contact_phone: 'x' });
		assert.match(errorOf(first), /‘brief.txt’/);
		const [, kept] = /name="kept" value="([^"]*)"/.exec(first.text);
		assert.equal(kept.split(' ').length, 2);
		assert.match(first.text, /name="keep" value="yes" checked/);
		const again = await formOf(user);
		const number = numberOf(await send(user, again, [picture()],
			{ kept, keep: 'yes' }));
		assert.equal(all(await user.page(`/requests/${number}`),
			'//photos/photo').length, 3);
		const gone = await send(user, await formOf(user), [],
			{ kept, keep: 'yes' });
		assert.match(errorOf(gone), /Kies ze opnieuw/, 'each once');
		const unticked = await send(user, await formOf(user), [picture(),
			['brief.txt', 'hallo']], {});
		const code = /name="kept" value="([^"]*)"/.exec(unticked.text)[1];
		const without = numberOf(await send(user, await formOf(user), [],
			{ kept: code }));
		assert.ok(!has(await user.page(`/requests/${without}`), '//photos'));
	});

test('X1: what another account kept can\'t be sent along', async () => {
	const user = await as('rol3@lindenhof.example');
	const first = await send(user, await formOf(user),
		[picture(), ['brief.txt', 'hallo']]);
	const [, kept] = /name="kept" value="([^"]*)"/.exec(first.text);
	const other = await as(requester);
	assert.match(errorOf(await send(other, await formOf(other), [],
		{ kept, keep: 'yes' })), /Kies ze opnieuw/);
	assert.equal(one(`SELECT request_id FROM photo
		WHERE code = ${quote(kept)}`).request_id, null);
});

test('X1 C21: the PDF has them, as they are', async () => {
	const user = await as(requester);
	const number = await asked([picture('gps.jpg'), picture('plain.png'),
		picture('plain.webp')]);
	const { status, body } = await user.get(`/requests/${number}.pdf`);
	assert.equal(status, 200);
	assert.equal(pdfFaults(body), '');
	const photos = pdfImages(body).filter(i => i.enc === 'jpeg');
	assert.deepEqual(photos.map(i => `${i.width}x${i.height} ${i.interp}`),
		['300x400 no', '400x300 no', '400x300 no']);
});

test('X1: no file of it is left in the file system', () => {
	assert.deepEqual(readdirSync('/tmp')
		.filter(name => /^hulpbalie-\w{6}$/.test(name) &&
			!name.includes('.')).filter(name => {
			try {
				readdirSync(`/tmp/${name}`);
				return false;
			} catch {
				return true;
			}
		}), []);
});
