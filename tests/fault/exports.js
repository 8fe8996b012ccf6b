// The process that draws exports, killed in the middle of one.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { pdfFaults, pdfText } from '../lib/document.js';
import { asked, drawn, offerOf } from '../lib/export.js';
import { requester } from '../lib/flow.js';
import { newName } from '../lib/load.js';
import { one, quote, sleep, sql, until } from '../lib/portal.js';
import { children, kill, nameOf, Service } from '../lib/service.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';

const portal = new Service('portal');

const drawers = () => children(portal.pid).filter(pid =>
	nameOf(pid) === 'exports');

test('rule 9: an export whose process is killed is made once, and whole',
	async () => {
		const user = await as(requester);
		const query = `sort=number&_=${encodeURIComponent(newName('export'))}`;
		const location = await asked(await offerOf(user, `/aids.pdf?${query}`));
		const mine = `code = ${quote(location.split('/').pop())}`;
		for (const n of [1, 2]) {
			await until(`try ${n}`, 60, () => sql(`SELECT id FROM export
				WHERE ${mine} AND attempts = ${n}`).length);
			await sleep(n * 60);
			const before = drawers();
			assert.equal(before.length, 1);
			kill(before[0]);
			await until('another process', 20, () =>
				drawers().some(pid => !before.includes(pid)));
			// What it had claimed is due at once, not in two minutes.
			sql(`UPDATE export SET due_at = UTC_TIMESTAMP() WHERE ${mine}
				AND state = 'drawing'`);
		}
		const { body, headers } = await drawn(user, location, 'pdf', 90);
		const row = one(`SELECT state, attempts, size, total,
			(SELECT COUNT(*) FROM export e WHERE e.query = x.query) AS asked,
			(SELECT SUM(LENGTH(p.bytes)) FROM export_part p
				WHERE p.export_id = x.id) AS kept
			FROM export x WHERE ${mine}`);
		assert.deepEqual([row.state, row.asked], ['ready', '1']);
		assert.ok(Number(row.attempts) > 1, 'one died of it');
		assert.deepEqual([Number(row.size), Number(row.kept)],
			[body.length, body.length]);
		assert.equal(headers['repr-digest'], `sha-256=:${
			createHash('sha256').update(body).digest('base64')}:`);
		assert.equal(pdfFaults(body), '');
		const numbers = pdfText(body).match(/\b\d{3}[\s\u00a0]\d{3}\b/g);
		assert.ok(new Set(numbers).size >= Number(row.total));
	});
