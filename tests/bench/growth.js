// What each list costs as an institution grows: on an instance with institutions
// of three sizes (bench.sh), and five requests for each aid.
import { measureLists, paths, viewers } from './lists.js';

export function run() {
	const of = viewers(`m.portal = 'institution' AND m.all_places`,
		`SELECT COUNT(*) FROM aid a WHERE a.holder_id = m.organisation_id`);

	return measureLists(paths.institution.map(path =>
		({ path, grows: true, viewers: of })));
}
