// A form with a file, as a browser sends it.
import { newKey } from './load.js';

// fields: its tokens and what else it has; bytes undefined: no file.
export function upload(user, path, fields, bytes, filename = 'bestand.csv') {
	const mark = `----${newKey()}`;
	const part = (head, body) => Buffer.concat([Buffer.from(
		`--${mark}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
	Buffer.from(body), Buffer.from('\r\n')]);
	const body = Buffer.concat([
		...Object.entries(fields)
			.map(([name, value]) => part(`name="${name}"`, value)),
		...bytes === undefined ? [] : [part(`name="file"; filename="${
			filename}"\r\nContent-Type: text/csv`, bytes)],
		Buffer.from(`--${mark}--\r\n`)]);
	return user.request('POST', path, { body, headers: {
		'content-type': `multipart/form-data; boundary=${mark}` } });
}

// [line, column, what] of each error on the page of an import.
export const mistakes = answer => [...answer.text.matchAll(
	/<tr role="row">(?:(?!<\/tr>).)*<\/tr>/gs)].slice(1).map(m =>
	[...m[0].matchAll(/<t[hd] role="(?:rowheader|cell)"[^>]*>(.*?)<\/t[hd]>/gs)]
		.map(c => c[1].replace(/<[^>]*>/g, '').trim()));
