// Demo accounts: log-in in two steps, pages, forms.
import { createHmac } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import { encode, request } from './http.js';
import { folder, one, quote, sleep, sql } from './portal.js';
import { all, first, parse, string } from './xml.js';

export const password = 'hulpbalie-demo-2026';
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const STEP = 30;

function base32(text) {
	const bits = [...text].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
		.indexOf(c).toString(2).padStart(5, '0')).join('');
	return Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)));
}

export function codeOf(counter, key = secret) {
	const message = Buffer.alloc(8);
	message.writeBigUInt64BE(BigInt(counter));
	const hash = createHmac('sha1', base32(key)).update(message).digest();
	const at = hash[19] & 15;
	return String((hash.readUInt32BE(at) & 0x7fffffff) % 1e6)
		.padStart(6, '0');
}

export const stepNow = () => Math.floor(Date.now() / 1000 / STEP);

// A code that this account has not used: it takes the step before and the
// next one too, and each step once.
export async function newCode(email) {
	const { last } = one(`SELECT last_counter AS last FROM factor f
		JOIN account a ON a.id = f.account_id
		WHERE a.email = ${quote(email)}`);
	// The one of before is good until this one ends: not with the last seconds.
	const ending = Date.now() / 30000 % 1 > 2 / 3;
	const next = Math.max(Number(last) + 1, stepNow() - (ending ? 0 : 1));
	while (next > stepNow() + 1)
		await sleep(500);
	return codeOf(next);
}

// Of these accounts the one that can log in again soonest.
export const rested = emails => one(`SELECT a.email FROM account a
	JOIN factor f ON f.account_id = a.id
	WHERE a.email IN (${emails.map(quote)})
	ORDER BY f.last_counter, a.id LIMIT 1`).email;

// /aids?x=1 as XML is /aids.xml?x=1.
export const asFormat = (path, format) =>
	path.replace(/^([^?]*)/, `$1.${format}`);

// Somebody with a cookie, or without one.
export class User {
	constructor(email, cookie) {
		this.email = email;
		this.cookie = cookie;
	}

	async request(method, path, options = {}) {
		const cookie = [this.cookie, this.device].filter(Boolean).join('; ');
		const answer = await request(method, path, { cookie, ...options });
		for (const line of answer.headers['set-cookie'] ?? [])
			this[line.startsWith('__Host-device=') ? 'device' : 'cookie'] =
				line.split(';')[0];
		return answer;
	}

	get(path, options) {
		return this.request('GET', path, options);
	}

	post(path, fields, options = {}) {
		return this.request('POST', path, {
			body: typeof fields === 'string' ? fields : encode(fields),
			...options,
			headers: { 'content-type': 'application/x-www-form-urlencoded',
				...options.headers } });
	}

	// The page as XML; its status must be that one.
	async page(path, status = 200) {
		const answer = await this.get(asFormat(path, 'xml'));
		assert.equal(answer.status, status, `${this.email} ${path}`);
		return parse(answer.text);
	}

	// The fields of a form as they stand, with its two tokens.
	async form(path, id) {
		return readForm(await this.page(path), id);
	}

	// Fills a form in and sends it.
	async send(path, id, changes = {}) {
		const form = await this.form(path, id);
		return this.post(form.action, { ...form.fields, ...changes });
	}

	// Does what stands under <actions> of a page: a form of its own, or not.
	async act(path, action, changes = {}) {
		const page = await this.page(path);
		const node = first(page, `//action[@id="${action}"]`);
		assert.ok(node, `${path} offers ${action}`);
		if (node.getAttribute('method') !== 'post')
			return this.send(node.getAttribute('href'), undefined, changes);
		return this.post(node.getAttribute('action'), {
			csrf: string(page, '/page/@csrf'),
			form_key: node.getAttribute('key'), ...changes });
	}
}

export function readForm(page, id) {
	const form = first(page, id ? `//form[@id="${id}"]` : '//form');
	assert.ok(form, `form ${id ?? ''} on ${string(page, '/page/@path')}`);
	const fields = {
		csrf: string(page, '/page/@csrf'),
		form_key: form.getAttribute('key'),
	};
	const names = [];
	for (const field of all(form, './/field')) {
		const name = field.getAttribute('name');
		names.push(name);
		const value = string(field, 'value') ||
			string(field, 'option[@selected="yes"]/@value');
		if (value)
			fields[name] = value;
	}
	return { action: form.getAttribute('action'), fields, names, page, form,
		options: name => all(form,
			`.//field[@name="${name}"]/option/@value`).map(a => a.value) };
}

// A new session, by the two forms.
export async function signIn(email, next) {
	const user = new User(email);
	const login = await user.form(
		next ? `/login?next=${encodeURIComponent(next)}` : '/login', 'login');
	let answer = await user.post(login.action,
		{ ...login.fields, email, password });
	assert.equal(answer.location, '/login/verify', `password of ${email}`);
	const verify = await user.form('/login/verify', 'verify');
	answer = await user.post(verify.action,
		{ ...verify.fields, code: await newCode(email) });
	assert.equal(answer.status, 303, `code of ${email}`);
	user.landed = answer.location;
	return user;
}

const kept = `${folder}/tests/sessions`;
const users = new Map();

// The session of an account, kept for all suites: a code works only once.
export function as(email) {
	if (!users.has(email))
		users.set(email, open(email));
	return users.get(email);
}

async function open(email) {
	let cookie;
	try {
		cookie = readFileSync(`${kept}/${email}`, 'utf8');
	} catch {
		cookie = undefined;
	}
	let user = new User(email, cookie);
	if (cookie && (await user.get('/account')).status === 200)
		return user;
	user = await signIn(email);
	// Its code counts as fresh as long as the suites last.
	sql(`UPDATE session s JOIN account a ON a.id = s.account_id
		SET s.verified_at = UTC_TIMESTAMP() + INTERVAL 1 DAY
		WHERE a.email = ${quote(email)} AND s.step = 'complete'`);
	mkdirSync(kept, { recursive: true, mode: 0o700 });
	writeFileSync(`${kept}/${email}`, user.cookie, { mode: 0o600 });
	return user;
}

// After a test that ended sessions.
export function forget(email) {
	users.delete(email);
	rmSync(`${kept}/${email}`, { force: true });
}

export const anybody = () => new User('nobody');

// Everybody who can log in of the demo, not those that tests made.
export const accounts = () => sql(`SELECT a.email FROM account a
	JOIN factor f ON f.account_id = a.id
	WHERE a.state = 'active' AND a.password_hash IS NOT NULL
	AND a.created_at < UTC_TIMESTAMP() - INTERVAL 1 DAY
	ORDER BY a.id`).map(row => row.email);
