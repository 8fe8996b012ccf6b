// The processes of the instance, as tools/portal.sh keeps them: a pid file
// holds the pid and when it started.
import { spawn } from 'node:child_process';
import { openSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { folder, root, sleep, until } from './portal.js';

const stat = pid =>
	readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, '')
		.split(' ');

function running(pid) {
	try {
		return stat(pid)[0] !== 'Z';
	} catch {
		return false;
	}
}

export function children(pid) {
	return readdirSync('/proc').filter(name => /^\d+$/.test(name))
		.map(Number).filter(child => {
			try {
				return Number(stat(child)[1]) === pid;
			} catch {
				return false;
			}
		});
}

// At once; one that has ended, or is not there, is well too.
export function kill(pid) {
	try {
		if (pid)
			process.kill(pid, 'SIGKILL');
	} catch (error) {
		if (error.code !== 'ESRCH')
			throw error;
	}
}

// Workers are called by their pool: pages, documents, jobs.
export function nameOf(pid) {
	try {
		return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
	} catch {
		return '';
	}
}

export class Service {
	constructor(name) {
		this.name = name;
		this.file = `${folder}/run/${name}.pid`;
	}

	get pid() {
		return Number(readFileSync(this.file, 'utf8').split(' ')[0]);
	}

	// As it was started: for start() after stop().
	remember() {
		this.command = readFileSync(`/proc/${this.pid}/cmdline`, 'utf8')
			.split('\0').slice(0, -1);
	}

	signal(name) {
		process.kill(this.pid, name);
	}

	async stop(signal = 'SIGTERM') {
		const { pid } = this;
		this.remember();
		process.kill(pid, signal);
		await until(`${this.name} ends`, 30, () => !running(pid));
	}

	start() {
		const log = openSync(`${folder}/log/${this.name}.log`, 'a');
		const child = spawn(this.command[0], this.command.slice(1), {
			cwd: root, detached: true, stdio: ['ignore', log, log],
			env: { ...process.env, ...this.env } });
		child.unref();
		writeFileSync(this.file, `${child.pid} ${stat(child.pid)[19]}\n`);
	}

	// Stopped while the function runs.
	async without(body, signal) {
		await this.stop(signal);
		try {
			return await body();
		} finally {
			this.start();
			await sleep(100);
		}
	}
}

export const listens = port => new Promise(resolve => {
	const socket = connect(port, '127.0.0.1');
	socket.on('connect', () => {
		socket.destroy();
		resolve(true);
	});
	socket.on('error', () => resolve(false));
});
