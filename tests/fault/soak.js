// The same pages and forms, many times.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { figure, long, SECONDS, size } from '../lib/figure.js';
import { released, sanitized } from '../lib/inject.js';
import { assertWhole, load } from '../lib/load.js';
import { folder, until } from '../lib/portal.js';
import { children, nameOf, Service } from '../lib/service.js';
import { test } from '../lib/tap.js';

const portal = new Service('portal');

const workers = () => children(portal.pid).filter(pid =>
	nameOf(pid) === 'pages');

const many = Number(/^\[pages\][^[]*^workers = (\d+)/m.exec(
	readFileSync(`${folder}/portal.conf`, 'utf8'))[1]);

// What a worker has for itself, in kB.
const own = pid => [...readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
	.matchAll(/^Private_\w+:\s+(\d+)/gm)].reduce((n, m) => n + Number(m[1]), 0);
const memory = () => workers().reduce((sum, pid) => sum + own(pid), 0);

test('figure 11: many requests: memory stays as it is', () => released(
	async () => {
		const now = Date.now();
		await until('all workers', 30, () => workers().length === many);
		const before = `${workers()}`;
		await load({ count: size(200, 4000), end: now + SECONDS * 300 });
		const warm = memory();
		const result = await load({ count: size(300, 100000),
			end: now + SECONDS * 1000 });
		const grown = (memory() - warm) / 1024;
		figure(11, 'memory of all workers for pages, over many requests',
			{ requests: result.requests, failed: result.failed.length,
				'MB before': Number((warm / 1024).toFixed(2)),
				'MB more': Number(grown.toFixed(2)) }, () => {
				assertWhole(result);
				assert.ok(result.requests > 0);
				assert.equal(`${workers()}`, before, 'no worker ended');
				assert.ok(grown < 1, `${grown} MB more`);
			});
	}), { seconds: SECONDS + 60 });

const findings = () => readdirSync(`${folder}/log`).flatMap(name =>
	readFileSync(`${folder}/log/${name}`, 'utf8').split('\n').filter(line =>
		/ERROR: \w+Sanitizer|runtime error:/.test(line)));

// `make test` is the short form of this one.
if (long)
	test('figure 11: the sanitizers find nothing', () => sanitized(async () => {
		const result = await load({ count: 100000,
			end: Date.now() + SECONDS * 1000 });
		figure(11, 'the same under ASan and UBSan', {
			requests: result.requests, failed: result.failed.length,
			findings: findings().length }, () => {
			assertWhole(result);
			assert.deepEqual(findings(), []);
		});
	}), { seconds: SECONDS + 60 });
