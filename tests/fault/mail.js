// The process that sends mail, killed again and again.
import assert from 'node:assert/strict';
import { figure, SECONDS, size } from '../lib/figure.js';
import { mails } from '../lib/document.js';
import { newName, repairForm, repeatedly, send } from '../lib/load.js';
import { one, sleep, sql, until } from '../lib/portal.js';
import { mailsNow } from '../lib/portrait.js';
import { children, kill, nameOf, Service } from '../lib/service.js';
import { test } from '../lib/tap.js';

const portal = new Service('portal');

const senders = () => children(portal.pid).filter(pid =>
	nameOf(pid) === 'jobs');

// What a sender claimed before it died is due again at once, not in two
// minutes.
const due = since => sql(`UPDATE outbox SET due_at = UTC_TIMESTAMP()
	WHERE state = 'queued' AND id > ${since}`);

// Kills a sender when it is in the middle of its work.
async function killOne(since) {
	const [pid] = await until('a sender', 20, () => {
		const found = senders();
		return found.length && found;
	});
	const sentNow = () => one(`SELECT COUNT(*) AS n FROM outbox
		WHERE id > ${since} AND state = 'sent'`).n;
	const before = sentNow();
	await until('a mail of its own', 20, () => sentNow() !== before);
	await sleep(Math.random() * 30);
	kill(pid);
}

test('figure 13: the sender is killed: no mail lost, doubles under one id',
	async () => {
		const since = mailsNow();
		const fill = await repairForm();
		const asking = repeatedly(size(20, 60), async () => {
			const answer = await send(fill(newName('post')));
			assert.equal(answer.status, 303);
		});
		const kills = size(3, 200);
		const end = Date.now() + SECONDS * 1000;
		let killed = 0;
		for (; killed < kills && Date.now() < end; killed++) {
			await killOne(since);
			due(since);
		}
		await asking.stop();
		const rows = await until('all sent', 60, () => {
			due(since);
			const list = sql(`SELECT message_id, state FROM outbox
				WHERE id > ${since}`);
			return list.every(o => o.state === 'sent') && list;
		});
		const delivered = new Map(rows.map(row => [row.message_id, 0]));
		await until('the sink has them', 20, () => {
			for (const id of delivered.keys())
				delivered.set(id, 0);
			for (const mail of mails()) {
				const id = mail.headers['message-id'];
				if (delivered.has(id))
					delivered.set(id, delivered.get(id) + 1);
			}
			return [...delivered.values()].every(n => n > 0);
		}).catch(() => null);
		const counts = [...delivered.values()];
		figure(13, 'mail while its sender is killed -9',
			{ mails: rows.length, kills: killed,
				lost: counts.filter(n => n === 0).length,
				'came twice, under one Message-ID':
					counts.filter(n => n > 1).length }, () => {
				assert.ok(rows.length >= killed);
				assert.equal(delivered.size, rows.length);
				assert.deepEqual(counts.filter(n => n === 0), []);
			});
	}, { seconds: SECONDS + 120 });

test('rule 9: SIGTERM ends the sender between two mails, however many wait',
	async () => {
		const since = mailsNow();
		const waiting = () => Number(one(`SELECT COUNT(*) AS n FROM outbox
			WHERE id > ${since} AND state = 'queued'`).n);
		sql(`INSERT INTO outbox (message_id, kind, organisation_id, recipient,
				recipient_name, lang, subject, body_text, priority)
			SELECT CONCAT('<many-', ${since}, '-', seq, '@test.example>'),
				'test', NULL, 'niemand@test.example', 'Niemand', 'nl', 'Veel',
				'Veel.', 9
			FROM seq_1_to_6000`);
		try {
			const [pid] = await until('a sender', 20, () => {
				const found = senders();
				return found.length && found;
			});
			await until('its work', 60, () => waiting() < 6000);
			process.kill(pid, 'SIGTERM');
			await until('another sender', 60, () =>
				senders().some(other => other !== pid));
			assert.ok(waiting() > 0);
			assert.ok(!senders().includes(pid));
		} finally {
			sql(`DELETE FROM outbox WHERE id > ${since} AND state = 'queued'
				AND kind = 'test'`);
		}
	});
