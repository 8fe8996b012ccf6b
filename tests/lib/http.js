// Requests to the instance, as plain as they go over the line: no redirect is
// followed, nothing is kept.
import { Agent, request as httpsRequest } from 'node:https';
import { connect } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import { certificate, port } from './portal.js';

const agent = new Agent({ keepAlive: true, maxSockets: 32 });

export function closeConnections() {
	agent.destroy();
}

class Answer {
	constructor(message, body) {
		this.status = message.statusCode;
		this.headers = message.headers;
		this.body = body;
	}

	get text() {
		return this.body.toString('utf8');
	}

	get location() {
		return this.headers.location;
	}
}

// headers, body, cookie; fresh: on a connection of its own.
export function request(method, path, options = {}) {
	const { body, cookie, fresh, seconds = 60 } = options;
	const headers = { 'accept-encoding': 'identity', ...options.headers };
	if (cookie)
		headers.cookie = cookie;
	if (body !== undefined && !headers['transfer-encoding'])
		headers['content-length'] = Buffer.byteLength(body);
	return new Promise((resolve, reject) => {
		const call = httpsRequest({
			host: '127.0.0.1', servername: 'localhost', port, method, path,
			headers, ca: certificate, agent: fresh ? false : agent,
			timeout: seconds * 1000,
		}, message => {
			const parts = [];
			message.on('data', part => parts.push(part));
			message.on('error', reject);
			message.on('end', () => {
				let bytes = Buffer.concat(parts);
				if (message.headers['content-encoding'] === 'gzip')
					bytes = gunzipSync(bytes);
				resolve(new Answer(message, bytes));
			});
		});
		call.on('timeout', () => call.destroy(
			new Error(`${method} ${path}: no answer`)));
		// A connection that nginx closed while it was idle.
		call.on('error', error => call.reusedSocket &&
			error.code === 'ECONNRESET' && method === 'GET'
			? request(method, path, { ...options, fresh: true })
				.then(resolve, reject)
			: reject(error));
		call.end(body);
	});
}

// Bytes as they are; answers what came back until the connection was closed,
// or for so long.
export function raw(bytes, { seconds = 30, pieces = [] } = {}) {
	return new Promise((resolve, reject) => {
		const socket = connect({
			host: '127.0.0.1', servername: 'localhost', port,
			ca: certificate, ALPNProtocols: ['http/1.1'],
		}, async () => {
			socket.write(bytes);
			for (const [wait, piece] of pieces) {
				await new Promise(done => setTimeout(done, wait));
				if (!socket.writable)
					break;
				socket.write(piece);
			}
		});
		const parts = [];
		const end = () => {
			socket.destroy();
			resolve(Buffer.concat(parts).toString('latin1'));
		};
		socket.setTimeout(seconds * 1000, end);
		socket.on('data', part => parts.push(part));
		socket.on('end', end);
		socket.on('error', error => parts.length ? end() : reject(error));
	});
}

export const encode = fields => new URLSearchParams(fields).toString();
