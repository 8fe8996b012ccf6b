// Clients that are slow on purpose: in their headers, their form, or in
// reading what they asked for.
import assert from 'node:assert/strict';
import { connect } from 'node:tls';
import { requester } from '../lib/flow.js';
import { figure, long, share, size } from '../lib/figure.js';
import { certificate, port, sleep } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';

const head = (user, line) => `${line} HTTP/1.1\r\nHost: localhost:${port}\r\n` +
	`Cookie: ${user.cookie}\r\n`;

const manners = [
	user => [head(user, 'GET /account'), 'X-Slow: 1\r\n'],
	user => [`${head(user, 'POST /login')}Content-Length: 60000\r\n` +
		'Content-Type: application/x-www-form-urlencoded\r\n\r\n', 'a'],
	user => [`${head(user, 'GET /account')}\r\n`, ''],
];

// One that says a little every two seconds and reads nothing; comes back when
// it is put out.
class Slow {
	constructor(user, manner) {
		[this.begin, this.more] = manner(user);
		this.times = 0;
		this.open();
	}

	open() {
		this.times++;
		this.socket = connect({ host: '127.0.0.1', servername: 'localhost',
			port, ca: certificate }, () => {
			this.socket.write(this.begin);
			this.timer = setInterval(() => this.socket.write(this.more), 2000);
		});
		this.socket.pause();
		this.socket.on('error', () => {});
		this.socket.on('close', () => {
			clearInterval(this.timer);
			if (!this.ended)
				setTimeout(() => this.ended || this.open(), 100);
		});
	}

	end() {
		this.ended = true;
		clearInterval(this.timer);
		this.socket.destroy();
	}
}

// How long each of so many normal requests took, in ms; Infinity: not well.
async function times(user, count) {
	const list = [];
	await Promise.all([...Array(2)].map(async () => {
		while (list.length < count) {
			const begin = performance.now();
			const answer = await user.get('/account').catch(() => ({}));
			list.push(answer.status === 200 ? performance.now() - begin
				: Infinity);
			await sleep(2);
		}
	}));
	return list;
}

const p99 = list => [...list].sort((a, b) => a - b)[
	Math.floor(list.length * 0.99)];

test('figure 15: 500 slow clients: the others are served', async () => {
	const user = await as(requester);
	const count = size(60, 600);
	const idle = [];
	const slow = [];
	let open = 0;
	await times(user, count / 4);
	for (let round = 0; round < share(1, 5); round++) {
		idle.push(...await times(user, count));
		const clients = [...Array(500)].map((_, i) =>
			new Slow(user, manners[i % manners.length]));
		await sleep(size(1500, 4000));
		open = clients.filter(c => c.socket.readyState === 'open').length;
		slow.push(...await times(user, count));
		clients.forEach(c => c.end());
		await sleep(size(0, 1000));
	}
	const failed = slow.filter(ms => ms === Infinity).length;
	const ratio = p99(slow) / p99(idle);
	figure(15, 'p99 of a page beside 500 slow clients, against p99 alone',
		{ requests: slow.length, failed, 'p99 alone, ms': Number(
			p99(idle).toFixed(1)), 'p99 beside, ms': Number(
			p99(slow).toFixed(1)), times: Number(ratio.toFixed(2)) }, () => {
			assert.equal(failed, 0);
			assert.ok(open > 400, `${open} slow clients are in`);
			assert.ok(!long || ratio <= 2, `${ratio} times as slow`);
		});
}, { seconds: 300 });
