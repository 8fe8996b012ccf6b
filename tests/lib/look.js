// Is a page one of the portal, whoever wrote it?
import assert from 'node:assert/strict';

export function inTheLook(answer) {
	assert.match(answer.text, /<html lang="nl"/);
	assert.match(answer.text, /\/static\/css\/portal\.[^"]+\.css/);
	assert.match(answer.text, /tel:\+31500001200/);
	assert.doesNotMatch(answer.text, /\[\[|nginx/);
}
