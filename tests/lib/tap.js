// Tests as a list of names and functions, and their results as TAP.
import { inspect } from 'node:util';

const SECONDS = 120;
const tests = [];
const endings = [];
let file = '';

// What follows comes from this file.
export function from(name) {
	file = name;
}

// A name begins with the requirements it holds: "I9 I10: …".
export function test(name, body, { seconds = SECONDS } = {}) {
	tests.push({ name: `${file}: ${name}`, body, seconds });
}

// Runs when all is done: closes a browser.
export function atEnd(body) {
	endings.push(body);
}

function limited(promise, seconds) {
	let timer;
	const late = new Promise((_, reject) => {
		timer = setTimeout(
			() => reject(new Error(`not done after ${seconds} s`)),
			seconds * 1000);
	});
	return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function explain(error) {
	const text = error instanceof Error
		? `${error.message}\n${error.stack
			.slice(error.stack.indexOf('\n    at ') + 1)
			.split('\n').slice(0, 6).join('\n')}`
		: inspect(error);
	return text.split('\n').slice(0, 60).map(line => `# ${line}`).join('\n');
}

// Answers how many failed.
export async function runTests(wanted) {
	const chosen = tests.filter(t => wanted(t.name));
	let failed = 0;
	for (const [i, t] of chosen.entries()) {
		const begin = Date.now();
		let result = 'ok';
		let why = '';
		try {
			await limited(Promise.resolve().then(t.body), t.seconds);
		} catch (error) {
			result = 'not ok';
			why = `\n${explain(error)}`;
			failed++;
		}
		console.log(`${result} ${i + 1} - ${t.name} # ${
			Date.now() - begin} ms${why}`);
	}
	console.log(`1..${chosen.length}`);
	for (const body of endings)
		await body();
	return failed;
}
