// The instance under test: where it is, its database, log and mail.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url))
	.replace(/\/$/, '');
export const port = Number(process.env.PORT || 8443);
export const origin = `https://localhost:${port}`;
export const folder = port === 8443 ? `${root}/var` : `${root}/var/${port}`;
export const program = process.env.PROGRAM || `${root}/build/hulpbalie`;

if (!existsSync(`${folder}/portal.conf`))
	throw new Error(`no instance at port ${port}: make start PORT=${port}`);
export const certificate = readFileSync(`${folder}/nginx/certificate.pem`);

// A value for a statement.
export function quote(value) {
	if (value === null || value === undefined)
		return 'NULL';
	return `'${String(value).replace(/[\\']/g, '\\$&')}'`;
}

const escapes = { n: '\n', t: '\t', 0: '\0', '\\': '\\' };

// As the user of the migrations: what a test holds the portal against must not
// pass its scopes. All of it or nothing, again where the portal was in the way.
function ask(text, tries = 5) {
	const password = /^MIGRATE_PASSWORD=(.*)$/m.exec(
		readFileSync(`${folder}/passwords`, 'utf8'))[1];
	const run = spawnSync('mariadb', [
		`--defaults-file=${folder}/mariadb.cnf`, '--user=migrate', '--batch',
		'hulpbalie'], {
		input: `START TRANSACTION;\n${text.replace(/;\s*$/, '')}${
			/^DELIMITER/m.test(text) ? '\nDELIMITER ;' : ';'}\nCOMMIT;`,
		env: { ...process.env, MYSQL_PWD: password },
		encoding: 'utf8', maxBuffer: 1 << 28 });
	if (run.status !== 0 && tries > 1 && /^ERROR 1213 /m.test(run.stderr))
		return ask(text, tries - 1);
	if (run.status !== 0)
		throw new Error(`${run.stderr}in ${text}`);
	return run;
}

// Rows as objects, every value a string or null.
export function sql(text) {
	const run = ask(text);
	const lines = run.stdout.split('\n').slice(0, -1)
		.map(line => line.split('\t'));
	const names = lines.shift();
	return lines.map(line => Object.fromEntries(line.map((value, i) => [
		names[i],
		value === 'NULL' ? null
			: value.replace(/\\([nt0\\])/g, (_, c) => escapes[c])])));
}

export const one = text => sql(text)[0];
export const values = text => sql(text).map(row => Object.values(row)[0]);

export const sleep = ms => new Promise(done => setTimeout(done, ms));

// So many at a time as there are workers for pages.
export async function each(list, body) {
	const rest = [...list];
	await Promise.all([...Array(4)].map(async () => {
		while (rest.length)
			await body(rest.shift());
	}));
}

// Waits until the function answers something, and answers that.
export async function until(what, seconds, body) {
	for (const end = Date.now() + seconds * 1000; ;) {
		const answer = await body();
		if (answer)
			return answer;
		if (Date.now() > end)
			throw new Error(`${what}: not within ${seconds} s`);
		await sleep(50);
	}
}

// Lines of the portal's log, as objects.
export function logLines() {
	return readFileSync(`${folder}/log/portal.json`, 'utf8')
		.split('\n').filter(Boolean).map(line => JSON.parse(line));
}

export function logSize() {
	return readFileSync(`${folder}/log/portal.json`).length;
}

// What everything that keeps a log wrote since that size of the portal's.
export function logText() {
	return readdirSync(`${folder}/log`)
		.filter(name => !name.startsWith('install'))
		.map(name => readFileSync(`${folder}/log/${name}`, 'utf8')).join('');
}

export function run(command, args, options = {}) {
	return execFileSync(command, args, {
		encoding: 'utf8', maxBuffer: 1 << 28, cwd: root, ...options });
}
