// A form with files as a browser sends it: files are [name, bytes].
import { newKey } from './load.js';

export async function sendFiles(user, action, fields, field, files) {
	const mark = `----${newKey()}`;
	const part = (head, body) => Buffer.concat([Buffer.from(
		`--${mark}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
	Buffer.from(body), Buffer.from('\r\n')]);
	const chosen = files.length ? files : [['', '']];
	const body = Buffer.concat([
		...Object.entries(fields)
			.map(([name, value]) => part(`name="${name}"`, value)),
		...chosen.map(([name, bytes]) => part(
			`name="${field}"; filename="${name}"\r\n` +
			'Content-Type: application/octet-stream', bytes)),
		Buffer.from(`--${mark}--\r\n`)]);
	return user.request('POST', action, { body, headers: {
		'content-type': `multipart/form-data; boundary=${mark}` } });
}
