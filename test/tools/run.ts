// `npm test`: every check and every suite, one after the other, and one line with the sum at the end.
// `npm test -- unit host` runs only those.
import { spawn } from 'node:child_process';

interface Count {
	readonly passed: number;
	readonly failed: number;
}

/** By name: the commands that make it up. A command that runs no mocha counts as one test. */
const suites: Readonly<Record<string, readonly string[]>> = {
	check: ['check:types', 'check:lint', 'check:format', 'check:dead'].map((script) => `npm run --silent ${script}`),
	laws: ['npx mocha out/laws.js --timeout 60000'],
	unit: ['npx mocha out/unit.js --timeout 30000'],
	servers: ['npx mocha out/servers.js --timeout 30000'],
	host: ['node out/hostTests.js'],
	studio: ['npx mocha out/studio.js --timeout 60000'],
	e2e: ['npx mocha out/e2e.js --timeout 120000'],
	start: ['node out/start.js --headless'],
};

async function main(): Promise<number> {
	const wanted = process.argv.slice(2);
	const counts: Count[] = [];
	for (const name of wanted.length > 0 ? wanted : Object.keys(suites)) {
		const commands = suites[name];
		if (!commands) throw new Error(`There is no suite ${name}. Available: ${Object.keys(suites).join(', ')}.`);
		const started = Date.now();
		const count = await runInOrder(commands);
		counts.push(count);
		console.log(`== ${name}: ${inWords(count)} in ${Math.round((Date.now() - started) / 1000)} s\n`);
	}
	const total = sum(counts);
	console.log(inWords(total));
	return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

async function runInOrder(commands: readonly string[]): Promise<Count> {
	const counts: Count[] = [];
	for (const command of commands) counts.push(await runCommand(command));
	return sum(counts);
}

/** Runs a command, shows what it prints, and counts what mocha says in it. */
async function runCommand(command: string): Promise<Count> {
	console.log(`-- ${command}`);
	const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'inherit'] });
	const output: string[] = [];
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		output.push(text);
		process.stdout.write(text);
	});
	const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
	return countOf(output.join(''), code === 0);
}

/** A command that ends badly has failed at least once, whatever it printed. */
function countOf(output: string, ended: boolean): Count {
	const add = (pattern: RegExp) =>
		Array.from(output.matchAll(pattern), ([, n]) => Number(n)).reduce((a, b) => a + b, 0);
	const passed = add(/^\s*(\d+) passing/gm);
	const failed = add(/^\s*(\d+) failing/gm);
	if (passed + failed === 0) return ended ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
	return { passed, failed: ended ? failed : Math.max(1, failed) };
}

function sum(counts: readonly Count[]): Count {
	return {
		passed: counts.reduce((total, { passed }) => total + passed, 0),
		failed: counts.reduce((total, { failed }) => total + failed, 0),
	};
}

function inWords({ passed, failed }: Count): string {
	return `${passed} passed, ${failed} failed`;
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
