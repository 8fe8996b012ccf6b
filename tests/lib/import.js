// Tables of things, as their pages read them (engine/import.h).
import { sendFiles } from './multipart.js';

// The form that is at that path, with a file; bytes undefined: none.
export async function upload(user, path, id, bytes, fields = {}) {
	const form = await user.form(path, id);
	return sendFiles(user, form.action, { csrf: form.fields.csrf,
		form_key: form.fields.form_key, ...fields }, 'file',
	bytes === undefined ? [] : [['bestand.csv', bytes]]);
}

// [line, column, what] of each error on the page of an import.
export const mistakes = answer => [...answer.text.matchAll(
	/<tr role="row">(?:(?!<\/tr>).)*<\/tr>/gs)].slice(1).map(m =>
	[...m[0].matchAll(/<t[hd] role="(?:rowheader|cell)"[^>]*>(.*?)<\/t[hd]>/gs)]
		.map(c => c[1].replace(/<[^>]*>/g, '').trim()));
