// The table of routes, as the program prints it: a line each with method,
// path, portal, right and formats, by tabs.
import { program, run } from './portal.js';

export const routes = run(program, ['routes']).trim().split('\n')
	.map(line => {
		const [method, path, portal, right, formats] = line.split('\t');
		return { method, path, portal, right,
			formats: formats.split(',').filter(Boolean) };
	});

// Of the routes at one address, the one that an account of a portal gets.
export function routeFor(method, path, portal) {
	const at = routes.filter(r => r.method === method && r.path === path);
	return at.find(r => r.portal === 'any' || r.portal === portal) ?? at[0];
}

// What {…} stands for: by the address, the kind of thing of lib/world.js.
const kinds = [
	[/^\/supplier\/inspections\/\{\w+\}/, 'inspectable'],
	[/^(\/supplier)?\/certificates\/\{\w+\}/, 'certificate'],
	[/^\/supplier\/mechanics\/\{\w+\}/, 'mechanic'],
	[/^(\/supplier)?\/aids\/\{\w+\}/, 'aid'],
	[/^\/q\/\{\w+\}/, 'label'],
	[/^\/calendar\/\{\w+\}/, 'calendar'],
	[/^\/supplier\/audit\/\{\w+\}/, 'record'],
	[/^\/exports\/\{\w+\}/, 'export'],
	[/^\/accounts\/\{\w+\}/, 'account'],
	[/^(\/supplier)?\/requests\/\{\w+\}\/photos/, 'photo'],
	[/^(\/supplier)?\/requests\/\{\w+\}\/files/, 'file'],
	[/^(\/supplier)?\/requests\/\{\w+\}/, 'request'],
	[/^\/locations\/changes\/\{\w+\}/, 'change'],
	[/^\/locations\/\{\w+\}/, 'location'],
	[/^\/supplier\/location-changes\/\{\w+\}/, 'change'],
	[/^\/supplier\/accounts\/\{\w+\}/, 'customerAccount'],
	[/^\/supplier\/staff\/\{\w+\}/, 'staff'],
	[/^\/supplier\/memberships\/\{\w+\}/, 'membership'],
	[/^\/supplier\/organisations\/\{\w+\}/, 'organisation'],
	[/^\/supplier\/contracts\/\{\w+\}/, 'contract'],
	[/^\/supplier\/places\/\{\w+\}\/departments/, 'location'],
	[/^\/supplier\/places\/\{\w+\}/, 'place'],
];

// 'none' where nothing is asked for; undefined where nobody knows.
export function kindOf(path) {
	if (!path.includes('{'))
		return 'none';
	return kinds.find(([pattern]) => pattern.test(path))?.[1];
}

// A key of two parts fills two of them.
export function addressOf(path, key) {
	const parts = key.split('/');
	return path.replace(/\{\w+\}/g, () => parts.shift() ?? '1');
}

// A whole list as PDF is long: enough to see that it answers.
export const fewer = { '/aids': '?status=in_repair',
	'/actions': '?kind=move&state=planned', '/planning': '?kind=move',
	'/inspections': '?state=rejected', '/supplier/inspections':
		'?state=rejected',
	'/supplier/audit': '?action=delete' };
