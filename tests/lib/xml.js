// Pages as trees: XPath over XML without namespaces.
import { DOMParser } from '@xmldom/xmldom';
import xpath from 'xpath';

export function parse(text) {
	return new DOMParser({
		onError: (level, message) => {
			throw new Error(`${level}: ${message}`);
		},
	}).parseFromString(text, 'text/xml');
}

export const all = (node, path) => xpath.select(path, node);
export const first = (node, path) => xpath.select1(path, node);
export const number = (node, path) => xpath.select(`number(${path})`, node);
export const string = (node, path) => xpath.select(`string(${path})`, node);
export const has = (node, path) => xpath.select(`boolean(${path})`, node);
export const texts = (node, path) =>
	all(node, path).map(found => found.nodeValue ?? found.textContent);
