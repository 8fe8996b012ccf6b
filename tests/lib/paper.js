// Documents as XSL-FO, and as the PDF that a formatter makes of it: what
// stands in them, and how a reader of the PDF hears it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { root, run } from './portal.js';
import { all, parse } from './xml.js';

const folder = mkdtempSync(`${tmpdir()}/hulpbalie-print-`);
process.on('exit', () => rmSync(folder, { recursive: true }));
const brand = `${root}/conf/brand/zorgmiddelen-noord`;

// A document's XML through its stylesheet, to formatting objects.
export function toFo(sheet, xml) {
	writeFileSync(`${folder}/in.xml`, xml);
	run('build/fo', [sheet, `${folder}/in.xml`, `${folder}/out.fo`]);
	return readFileSync(`${folder}/out.fo`, 'utf8');
}

// Several documents as one, so that a formatter starts once.
export function join(documents) {
	const parts = documents.map((fo, i) => fo
		.replaceAll('"sheet"', `"sheet${i}"`)
		.replaceAll('"all"', `"all${i}"`));
	const masters = parts.map(fo =>
		/<fo:simple-page-master.*<\/fo:simple-page-master>/s.exec(fo)[0]);
	const pages = parts.map(fo =>
		/<fo:page-sequence.*<\/fo:page-sequence>/s.exec(fo)[0]);
	return parts[0]
		.replace(/<fo:simple-page-master.*<\/fo:simple-page-master>/s,
			() => masters.join(''))
		.replace(/<fo:page-sequence.*<\/fo:page-sequence>/s,
			() => pages.join(''));
}

// Drawn by ours; the PDF's path.
export function draw(fo, name) {
	writeFileSync(`${folder}/${name}.fo`, fo);
	run('build/fo', ['-', `${folder}/${name}.fo`, `${folder}/${name}.pdf`]);
	return `${folder}/${name}.pdf`;
}

// Drawn by Apache FOP, tagged.
export function drawByFop(fo, name) {
	const conf = readFileSync(`${root}/tests/print/fop.conf.in`, 'utf8');
	writeFileSync(`${folder}/fop.conf`,
		conf.replace('@BRAND@', `file://${brand}/`));
	writeFileSync(`${folder}/${name}.fo`, fo);
	run('fop', ['-q', '-a', '-c', `${folder}/fop.conf`, `${folder}/${name}.fo`,
		'-pdf', `${folder}/${name}-fop.pdf`], { stdio: 'pipe' });
	return `${folder}/${name}-fop.pdf`;
}

// Letters alone: where lines end is the formatter's business.
export const letters = text =>
	text.replace(/\u00ad\s*|[\s\u00a0\u200b]/g, '');

// The structure tree: { role, text, children }.
export function structure(pdf) {
	const top = { role: 'Root', text: '', children: [], depth: -1 };
	const open = [top];
	for (const line of run('pdfinfo', ['-struct-text', pdf]).split('\n')) {
		const [, indent, rest] = /^( *)(.*)$/.exec(line);
		const text = /^"(.*)"$/.exec(rest);
		const element = /^([A-Z][A-Za-z0-9]*)( "[^"]*")?( \(\w+\))?:?$/
			.exec(rest);
		while (open.at(-1).depth >= indent.length)
			open.pop();
		const parent = open.at(-1);
		if (text) {
			parent.children.push({ role: '', text: text[1], children: [] });
		} else if (element) {
			const node = { role: element[1], text: '', children: [],
				depth: indent.length };
			parent.children.push(node);
			open.push(node);
		}
	}
	return top;
}

export const textOf = node =>
	node.text + node.children.map(textOf).join('');

const within = (node, wanted) => node.children.flatMap(child =>
	wanted(child) ? [child] : within(child, wanted));

// Tables as rows of cells, as a reader of the PDF hears them.
export const tablesOf = tree => within(tree, n => n.role === 'Table')
	.map(table => within(table, n => n.role === 'TR').map(row =>
		within(row, n => n.role === 'TH' || n.role === 'TD')
			.map(cell => letters(textOf(cell)))));

const heard = node => letters([...node.childNodes].map(n =>
	n.nodeType === 3 ? n.data : n.nodeType === 1 ? heard(n) : '').join(''));

// The same of the formatting objects: tables that only place are none.
export function tablesOfFo(fo) {
	return all(parse(fo), '//*[local-name()="flow"]//*[local-name()="table"]' +
		'[not(@role="NonStruct")]').map(table =>
		all(table, './*/*[local-name()="table-row"]').map(row =>
			all(row, './*').map(heard)));
}

// All the words of the flow, in their order.
export const wordsOfFo = fo =>
	all(parse(fo), '//*[local-name()="flow"]').map(heard).join('');
