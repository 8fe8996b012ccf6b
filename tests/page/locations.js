// Location change requests: asked by the institution (I7), answered by the
// supplier (S4).
import assert from 'node:assert/strict';
import { newKey, newName } from '../lib/load.js';
import { one, quote, sql, values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { fingerprint } from '../lib/world.js';
import { first, has, number, string, texts } from '../lib/xml.js';

const admin = 'beheer@lindenhof.example';
const role1 = 'rol1@lindenhof.example';
const other = 'beheer@terpen.example';
const advisor = 'adviseur@zorgmiddelen-noord.example';
const service = 'klantenservice@zorgmiddelen-noord.example';
const inbox = '/supplier/location-changes';

async function send(user, path, changes = {}) {
	const form = await user.form(path);
	const answer = await user.post(form.action,
		{ ...form.fields, form_key: newKey(), ...changes });
	return answer;
}

async function done(user, path, changes) {
	const answer = await send(user, path, changes);
	assert.equal(answer.status, 303, `${path}: ${answer.status}`);
	return answer.location;
}

async function refused(user, path, changes, pattern) {
	const before = fingerprint();
	const answer = await send(user, path, changes);
	assert.equal(answer.status, 422, path);
	assert.match(answer.text, pattern);
	assert.equal(fingerprint(), before, 'nothing was done');
}

// A location of its own, empty, with one department.
function newLocation(name = newName('Hof')) {
	sql(`INSERT INTO place (organisation_id, kind, name, street, postcode, city)
			SELECT id, 'location', ${quote(name)}, 'Kade 1', '9700 AA', 'Haven'
			FROM organisation WHERE code = 'lindenhof';
		UPDATE place SET location_id = id WHERE name = ${quote(name)};
		INSERT INTO place (organisation_id, location_id, kind, name)
			SELECT organisation_id, id, 'department', 'Zuid' FROM place
			WHERE name = ${quote(name)}`);
	return { name, ...one(`SELECT id FROM place WHERE name = ${quote(name)}`) };
}

const mails = number => sql(`SELECT recipient, kind, body_text FROM outbox
	WHERE kind LIKE 'location-change.%' AND subject LIKE ${
	quote(`%${number}%`)} ORDER BY id`);

const asked = async (path, changes, email = admin) =>
	(await done(await as(email), path, changes)).split('/').pop();

const placeOf = id => one(`SELECT name, street, postcode, city, active
	FROM place WHERE id = ${id}`);

for (const email of [admin, role1])
	test(`I7: ${email} sees the locations, each with 'Wijzig'`, async () => {
		const page = await (await as(email)).page('/locations');
		assert.deepEqual(texts(page, '//tree/place/@name').sort(),
			values(`SELECT p.name FROM place p JOIN organisation o
				ON o.id = p.organisation_id WHERE o.code = 'lindenhof'
				AND p.kind = 'location' AND p.active`).sort());
		assert.equal(number(page, 'count(//tree/place[@href])'),
			number(page, 'count(//tree/place)'));
		assert.equal(number(page, 'count(//tree/place/place[@href])'), 0);
		assert.ok(has(page, '//menu//item[@id="locations"]'));
	});

test('I2 I7: \'Wijzig\' stands at the locations of one\'s own account too',
	async () => {
		const links = async email => texts(await (await as(email))
			.page('/account'), '//tree[@id="places"]/place/@href');
		const found = await links(admin);
		assert.ok(found.length >= 6);
		for (const path of found)
			assert.match(path, /^\/locations\/\d+\/change$/);
		await (await as(admin)).form(found[0], 'location-change');
		assert.deepEqual(await links('rol2@lindenhof.example'), []);
	});

test('I7 I8: others have neither page nor menu', async () => {
	for (const email of ['rol2@lindenhof.example', 'rol3@lindenhof.example',
		'ergo@lindenhof.example', advisor]) {
		const user = await as(email);
		await user.page('/locations', 403);
		await user.page('/locations/new', 403);
		assert.ok(!has(await user.page('/account'),
			'//menu//item[@id="locations"]'));
	}
});

test('I7 S4: a change is asked, carried out, and seen at once', async () => {
	const place = newLocation();
	const name = newName('Nieuw Hof');
	const n = await asked(`/locations/${place.id}/change`,
		{ name, postcode: '9711bc', explanation: 'Vanaf 1 januari' });
	assert.match(n, /^L\d{4}-\d{4,}$/);
	assert.equal(placeOf(place.id).name, place.name, 'nothing yet');
	assert.deepEqual(mails(n).map(m => m.kind),
		Array(3).fill('location-change.ask'));
	assert.deepEqual(mails(n).map(m => m.recipient), [admin,
		'noorderhaven@zorgmiddelen-noord.example', advisor]);
	const user = await as(service);
	assert.ok(texts(await user.page(`${inbox}?size=100`), '//row/@key')
		.includes(n));
	const form = await user.form(`${inbox}/${n}/carry-out`);
	assert.deepEqual([form.fields.name, form.fields.postcode],
		[name, '9711 BC']);
	await done(user, `${inbox}/${n}/carry-out`, { street: 'Kade 9' });
	const { name: now, street, postcode } = placeOf(place.id);
	assert.deepEqual([now, street, postcode], [name, 'Kade 9', '9711 BC']);
	assert.ok(texts(await (await as(role1)).page('/aids'),
		'//filter[@id="location"]/option').includes(name));
	const page = await (await as(admin)).page(`/locations/changes/${n}`);
	assert.equal(string(page, '/page/title/@state'), 'done');
	assert.ok(!has(page, '//action[@id="location-withdraw"]'));
	assert.deepEqual(mails(n).slice(3).map(m => m.recipient), [admin,
		'noorderhaven@zorgmiddelen-noord.example', advisor]);
});

test('I7 S4: a new location comes with its departments', async () => {
	const name = newName('Nieuwbouw');
	const address = { street: 'Laan 1', postcode: '9701 AA', city: 'Haven' };
	const n = await asked('/locations/new', { name, ...address,
		departments: 'Noord\r\n\r\n Zuid \r\n' }, role1);
	const user = await as(advisor);
	await refused(user, `${inbox}/${n}/carry-out`,
		{ departments: 'Noord\nNoord' }, /id="f-departments-error"/);
	await refused(user, `${inbox}/${n}/carry-out`,
		{ departments: 'x'.repeat(101) }, /id="f-departments-error"/);
	await refused(user, `${inbox}/${n}/carry-out`, { name: 'Havenzicht' },
		/id="f-name-error"/);
	await done(user, `${inbox}/${n}/carry-out`, {});
	assert.deepEqual(values(`SELECT d.name FROM place d JOIN place l
		ON l.id = d.location_id WHERE l.name = ${quote(name)}
		AND d.id <> l.id ORDER BY d.name`), ['Noord', 'Zuid']);
	assert.ok(texts(await (await as(admin)).page('/locations'),
		'//tree/place/@name').includes(name));
	assert.ok(one(`SELECT place_id FROM location_change
		WHERE number = ${quote(n)}`).place_id);
});

test('I7 S4: a location is removed once it is empty', async () => {
	const place = newLocation();
	const n = await asked(`/locations/${place.id}/change`, { kind: 'remove' });
	const user = await as(advisor);
	// Something comes to stand there.
	const { id } = one("SELECT id FROM aid WHERE status = 'in_use' LIMIT 1");
	const was = one(`SELECT location_id, home_place_id, holder_id FROM aid
		WHERE id = ${id}`);
	sql(`UPDATE aid SET location_id = ${place.id}, home_place_id = ${place.id},
		holder_id = (SELECT id FROM organisation WHERE code = 'lindenhof')
		WHERE id = ${id}`);
	const page = await user.page(`${inbox}/${n}/carry-out`);
	assert.ok(!has(page, '//form'));
	assert.equal(string(page, '//note[@kind="bad"]/arg[1]'), '1');
	const { csrf } = (await user.form(`${inbox}/${n}/decline`)).fields;
	const before = fingerprint();
	assert.equal((await user.post(`${inbox}/${n}/carry-out`, { csrf,
		form_key: newKey(), version: '1' })).status, 422);
	assert.equal(fingerprint(), before);
	sql(`UPDATE aid SET location_id = ${was.location_id},
		home_place_id = ${was.home_place_id}, holder_id = ${was.holder_id}
		WHERE id = ${id}`);
	await done(user, `${inbox}/${n}/carry-out`, {});
	assert.deepEqual(values(`SELECT active FROM place
		WHERE location_id = ${place.id}`), ['0', '0']);
	await (await as(admin)).page(`/locations/${place.id}/change`, 404);
});

test('S4: declined with a reason that the requester reads', async () => {
	const place = newLocation();
	const n = await asked(`/locations/${place.id}/change`, { name: 'Anders' });
	const user = await as(advisor);
	await refused(user, `${inbox}/${n}/decline`, { reason: '' },
		/id="f-reason-error"/);
	await done(user, `${inbox}/${n}/decline`,
		{ reason: 'Het adres <klopt> niet.' });
	assert.equal(placeOf(place.id).name, place.name);
	const page = await (await as(admin)).page(`/locations/changes/${n}`);
	assert.equal(string(page, '//step[@id="declined"]/reason'),
		'Het adres <klopt> niet.');
	assert.match(mails(n)[3].body_text, /Het adres <klopt> niet\./);
	assert.equal(mails(n)[3].recipient, admin);
	// Answered: it does not move any more.
	for (const path of [`${inbox}/${n}/carry-out`, `${inbox}/${n}/decline`])
		assert.equal((await user.get(path)).location, `${inbox}/${n}`);
	const mine = await as(admin);
	assert.equal((await mine.get(`/locations/changes/${n}/withdraw`)).location,
		`/locations/changes/${n}`);
});

test('I7: one request a location at a time; it can be taken back', async () => {
	const place = newLocation();
	const path = `/locations/${place.id}/change`;
	const n = await asked(path, { name: 'Anders' });
	const page = await (await as(admin)).page('/locations');
	assert.equal(string(page, `//tree/place[@name=${
		JSON.stringify(place.name)}]/@href`), `/locations/changes/${n}`);
	const before = values('SELECT COUNT(*) FROM location_change');
	assert.equal(await asked(path, { name: 'Nog anders' }, role1), n);
	assert.deepEqual(values('SELECT COUNT(*) FROM location_change'), before);
	await done(await as(role1), `/locations/changes/${n}/withdraw`);
	assert.equal(one(`SELECT state FROM location_change
		WHERE number = ${quote(n)}`).state, 'withdrawn');
	assert.deepEqual(mails(n).slice(3).map(m => m.kind),
		Array(2).fill('location-change.withdraw'));
	assert.notEqual(await asked(path, { name: 'Nog anders' }), n);
});

test('S4: withdrawn while it was being carried out: the second is told',
	async () => {
		const place = newLocation();
		const n = await asked(`/locations/${place.id}/change`,
			{ name: 'Anders' });
		const user = await as(advisor);
		const form = await user.form(`${inbox}/${n}/carry-out`);
		await done(await as(admin), `/locations/changes/${n}/withdraw`);
		const answer = await user.post(form.action, form.fields);
		assert.equal(answer.location, `${inbox}/${n}`);
		assert.match((await user.get(answer.location)).text,
			/is al afgehandeld/);
		assert.equal(placeOf(place.id).name, place.name);
	});

test('I7: what can\'t be asked', async () => {
	const user = await as(admin);
	const place = newLocation();
	const path = `/locations/${place.id}/change`;
	await refused(user, path, {}, /Er is niets gewijzigd/);
	await refused(user, path, { kind: 'add', name: 'X' },
		/id="f-kind-error"/);
	await refused(user, path, { postcode: '97 AA' }, /id="f-postcode-error"/);
	await refused(user, path, { name: '' }, /id="f-name-error"/);
	await refused(user, path, { explanation: 'x'.repeat(2001) },
		/id="f-explanation-error"/);
	// Somebody else's, a department, a depot of the supplier, none.
	const ids = values(`SELECT p.id FROM place p LEFT JOIN organisation o
		ON o.id = p.organisation_id WHERE o.code = 'terpen'
		AND p.kind = 'location' OR p.kind = 'department'
		OR p.organisation_id IS NULL`);
	const { fields } = await user.form(path);
	for (const id of [ids[0], ids.at(-1), ids[5], '0', '99999999']) {
		await user.page(`/locations/${id}/change`, 404);
		assert.equal((await user.post(`/locations/${id}/change`, { ...fields,
			name: 'X', form_key: newKey() })).status, 404);
	}
	// Fields that the form does not have do nothing (mass assignment).
	const n = await asked(path, { explanation: 'Zie bijlage', state: 'done',
		organisation_id: '2', requester_id: '1', number: 'L1' });
	const row = one(`SELECT c.state, o.code, a.email FROM location_change c
		JOIN organisation o ON o.id = c.organisation_id
		JOIN account a ON a.id = c.requester_id WHERE number = ${quote(n)}`);
	assert.deepEqual(row, { state: 'asked', code: 'lindenhof', email: admin });
});

test('I7 S4: another organisation, and another branch, see nothing of it',
	async () => {
		const place = newLocation();
		const n = await asked(`/locations/${place.id}/change`,
			{ explanation: 'Nieuwe naam volgt' });
		const user = await as(other);
		await user.page(`/locations/changes/${n}`, 404);
		await user.page(`/locations/changes/${n}/withdraw`, 404);
		assert.ok(!texts(await user.page('/locations?size=100'), '//row/@key')
			.includes(n));
		const set = value => sql(`UPDATE membership SET branch_id = ${value}
			WHERE portal = 'supplier' AND account_id = (SELECT id FROM account
				WHERE email = ${quote(service)})`);
		set("(SELECT id FROM branch WHERE code = 'westerdam')");
		try {
			const staff = await as(service);
			for (const path of ['', '/carry-out', '/decline'])
				await staff.page(`${inbox}/${n}${path}`, 404);
			assert.ok(!texts(await staff.page(`${inbox}?state=all&size=100`),
				'//row/@key').includes(n));
		} finally {
			set('NULL');
		}
		assert.ok(first(await (await as(service)).page(`${inbox}/${n}`),
			'//detail[@id="location-change"]'));
	});

test('S4: the menu counts what waits', async () => {
	const user = await as(advisor);
	const count = async () => number(await user.page('/account'),
		'//menu//item[@id="location-changes"]/@count');
	const before = await count();
	const n = await asked(`/locations/${newLocation().id}/change`,
		{ name: 'Anders' });
	assert.equal(await count(), before + 1);
	await done(user, `${inbox}/${n}/decline`, { reason: 'Kan niet.' });
	assert.equal(await count() || 0, before || 0);
});
