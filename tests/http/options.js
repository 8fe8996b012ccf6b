// What a filter offers is kept by the workers; what an account may see is not.
import assert from 'node:assert/strict';
import { requester } from '../lib/flow.js';
import { one, quote, sql, values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { texts } from '../lib/xml.js';

const admin = 'beheer@lindenhof.example';
const pages = 12; // of all workers: what each keeps is its own

const membership = email => one(`SELECT m.id FROM membership m
	JOIN account a ON a.id = m.account_id
	WHERE a.email = ${quote(email)} AND m.portal = 'institution'`).id;

// What the filter offers, in each of the open session's next pages.
async function offered(user, filter = 'location', query = '') {
	const seen = [];
	for (let i = 0; i < pages; i++)
		seen.push(texts(await user.page(`/aids${query}`),
			`//filter[@id="${filter}"]/option`));
	for (const options of seen)
		assert.deepEqual(options, seen[0], `${user.email}: ${filter}`);
	return seen[0];
}

// Changes the database, looks, and changes it back.
async function meanwhile(change, back, look) {
	sql(change);
	try {
		await look();
	} finally {
		sql(back);
	}
}

test('I6: a change of ticks is seen at once by an open session', async () => {
	const user = await as(requester);
	const before = await offered(user);
	const id = membership(requester);
	const other = one(`SELECT p.id, p.name FROM place p
		JOIN membership m ON m.organisation_id = p.organisation_id
		WHERE m.id = ${id} AND p.kind = 'location' AND p.active
		AND p.name NOT IN (${before.map(quote)}) LIMIT 1`);
	await meanwhile(`INSERT INTO membership_place
		(membership_id, place_id, whole_subtree)
		VALUES (${id}, ${other.id}, TRUE)`,
	`DELETE FROM membership_place WHERE membership_id = ${id}
		AND place_id = ${other.id}`, async () =>
		assert.deepEqual(await offered(user),
			[...before, other.name].sort((a, b) => a.localeCompare(b, 'nl'))));
	assert.deepEqual(await offered(user), before);
});

test('I6: a change of rights is seen at once by an open session', async () => {
	const user = await as(requester);
	const before = await offered(user);
	const types = await offered(user, 'type');
	const id = membership(requester);
	await meanwhile(`UPDATE membership SET all_places = TRUE WHERE id = ${id}`,
		`UPDATE membership SET all_places = FALSE WHERE id = ${id}`,
		async () => {
			const all = await as(admin);
			assert.deepEqual(await offered(user), await offered(all));
			assert.deepEqual(await offered(user, 'type'),
				await offered(all, 'type'));
			assert.ok((await offered(user)).length > before.length);
		});
	assert.deepEqual(await offered(user), before);
	assert.deepEqual(await offered(user, 'type'), types);
});

test('I6: another name of a location or department is seen at once', async () => {
	for (const email of [requester, admin]) {
		const user = await as(email);
		const [name] = await offered(user);
		const place = one(`SELECT p.id FROM place p
			JOIN membership m ON m.organisation_id = p.organisation_id
			WHERE m.id = ${membership(email)} AND p.name = ${quote(name)}
			AND p.kind = 'location'`).id;
		const query = `?location=${place}`;
		const departments = await offered(user, 'department', query);
		await meanwhile(`UPDATE place SET name = CONCAT(name, ' nieuw'),
				version = version + 1 WHERE location_id = ${place}`,
		`UPDATE place SET name = REPLACE(name, ' nieuw', ''),
				version = version + 1 WHERE location_id = ${place}`,
		async () => {
			assert.ok((await offered(user)).includes(`${name} nieuw`));
			assert.deepEqual(await offered(user, 'department', query),
				departments.map(d => `${d} nieuw`));
		});
		assert.ok((await offered(user)).includes(name));
	}
});

test('I6: a location that is no more is offered no more', async () => {
	const user = await as(admin);
	const before = await offered(user);
	const place = one(`SELECT p.id FROM place p
		JOIN membership m ON m.organisation_id = p.organisation_id
		WHERE m.id = ${membership(admin)} AND p.kind = 'location'
		AND p.name = ${quote(before[0])}`).id;
	await meanwhile(
		`UPDATE place SET active = FALSE, version = version + 1
			WHERE id = ${place}`,
		`UPDATE place SET active = TRUE, version = version + 1
			WHERE id = ${place}`,
		async () => assert.deepEqual(await offered(user), before.slice(1)));
});

test('I6: nobody is offered what another customer has', async () => {
	const [one_, two] = [await as(admin), await as('beheer@terpen.example')];
	for (const filter of ['location', 'type']) {
		const ours = await offered(one_, filter);
		const theirs = await offered(two, filter);
		assert.deepEqual(await offered(one_, filter), ours);
		assert.notDeepEqual(ours, theirs);
	}
	const names = values(`SELECT p.name FROM place p
		JOIN organisation o ON o.id = p.organisation_id
		WHERE o.code = 'terpen' AND p.kind = 'location' AND p.active`);
	assert.deepEqual([...await offered(two)].sort(), names.sort());
});

test('I9: a type that came is taken before it is offered', async () => {
	const user = await as(admin);
	await offered(user, 'type');
	const { product } = one(`SELECT MAX(id) AS product FROM product p
		WHERE NOT EXISTS (SELECT 1 FROM aid a
			JOIN organisation o ON o.id = a.holder_id
			WHERE a.product_id = p.id AND o.code = 'lindenhof')`);
	const aid = one(`SELECT a.id, a.product_id AS was FROM aid a
		JOIN organisation o ON o.id = a.holder_id
		WHERE o.code = 'lindenhof' AND a.status = 'in_use'
		ORDER BY a.id DESC LIMIT 1`);
	if (product === null)
		return;
	// What was read within this second counts as new.
	await new Promise(done => setTimeout(done, 1100));
	await meanwhile(
		`UPDATE aid SET product_id = ${product} WHERE id = ${aid.id}`,
		`UPDATE aid SET product_id = ${aid.was} WHERE id = ${aid.id}`,
		async () => {
			const page = await user.page(`/aids?type=${product}`);
			assert.deepEqual(texts(page, '//message/@id'), []);
			assert.deepEqual(texts(page, '//rows/@total'), ['1']);
		});
});
