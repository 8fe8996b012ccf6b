// What came out as PDF, Excel or mail.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync }
	from 'node:fs';
import { tmpdir } from 'node:os';
import { spawnSync } from 'node:child_process';
import { folder, run, until } from './portal.js';

function withFile(name, bytes, body) {
	const dir = mkdtempSync(`${tmpdir()}/hulpbalie-`);
	try {
		writeFileSync(`${dir}/${name}`, bytes);
		return body(`${dir}/${name}`);
	} finally {
		rmSync(dir, { recursive: true });
	}
}

// The words of a PDF, in the order in which they were drawn.
export const pdfText = (bytes, options = ['-raw']) =>
	withFile('x.pdf', bytes, file =>
		run('pdftotext', [...options, file, '-']));

// The pictures in a PDF: width, height, enc, interp as pdfimages has them.
export const pdfImages = bytes => withFile('x.pdf', bytes, file => {
	const [head, , ...rows] = run('pdfimages', ['-list', file]).trim()
		.split('\n').map(line => line.trim().split(/ +/));
	return rows.map(row => Object.fromEntries(row.map((v, i) => [head[i], v])));
});

// What the QR codes on the first page say, as a camera sees them.
export const pdfScans = bytes => withFile('x.pdf', bytes, file => {
	run('pdftoppm', ['-r', '200', '-l', '1', '-singlefile', '-png', file,
		file]);
	const seen = spawnSync('zbarimg', ['-q', '--raw', `${file}.png`],
		{ encoding: 'utf8' });
	return seen.stdout.trim().split('\n').filter(Boolean);
});

export const pdfInfo = bytes => withFile('x.pdf', bytes, file =>
	Object.fromEntries(run('pdfinfo', [file]).split('\n')
		.map(line => /^([^:]+):\s*(.*)$/.exec(line)).filter(Boolean)
		.map(found => [found[1], found[2]])));

// What qpdf finds wrong; "" is nothing.
export const pdfFaults = bytes => withFile('x.pdf', bytes, file => {
	const check = spawnSync('qpdf', ['--check', file], { encoding: 'utf8' });
	return check.status === 0 ? '' : check.stdout + check.stderr;
});

const entities = { lt: '<', gt: '>', amp: '&', quot: '"', apos: '\'' };
const unescape = text => text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi,
	(_, dec, hex, name) => name ? entities[name]
		: String.fromCodePoint(dec ? Number(dec) : parseInt(hex, 16)));
const inner = (xml, name) => [...xml.matchAll(new RegExp(
	`<${name}(?:\\s([^>]*?))?(?:/>|>([\\s\\S]*?)</${name}>)`, 'g'))]
	.map(([, attributes = '', text = '']) => ({ attributes, text }));
const textOf = (xml, name) => inner(xml, name)
	.map(found => unescape(found.text)).join('');

// The first sheet: rows of cells { type, value, formula }; s is text.
export const xlsxRows = bytes => withFile('x.xlsx', bytes, file => {
	const part = name => spawnSync('unzip', ['-p', file, name],
		{ encoding: 'utf8', maxBuffer: 1 << 28 }).stdout;
	const strings = inner(part('xl/sharedStrings.xml'), 'si')
		.map(si => textOf(si.text, 't'));
	return inner(part('xl/worksheets/sheet1.xml'), 'row').map(row =>
		inner(row.text, 'c').map(({ attributes, text }) => {
			const type = /\bt="(\w+)"/.exec(attributes)?.[1] ?? 'n';
			const formula = text.includes('<f');
			if (type === 's')
				return { type, value: strings[textOf(text, 'v')], formula };
			return type === 'inlineStr'
				? { type: 's', value: textOf(text, 't'), formula }
				: { type, value: textOf(text, 'v'), formula };
		}));
});

const decodeWord = text => text
	.replace(/\?=\s+=\?/g, '?==?')
	.replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind, body) =>
		kind.toLowerCase() === 'b'
			? Buffer.from(body, 'base64').toString()
			: quoted(body.replace(/_/g, ' ')));

const quoted = text => Buffer.from(text.replace(/=\r?\n/g, '')
	.replace(/=([0-9A-F]{2})/gi, (_, hex) =>
		String.fromCharCode(parseInt(hex, 16))), 'latin1').toString();

// One part of a message: headers, and its bytes or its own parts.
function readPart(text) {
	const gap = /\r?\n\r?\n/.exec(text);
	const headers = {};
	for (const line of text.slice(0, gap.index).replace(/\r?\n[ \t]+/g, ' ')
		.split(/\r?\n/)) {
		const [, name, value] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
		if (name)
			headers[name.toLowerCase()] = decodeWord(value);
	}
	const body = text.slice(gap.index + gap[0].length);
	const type = headers['content-type'] ?? 'text/plain';
	const boundary = /boundary="?([^";]+)"?/.exec(type);
	if (boundary)
		return { headers, type, parts: body.split(`--${boundary[1]}`)
			.slice(1, -1).map(part => readPart(part.replace(/^\r?\n/, ''))) };
	const encoding = headers['content-transfer-encoding'] ?? '';
	return { headers, type, bytes: /base64/i.test(encoding)
		? Buffer.from(body, 'base64')
		: /quoted/i.test(encoding) ? Buffer.from(quoted(body))
			: Buffer.from(body, 'latin1') };
}

const leaves = part => part.parts ? part.parts.flatMap(leaves) : [part];

// A message as a sink keeps it.
export function readMail(bytes) {
	const whole = readPart(bytes.toString('latin1'));
	const parts = leaves(whole);
	const text = type => parts.find(p => p.type.startsWith(type))?.bytes
		.toString().replace(/\r\n/g, '\n') ?? '';
	return { headers: whole.headers, text: text('text/plain'),
		html: text('text/html'),
		pdf: parts.find(p => p.type.startsWith('application/pdf'))?.bytes,
		source: bytes.toString('latin1') };
}

const mailNames = () => readdirSync(`${folder}/mail`)
	.filter(name => name.endsWith('.eml')).sort();
const read = new Map();

// What is in the sink.
export const mails = () => mailNames().map(name => {
	if (!read.has(name))
		read.set(name, readMail(readFileSync(`${folder}/mail/${name}`)));
	return read.get(name);
});

const flat = text => text.replace(/\s/g, '');

// Waits for a message about a request that a function accepts.
export const mailAbout = (number, accepts = () => true, seconds = 30) =>
	until(`a mail about ${number}`, seconds, () => mails().find(m =>
		flat(m.headers.subject + m.text).includes(number) && accepts(m)));
