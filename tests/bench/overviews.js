// What the lists of requests cost the database: as growth.js, on the instance
// of `make seed`, for who has few, some and the most of them.
import { measureLists, viewers } from './growth.js';

const requests = `SELECT COUNT(*) FROM request r
	WHERE r.organisation_id = m.organisation_id`;
const institution = `m.portal = 'institution' AND m.all_places`;

// The least, the middle and the most.
const some = list => [...new Set([list[0], list[list.length >> 1],
	list[list.length - 1]])];

// Another list, or page without one, is another word. OVERVIEWS="/actions
// /planning" measures these alone.
const paths = {
	institution: ['/dashboard', '/actions', '/planning', '/planning/week',
		'/planning/month', '/inspections', '/messages', '/approvals'],
	professional: ['/requests', '/messages'],
	supplier: ['/supplier/requests', '/supplier/planning',
		'/supplier/planning/month', '/supplier/day', '/supplier/mechanics',
		'/supplier/inspections', '/supplier/messages', '/supplier/aids'],
};

export function run() {
	const of = {
		institution: some(viewers(institution, requests)),
		professional: some(viewers(`m.portal = 'professional'
			AND m.visibility = 'organisation'`, requests)),
		supplier: viewers(`m.portal = 'supplier' AND m.role = 'planner'`,
			'SELECT COUNT(*) FROM request'),
	};
	const chosen = process.env.OVERVIEWS?.split(' ');
	return measureLists(Object.entries(paths).flatMap(([portal, list]) => list
		.filter(path => !chosen || chosen.includes(path))
		.map(path => ({ path, viewers: of[portal] }))));
}
