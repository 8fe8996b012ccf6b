// HTML as the portal writes it: every attribute in quotes.
const VALUE = '(?:=("[^"]*"|\'[^\']*\'))?';
const ATTRIBUTES = `\\s+([^\\s=>"'/]+)${VALUE}`;
const ATTRIBUTE = new RegExp(ATTRIBUTES, 'g');
const TAG = new RegExp(`<(/?)([a-zA-Z][\\w-]*)((?:${
	ATTRIBUTES.replace(/\((?!\?)/g, '(?:')})*)\\s*/?>`, 'g');
const named = { lt: '<', gt: '>', quot: '"', amp: '&', nbsp: '\u00a0' };

export const decode = text => text.replace(
	/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, dec, hex, name) => name
		? named[name] ?? whole
		: String.fromCodePoint(dec ? Number(dec) : parseInt(hex, 16)));

// Opening tags, { name, attributes }, and what is between all tags.
export function split(html) {
	const tags = [];
	const text = html.replace(/^<!DOCTYPE[^>]*>/i, '')
		.replace(TAG, (_, close, name, attributes) => {
			if (!close)
				tags.push({ name: name.toLowerCase(), attributes:
					Object.fromEntries([...attributes.matchAll(ATTRIBUTE)]
						.map(([, key, value = '']) =>
							[key.toLowerCase(), decode(value.slice(1, -1))])) });
			return ' ';
		});
	return { tags, text };
}

// What a reader sees, near enough.
export const textOf = html => decode(split(html).text);

// Markup that the portal never writes, or that is none: [] is well.
export function strange(html, { styles = false } = {}) {
	const { tags, text } = split(html);
	const found = text.includes('<')
		? [`loose: ${text.slice(text.indexOf('<')).slice(0, 60)}`] : [];
	for (const { name, attributes } of tags) {
		if (['iframe', 'object', 'embed', 'base', 'x', 'b'].includes(name) ||
			name.includes(':'))
			found.push(`<${name}>`);
		if (name === 'script' && !attributes.src?.startsWith('/static/'))
			found.push('<script> of another');
		if (name === 'style' && !styles)
			found.push('<style>');
		for (const [key, value] of Object.entries(attributes)) {
			if (/^on/.test(key) || key === 'style' && !styles)
				found.push(`<${name} ${key}="${value}">`);
			if (['href', 'src', 'action', 'formaction'].includes(key) &&
				/^\s*(javascript|data|vbscript):/i.test(value))
				found.push(`<${name} ${key}="${value}">`);
		}
	}
	return found;
}
