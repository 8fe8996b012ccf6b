// Logging in, both steps as a browser does them: what one costs beside the
// check of the password, which is slow on purpose; and many at once, who wait
// for each other but must all get in.
import { root, sql } from '../lib/portal.js';
import { User, codeOf, password, readForm, stepNow } from '../lib/user.js';
import { childrenOf, commandOf, cpu, measure, median, pidOf, say, table,
	target } from './lib.js';

const alone = Number(process.env.LOGINS || 20); // one after the other
const crowd = Number(process.env.CROWD || 200); // at once

// Each on a connection of its own, as many browsers are.
class Visitor extends User {
	request(method, path, options = {}) {
		return super.request(method, path,
			{ fresh: true, seconds: 120, ...options });
	}
}

// Accounts whose codes were not asked for of late.
function accounts(count) {
	const rows = sql(`SELECT a.email, f.last_counter AS last FROM account a
		JOIN factor f ON f.account_id = a.id AND f.kind = 'totp'
		WHERE EXISTS (SELECT 1 FROM membership m WHERE m.account_id = a.id
			AND m.active AND m.portal = 'institution') AND a.state = 'active' AND a.password_hash IS NOT NULL
		AND f.confirmed_at IS NOT NULL
		ORDER BY f.last_counter, a.id LIMIT ${count}`);
	if (rows.length < count)
		throw new Error(`${rows.length} accounts that can log in, want ${count}`);
	return rows;
}

async function logIn({ email, last }) {
	const start = Date.now();
	const user = new Visitor(email);
	const login = readForm(await user.page('/login'), 'login');
	let answer = await user.post(login.action,
		{ ...login.fields, email, password });
	if (answer.location !== '/login/verify')
		throw new Error(`the password of ${email}: ${answer.status}`);
	const verify = readForm(await user.page('/login/verify'), 'verify');
	answer = await user.post(verify.action, { ...verify.fields,
		code: codeOf(Math.max(Number(last) + 1, stepNow() - 1)) });
	if (answer.status !== 303 || answer.location.startsWith('/login'))
		throw new Error(`the code of ${email}: ${answer.status}`);
	return Date.now() - start;
}

function processes() {
	return {
		database: [pidOf('mariadb')],
		worker: childrenOf(pidOf('portal'))
			.filter(pid => commandOf(pid) === 'pages'),
		nginx: childrenOf(pidOf('nginx')),
	};
}

export async function run() {
	const all = accounts(alone + crowd);
	const pids = processes();
	const { seconds } = await measure(`${root}/build/bench/hash`, ['20']);

	say(`${alone} log-ins, one after the other`);
	const before = Object.values(pids).map(cpu);
	const singly = [];
	for (const account of all.slice(0, alone))
		singly.push(await logIn(account));
	const cost = Object.values(pids).map((list, i) =>
		1000 * (cpu(list) - before[i]) / alone);
	const hash = 1000 * seconds;
	const beside = cost.reduce((a, b) => a + b) - hash;

	say(`${crowd} log-ins at once`);
	const begin = Date.now();
	const failed = [];
	const took = (await Promise.all(all.slice(alone).map(account =>
		logIn(account).catch(error => {
			failed.push(error.message);
			return NaN;
		})))).filter(Number.isFinite).sort((a, b) => a - b);
	const lasted = (Date.now() - begin) / 1000;

	table('A log-in, ms', ['', 'wall', 'database', 'workers', 'nginx',
		'of which the password'],
	[['alone', median(singly), ...cost, hash]]);
	table(`${crowd} log-ins at once`, ['', 'in', 'failed', 'p50 s', 'p99 s',
		'seconds'], [['', took.length, failed.length, median(took) / 1000,
		took[Math.floor(took.length * 0.99)] / 1000, lasted]]);
	for (const message of failed.slice(0, 3))
		say(message);
	return {
		alone: { wall: median(singly), cost, hash }, crowd: { took, failed,
			lasted }, targets: [
			target('a log-in, beside the password', beside, '<=', 60, ' ms'),
			target(`of ${crowd} at once, not in`, failed.length, '<=', 0),
		],
	};
}
