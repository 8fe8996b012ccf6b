// What each list costs on the instance of `make seed`, for who has few
// requests, some and the most of them.
import { measureLists, paths, viewers } from './lists.js';

const requests = `SELECT COUNT(*) FROM request r
	WHERE r.organisation_id = m.organisation_id`;
const institution = `m.portal = 'institution' AND m.all_places`;

// The least, the middle and the most.
const some = list => [...new Set([list[0], list[list.length >> 1],
	list[list.length - 1]])];

export function overviews() {
	const of = {
		institution: some(viewers(institution, requests)),
		professional: some(viewers(`m.portal = 'professional'
			AND m.visibility = 'organisation'`, requests)),
		supplier: viewers(`m.portal = 'supplier' AND m.role = 'planner'`,
			'SELECT COUNT(*) FROM request'),
	};
	return Object.entries(paths).flatMap(([portal, list]) =>
		list.map(path => ({ path, viewers: of[portal] })));
}

export const run = () => measureLists(overviews());
