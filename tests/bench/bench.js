// bench.js [pages] [growth] [overviews] [limits] [documents] [login]: runs the benches,
// and keeps each one's figures in the instance's bench/NAME.json.
import { cpus } from 'node:os';
import { writeFileSync } from 'node:fs';
import { bench, targets } from './lib.js';

const names = process.argv.slice(2);
for (const name of names) {
	const { run } = await import(`./${name}.js`);
	const result = await run();
	targets(result.targets);
	writeFileSync(`${bench}/${name}.json`, JSON.stringify({
		at: new Date().toISOString(), cpus: cpus().length,
		model: cpus()[0].model, ...result }, null, '\t') + '\n');
	console.log(`\n${bench}/${name}.json`);
}
process.exit(0);
