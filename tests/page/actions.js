// 'Mijn acties' and 'Planning': what they show, and by what they are filtered
// and sorted (I16, I17); who stands in for an authoriser (X6).
import assert from 'node:assert/strict';
import { askRepair, stateOf } from '../lib/flow.js';
import { one, quote, sql, values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';
import { first, has, string, texts } from '../lib/xml.js';

const boss = 'beheer@lindenhof.example';
const ours = one('SELECT id FROM organisation WHERE code = \'lindenhof\'').id;
const lines = `FROM request_line n JOIN request r ON r.id = n.request_id
	LEFT JOIN aid a ON a.id = n.aid_id WHERE r.organisation_id = ${ours}`;
const under = 'AND n.state IN (\'awaiting_approval\', \'awaiting_signature\',' +
	'\'signature_refused\', \'submitted\', \'accepted\', \'proposed\',' +
	'\'planned\', \'in_progress\', \'on_hold\', \'own_planned\')';

const totalOf = page => Number(string(page, '//rows/@total'));
const count = where => Number(one(`SELECT COUNT(*) AS n ${lines} ${where}`).n);

// Narrow enough to be counted whole, by one aid of the organisation.
const sample = one(`SELECT n.aid_id, a.number, r.kind, n.location_id,
		n.place_id, a.category_id, a.subcategory_id, a.product_id,
		n.planned_on AS day
	${lines} ${under} AND n.aid_id IS NOT NULL AND n.planned_on IS NOT NULL
	AND a.holder_id = ${ours} AND r.kind = 'repair'
	AND n.place_id <> n.location_id
	ORDER BY r.id DESC LIMIT 1`);

const narrowed = {
	'/actions': {
		[`number=${sample.number}`]: `AND a.number = ${sample.number}`,
		[`location=${sample.location_id}&department=${sample.place_id}`]:
			`AND n.place_id = ${sample.place_id}`,
		[`kind=repair&number=${sample.number}`]:
			`AND r.kind = 'repair' AND a.number = ${sample.number}`,
		[`ownership=owned&number=${sample.number}`]: `AND a.number = ${
			sample.number} AND a.owner_id = a.holder_id`,
		[`ownership=rented&number=${sample.number}`]: `AND a.number = ${
			sample.number} AND a.owner_id IS NULL`,
		[`ownership=depot&number=${sample.number}`]: `AND a.number = ${
			sample.number} AND a.status = 'in_depot'`,
		[`category=${sample.category_id}&subcategory=${
			sample.subcategory_id}&type=${sample.product_id}&state=open`]:
			`AND a.product_id = ${sample.product_id} ${under}`,
	},
	'/planning': {
		[`from=${sample.day}&until=${sample.day}`]:
			`${under} AND IFNULL(n.planned_on, n.wished_on) = ${
				quote(sample.day)}`,
		[`kind=repair&location=${sample.location_id}&department=${
			sample.place_id}`]: `${under} AND r.kind = 'repair'
			AND n.place_id = ${sample.place_id}`,
	},
};

for (const [path, filters] of Object.entries(narrowed))
	for (const [query, where] of Object.entries(filters))
		test(`I16 I17: ${path} by ${query.replace(/=[\d-]+/g, '')}`,
			async () => {
				const page = await (await as(boss)).page(`${path}?${query}`);
				assert.ok(!has(page, '//message[@id="list.ignored"]'));
				assert.equal(totalOf(page), count(where));
			});

test('I16 I17: the columns, and what they sort by', async () => {
	const user = await as(boss);
	const wanted = {
		'/actions': [['number', 'kind', 'type', 'aid', 'location',
			'department', 'client', 'state', 'asked', 'wished', 'planned',
			'done'], ['category', 'subcategory', 'type', 'location',
			'department', 'kind', 'asked']],
		'/planning': [['date', 'number', 'kind', 'type', 'aid', 'location',
			'department', 'asked', 'requester', 'wished', 'state'],
		['date', 'kind', 'location', 'department']],
	};
	for (const [path, [columns, sorts]] of Object.entries(wanted)) {
		const page = await user.page(`${path}?number=${sample.number}`);
		const shown = texts(page, '//list/columns/column/@id');
		for (const id of columns)
			assert.ok(shown.includes(id), `${path} shows ${id}`);
		for (const id of sorts)
			for (const sort of [id, `-${id}`])
				assert.ok(has(page, `//sorts/sort[@value="${sort}"]`),
					`${path} sorts by ${sort}`);
	}
});

test('I17: number and aid lead to the request and the aid', async () => {
	const user = await as(boss);
	const page = await user.page(`/actions?number=${sample.number}`);
	for (const href of [`/aids/${sample.number}`,
		`/requests/${string(page, '//row/@key')}`]) {
		assert.ok(has(page, `//rows//*[@href="${href}"]`), href);
		assert.equal((await user.get(href)).status, 200);
	}
});

test('X6: who stands in approves while the authoriser is away', async () => {
	const authoriser = 'rol3@lindenhof.example';
	const away = await as(authoriser);
	const form = await away.form('/account/stand-in');
	const id = email => one(`SELECT id FROM account
		WHERE email = ${quote(email)}`).id;
	const email = values(`SELECT email FROM account WHERE id IN (${
		form.options('stand_in').filter(Boolean)})
		AND email IN ('rol6@lindenhof.example', 'rol7@lindenhof.example')
		ORDER BY email`)[0];
	const { number } = await askRepair('rol4@lindenhof.example');
	assert.equal(stateOf(number), 'awaiting_approval');
	const deputy = await as(email);
	const may = async () => {
		const { status, text } = await deputy.get(`/requests/${number}.xml`);
		return status === 200 && /<action id="approve"/.test(text);
	};
	assert.equal(await may(), false);
	const today = new Intl.DateTimeFormat('sv-SE',
		{ timeZone: 'Europe/Amsterdam' }).format(new Date());
	try {
		const set = await away.post(form.action, { ...form.fields,
			stand_in: id(email), from: today, until: today });
		assert.equal(set.status, 303, set.text?.slice(0, 300));
		assert.equal(await may(), true);
		const answer = await deputy.act(`/requests/${number}`, 'approve');
		assert.equal(answer.status, 303);
		assert.equal(stateOf(number), 'submitted');
	} finally {
		sql(`DELETE FROM stand_in WHERE account_id = ${id(authoriser)}`);
	}
});

test('I17: a tab counts up to what a list counts, and says that it is more',
	async () => {
		const user = await as(boss);
		const { id } = one(`SELECT MIN(r.id) AS id FROM request r
			JOIN organisation o ON o.id = r.organisation_id
			WHERE o.code = 'lindenhof' AND r.state = 'planned'`);
		const names = values(`SELECT column_name FROM information_schema.columns
			WHERE table_schema = DATABASE() AND table_name = 'request_line'
			AND generation_expression IS NULL
			AND column_name NOT IN ('id', 'position')`).join(', ');
		sql(`INSERT INTO request_line (position, ${names})
			SELECT s.seq, ${names} FROM request_line n
			JOIN seq_1001_to_2001 s WHERE n.request_id = ${id}`);
		try {
			const open = first(await user.page('/actions'), '//tab[@id = "open"]');
			assert.equal(open.getAttribute('count'), '1000');
			assert.equal(open.getAttribute('capped'), 'yes');
			assert.match((await user.get('/actions')).text, />1\.000\+</);
		} finally {
			sql(`DELETE FROM request_line WHERE request_id = ${id}
				AND position > 1000`);
		}
	});
