// The portal's nginx without TLS, and a load of requests on it.
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { folder, port, root, sleep } from '../lib/portal.js';
import { bench, childrenOf, commandOf, measure, pidOf, roundSeconds, service }
	from './lib.js';

const http = port + 3;

export function portalWorkers() {
	return childrenOf(pidOf('portal')).filter(pid => commandOf(pid) === 'pages');
}

export function get(path, cookie) {
	return new Promise((done, failed) => {
		request({ port: http, path,
			headers: { Cookie: `__Host-hulpbalie=${cookie}` } }, answer => {
			const parts = [];
			answer.on('data', part => parts.push(part));
			answer.on('end', () => answer.statusCode === 200
				? done(Buffer.concat(parts))
				: failed(new Error(`${path}: ${answer.statusCode}`)));
		}).on('error', failed).end();
	});
}

// locations: of others beside the portal.
export async function startFront(locations = '') {
	writeFileSync(`${bench}/nginx.conf`,
		readFileSync(`${folder}/nginx/nginx.conf`, 'utf8')
			.replace('nginx.own.pid', 'bench-nginx.own.pid')
			.replaceAll(`${folder}/tmp/`, `${folder}/tmp/bench-`)
			.replace(/listen .* ssl http2;/, `listen 127.0.0.1:${http};`)
			.replace(/\tssl_certificate.*\n/g, '')
			.replace(/\tinclude ".*\/server.conf";/, `$&${locations}`));
	const nginx = service('nginx', ['-e', 'stderr', '-p', `${folder}/nginx/`,
		'-c', `${bench}/nginx.conf`]);
	for (let i = 0; ; i++) {
		try {
			await get('/health', '');
			return nginx;
		} catch (error) {
			if (i > 50)
				throw error;
			await sleep(100);
		}
	}
}

// So many clients ask for a file's requests (load.lua) for a round; how it went.
export async function load(file, clients, prefix = '', numbers = '') {
	const figures = await measure('wrk', ['-t', 1, '-c', clients,
		'-d', `${roundSeconds}s`, '--timeout', '20s', '--latency', '-s',
		`${root}/tests/bench/load.lua`, `http://127.0.0.1:${http}`, file,
		prefix, numbers]);

	if (figures.errors)
		throw new Error(`${prefix || 'portal'}: ${figures.errors} errors of ${
			figures.requests} requests`);
	return figures;
}
