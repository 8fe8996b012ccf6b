// What the lists of requests cost the database: as growth.js, on the instance
// of `make seed`, for who has few, some and the most of them.
import { measureLists, viewers } from './growth.js';

const requests = `SELECT COUNT(*) FROM request r
	WHERE r.organisation_id = m.organisation_id`;
const institution = `m.portal = 'institution' AND m.all_places`;

// The least, the middle and the most.
const some = list => [...new Set([list[0], list[list.length >> 1],
	list[list.length - 1]])];

// Another list is another line.
export function run() {
	const customers = some(viewers(institution, requests));
	return measureLists([
		{ path: '/actions', viewers: customers },
		{ path: '/planning', viewers: customers },
		{ path: '/inspections', viewers: customers },
		{ path: '/requests', viewers: some(viewers(`m.portal = 'professional'
			AND m.visibility = 'organisation'`, requests)) },
		{ path: '/supplier/requests', viewers: viewers(`m.portal = 'supplier'
			AND m.role = 'planner'`, 'SELECT COUNT(*) FROM request') },
	]);
}
