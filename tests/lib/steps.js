// Every form that has an effect, filled in on a thing of its own: { user,
// action, fields } and the number of the request, or the name that it will
// bear, or look() where it is about something else. A page is read once for
// what its form holds; the same form on another request that went the same way
// then takes one POST.
import assert from 'node:assert/strict';
import { offerOf } from './export.js';
import { begin, freeAid, give, planner, requester, workday }
	from './flow.js';
import { newKey, newName, repairForm, send } from './load.js';
import { one, quote, sql, values } from './portal.js';
import { as, readForm } from './user.js';
import { first, string } from './xml.js';

const asker = 'rol4@lindenhof.example';
const approver = 'rol3@lindenhof.example';
const professional = 'ergo@lindenhof.example';

const day = workday(6);
const reason = 'In overleg met de afdeling.';

// what it is called in the address: who, what is filled in, and what was done
// to the request before; anew: the form holds what is the request's own.
const branch = {
	accept: { after: [] },
	propose: { fields: { day, part: 'morning' }, after: ['accept'] },
	plan: { fields: { day, part: 'day' }, after: ['accept'] },
	start: { after: ['accept', 'plan'] },
	done: { fields: { finding: 'done', work_done: 'Kabel vervangen.' },
		after: ['accept', 'plan', 'start'] },
	'could-not': { fields: { reason }, after: ['accept', 'plan', 'start'] },
	hold: { fields: { reason, day }, after: ['accept'] },
	resume: { after: ['accept', 'hold'] },
	correct: { fields: { reference: 'ZN-4711' }, after: [], anew: true },
	cancel: { fields: { reason }, after: ['accept'] },
};
const answers = {
	agree: { after: ['accept', 'propose'] },
	'other-date': { fields: { day: workday(8), reason },
		after: ['accept', 'propose'] },
	withdraw: { asker, who: asker, after: [] },
	send: { fields: { self: 'yes' }, after: [] },
	approve: { asker, who: approver, after: [] },
	reject: { asker, who: approver, fields: { reason }, after: [] },
	performed: { own: true, after: [] },
	'call-off': { own: true, fields: { reason }, after: [] },
};

const repairs = new Map();

// A repair asked for by an account; the form is filled in anew each time.
export async function askedForm(email = requester) {
	if (!repairs.has(email))
		repairs.set(email, repairForm(email));
	return (await repairs.get(email))(newName('storing'));
}

async function asked(email) {
	const answer = await send(await askedForm(email));
	assert.equal(answer.status, 303, `a repair by ${email}`);
	return answer.location.split('/')[2];
}

const read = new Map();

// The form of a step on the page of this request: where it posts, and what
// it holds.
async function formAt(user, base, name, number) {
	const page = await user.page(`${base}/${number}`);
	const node = first(page, `//action[@id="${name}"]`) ??
		assert.fail(`${base}/${number} offers ${name}`);
	if (node.getAttribute('method') !== 'post')
		return readForm(await user.page(node.getAttribute('href')));
	return { action: node.getAttribute('action'),
		fields: { csrf: string(page, '/page/@csrf') } };
}

async function formOn(number, email, base, name, { fields, anew }) {
	const user = await as(email);
	const key = `${email} ${base} ${name}`;
	if (anew || !read.has(key)) {
		const form = await formAt(user, base, name, number);
		read.set(key, { ...form, number });
	}
	const form = read.get(key);
	return { user, number, action: form.action.replace(form.number, number),
		fields: { ...form.fields, ...fields, form_key: newKey() } };
}

const branchForm = (number, name) => formOn(number, planner,
	'/supplier/requests', name, branch[name]);

async function brought(number, steps) {
	for (const name of steps) {
		const answer = await send(await branchForm(number, name));
		assert.equal(answer.status, 303, `${name} of ${number}`);
	}
	return number;
}

const branchStep = name => async () => branchForm(
	await brought(await asked(requester), branch[name].after), name);

// A move that the organisation does itself; or another service, filled in.
const serviceOf = {
	move: ['in_use', page => ({ to_department: otherPlace(page,
		'to_department') })],
	'from-depot': ['in_depot', page => ({ to_department: otherPlace(page,
		'to_department') })],
	'to-depot': ['in_use', page => ({ depot: otherPlace(page, 'depot') })],
	'pick-up': ['in_use', () => ({})],
};

const otherPlace = (form, field) => form.options(field)
	.filter(value => value && value !== form.fields.department).at(-1);

export async function serviceForm(name, changes = {},
	email = 'beheer@lindenhof.example') {
	const user = await as(email);
	const [status, fill] = serviceOf[name];
	const rented = name === 'pick-up' ? 'AND owner_id IS NULL' : '';
	const aid = freeAid(email, `a.holder_id IS NOT NULL ${rented}`, status);
	const form = await user.form(`/aids/${aid}/${name}`, name);
	const message = newName('dienst');
	return { user, aid, message, action: form.action,
		fields: { ...form.fields, ...fill(form), message, ...changes } };
}

// The same for many, picked in the list (X2).
export async function manyForm(name, changes = {}, count = 2,
	email = 'beheer@lindenhof.example') {
	const user = await as(email);
	const [status, fill] = serviceOf[name] ?? ['in_use', () => ({
		defect: 'De rem blokkeert niet.' })];
	const rented = name === 'pick-up' ? 'AND owner_id IS NULL' : '';
	const aids = Array.from({ length: count }, () =>
		freeAid(email, `a.holder_id IS NOT NULL ${rented}`, status));
	const path = `/aids/${name}?pick=${aids.join('.')}`;
	const form = await user.form(path, name);
	const message = newName('dienst');
	return { user, aids, path, message, action: form.action,
		fields: { ...form.fields, ...fill(form), ...elsewhere(form, aids), message,
			...changes } };
}

// A department where none of them is; an administrator sees each.
function elsewhere(form, aids) {
	if (!form.names.includes('to_department'))
		return {};
	const to = one(`SELECT p.id, p.location_id AS at FROM place p
		WHERE p.kind = 'department' AND p.active
		AND p.location_id IN (${form.options('to_location').filter(Boolean)})
		AND p.id NOT IN (SELECT place_id FROM aid WHERE number IN (${aids}))
		ORDER BY p.id LIMIT 1`);
	return { to_location: to.at, to_department: to.id };
}

// Many that wait for one verdict (I15).
export async function verdictsForm(name, changes = {}, count = 2,
	judge = approver) {
	const numbers = [];
	while (numbers.length < count)
		numbers.push(await asked(asker));
	const user = await as(judge);
	const path = `/approvals/${name}?pick=${numbers.join('.')}`;
	const form = await user.form(path, `${name}-many`);
	return { user, numbers, path, action: form.action, number: numbers[0],
		fields: { ...form.fields, ...name === 'reject' ? { reason } : {},
			...changes },
		look: () => values(`SELECT CONCAT(state, ' ', version) FROM request
			WHERE number IN (${numbers.map(quote)}) ORDER BY id`).join() };
}

const manyAsked = name => async () => {
	const form = await manyForm(name);
	return { ...form, look: askedFor(form.message), number: '' };
};

const askedFor = message => () => values(`SELECT CONCAT(COUNT(*), ' asked, ',
		(SELECT COUNT(*) FROM request_line l WHERE l.request_id = MAX(q.id)),
		' lines') AS n FROM request q
	WHERE q.message = ${quote(message)}`)[0];

const serviceAsked = name => async () => {
	const form = await serviceForm(name);
	return { ...form, look: askedFor(form.message), number: '' };
};

async function ownMove() {
	const form = await serviceForm('move', { performer: 'own' }, requester);
	const { status, location } = await send(form);
	assert.equal(status, 303, `a move of ${form.aid}`);
	return location.split('/')[2];
}

const answer = name => async () => {
	const a = answers[name];
	const number = a.own ? await ownMove()
		: await brought(await asked(a.asker ?? requester), a.after);
	return formOn(number, a.who ?? requester, '/requests', name, a);
};

// A professional asks for nothing by a form yet: a request of the institution
// becomes the professional's.
const professionalAnswer = name => async () => {
	const number = await professionalAsked();
	await brought(number, answers[name].after);
	return formOn(number, professional, '/requests', name, answers[name]);
};

// An export that waits, asked for in the database: it is not drawn yet.
async function exportDeleted(email = requester) {
	const code = newKey().slice(0, 22);
	const user = await as(email);
	sql(`INSERT INTO export (code, account_id, membership_id, lang, path,
			query, format, name, title, address, due_at, expires_at)
		SELECT ${quote(code)}, m.account_id, m.id, 'nl', '/aids', '', 'pdf',
			'x.pdf', 'x', '127.0.0.1', UTC_TIMESTAMP() + INTERVAL 1 DAY,
			UTC_TIMESTAMP() + INTERVAL 2 DAY
		FROM membership m JOIN account a ON a.id = m.account_id
		WHERE a.email = ${quote(email)}`);
	const page = await user.page('/account');
	return { user, number: code, action: `/exports/${code}/delete`,
		fields: { csrf: string(page, '/page/@csrf'), form_key: newKey() },
		look: () => `${values(`SELECT COUNT(*) FROM export
			WHERE code = ${quote(code)}`)[0]} left` };
}

const officer = 'privacy@zorgmiddelen-noord.example';

// An overview too long to be drawn at once: an address of its own each time.
async function exportAsked(email, path) {
	const name = newKey();
	const form = await offerOf(await as(email), `${path}&_=${name}`);
	return { ...form, number: name, look: () => `${values(`SELECT COUNT(*)
		FROM export WHERE query LIKE '%${name}'`)[0]} asked` };
}

// Lines enough in the log, on a day that nothing else happened; it wants a
// fresh code.
let longDay;
function longLog() {
	sql(`UPDATE session s JOIN account a ON a.id = s.account_id
		SET s.verified_at = UTC_TIMESTAMP()
		WHERE a.email = ${quote(officer)} AND s.step = 'complete'`);
	if (!longDay) {
		longDay = '2020-02-29';
		sql(`INSERT INTO audit (at, request_id, actor_id, subject, action,
				access_right, outcome, address)
			SELECT '${longDay} 10:00:00', 'long', 1, 'long', 'view', '', 'ok',
				'' FROM seq_1_to_1010`);
	}
	return `/supplier/audit.pdf?from=${longDay}&until=${longDay}`;
}

const advisor = 'adviseur@zorgmiddelen-noord.example';

// An organisation made for this, with a location, as the database has them.
function newCustomer() {
	const code = `t${newKey().slice(0, 12)}`;
	sql(`INSERT INTO organisation (code, name, branch_id, active)
		SELECT ${quote(code)}, ${quote(code)}, MIN(id), TRUE FROM branch;
		INSERT INTO place (organisation_id, kind, name, street, postcode, city)
		SELECT id, 'location', ${quote(code)}, 'Kade 1', '9700 AA', 'Haven'
		FROM organisation WHERE code = ${quote(code)};
		UPDATE place SET location_id = id WHERE name = ${quote(code)};
		INSERT INTO contract (organisation_id, kind, valid_from)
		SELECT id, 'price', '2026-01-01' FROM organisation
		WHERE code = ${quote(code)}`);
	return sql(`SELECT o.id, o.code, p.id AS place, c.id AS contract
		FROM organisation o JOIN place p ON p.organisation_id = o.id
		JOIN contract c ON c.organisation_id = o.id
		WHERE o.code = ${quote(code)}`)[0];
}

// A form of the back office about that customer: its events are its effects.
const office = (path, changes = () => ({}), before = () => undefined) =>
	async () => {
		const customer = newCustomer();
		before(customer);
		const user = await as(advisor);
		const { action, fields } = await user.form(path(customer));
		return { user, action, number: customer.code,
			fields: { ...fields, ...changes(customer) },
			look: () => values(`SELECT CONCAT(COUNT(*), ' events') AS n
				FROM event e JOIN organisation o ON o.id = e.organisation_id
				WHERE o.code = ${quote(customer.code)}`)[0] };
	};

const customers = '/supplier/organisations';
const address = { street: 'Kade 2', postcode: '9700 AB', city: 'Haven' };

async function organisationMade() {
	const code = `n${newKey().slice(0, 12)}`;
	const user = await as(advisor);
	const { action, fields, options } = await user.form(`${customers}/new`);
	return { user, action, number: code,
		fields: { ...fields, code, name: code, branch: options('branch')[0] },
		look: () => values(`SELECT CONCAT(COUNT(*), ' made') AS n
			FROM organisation WHERE code = ${quote(code)}`)[0] };
}

const organisationForms = {
	[`${customers}/new supplier`]: organisationMade,
	[`${customers}/{code}/edit supplier`]: office(
		o => `${customers}/${o.code}/edit`, () => ({ payment_days: '14' })),
	[`${customers}/{code}/end supplier`]: office(
		o => `${customers}/${o.code}/end`),
	[`${customers}/{code}/resume supplier`]: office(
		o => `${customers}/${o.code}/resume`, undefined,
		o => sql(`UPDATE organisation SET active = FALSE WHERE id = ${o.id}`)),
	[`${customers}/{code}/contracts/new supplier`]: office(
		o => `${customers}/${o.code}/contracts/new`, () => ({ kind: 'ad' })),
	'/supplier/contracts/{id} supplier': office(
		o => `/supplier/contracts/${o.contract}`,
		() => ({ valid_until: '2027-12-31' })),
	[`${customers}/{code}/locations/new supplier`]: office(
		o => `${customers}/${o.code}/locations/new`,
		() => ({ name: 'Nieuwbouw', ...address })),
	'/supplier/places/{id}/departments/new supplier': office(
		o => `/supplier/places/${o.place}/departments/new`,
		() => ({ name: 'Vleugel West' })),
	'/supplier/places/{id}/edit supplier': office(
		o => `/supplier/places/${o.place}/edit`,
		() => ({ name: 'Oude Kade', ...address })),
	'/supplier/places/{id}/close supplier': office(
		o => `/supplier/places/${o.place}/close`),
	'/supplier/places/{id}/reopen supplier': office(
		o => `/supplier/places/${o.place}/reopen`, undefined,
		o => sql(`UPDATE place SET active = FALSE WHERE id = ${o.place}`)),
};

const administrator = 'beheer@lindenhof.example';
const changes = '/supplier/location-changes';

// What waits of an organisation, asked in the database: of its own location.
function newChange(kind) {
	const number = `L2021-${newKey().slice(0, 8)}`;
	const place = newName('Plek');
	sql(`INSERT INTO place (organisation_id, kind, name)
			SELECT id, 'location', ${quote(place)} FROM organisation
			WHERE code = 'lindenhof';
		UPDATE place SET location_id = id WHERE name = ${quote(place)};
		INSERT INTO location_change (number, organisation_id, kind, place_id,
			name, street, postcode, city, requester_id)
		SELECT ${quote(number)}, p.organisation_id, ${quote(kind)}, p.id,
			CONCAT(p.name, ' nieuw'), 'Kade 3', '9700 AC', 'Haven', a.id
		FROM place p, account a WHERE p.name = ${quote(place)}
		AND a.email = ${quote(administrator)}`);
	return number;
}

const answered = (email, path, fields = {}) => async () => {
	const number = newChange('change');
	const user = await as(email);
	const form = await user.form(path(number));
	return { user, number, action: form.action,
		fields: { ...form.fields, ...fields },
		look: () => values(`SELECT CONCAT(state, ' ', version) AS now
			FROM location_change WHERE number = ${quote(number)}`)[0] };
};

const asksFor = (path, fields = {}) => async () => {
	const explanation = newName('verzoek');
	const user = await as(administrator);
	const form = await user.form(await path());
	return { user, number: '', action: form.action,
		fields: { ...form.fields, explanation, ...fields },
		look: () => values(`SELECT CONCAT(COUNT(*), ' asked') AS n
			FROM location_change WHERE explanation = ${quote(explanation)}`)[0] };
};

function freeLocation() {
	const name = newName('Plek');
	sql(`INSERT INTO place (organisation_id, kind, name, street, postcode, city)
			SELECT id, 'location', ${quote(name)}, 'Kade 4', '9700 AD', 'Haven'
			FROM organisation WHERE code = 'lindenhof';
		UPDATE place SET location_id = id WHERE name = ${quote(name)}`);
	return values(`SELECT id FROM place WHERE name = ${quote(name)}`)[0];
}

const locationForms = {
	'/locations/new institution': asksFor(() => '/locations/new',
		{ name: 'Nieuw', ...address }),
	'/locations/{id}/change institution': asksFor(
		() => `/locations/${freeLocation()}/change`),
	'/locations/changes/{number}/withdraw institution': answered(
		administrator, n => `/locations/changes/${n}/withdraw`),
	[`${changes}/{number}/carry-out supplier`]: answered(
		advisor, n => `${changes}/${n}/carry-out`),
	[`${changes}/{number}/decline supplier`]: answered(
		advisor, n => `${changes}/${n}/decline`, { reason }),
};

// An account of the administrator's organisation, as it is before the form.
const accounts = '/accounts/{id}';

// The portal locks what it counts: here too a deadlock means once more.
function patiently(text, tries = 5) {
	try {
		sql(`START TRANSACTION; ${text}; COMMIT`);
	} catch (error) {
		if (!/ERROR 1213/.test(error.message) || tries === 1)
			throw error;
		patiently(text, tries - 1);
	}
}

function newAccount({ state = 'active', role = '4' } = {}) {
	const email = `${newKey()}@lindenhof.example`;
	patiently(`SELECT m.organisation_id INTO @organisation
			FROM membership m JOIN account a ON a.id = m.account_id
			WHERE a.email = ${quote(administrator)};
		INSERT INTO account (email, name, state, password_set_at)
			VALUES (${quote(email)}, 'Proef Persoon', ${quote(state)},
				UTC_TIMESTAMP());
		INSERT INTO membership (account_id, portal, organisation_id, role)
			VALUES (LAST_INSERT_ID(), 'institution', @organisation,
				${quote(role)})`);
	return one(`SELECT id, code, email FROM account
		WHERE email = ${quote(email)}`);
}

// What became of it, and what was sent.
const lookAt = email => values(`SELECT CONCAT(a.state, ' ', m.role, ' ',
		m.active, ' ', m.version, ' ', a.version, ' ',
		(SELECT COUNT(*) FROM outbox o WHERE o.recipient = ${quote(email)}))
	FROM account a JOIN membership m ON m.account_id = a.id
	WHERE a.email = ${quote(email)}`).join();

const accountForm = (below, fields = {}, made = {}) => async () => {
	const { code, email } = newAccount(made);
	const user = await as(administrator);
	const form = await user.form(`/accounts/${code}${below}`);
	return { user, action: form.action, number: code,
		fields: { ...form.fields, ...fields }, look: () => lookAt(email) };
};

// The one that lets go has somebody who leans on it.
async function accountSucceeded() {
	const { id, code, email } = newAccount({ state: 'deactivated', role: '3' });
	const leans = newAccount();
	sql(`INSERT INTO service_authoriser SELECT m.id, 'repair', ${id}
		FROM membership m WHERE m.account_id = ${leans.id}`);
	const user = await as(administrator);
	const form = await user.form(`/accounts/${code}/successor`);
	return { user, action: form.action, number: code,
		fields: { ...form.fields, successor: form.options('successor')[0] },
		look: () => `${lookAt(email)} ${lookAt(leans.email)}` };
}

async function accountMade() {
	const email = `${newKey()}@lindenhof.example`;
	const user = await as(administrator);
	const { action, fields } = await user.form('/accounts/new');
	return { user, action, number: email, fields: { ...fields,
		name: 'Proef Persoon', email, role: '4' },
		look: () => lookAt(email) };
}

// Two at once, as the page sends on what it read.
async function accountsImported() {
	const key = newKey();
	const at = n => `${n}-${key}@lindenhof.example`;
	const user = await as(administrator);
	const { action, fields } = await user.form('/accounts/import',
		'account-import');
	return { user, action, number: key, fields: { ...fields,
		csv: `Naam;E-mailadres;Rol\nEen;${at(1)};4\nTwee;${at(2)};6\n` },
	look: () => `${lookAt(at(1))} ${lookAt(at(2))}` };
}

const accountForms = {
	'/accounts/import institution': accountsImported,
	'/accounts/new institution': accountMade,
	[`${accounts} institution`]: accountForm('', { role: '6' }),
	[`${accounts}/places institution`]: accountForm('/places'),
	[`${accounts}/deactivate institution`]: accountForm('/deactivate'),
	[`${accounts}/reactivate institution`]: accountForm('/reactivate', {},
		{ state: 'deactivated' }),
	[`${accounts}/resend institution`]: accountForm('/resend', {},
		{ state: 'invited' }),
	[`${accounts}/successor institution`]: accountSucceeded,
};

// Aids, by hand: what its history says of it.
const catalogue = 'catalogus@zorgmiddelen-noord.example';

export async function aidForm(changes = {}) {
	const user = await as(catalogue);
	const form = await user.form('/supplier/aids/new');
	const serial = newKey().slice(0, 20);
	return { user, serial, number: '', action: form.action, fields: {
		...form.fields, product: form.options('product').find(Boolean),
		place: form.options('place').find(Boolean), serial, ...changes } };
}

const lifeOf = serial => values(`SELECT CONCAT_WS(' ', a.status, a.version,
		p.name, (SELECT GROUP_CONCAT(e.kind ORDER BY e.id) FROM aid_event e
			WHERE e.aid_id = a.id)) AS life
	FROM aid a JOIN place p ON p.id = a.place_id
	WHERE a.serial = ${quote(serial)}`).join();

async function aidRegistered() {
	const form = await aidForm();
	return { ...form, look: () => lifeOf(form.serial) };
}

// As the page sends on what it read.
async function aidsImported() {
	const { user, serial } = await aidForm();
	const { action, fields } = await user.form('/supplier/aids/import');
	const { article, depot } = one(`SELECT
		(SELECT MIN(number) FROM product) AS article,
		(SELECT MIN(name) FROM place WHERE kind = 'depot'
			AND organisation_id IS NULL AND active) AS depot`);
	return { user, action, number: serial, fields: { ...fields,
		csv: 'Serienummer;Artikel;Locatie\n' +
			`${serial};${article};${depot}\n` }, look: () => lifeOf(serial) };
}

async function aidDeed(name) {
	const made = await aidForm();
	const { location } = await send(made);
	const { user, serial } = made;
	const form = await user.form(`${location}/${name}`, `aid-${name}`);
	const place = name === 'move' && { place: form.options('place')
		.filter(p => p && p !== made.fields.place)[0] };
	return { user, number: location.split('/').at(-1), action: form.action,
		fields: { ...form.fields, reason, ...place },
		look: () => lifeOf(serial) };
}

const own = 'rol6@lindenhof.example';

// Each on another account: a change is made from the version before it.
const others = ['rol5@lindenhof.example', 'rol4@lindenhof.example'];

async function profileChanged() {
	const email = others.shift();
	const version = () => Number(one(`SELECT version FROM account
		WHERE email = ${quote(email)}`).version);
	const before = version();
	const user = await as(email);
	const form = await user.form('/account/profile');
	return { user, number: '', action: form.action, fields: form.fields,
		look: () => `${version() - before} changed` };
}

// The session gave its code long ago, as all suites share it.
async function recoveryMade(email = own) {
	const user = await as(email);
	sql(`UPDATE session s JOIN account a ON a.id = s.account_id
		SET s.verified_at = UTC_TIMESTAMP(), s.kept_kind = NULL
		WHERE a.email = ${quote(email)}`);
	const form = await user.form('/account/recovery', 'recovery');
	return { user, number: '', action: form.action, fields: form.fields,
		look: () => `${values(`SELECT COUNT(*) FROM recovery_code c
			JOIN account a ON a.id = c.account_id
			WHERE a.email = ${quote(email)}`)[0]} codes` };
}

async function recoverySeen() {
	const made = await recoveryMade('financien@zorgmiddelen-noord.example');
	await send(made);
	const form = await made.user.form('/account/recovery', 'recovery-seen');
	return { ...made, action: form.action, fields: form.fields };
}

const standIns = email => values(`SELECT CONCAT(COUNT(*), ' stand-in, ',
		(SELECT COUNT(*) FROM outbox o
			WHERE o.kind = 'account.stand-in') > 0) AS n
	FROM stand_in x JOIN account a ON a.id = x.account_id
	WHERE a.email = ${quote(email)}`)[0];

// To come, so that nothing moves to somebody else meanwhile.
async function standIn(email) {
	const user = await as(email);
	const form = await user.form('/account/stand-in');
	return { user, number: '', action: form.action, fields: {
		...form.fields, stand_in: form.options('stand_in').find(Boolean),
		from: workday(30), until: workday(40) },
	look: () => standIns(email) };
}

async function standInEnded() {
	const email = 'rol6@lindenhof.example';
	const made = await standIn(email);
	await send(made);
	const page = await made.user.page('/account');
	return { ...made, action: '/account/stand-in/end', fields: {
		csrf: string(page, '/page/@csrf'), form_key: newKey() } };
}

async function sessionsEnded() {
	const user = await as(own);
	sql(`INSERT INTO session (id, account_id, membership_id, step, address,
			agent) SELECT RANDOM_BYTES(32), m.account_id, m.id, 'complete',
			'127.0.0.1', '' FROM membership m
		JOIN account a ON a.id = m.account_id
		WHERE a.email = ${quote(own)}`);
	const page = await user.page('/account');
	return { user, number: '', action: '/account/sessions/end', fields: {
		csrf: string(page, '/page/@csrf'), form_key: newKey() },
	look: () => `${values(`SELECT COUNT(*) FROM session s
		JOIN account a ON a.id = s.account_id
		WHERE a.email = ${quote(own)} AND s.step = 'complete'`)[0]} left` };
}
const system = 'systeem@zorgmiddelen-noord.example';

// The same in the back office: of a customer, or one of the staff.
const officeForm = (base, below, fields = {}, made = {}) => async () => {
	const { id, code, email } = newAccount(made);
	if (base === '/supplier/staff')
		sql(`UPDATE membership SET portal = 'supplier', role = 'planner',
			organisation_id = NULL WHERE account_id = ${id}`);
	const { member } = one(`SELECT id AS member FROM membership
		WHERE account_id = ${id}`);
	if (made.before)
		sql(made.before(id, member));
	const user = await as(base === '/supplier/staff' ? system : advisor);
	const form = await user.form(base.includes('memberships')
		? `${base}/${member}${below}` : `${base}/${code}${below}`);
	return { user, action: form.action, number: code, fields: { ...form.fields,
		...typeof fields === 'function' ? fields(form) : fields },
	look: () => values(`SELECT CONCAT(a.state, ' ', a.version, ' ',
			a.email IS NULL, ' ', (SELECT SUM(m.version) FROM membership m
				WHERE m.account_id = a.id), ' ',
			(SELECT COUNT(*) FROM outbox o WHERE o.recipient = ${
	quote(email)})) FROM account a WHERE a.id = ${id}`).join() };
};

const officeMade = (path, fields) => async () => {
	const email = `${newKey()}@lindenhof.example`;
	const user = await as(path.includes('staff') ? system : advisor);
	const form = await user.form(path);
	return { user, action: form.action, number: email, fields: { ...form.fields,
		name: 'Proef Persoon', email, ...fields(form) },
	look: () => lookAt(email) };
};

const firstOf = name => form => ({ [name]: form.options(name)
	.filter(Boolean)[0] });
const factor = id => `INSERT INTO factor (account_id, kind, key_id, secret,
	confirmed_at) VALUES (${id}, 'totp', 'x', 'x', UTC_TIMESTAMP())`;
const leaner = id => `INSERT INTO service_authoriser SELECT m.id, 'repair',
	${id} FROM membership m JOIN account a ON a.id = m.account_id
	WHERE a.email = 'rol5@lindenhof.example'
	ON DUPLICATE KEY UPDATE authoriser_id = ${id}`;
const newAddress = () => ({ email: `${newKey()}@lindenhof.example` });

const deeds = {
	resend: [{}, { state: 'invited' }],
	'reset-factor': [{}, { before: factor }],
	address: [newAddress],
	deactivate: [],
	reactivate: [{}, { state: 'deactivated' }],
	end: [],
};
const deedForms = (base, path) => Object.fromEntries(Object.entries(deeds)
	.map(([id, [fields, made]]) => [`${path}/${id} supplier`,
		officeForm(base, `/${id}`, fields, made)]));

const customersOf = '/supplier/accounts';
const memberOf = '/supplier/memberships';
const officeForms = {
	...deedForms(customersOf, `${customersOf}/{code}`),
	...deedForms('/supplier/staff', '/supplier/staff/{code}'),
	[`${customersOf}/new supplier`]: officeMade(`${customersOf}/new`,
		firstOf('organisation')),
	[`${customersOf}/{code}/join supplier`]: officeForm(customersOf, '/join',
		form => ({ ...firstOf('organisation')(form), reason: 'hired' })),
	[`${customersOf}/{code}/name supplier`]: officeForm(customersOf, '/name',
		() => ({ name: newName('Naam') })),
	[`${customersOf}/{code}/link supplier`]: officeForm(customersOf, '/link',
		{ reason: 'hired' }, { state: 'invited', before: (id, member) =>
			`INSERT INTO account (email, name, state)
				VALUES ('w${id}@lindenhof.example', 'Proef Persoon', 'active');
			UPDATE account SET email = NULL,
				wanted_email = 'w${id}@lindenhof.example' WHERE id = ${id}` }),
	[`${customersOf}/{code}/successor supplier`]: officeForm(customersOf,
		'/successor', firstOf('successor'), { role: '3', before: leaner }),
	[`${memberOf}/{id} supplier`]: officeForm(memberOf, '', { role: '6' }),
	[`${memberOf}/{id}/places supplier`]: officeForm(memberOf, '/places'),
	[`${memberOf}/{id}/close supplier`]: officeForm(memberOf, '/close'),
	[`${memberOf}/{id}/open supplier`]: officeForm(memberOf, '/open', {},
		{ before: (id, member) =>
			`UPDATE membership SET active = FALSE WHERE id = ${member}` }),
	'/supplier/staff/new supplier': officeMade('/supplier/staff/new',
		() => ({ role: 'finance' })),
	'/supplier/staff/{code}/role supplier': officeForm('/supplier/staff',
		'/role', { role: 'finance' }),
	'/supplier/staff/{code}/name supplier': officeForm('/supplier/staff',
		'/name', () => ({ name: newName('Naam') })),
};

// An inspection on its way, made of a repair.
export async function inspected(steps = ['accept', 'plan', 'start']) {
	const number = await asked(requester);
	await brought(number, steps);
	sql(`UPDATE request q JOIN aid_event e ON e.request_id = q.id
		JOIN request_line n ON n.request_id = q.id
		SET q.kind = 'inspection', n.kind = q.kind, e.kind = q.kind
		WHERE q.number = ${quote(number)}`);
	return number;
}

const inspections = where => () => values(`SELECT CONCAT(COUNT(*), ' entered')
	AS n FROM inspection i LEFT JOIN request q ON q.id = i.request_id
	JOIN aid a ON a.id = i.aid_id WHERE ${where}`)[0];

async function inspectedForm() {
	const number = await inspected();
	const user = await as(planner);
	const { action, fields } = await user.form(
		`/supplier/requests/${number}/inspect`, 'inspect');
	return { user, number, action, fields: { ...fields, 'result-1': 'approved',
		inspector: 'Monteur 3', 'next-1': workday(300) },
	look: inspections(`q.number = ${quote(number)}`) };
}

async function inspectionEntered() {
	const aid = freeAid(requester, 'a.branch_id IN (SELECT m.branch_id FROM ' +
		`membership m JOIN account c ON c.id = m.account_id
		WHERE c.email = ${quote(planner)})`);
	const user = await as(planner);
	const { action, fields } = await user.form(`/supplier/inspections/${aid}`,
		'inspection');
	return { user, action, number: aid, fields: { ...fields,
		result: 'rejected', inspector: 'Monteur 3', remark: 'Scheur.' },
	look: inspections(`a.number = ${aid} AND i.request_id IS NULL
		AND i.remark = 'Scheur.'`) };
}

// All of a location with something due, when nothing is asked for yet.
export async function inspectionsAsked(email = 'beheer@lindenhof.example') {
	const user = await as(email);
	const [location] = values(`SELECT a.location_id AS n FROM aid a
		JOIN organisation o ON o.id = a.holder_id AND o.code = 'lindenhof'
		WHERE a.status = 'in_use' GROUP BY a.location_id
		HAVING COUNT(a.inspection_due) > 4
		ORDER BY RAND() LIMIT 1`);
	sql(`UPDATE request_line n JOIN request q ON q.id = n.request_id
		JOIN aid a ON a.id = n.aid_id AND a.location_id = ${location}
		SET n.state = 'cancelled', q.state = 'cancelled'
		WHERE q.kind = 'inspection'
		AND n.state NOT IN ('done', 'cancelled');
		UPDATE aid SET inspection_due = CURRENT_DATE
		WHERE location_id = ${location} AND status = 'in_use'
		ORDER BY number LIMIT 3`);
	const message = newName('keuring');
	const { action, fields } = await user.form(
		`/inspections/request?location=${location}&period=month`,
		'inspection-request');
	return { user, action, location, message, number: '',
		fields: { ...fields, message },
		look: () => values(`SELECT CONCAT(COUNT(*), ' asked') AS n
			FROM request WHERE message = ${quote(message)}`)[0] };
}

// A repair of several aids, in the order of its lines.
export async function askSeveral(count = 3, email = requester) {
	const form = await manyForm('repair', {}, count, email);
	const { location } = await send(form);
	const number = location.split('/')[2];
	return { number, user: form.user, aids: values(`SELECT a.number
		FROM request_line n JOIN aid a ON a.id = n.aid_id
		JOIN request q ON q.id = n.request_id
		WHERE q.number = ${quote(number)} ORDER BY n.position`) };
}

// What is reported of several aids, all at once or one of them.
const severalReported = (below, fields) => async () => {
	const { number } = await askSeveral(2);
	await begin(number);
	const user = await as(planner);
	const form = await user.form(`/supplier/requests/${number}/${below}`);
	return { user, number, action: form.action,
		fields: { ...form.fields, ...fields },
		look: () => values(`SELECT CONCAT(COUNT(n.outcome), ' reported, ',
				MAX(q.version)) AS n
			FROM request_line n JOIN request q ON q.id = n.request_id
			WHERE q.number = ${quote(number)}`)[0] };
};

// Something said about a request.
const said = (email, base, asker = () => asked(requester)) => async () => {
	const number = await asker();
	const user = await as(email);
	const { action, fields } = await user.form(`${base}/${number}`, 'message');
	return { user, number, action, fields: { ...fields, text: 'Graag bellen.' },
		look: () => values(`SELECT CONCAT(COUNT(*), ' said') AS n
			FROM request_message m JOIN request q ON q.id = m.request_id
			WHERE q.number = ${quote(number)}`)[0] };
};

async function professionalAsked() {
	const number = await asked(requester);
	sql(`UPDATE request SET portal = 'professional'
		WHERE number = ${quote(number)}`);
	give('requester', professional, number);
	return number;
}

const calendars = email => () => values(`SELECT COUNT(*) AS n
	FROM calendar_feed f JOIN account a ON a.id = f.account_id
	WHERE a.email = ${quote(email)}`)[0];

// The address of a calendar; made before where it is to be revoked.
const calendarForm = (action, email = 'rol6@lindenhof.example') => async () => {
	const user = await as(email);
	const path = '/account/calendar';
	const made = await user.page(path);
	if (action && !first(made, '//action[@id="calendar-revoke"]'))
		await user.act(path, 'calendar-make');
	return { user, number: '', action: `${path}${action}`, look: calendars(email),
		fields: { csrf: string(made, '/page/@csrf'), form_key: newKey() } };
};

// A mechanic of the planner's branch, made for this.
async function mechanicMade() {
	const name = newName('Monteur').slice(0, 60);
	const user = await as(planner);
	const form = await user.form('/supplier/mechanics/new', 'mechanic');
	return { user, action: form.action, number: '',
		fields: { ...form.fields, name },
		look: () => values(`SELECT CONCAT(COUNT(*), ' made, version ',
			MAX(version)) AS n FROM mechanic
			WHERE name = ${quote(name)}`).join() };
}

export async function mechanicForm(path = '', id = 'mechanic', changes = {}) {
	const { user, action, fields } = await mechanicMade();
	assert.equal((await user.post(action, fields)).status, 303);
	const { id: mechanic } = one(`SELECT id FROM mechanic
		WHERE name = ${quote(fields.name)}`);
	const form = await user.form(`/supplier/mechanics/${mechanic}${path}`, id);
	return { user, action: form.action, number: '', mechanic, name: fields.name,
		fields: { ...form.fields, ...changes },
		look: () => values(`SELECT CONCAT_WS(' ', version,
			IFNULL(phone, ''), ended_on IS NULL) AS n FROM mechanic WHERE id = ${mechanic}`)[0] };
}

// By "address portal", as in the table of routes.
export const forms = {
	...officeForms,
	...locationForms,
	...accountForms,
	...organisationForms,
	'/exports institution': () => exportAsked(requester,
		'/aids.pdf?sort=type'),
	'/exports supplier': async () => {
		await as(officer);
		return exportAsked(officer, longLog());
	},
	'/exports/{code}/delete institution': () => exportDeleted(),
	'/exports/{code}/delete supplier': () =>
		exportDeleted(officer),
	'/aids/{id}/repair institution': () => askedForm(),
	'/inspections/request institution': () => inspectionsAsked(),
	'/supplier/requests/{number}/inspect supplier': inspectedForm,
	'/supplier/inspections/{number} supplier': inspectionEntered,
	...Object.fromEntries(Object.keys(serviceOf).map(name =>
		[`/aids/{id}/${name} institution`, serviceAsked(name)])),
	...Object.fromEntries(['repair', ...Object.keys(serviceOf)].map(name =>
		[`/aids/${name} institution`, manyAsked(name)])),
	'/supplier/mechanics/new supplier': mechanicMade,
	'/supplier/mechanics/{id} supplier': () => mechanicForm('', 'mechanic',
		{ phone: '06 12345678' }),
	'/supplier/mechanics/{id}/end supplier': () => mechanicForm('/end',
		'mechanic-end'),
	...Object.fromEntries(['approve', 'reject'].map(name =>
		[`/approvals/${name} institution`, () => verdictsForm(name)])),
	'/supplier/aids/new supplier': aidRegistered,
	'/supplier/aids/import supplier': aidsImported,
	...Object.fromEntries(['correct', 'move', 'scrap'].map(name =>
		[`/supplier/aids/{id}/${name} supplier`, () => aidDeed(name)])),
	'/requests/{number}/message institution': said(requester, '/requests'),
	'/requests/{number}/message professional': said(professional, '/requests',
		professionalAsked),
	'/supplier/requests/{number}/report supplier': severalReported('report',
		{ work_done: 'Gesteld.', 'result-1': 'done' }),
	'/supplier/requests/{number}/lines/{n} supplier': severalReported(
		'lines/2', { finding: 'done', work_done: 'Gesteld.' }),
	'/supplier/requests/{number}/message supplier': said(planner,
		'/supplier/requests'),
	'/account/calendar any': calendarForm(''),
	'/account/calendar/revoke any': calendarForm('/revoke', 'rol7@lindenhof.example'),
	'/account/profile any': profileChanged,
	'/account/recovery any': () => recoveryMade(),
	'/account/recovery/seen any': recoverySeen,
	'/account/sessions/end any': sessionsEnded,
	'/account/stand-in institution': () => standIn('rol3@lindenhof.example'),
	'/account/stand-in/end institution': standInEnded,
	...Object.fromEntries(Object.keys(answers).map(name =>
		[`/requests/{number}/${name} institution`, answer(name)])),
	...Object.fromEntries(['send', 'agree', 'other-date'].map(name =>
		[`/requests/{number}/${name} professional`,
			professionalAnswer(name)])),
	...Object.fromEntries(Object.keys(branch).map(name =>
		[`/supplier/requests/{number}/${name} supplier`, branchStep(name)])),
};

// The number of what a form asked for, or is about; '' where there is none.
export const numberOf = form => form.number ?? values(`SELECT number
	FROM request WHERE description = ${quote(form.name)}`)[0] ?? '';
