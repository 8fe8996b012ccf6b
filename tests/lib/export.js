// Files of overviews: at once, or by the page that offers to make them.
import assert from 'node:assert/strict';
import { split } from './html.js';
import { until } from './portal.js';

// The form on the page that offers the file; null where it came at once.
export async function offerOf(user, path) {
	const answer = await user.get(path);
	assert.equal(answer.status, 200, path);
	if (!answer.headers['content-type'].startsWith('text/html'))
		return null;
	const html = answer.text;
	const form = html.slice(html.indexOf('<form method="post" action="/exports?'));
	const { tags } = split(form.slice(0, form.indexOf('</form>')));
	assert.equal(tags[0]?.name, 'form', `${path} offers to make it`);
	return { user, action: tags[0].attributes.action, fields:
		Object.fromEntries(tags.filter(t => t.name === 'input')
			.map(t => [t.attributes.name, t.attributes.value])) };
}

// Asks for it; answers the address of the page that follows it.
export async function asked({ user, action, fields }) {
	const answer = await user.post(action, fields);
	assert.equal(answer.status, 303);
	assert.match(answer.location, /^\/exports\/[\w-]{22}$/);
	return answer.location;
}

// The file, once it is there.
export const drawn = (user, location, format, seconds = 60) =>
	until('the export', seconds, async () => {
		const answer = await user.get(`${location}.${format}`);
		return answer.status === 200 && answer;
	});

// The answer that holds the file of an overview, in the end.
export async function fileOf(user, path) {
	const offer = await offerOf(user, path);
	return offer ? drawn(user, await asked(offer),
		/\.(pdf|xlsx)(\?|$)/.exec(path)[1]) : user.get(path);
}
