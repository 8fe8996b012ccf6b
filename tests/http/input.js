// Each field of each form: too long, of the wrong type, another
// organisation's, control characters, bad UTF-8, markup.
import assert from 'node:assert/strict';
import { accept, askRepair, freeAid, plan, planner, requester, start, workday }
	from '../lib/flow.js';
import { encode } from '../lib/http.js';
import { values } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { anybody, as, password, readForm, User } from '../lib/user.js';
import { fingerprint } from '../lib/world.js';
import { all } from '../lib/xml.js';

const branch = 'klantenservice@zorgmiddelen-noord.example';
const requestAt = async (...steps) => {
	const { number } = await askRepair();
	for (const step of steps)
		await step(number);
	return number;
};
const planned = number => plan(number);

// Each form: where it stands, and who fills it in; what makes it whole.
const forms = {
	// Any e-mail address may be tried; none says which there are.
	login: { open: async () => [anybody(), '/login'], free: ['email', 'password'],
		fields: { email: 'iemand@lindenhof.example', password } },
	repair: { open: async () => [await as(requester),
		`/aids/${freeAid(requester)}/repair`],
	fields: { defect: 'De rem slipt.', client: 'mw. A. Test' } },
	send: { open: async () => [await as(requester),
		`/requests/${await requestAt()}/send`],
	fields: { other: 'collega@lindenhof.example' } },
	propose: { open: async () => [await as(planner),
		`/supplier/requests/${await requestAt(accept)}/propose`],
	fields: { day: workday(9) } },
	plan: { open: async () => [await as(planner),
		`/supplier/requests/${await requestAt(accept)}/plan`],
	fields: { day: workday(9) } },
	done: { open: async () => [await as(planner),
		`/supplier/requests/${await requestAt(accept, planned, start)}/done`],
	// A row of nothing at all is none: of this one each field is wanted.
	fields: { work_done: 'Rem gesteld.', cost: '12,50', 'part-1': 'Remblok',
		'quantity-1': '2' } },
	'could-not': { open: async () => [await as(planner),
		`/supplier/requests/${await requestAt(accept, planned)}/could-not`],
	fields: { reason: 'Niemand thuis.' } },
	hold: { open: async () => [await as(planner),
		`/supplier/requests/${await requestAt()}/hold`],
	fields: { reason: 'Onderdeel besteld.', day: workday(20) } },
	cancel: { open: async () => [await as(branch),
		`/supplier/requests/${await requestAt()}/cancel`],
	fields: { reason: 'Dubbel aangevraagd.' } },
	correct: { open: async () => [await as(branch),
		`/supplier/requests/${await requestAt()}/correct`],
	fields: { reference: 'kamer 12', description: 'De rem slipt.' } },
	'other-date': { open: async () => [await as(requester),
		`/requests/${await requestAt(accept, propose)}/other-date`],
	fields: { day: workday(15), reason: 'Dan is er niemand.' } },
};

async function propose(number) {
	const answer = await (await as(planner)).send(
		`/supplier/requests/${number}/propose`, 'propose',
		{ day: workday(11) });
	assert.equal(answer.status, 303);
}

async function open(name) {
	const [user, path] = await forms[name].open();
	const form = await user.form(path, name);
	return { user, form, fields: { ...form.fields, ...forms[name].fields } };
}

// Values that a type must refuse.
const wrong = {
	date: ['gisteren', '2026-02-30', '31-02-2026', '0000-00-00', '1999-01-01',
		'9999-12-31', '2026-1', '-1', '٢٠٢٦-١١-٢٢'],
	tel: ['bel maar', '12', '+', '06123456789012345678', '050 000 12 0x'],
	email: ['jan', 'jan@', '@x.nl', 'jan@@x.nl', 'jan x@y.nl', 'jan@x..nl',
		'jan@x.nl\nBcc: a@b.nl', 'a@b.nl,c@d.nl', '<a@b.nl>'],
	number: ['x', '1e3', '0x10', '99999999999999999999'],
	money: ['gratis', '1,234', '12,5,0', '99999999999999,00', '-5', '1e3',
		'NaN'],
	radio: ['x', '1', 'DONE'],
	select: ['x', '-1', '999999'],
	ref: ['x', '-1', '0', '1e1', '99999999', '18446744073709551617'],
	hidden: [],
	check: [],
};

// Places of another organisation: for a ref they don't exist.
const foreign = () => values(`SELECT p.id FROM place p
	JOIN organisation o ON o.id = p.organisation_id
	WHERE o.code = 'terpen' ORDER BY p.kind, p.id LIMIT 6`);

const marked = (html, name) => html.includes(`id="f-${name}-error"`);
const summary = html => (/class="errsum"[\s\S]*?<\/ul>/.exec(html)?.[0]
	.match(/<li>/g) ?? []).length;

for (const name of Object.keys(forms))
	test(`I14 X5: form ${name} refuses what does not fit its fields`,
		async () => {
			const { user, form, fields } = await open(name);
			const before = fingerprint();
			const passed = [];
			for (const field of all(form.form, './/field')) {
				const id = field.getAttribute('name');
				const type = field.getAttribute('type');
				const max = Number(field.getAttribute('maxlength'));
				const isFree = forms[name].free?.includes(id);
				const bad = isFree ? [] : [...wrong[type] ?? []];
				if (type === 'ref')
					bad.push(...foreign());
				if (['text', 'textarea', 'email', 'password'].includes(type)) {
					assert.ok(max > 0, `${id} has a limit`);
					bad.push('x'.repeat(max + 1), 'é'.repeat(max + 1));
				}
				if (['text', 'email', 'tel'].includes(type) && !isFree)
					bad.push('een\ntwee', 'een\ttwee');
				if (field.getAttribute('required') === 'yes' &&
					type !== 'hidden')
					bad.push('', ...isFree ? [] : ['   ']);
				for (const value of bad) {
					const answer = await user.post(form.action,
						{ ...fields, [id]: value });
					if (answer.status !== 422 || !marked(answer.text, id))
						passed.push(`${id}=${value.slice(0, 30)}: ${
							answer.status}`);
				}
			}
			assert.deepEqual(passed, []);
			assert.equal(fingerprint(), before);
		});

for (const name of Object.keys(forms))
	test(`rule 14: form ${name} refuses what is no text`, async () => {
		const { user, form, fields } = await open(name);
		const before = fingerprint();
		const passed = [];
		for (const id of [...form.names, 'csrf', 'form_key', 'unknown'])
			for (const bytes of ['%00', 'a%00b', '%01', '%08', '%0B', '%1F',
				'%7F', '%C2%85', '%FF', '%C0%80', '%E2%82', '%ED%A0%80',
				'%F5%80%80%80', '%EF%BF%BE', '%', '%4', '%GG']) {
				const { [id]: _, ...rest } = fields;
				const answer = await user.post(form.action,
					`${encode(rest)}&${id}=${bytes}`);
				if (answer.status !== 400)
					passed.push(`${id}=${bytes}: ${answer.status}`);
			}
		assert.deepEqual(passed, []);
		assert.equal(fingerprint(), before);
	});

test('I14: every error at once, and what was typed stays', async () => {
	const { user, form, fields } = await open('repair');
	const typed = { wished: 'morgen', client: 'mw. <b>Vet</b>', location: '',
		department: '', contact_name: '', contact_phone: 'geen',
		contact_email: 'jan@', defect: '', message: 'x'.repeat(2001) };
	const answer = await user.post(form.action, { ...fields, ...typed });
	assert.equal(answer.status, 422);
	assert.equal(summary(answer.text), 8);
	for (const name of form.names)
		assert.equal(marked(answer.text, name),
			!['client', 'photos', 'kept'].includes(name), name);
	for (const shown of ['value="morgen"', 'value="geen"', 'value="jan@"',
		'value="mw. &lt;b&gt;Vet&lt;/b&gt;"', 'x'.repeat(2001)])
		assert.ok(answer.text.includes(shown), shown.slice(0, 40));
	assert.match(answer.text, /<title>Fout: /);
});

test('I14: another location without script: its departments, no error',
	async () => {
		const { user, form, fields } = await open('repair');
		const [location] = form.options('location')
			.filter(id => id !== fields.location);
		const answer = await user.post(form.action, {
			...fields, location, defect: 'Half', _refresh: 'location' });
		assert.equal(answer.status, 200);
		const offered = [.../<select[^>]*name="department"[\s\S]*?<\/select>/
			.exec(answer.text)[0].matchAll(/value="(\d+)"/g)].map(m => m[1]);
		assert.deepEqual(offered.sort(), values(`SELECT id FROM place
			WHERE location_id = ${location} AND active AND kind <> 'depot'
			OR id = ${location}`).filter(id => offered.includes(id)).sort());
		assert.ok(offered.length > 0);
		assert.ok(answer.text.includes('>Half</textarea>'));
		assert.equal(summary(answer.text), 0);
	});

test('I14: a department of another location is refused', async () => {
	const { user, form, fields } = await open('repair');
	const other = form.options('location')
		.find(id => id !== fields.location);
	const answer = await user.post(form.action,
		{ ...fields, location: other });
	assert.equal(answer.status, 422);
	assert.ok(marked(answer.text, 'department'));
});

test('I9 I14: a place of the organisation that is not one\'s own is refused',
	async () => {
		const { user, form, fields } = await open('repair');
		const [place] = values(`SELECT p.id FROM place p
			JOIN place l ON l.id = p.location_id
			WHERE l.name = 'De Meerpaal' AND p.kind = 'department' LIMIT 1`);
		const [location] = values(
			'SELECT id FROM place WHERE name = \'De Meerpaal\'');
		assert.ok(!form.options('location').includes(location));
		const answer = await user.post(form.action,
			{ ...fields, location, department: place });
		assert.equal(answer.status, 422);
		assert.ok(marked(answer.text, 'location'));
	});

test('fields that the form does not have change nothing', async () => {
	const { user, form, fields } = await open('repair');
	const answer = await user.post(form.action, { ...fields,
		state: 'done', organisation_id: '2', requester_id: '1', id: '1',
		number: '2020-000001', kind: 'move', version: '99' });
	assert.equal(answer.status, 303);
	const number = answer.location.split('/')[2];
	const [row] = values(`SELECT CONCAT_WS(' ', r.state, r.kind, o.code,
		a.email) AS x FROM request r
		JOIN organisation o ON o.id = r.organisation_id
		JOIN account a ON a.id = r.requester_id
		WHERE r.number = '${number}'`);
	assert.equal(row, `submitted repair lindenhof ${requester}`);
});

test('rule 14: CSRF: no token, another\'s, a cut one, another session\'s: 403',
	async () => {
		const { user, form, fields } = await open('repair');
		const stranger = await as('rol3@lindenhof.example');
		const theirs = readForm(await stranger.page(
			`/aids/${freeAid('rol3@lindenhof.example')}/repair`)).fields.csrf;
		const before = fingerprint();
		for (const csrf of ['', 'x', theirs, fields.csrf.slice(1),
			fields.csrf.replace(/^./, c => c === 'A' ? 'B' : 'A'),
			'A'.repeat(86)]) {
			const answer = await user.post(form.action, { ...fields, csrf });
			assert.equal(answer.status, 403);
			assert.match(answer.text, /<html lang="nl"/);
		}
		const { csrf, ...none } = fields;
		assert.equal((await user.post(form.action, none)).status, 403);
		const cookieless = new User('nobody');
		assert.equal((await cookieless.post(form.action, fields)).status, 303);
		assert.equal(fingerprint(), before);
		assert.equal((await user.post(form.action, fields)).status, 303);
	});

test('form keys that are none are refused', async () => {
	const { user, form, fields } = await open('repair');
	const before = fingerprint();
	for (const form_key of ['', 'x', '0'.repeat(31), '0'.repeat(33),
		'g'.repeat(32), `${'0'.repeat(31)}'`])
		assert.equal((await user.post(form.action, { ...fields, form_key }))
			.status, 400);
	assert.equal(fingerprint(), before);
});
