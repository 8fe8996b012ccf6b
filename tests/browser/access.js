// The pages by which accounts are kept, each at both widths: what the journeys
// do not come by.
import assert from 'node:assert/strict';
import { enter, judge, visitor } from '../lib/browser.js';
import { one, sql } from '../lib/portal.js';
import { test } from '../lib/tap.js';
import { as } from '../lib/user.js';

const at = 'zorgmiddelen-noord.example';
const code = email => one(`SELECT code FROM account
	WHERE email = '${email}'`).code;
const customer = `/supplier/accounts/${code('ergo@lindenhof.example')}`;
const colleague = `/accounts/${code('rol3@lindenhof.example')}`;
const staff = `/supplier/staff/${code(`planner@${at}`)}`;
const { membership } = one(`SELECT m.id AS membership FROM membership m
	JOIN account a ON a.id = m.account_id
	WHERE a.email = 'ergo@lindenhof.example' LIMIT 1`);
const { location } = one(`SELECT p.id AS location FROM place p
	JOIN organisation o ON o.id = p.organisation_id
	WHERE o.code = 'lindenhof' AND p.kind = 'location' AND p.active LIMIT 1`);

const looks = {
	'beheer@lindenhof.example': [colleague, `${colleague}/places`,
		`${colleague}/deactivate`, '/account', '/account/password',
		'/account/profile', '/roles', '/locations', '/locations/new',
		`/locations/${location}/change`],
	'ergo@lindenhof.example': ['/account', '/account/profile', '/roles'],
	[`adviseur@${at}`]: ['/supplier/accounts', '/supplier/accounts/new',
		customer, `${customer}/explain`, `${customer}/join`,
		`${customer}/address`, `${customer}/end`,
		`/supplier/memberships/${membership}`,
		`/supplier/memberships/${membership}/places`,
		'/supplier/organisations', '/supplier/organisations/lindenhof',
		'/supplier/location-changes'],
	[`systeem@${at}`]: ['/supplier/staff', '/supplier/staff/new', staff,
		`${staff}/role`, '/roles'],
	[`catalogus@${at}`]: ['/supplier/aids', '/supplier/aids/new',
		'/supplier/aids/import', '/supplier/aids/204817',
		'/supplier/aids/204817/correct', '/supplier/aids/204817/move'],
	nobody: ['/login', '/login/help', '/login/help/sent', '/login/guide',
		'/activate?token=x', '/reset?token=x'],
};

for (const width of [1280, 390])
	for (const [email, paths] of Object.entries(looks))
		test(`the pages of ${email} at ${width} px`, async () => {
			const v = await visitor({ width });
			if (email !== 'nobody')
				await enter(v, await as(email));
			// A page that asks for a fresh code is not the one looked at.
			sql(`UPDATE session s JOIN account a ON a.id = s.account_id
				SET s.verified_at = UTC_TIMESTAMP()
				WHERE a.email = '${email}'`);
			for (const path of paths) {
				await v.page.goto(path);
				assert.equal(new URL(v.page.url()).pathname,
					path.replace(/\?.*/, ''));
				await judge(v, `access-${email.split('@')[0]}${path
					.replace(/[^a-z]+/g, '-')}`);
			}
			await v.close();
		});
