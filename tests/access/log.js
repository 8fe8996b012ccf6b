// The log of who saw what: nobody who serves it can change it (X9).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { folder, program, run, until } from '../lib/portal.js';
import { test } from '../lib/tap.js';

const passwords = readFileSync(`${folder}/passwords`, 'utf8');

// As one of the database's users; what the server says of it.
function say(user, text) {
	const password = new RegExp(`^${user.toUpperCase()}_PASSWORD=(.*)$`, 'm')
		.exec(passwords)[1];
	const { status, stdout, stderr } = spawnSync('mariadb', [
		`--defaults-file=${folder}/mariadb.cnf`, `--user=${user}`,
		'hulpbalie'], { input: text, encoding: 'utf8',
		env: { ...process.env, MYSQL_PWD: password } });
	return status === 0 ? `ok ${stdout}` : stderr;
}

const denied = /ERROR (1142|1044|1143|1227|1370)/;
const row = `(request_id, subject, action, access_right, outcome, address)
	VALUES ('grants', '', 'view', '', 'ok', '')`;

for (const user of ['portal', 'jobs'])
	test(`X9: the database lets ${user} add to the log, and no more`, () => {
		assert.match(say(user, `INSERT INTO audit ${row}`), /^ok/);
		assert.match(say(user, 'SELECT COUNT(*) FROM audit'), /^ok/);
		for (const table of ['audit', 'audit_seal'])
			for (const text of [`UPDATE ${table} SET id = 1`,
				`UPDATE ${table} SET action = 'view' WHERE seq = 0`,
				`UPDATE ${table} SET expired_at = NULL WHERE id = 0`,
				`DELETE FROM ${table}`, `DELETE FROM ${table} WHERE seq = 0`,
				`REPLACE INTO ${table} SELECT * FROM ${table} LIMIT 1`,
				`TRUNCATE ${table}`, `DROP TABLE ${table}`,
				`ALTER TABLE ${table} ADD x INT`,
				`RENAME TABLE ${table} TO other`,
				`CREATE TRIGGER t BEFORE INSERT ON ${table} FOR EACH ROW
					SET @x = 1`,
				`CREATE OR REPLACE TABLE ${table} (id INT)`,
				'SET GLOBAL foreign_key_checks = 0',
				'SET GLOBAL general_log = 1'])
				assert.match(say(user, text), denied, `${user}: ${text}`);
		if (user === 'portal')
			assert.match(say(user, `INSERT INTO audit_seal (id)
				VALUES (1)`), denied);
	});

test('X9: the jobs seal what was written, and audit-verify holds it', async () => {
	const verify = () => run(program, ['-c', `${folder}/portal.conf`,
		'audit-verify']);
	assert.match(say('portal', `INSERT INTO audit ${row}`), /^ok/);
	await until('the seal', 30, () => / 0 not yet sealed; [0-9a-f]{64}$/m
		.test(verify()));
	const hash = verify().trim().split(' ').at(-1);
	assert.match(run(program, ['-c', `${folder}/portal.conf`, 'audit-verify',
		hash]), /records as sealed/);
	assert.throws(() => run(program, ['-c', `${folder}/portal.conf`,
		'audit-verify', 'f'.repeat(64)], { stdio: 'pipe' }),
		/cut off|Command failed/);
});
