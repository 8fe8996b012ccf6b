// Accounts that nobody uses, as the jobs' own process and database user see
// it, on a clock that is months ahead (C9, figure 14).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { folder, one, program, quote, root, sql } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { anybody, password } from '../lib/user.js';

const FAKE = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map(machine =>
	`/usr/lib/${machine}/faketime/libfaketime.so.1`).find(existsSync);

// The sanitizers want to be loaded first.
const sanitizer = spawnSync('ldd', [program], { encoding: 'utf8' }).stdout
	.match(/\/\S*libasan\S*/)?.[0];

// The nightly work, so many days from now.
function night(days) {
	const { status, stderr, error } = spawnSync(program,
		['-c', `${folder}/portal.conf`, 'night'], { cwd: root,
			encoding: 'utf8', env: { ...process.env, FAKETIME: `+${days}d`,
				LD_PRELOAD: [sanitizer, FAKE].filter(Boolean).join(' ') } });
	assert.equal(status, 0, stderr || error);
}

const DAY = 86400000;
const daysTo = months => {
	const then = new Date();
	const day = then.getUTCDate();
	then.setUTCDate(1);
	then.setUTCMonth(then.getUTCMonth() + months);
	const last = new Date(Date.UTC(then.getUTCFullYear(),
		then.getUTCMonth() + 1, 0)).getUTCDate();
	then.setUTCDate(Math.min(day, last));
	return Math.round((then - Date.now()) / DAY);
};

test('C9 figure 14: 6 months and 2 years on, by a clock that was put forward',
	async () => {
		assert.ok(FAKE, 'libfaketime');
		// Everybody else has just logged in, in the years to come.
		const before = sql(`SELECT id, last_login_at FROM account
			WHERE state <> 'ended'`);
		const email = `slaper${Date.now()}@lindenhof.example`;
		try {
			sql(`UPDATE account SET last_login_at =
					UTC_TIMESTAMP() + INTERVAL 30 YEAR WHERE state <> 'ended';
				INSERT INTO account (email, name, phone, state, password_hash,
					password_set_at, last_login_at)
				SELECT ${quote(email)}, 'S. Laper', '0612345678', 'active',
					password_hash, UTC_TIMESTAMP(), UTC_TIMESTAMP()
				FROM account WHERE email = 'rol2@lindenhof.example';
				INSERT INTO membership (account_id, portal, organisation_id,
					role) SELECT LAST_INSERT_ID(), 'institution', id, '2'
				FROM organisation WHERE name = 'Woonzorg Lindenhof'`);
			const { id } = one(`SELECT id FROM account
				WHERE email = ${quote(email)}`);
			const now = () => ({ ...one(`SELECT state, email FROM account
					WHERE id = ${id}`), mails: Number(one(`SELECT COUNT(*) AS n
					FROM outbox WHERE recipient = ${quote(email)}`).n) });
			const off = daysTo(6);
			const end = daysTo(24);
			for (const [days, state, mails] of [
				[daysTo(5) - 1, 'active', 0], [daysTo(5), 'active', 1],
				[daysTo(5), 'active', 1], [off - 21, 'active', 2],
				[off - 1, 'active', 2], [off, 'deactivated', 3],
				[off + 1, 'deactivated', 3], [daysTo(23), 'deactivated', 4],
				[end - 1, 'deactivated', 4], [end, 'ended', 5],
				[end + 1, 'ended', 5]]) {
				night(days);
				assert.deepEqual(now(), { state, mails,
					email: state === 'ended' ? null : email }, `day ${days}`);
			}
			const visitor = anybody();
			const login = await visitor.form('/login', 'login');
			const answer = await visitor.post(login.action,
				{ ...login.fields, email, password });
			assert.equal(answer.status, 422);
			assert.ok(Number(one(`SELECT COUNT(*) AS n FROM audit
				WHERE account_id = ${id} AND action = 'delete'`).n) > 0);
			assert.equal(one(`SELECT COUNT(*) AS n FROM audit
				WHERE subject LIKE ${quote(`%${email}%`)}`).n, '0');
		} finally {
			for (const { id, last_login_at: at } of before)
				sql(`UPDATE account SET last_login_at = ${quote(at)}
					WHERE id = ${id}`);
		}
	});
