// Every printed sheet, by our formatter and by Apache FOP (C21, C22, I10).
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { pdfFaults } from '../lib/document.js';
import { draw, drawByFop, join, letters, structure, tablesOf, tablesOfFo,
	textOf, toFo, wordsOfFo } from '../lib/paper.js';
import { root, run } from '../lib/portal.js';
import { test } from '../lib/tap.js';

const read = path => readFileSync(`${root}/tests/fixtures/${path}`, 'utf8');

const long = 'Verstelbare rugleuning '.repeat(9).slice(0, 200);
const typed = 'Cliënt geïnteresseerd, kosten € 1.577,23: de ' +
	'revalidatiecentrummedewerkster en de cliëntondersteuningsmedewerker ' +
	'overleggen over verantwoordelijkheidsverdeling; ½ uur, 21 °C — “zo”. ';

// A request for so many products, the first of which has a long name.
function manyAids(xml, count) {
	const one = /<aid .*?<\/aid>/s.exec(xml)[0];
	const aids = [...Array(count)].map((_, i) => one
		.replace(/<qr.*?\/>/s, qr => i ? '' : qr)
		.replace(/number="\d+"/, `number="${300000 + i}"`)
		.replace(/type="[^"]*"/, `type="${i ? `Tillo ${i}` : long}"`));
	return xml.replace(/(<aids>).*(<\/aids>)/s,
		(_, open, close) => open + aids.join('') + close)
		.replace(/(<text [^>]*>)[^<]*/, `$1${typed.repeat(6)}`);
}

// The same aid after so many repairs.
function longLife(xml, count) {
	const one = /<event kind="repair".*?<\/event>/s.exec(xml)[0];
	return xml.replace('</events>', [...Array(count)].map((_, i) => one
		.replace('2024-001341', `2025-${100000 + i}`)).join('') + '</events>');
}

const sources = {
	request: [manyAids(read('print/request.xml'), 3),
		manyAids(read('print/request.xml'), 24)],
	certificate: [read('print/certificate.xml')],
	labels: [read('print/labels.xml')],
	life: [read('print/life.xml'), longLife(read('print/life.xml'), 40)
		.replace('costs="yes"', '')],
	rounds: [read('print/rounds.xml')],
	list: [read('page/aids.xml'), read('page/actions.xml'),
		read('page/aids-empty.xml')],
};
const drawn = {};

// Drawn once, for all tests: formatting objects, and the PDF of each.
function documents() {
	if (!drawn.list) {
		drawn.list = Object.entries(sources).flatMap(([sheet, list]) =>
			list.map(xml => toFo(sheet, xml)));
		drawn.ours = drawn.list.map((fo, i) => draw(fo, `sheet${i}`));
	}
	return drawn;
}

test('C21 I10: every stylesheet is among them', () => {
	const sheets = readdirSync(`${root}/xslt/print`)
		.map(name => /^(.*)\.fo\.xsl$/.exec(name)?.[1]).filter(Boolean);
	assert.deepEqual(sheets.sort(), Object.keys(sources).sort());
});

const heard = {};
const hear = pdf => (heard[pdf] ??= structure(pdf));

test('C21 I10: a reader hears what was written, in its order', () => {
	const { list, ours } = documents();
	for (const [i, fo] of list.entries())
		assert.equal(letters(textOf(hear(ours[i]))), wordsOfFo(fo));
});

test('C21 I10: each word stands in its cell', () => {
	const { list, ours } = documents();
	for (const [i, fo] of list.entries())
		assert.deepEqual(tablesOf(hear(ours[i])), tablesOfFo(fo));
});

test('C21 I10: what is copied from the page is what was written', () => {
	const { list, ours } = documents();
	for (const [i, fo] of list.entries()) {
		const text = letters(run('pdftotext', ['-raw', ours[i], '-']));
		for (const cell of tablesOfFo(fo).flat(2))
			assert.ok(text.includes(cell), cell);
	}
});

// Of the typed words those that the end of a line broke: none is broken where
// Dutch does not.
function brokenWords(text) {
	const broken = [...text.matchAll(/(\p{L}+)\u00ad\s*\n(\p{L}+)/gu)]
		.map(([, before, after]) => `${before}-${after}`);
	const syllables = 're-va-li-da-tie-cen-trum-me-de-werk-ster ' +
		'cli-ënt-on-der-steu-nings-me-de-wer-ker ver-ant-woor-de-lijk-heids-' +
		'ver-de-ling over-leg-gen ge-ïn-te-res-seerd kos-ten';
	for (const word of broken) {
		const [before, after] = word.split('-');
		const whole = syllables.split(' ')
			.find(s => s.replaceAll('-', '') === before + after);
		assert.ok(whole, word);
		let cut = '';
		const cuts = whole.split('-').map(part => (cut += part));
		assert.ok(cuts.includes(before), word);
	}
	return broken.length;
}

test('C21: typed text keeps its signs, and is hyphenated as Dutch is', () => {
	const { list, ours } = documents();
	const words = pdf => run('pdftotext', ['-raw', pdf, '-']);
	const text = words(ours[0]);
	assert.ok(letters(text).includes(letters(typed)));
	assert.ok(brokenWords(text) > 0);
	assert.equal(brokenWords(words(draw(list[0]
		.replaceAll('hyphenate="true"', 'hyphenate="false"'), 'whole'))), 0);
	assert.throws(() => brokenWords('reval\u00ad\nidatiecentrummedewerkster'));
});

const pagesOf = pdf => run('pdftotext', ['-raw', pdf, '-'])
	.split('\f').slice(0, -1);

// The pages that show products, and those of them without the header.
function headers(pdf) {
	const pages = pagesOf(pdf).filter(page => /300[ \u00a0]\d{3}/.test(page));
	return { pages: pages.length, without: pages.filter(page =>
		page.split('Serienummer').length !== 2).length };
}

let lots;
const many = () => (lots ??= (() => {
	const fo = toFo('request', manyAids(read('print/request.xml'), 200));
	return { fo, pdf: draw(fo, 'many') };
})());

// The structure of so much is slow to be read: that of 24 is, above.
test('C21: 200 products over pages, each with the header', () => {
	const { fo, pdf } = many();
	const found = headers(pdf);
	assert.ok(found.pages >= 4, `${found.pages} pages`);
	assert.equal(found.without, 0);
	const text = letters(pagesOf(pdf).join(''));
	for (const cell of tablesOfFo(fo).flat(2))
		assert.ok(text.includes(cell), cell);
	assert.ok(text.includes(letters(long)));
	assert.ok(headers(documents().ours[1]).pages >= 2);
	assert.equal(headers(documents().ours[1]).without, 0);
	const bare = fo.replace(/<fo:table-header>(.*?)<\/fo:table-header>(\s*)<fo:table-body>/gs,
		'<fo:table-body>$1');
	assert.ok(headers(draw(bare, 'bare')).without > 0, 'it would be missed');
});

test('S7 I12: a long life goes over pages, each with the header', () => {
	const fo = toFo('life', longLife(read('print/life.xml'), 200));
	const pages = pagesOf(draw(fo, 'life'));
	const shown = pages.filter(page => /2025-100[ \u00a0]\d{3}/.test(page));
	assert.ok(shown.length >= 6, `${shown.length} pages`);
	for (const page of shown)
		assert.match(page, /Aanvraag/);
	assert.equal(pages.join('').match(/2025-100[ \u00a0]\d{3}/g).length, 200);
});

// Words where they stand; what lies outside the page or over another word.
function misplaced(pdf) {
	const html = run('pdftotext', ['-bbox', pdf, '-']);
	return html.split('<page ').slice(1).flatMap(page => {
		const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/
			.exec(page).map(Number);
		const words = [...page.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g)]
			.map(([, left, top, right, bottom, text]) => ({ left: +left,
				top: +top, right: +right, bottom: +bottom, text }));
		return words.filter((a, i) => a.left < 20 || a.top < 10 ||
			a.right > width - 20 || a.bottom > height - 10 ||
			words.slice(i + 1).some(b =>
				Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
				Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) >
					0.5 * (a.bottom - a.top)))
			.map(word => word.text);
	});
}

test('C21 I10: a name of 200 characters, and all else, has room of its own',
	() => {
		assert.equal(long.length, 200);
		for (const pdf of [...documents().ours, many().pdf])
			assert.deepEqual(misplaced(pdf), []);
		const narrow = documents().list[0].replace(long,
			long.replaceAll(' ', '\u00a0'));
		assert.ok(narrow !== documents().list[0]);
		assert.deepEqual(misplaced(draw(narrow, 'one-word')), []);
		assert.ok(misplaced(draw(documents().list[0].replaceAll(
			/line-height="[^"]*"/g, 'line-height="3pt"'), 'dense')).length > 0);
	});

test('C21 I10: the file is sound, its fonts are subsets and embedded', () => {
	for (const pdf of [...documents().ours, many().pdf]) {
		assert.equal(pdfFaults(readFileSync(pdf)), '');
		const fonts = run('pdffonts', [pdf]).trim().split('\n').slice(2);
		assert.ok(fonts.length > 0);
		for (const font of fonts)
			assert.match(font, /^[A-Z]{6}\+.* yes yes yes +\d+ +\d+$/);
		assert.match(run('pdfinfo', [pdf]), /Tagged: +yes/);
	}
	const bytes = readFileSync(many().pdf);
	assert.notEqual(pdfFaults(bytes.subarray(0, bytes.length / 2)), '');
	assert.notEqual(pdfFaults(Buffer.concat([bytes.subarray(0, 2000),
		Buffer.from('x'), bytes.subarray(2000)])), '');
});

// FOP draws the hyphen at the end of a line as one.
const plain = text => letters(text).replaceAll('-', '');

test('C21 I10: Apache FOP draws the same words in the same cells', () => {
	const { list } = documents();
	const theirs = structure(drawByFop(join(list), 'joined'));
	const text = plain(textOf(theirs));
	assert.deepEqual(tablesOf(theirs), list.flatMap(tablesOfFo));
	for (const fo of list)
		assert.ok(text.includes(plain(wordsOfFo(fo))));
});

// On the place of each label, whatever stands on those before it.
const sizes = {
	'a4-24': { width: 70, height: 37, gap: '', columns: 3, rows: 8,
		left: 0, top: 0.5, page: [210, 297] },
	'a4-14': { width: 99.1, height: 38.1, gap: 2.5, columns: 2, rows: 7,
		left: 4.6, top: 15.1, page: [210, 297] },
	'a4-65': { width: 38.1, height: 21.2, gap: 2.5, columns: 5, rows: 13,
		left: 4.7, top: 10.7, page: [210, 297] },
	'roll-62': { width: 62, height: 29, gap: '', columns: 1, rows: 1,
		left: 0, top: 0, page: [62, 29] },
};

test('X1: two sheets full of the longest names are two sheets', () => {
	const xml = read('print/labels.xml')
		.replace(/(<brand [^>]*name=")[^"]*/, `$1${'W'.repeat(100)}`);
	const [label] = /<label number="999999".*?<\/label>/s.exec(xml);
	for (const [size, s] of Object.entries(sizes)) {
		const row = `<row>${label.repeat(s.columns)}</row>`;
		const sheet = `<sheet>${row.repeat(s.rows)}</sheet>`;
		const mm = n => `${n.toFixed(1)}mm`;
		const pdf = draw(toFo('labels', xml.replace(/<labels.*<\/labels>/s,
			`<labels size="${size}" page-width="${mm(s.page[0])}"
				page-height="${mm(s.page[1])}" left="${mm(s.left)}"
				top="${mm(s.top)}" width="${mm(s.width)}"
				height="${mm(s.height)}" columns="${s.columns}"
				${s.gap && `gap="${mm(s.gap)}"`}>${sheet}${sheet}</labels>`)),
		size);
		assert.match(run('pdfinfo', [pdf]), /Pages: +2\n/, size);
		const places = [...run('pdftotext', ['-bbox', pdf, '-'])
			.matchAll(/xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>999(?:\u00a0999)?</g)];
		const point = 72 / 25.4;
		const lines = new Set(places.map(p => Math.round(Number(p[2]))));
		assert.equal(lines.size, s.rows, `${size}: rows`);
		const [first] = places;
		const below = places.find(p => Number(p[2]) > Number(first[2]) + 9);
		if (below)
			assert.ok(Math.abs(below[2] - first[2] - s.height * point) < 0.1,
				`${size}: ${below[2] - first[2]}`);
	}
});
