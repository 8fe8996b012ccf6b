// Organisations, their places and contracts, as the supplier keeps them (S2).
import assert from 'node:assert/strict';
import { newKey } from '../lib/load.js';
import { one, quote, sql, values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { fingerprint } from '../lib/world.js';
import { all, first, has, string, texts } from '../lib/xml.js';

const advisor = 'adviseur@zorgmiddelen-noord.example';
const service = 'klantenservice@zorgmiddelen-noord.example';
const base = '/supplier/organisations';
const address = { street: 'Kade 2', postcode: '9700ab', city: 'Haven' };

const errors = page => Object.fromEntries(all(page, '//field[error]')
	.map(f => [f.getAttribute('name'), string(f, 'error/@id')]));

// What the form answers as XML where it is drawn again.
async function refused(user, path, changes, status = 422) {
	const form = await user.form(path);
	const before = fingerprint();
	const answer = await user.post(form.action, { ...form.fields, ...changes });
	assert.equal(answer.status, status, path);
	assert.equal(fingerprint(), before, 'nothing was changed');
	return answer.text;
}

const done = async (user, path, changes = {}) => {
	const form = await user.form(path);
	const answer = await user.post(form.action, { ...form.fields, ...changes });
	assert.equal(answer.status, 303, `${path}: ${answer.text.slice(0, 300)}`);
	return answer.location;
};

// A customer of the first branch, made by the pages themselves.
async function customer(changes = {}) {
	const user = await as(advisor);
	const code = `k${newKey().slice(0, 10)}`;
	const { options } = await user.form(`${base}/new`);
	const where = await done(user, `${base}/new`, { code, name: `Zorg ${code}`,
		branch: options('branch')[0], ...changes });
	assert.equal(where, `${base}/${code}`);
	return { user, code, path: where };
}

async function location(at, name) {
	await done(at.user, `${at.path}/locations/new`, { name, ...address });
	return one(`SELECT p.* FROM place p JOIN organisation o
		ON o.id = p.organisation_id WHERE o.code = ${quote(at.code)}
		AND p.name = ${quote(name)}`);
}

// As staff of one branch alone, for as long as body takes.
async function boundTo(email, branch, body) {
	const set = value => sql(`UPDATE membership SET branch_id = ${value}
		WHERE portal = 'supplier' AND account_id =
			(SELECT id FROM account WHERE email = ${quote(email)})`);
	set(`(SELECT id FROM branch WHERE code = ${quote(branch)})`);
	try {
		return await body(await as(email));
	} finally {
		set('NULL');
	}
}

test('S2: the list has what there is, by each filter', async () => {
	const user = await as(advisor);
	const codes = async query => texts(
		await user.page(`${base}?size=100&${query}`), '//row/@key').sort();
	const known = where => values(`SELECT o.code FROM organisation o
		JOIN branch b ON b.id = o.branch_id WHERE ${where}
		ORDER BY o.code LIMIT 100`);
	const branch = one("SELECT id FROM branch WHERE code = 'westerdam'").id;
	assert.deepEqual(await codes('name=zeven'), ['zevendijken']);
	assert.deepEqual(await codes(`branch=${branch}`),
		known("b.code = 'westerdam' AND o.active"));
	assert.deepEqual(await codes('kind=umbrella'),
		known("o.kind = 'umbrella' AND o.active"));
	assert.deepEqual(await codes('state=ended'), known('NOT o.active'));
	assert.deepEqual(await codes('name=%25'), []);
});

test('S2: an organisation is made, found and changed', async () => {
	const at = await customer({ second_factor: 'optional' });
	const page = await at.user.page(at.path);
	assert.equal(string(page, '//item[@name="second_factor"]'), 'optional');
	assert.equal(string(page, '/page/title/@state'), 'active');
	await done(at.user, `${at.path}/edit`, { name: 'Zorg & Zo',
		payment_days: '14', second_factor: 'required' });
	const now = one(`SELECT * FROM organisation
		WHERE code = ${quote(at.code)}`);
	assert.deepEqual([now.name, now.payment_days, now.second_factor],
		['Zorg & Zo', '14', 'required']);
	const steps = texts(await at.user.page(at.path), '//timeline/step/@id');
	assert.deepEqual(steps, [...Array(3).fill('organisation-change'),
		'organisation-make']);
});

test('S2: a code is well formed, and its own', async () => {
	const user = await as(advisor);
	const { options } = await user.form(`${base}/new`);
	const rest = { name: 'X', branch: options('branch')[0] };
	for (const code of ['Lindenhof', '9x', 'a', 'a b', 'é', 'new', '-a',
		'lindenhof', 'a'.repeat(21)])
		assert.match(await refused(user, `${base}/new`, { ...rest, code }),
			/id="f-code-error"/, code);
});

test('S2: values that the form does not offer are refused', async () => {
	const at = await customer();
	const form = await at.user.form(`${at.path}/edit`);
	for (const changes of [{ branch: '0' }, { branch: '999' },
		{ advisor: '1x' }, { second_factor: 'never' }, { payment_days: '-1' },
		{ payment_days: '121' }, { name: '' }, { name: 'x'.repeat(101) },
		{ advisor: one(`SELECT id FROM account
			WHERE email = 'planner@zorgmiddelen-noord.example'`).id }])
		await refused(at.user, `${at.path}/edit`, changes);
	// Fields that it does not have do nothing (mass assignment).
	await done(at.user, `${at.path}/edit`, { ...form.fields, code: 'anders',
		kind: 'umbrella', active: '0', id: '1', form_key: newKey() });
	assert.deepEqual(one(`SELECT kind, active FROM organisation
		WHERE code = ${quote(at.code)}`), { kind: 'institution', active: '1' });
});

test('S2: an umbrella unites institutions, and ends after them', async () => {
	const umbrella = await customer({ kind: 'umbrella' });
	const { id } = one(`SELECT id FROM organisation
		WHERE code = ${quote(umbrella.code)}`);
	assert.match(await refused(umbrella.user, `${base}/new`, { code: 'koepel-x',
		name: 'X', kind: 'umbrella', parent: id,
		branch: one('SELECT MIN(id) AS id FROM branch').id }),
	/id="f-parent-error"/);
	const child = await customer({ parent: id });
	const page = await umbrella.user.page(umbrella.path);
	assert.deepEqual(texts(page, '//tree/place/@href'), [child.path]);
	assert.ok(!has(page, '//action[@id="location-new"]'));
	await umbrella.user.page(`${umbrella.path}/locations/new`, 404);
	assert.ok(!has(await umbrella.user.page(`${umbrella.path}/end`), '//form'));
	await done(child.user, `${child.path}/end`);
	await done(umbrella.user, `${umbrella.path}/end`);
});

test('S2: an organisation with aids or open requests does not end',
	async () => {
		const user = await as(advisor);
		const page = await user.page(`${base}/lindenhof/end`);
		assert.ok(!has(page, '//form'));
		const { aids, requests } = one(`SELECT
			(SELECT COUNT(*) FROM aid WHERE holder_id = o.id
				AND status <> 'scrapped') AS aids,
			(SELECT COUNT(*) FROM request WHERE organisation_id = o.id AND state
				NOT IN ('done', 'rejected', 'withdrawn', 'cancelled'))
				AS requests
			FROM organisation o WHERE o.code = 'lindenhof'`);
		assert.deepEqual(texts(page, '//note[@kind="bad"]/arg').slice(0, 2),
			[aids, requests]);
		const before = fingerprint();
		const { csrf } = (await user.form(`${base}/lindenhof/edit`)).fields;
		const answer = await user.post(`${base}/lindenhof/end`, { csrf,
			form_key: newKey(), version: one(`SELECT version FROM organisation
				WHERE code = 'lindenhof'`).version });
		assert.equal(answer.status, 422);
		assert.equal(fingerprint(), before);
	});

test('S2: an end takes access and contracts away, and can be undone',
	async () => {
		const at = await customer();
		sql(`INSERT INTO membership (account_id, portal, organisation_id, role)
			SELECT a.id, 'professional', o.id, 'professional'
			FROM account a, organisation o WHERE o.code = ${quote(at.code)}
			AND a.email = 'ergo@terpen.example'`);
		const works = async () => texts(await (await as(
			'ergo@terpen.example')).page('/account'),
		'//tree[@id="organisations"]/place/@name')
			.includes(`Zorg ${at.code}`);
		await done(at.user, `${at.path}/contracts/new`, { kind: 'rent' });
		assert.ok(await works());
		await done(at.user, `${at.path}/end`);
		assert.ok(!await works(), 'at once, in an open session');
		const page = await at.user.page(at.path);
		assert.equal(string(page, '/page/title/@state'), 'ended');
		assert.deepEqual(texts(page, '//actions/action/@id'),
			['organisation-resume']);
		assert.deepEqual(values(`SELECT valid_until = CURRENT_DATE FROM contract c
			JOIN organisation o ON o.id = c.organisation_id
			WHERE o.code = ${quote(at.code)}`), ['1']);
		await done(at.user, `${at.path}/resume`);
		assert.equal(one(`SELECT active FROM organisation
			WHERE code = ${quote(at.code)}`).active, '1');
		assert.ok(await works());
		sql(`DELETE m FROM membership m JOIN organisation o
			ON o.id = m.organisation_id WHERE o.code = ${quote(at.code)}`);
		// Once more: it is there already.
		assert.equal((await at.user.get(`${at.path}/resume`)).location,
			at.path);
	});

test('S2: two at once: the second is told, and nothing is overwritten',
	async () => {
		const at = await customer();
		const path = `${at.path}/edit`;
		const [mine, theirs] = [await at.user.form(path),
			await (await as(service)).form(path)];
		assert.equal((await at.user.post(path, { ...mine.fields,
			name: 'Eerste' })).status, 303);
		const before = fingerprint();
		const second = await (await as(service)).post(path,
			{ ...theirs.fields, name: 'Tweede' });
		assert.equal(second.status, 409);
		assert.match(second.text, /value="Tweede"/);
		assert.equal(fingerprint(), before);
	});

test('S2: contracts of a kind follow each other', async () => {
	const at = await customer();
	const path = `${at.path}/contracts/new`;
	const ad = (valid_from, valid_until) =>
		({ kind: 'ad', valid_from, valid_until });
	await done(at.user, path, ad('2026-01-01', '2026-06-30'));
	await done(at.user, path, ad('2027-01-01', ''));
	for (const [from, until] of [['2026-06-30', '2026-07-31'],
		['2025-01-01', ''], ['2026-07-01', ''], ['2026-12-01', '2027-01-01'],
		['2028-01-01', '2028-02-01'], ['2026-02-01', '2026-03-01'],
		['2026-09-02', '2026-09-01'], ['31-02-2026', ''], ['', ''],
		['1999-12-31', ''], ['2026-09-01', '2100-01-01']])
		assert.match(await refused(at.user, path, ad(from, until)),
			/id="f-valid_(from|until)-error"/, `${from} ${until}`);
	assert.match(await refused(at.user, path, { kind: 'gold' }),
		/id="f-kind-error"/);
	await done(at.user, path, ad('2026-07-01', '2026-12-31'));
	await done(at.user, path, { kind: 'rent', valid_from: '2026-01-01' });
	const page = await at.user.page(at.path);
	assert.deepEqual(texts(page, '//list[@id="contracts"]//row/cell[1]'),
		['ad', 'ad', 'ad', 'rent']);
	const last = string(page, '(//list[@id="contracts"]//row/cell[5])[2]');
	assert.match(await refused(at.user, last, { valid_from: '2026-11-01' }),
		/id="f-valid_until-error"/);
	await done(at.user, last, { valid_until: '2027-12-31' });
});

test('S1 S2: customer service sees contracts, and changes none', async () => {
	const user = await as(service);
	const page = await user.page(`${base}/lindenhof`);
	assert.equal(all(page, '//list[@id="contracts"]//row').length, 4);
	assert.ok(!has(page, '//list[@id="contracts"]//column[@id="change"]'));
	assert.ok(!has(page, '//action[@id="contract-new"]'));
	await user.page(`${base}/lindenhof/contracts/new`, 403);
	await user.page('/supplier/contracts/1', 403);
});

test('S2 I10 I17: a new name of a place goes along to its aids and lines', async () => {
	const user = await as(advisor);
	const { id, name } = one(`SELECT p.id, p.name FROM place p
		JOIN organisation o ON o.id = p.organisation_id
		WHERE o.code = 'zevendijken' AND p.kind = 'location'
		ORDER BY p.id LIMIT 1`);
	const wrong = () => String(['aid', 'request_line'].reduce((n, table) =>
		n + Number(one(`SELECT COUNT(*) AS n FROM ${table} a
			JOIN place p ON p.id = a.place_id
			LEFT JOIN place l ON l.id = a.location_id
			WHERE a.place_name <> p.name
			OR NOT a.location_name <=> l.name`).n), 0));
	assert.equal(wrong(), '0');
	await done(user, `/supplier/places/${id}/edit`, { name: 'Nieuwe Dijk' });
	assert.equal(one(`SELECT name FROM place WHERE id = ${id}`).name,
		'Nieuwe Dijk');
	assert.equal(wrong(), '0');
	assert.ok(Number(one(`SELECT COUNT(*) AS n FROM aid
		WHERE location_name = 'Nieuwe Dijk'`).n) > 0);
	assert.ok(Number(one(`SELECT COUNT(*) AS n FROM request_line
		WHERE location_name = 'Nieuwe Dijk'`).n) > 0);
	await done(user, `/supplier/places/${id}/edit`, { name });
	assert.equal(wrong(), '0');
});

test('S2: places: added, named once, closed and opened again', async () => {
	const at = await customer();
	const place = await location(at, 'Kadehuis');
	assert.equal(place.postcode, '9700 AB');
	assert.equal(place.location_id, place.id);
	assert.match(await refused(at.user, `${at.path}/locations/new`,
		{ name: 'Kadehuis', ...address }), /id="f-name-error"/);
	assert.match(await refused(at.user, `${at.path}/locations/new`,
		{ name: 'Ander', ...address, postcode: '0000 AA' }),
	/id="f-postcode-error"/);
	const rooms = `/supplier/places/${place.id}/departments/new`;
	await done(at.user, rooms, { name: 'Zuid' });
	await done(at.user, rooms, { name: 'Berging', kind: 'depot' });
	assert.match(await refused(at.user, rooms, { name: 'Zuid' }),
		/id="f-name-error"/);
	assert.match(await refused(at.user, rooms,
		{ name: 'Noord', kind: 'location' }), /id="f-kind-error"/);
	const page = await at.user.page(at.path);
	assert.deepEqual(texts(page, '//tree/place/place/@name'),
		['Berging', 'Zuid']);
	await done(at.user, `/supplier/places/${place.id}/close`);
	assert.deepEqual(values(`SELECT active FROM place
		WHERE location_id = ${place.id}`), ['0', '0', '0']);
	const [{ id: room }] = sql(`SELECT id FROM place
		WHERE location_id = ${place.id} AND name = 'Zuid'`);
	// A department is not opened in a location that is closed.
	assert.equal((await at.user.get(`/supplier/places/${room}/reopen`))
		.location, at.path);
	await location(at, 'Kadehuis');
	assert.match(await refused(at.user,
		`/supplier/places/${place.id}/reopen`, {}), /class="errsum"/);
});

test('S2: a place where something stands is not closed', async () => {
	const user = await as(advisor);
	const { id, aids } = one(`SELECT p.id, COUNT(*) AS aids FROM place p
		JOIN aid a ON a.home_place_id = p.id AND a.status <> 'scrapped'
		WHERE p.kind = 'department' GROUP BY p.id LIMIT 1`);
	const page = await user.page(`/supplier/places/${id}/close`);
	assert.ok(!has(page, '//form'));
	assert.equal(string(page, '//note[@kind="bad"]/arg[1]'), aids);
	const { csrf } = (await user.form(`/supplier/places/${id}/edit`)).fields;
	const before = fingerprint();
	const answer = await user.post(`/supplier/places/${id}/close`, { csrf,
		form_key: newKey(),
		version: one(`SELECT version FROM place WHERE id = ${id}`).version });
	assert.equal(answer.status, 422);
	assert.equal(fingerprint(), before);
});

test('S2: a closed place is nobody\'s choice any more', async () => {
	const user = await as(advisor);
	await done(user, `${base}/lindenhof/locations/new`,
		{ name: 'Tijdelijk', ...address });
	const { id } = one("SELECT MAX(id) AS id FROM place");
	const admin = await as('beheer@lindenhof.example');
	const offered = async () => texts(await admin.page('/aids'),
		'//filter[@id="location"]/option').includes('Tijdelijk');
	assert.ok(await offered(), 'at once in an open session');
	await done(user, `/supplier/places/${id}/close`);
	assert.ok(!await offered());
});

test('S2: depots of the supplier are no place of an organisation', async () => {
	const user = await as(advisor);
	const { id } = one(`SELECT id FROM place WHERE organisation_id IS NULL
		LIMIT 1`);
	for (const what of ['edit', 'close', 'reopen', 'departments/new'])
		await user.page(`/supplier/places/${id}/${what}`, 404);
});

test('S1: staff of a branch have its organisations, and no others',
	() => boundTo(service, 'westerdam', async user => {
		const list = await user.page(`${base}?state=all&size=100`);
		assert.deepEqual([...new Set(values(`SELECT b.code
			FROM organisation o JOIN branch b ON b.id = o.branch_id
			WHERE o.code IN (${texts(list, '//row/@key').map(quote)})`))],
		['westerdam']);
		for (const path of ['', '/edit', '/end', '/resume', '/locations/new'])
			await user.page(`${base}/lindenhof${path}`, 404);
		const { id } = one(`SELECT p.id FROM place p
			JOIN organisation o ON o.id = p.organisation_id
			WHERE o.code = 'lindenhof' AND p.kind = 'location' LIMIT 1`);
		for (const what of ['edit', 'close', 'departments/new'])
			await user.page(`/supplier/places/${id}/${what}`, 404);
		const form = await user.form(`${base}/zevendijken/edit`);
		assert.equal(form.options('branch').length, 1);
		const before = fingerprint();
		const { csrf } = form.fields;
		for (const path of [`${base}/lindenhof/edit`,
			`/supplier/places/${id}/edit`, `/supplier/places/${id}/close`])
			assert.equal((await user.post(path, { ...form.fields, csrf,
				form_key: newKey() })).status, 404);
		const other = one("SELECT id FROM branch WHERE code = 'noorderhaven'");
		assert.equal((await user.post(form.action, { ...form.fields,
			branch: other.id })).status, 422);
		assert.equal(fingerprint(), before);
	}));

test('S2: another branch looks after the aids too', async () => {
	const user = await as(advisor);
	const to = code => one(`SELECT id FROM branch WHERE code = ${
		quote(code)}`).id;
	const branches = () => values(`SELECT DISTINCT b.code FROM aid a
		JOIN organisation o ON o.id = a.holder_id
		JOIN branch b ON b.id = a.branch_id WHERE o.code = 'zevendijken'`);
	await done(user, `${base}/zevendijken/edit`, { branch: to('noorderhaven') });
	assert.deepEqual(branches(), ['noorderhaven']);
	await done(user, `${base}/zevendijken/edit`, { branch: to('westerdam') });
	assert.deepEqual(branches(), ['westerdam']);
});

test('S2: the page says what is to be told of errors', async () => {
	const at = await customer();
	const form = await at.user.form(`${at.path}/edit`);
	const answer = await at.user.post(form.action, { ...form.fields, name: '',
		payment_days: 'veel' });
	assert.match(answer.text, /Er zijn 2 velden die u moet aanpassen/);
	assert.ok(first(form.page, '//form'));
	assert.deepEqual(errors(form.page), {});
});
