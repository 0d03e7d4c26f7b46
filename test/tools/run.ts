// `npm test`: every check and every suite, three at a time; at the end what failed once more, and one line with the sum.
// `npm test -- unit host` runs only those, one after the other.
import { spawn } from 'node:child_process';
import os from 'node:os';

interface Count {
	readonly passed: number;
	readonly failed: number;
	/** What the commands that failed said of it. */
	readonly complaints: readonly string[];
}

/** Of the suites in the workbench those that the other lane has time for. */
const apart = '--grep "^(models in the workbench|a window that goes)"';

/** By name: the commands that make it up. A command that runs no mocha counts as one test. */
const suites: Readonly<Record<string, readonly string[]>> = {
	check: ['check:types', 'check:lint', 'check:format', 'check:dead'].map((script) => `npm run --silent ${script}`),
	laws: ['npx mocha out/laws.js --timeout 60000'],
	// Much of what it makes is gone at once: in a large young space that costs a third less.
	unit: ['npx mocha --max-semi-space-size=64 out/unit.js --timeout 60000'],
	servers: ['npx mocha out/servers.js --timeout 60000'],
	host: ['node out/hostTests.js'],
	studio: ['npx mocha out/studio.js --timeout 60000'],
	e2e: [`npx mocha out/e2e.js --timeout 120000 ${apart} --invert`],
	windows: [`npx mocha out/e2e.js --timeout 120000 ${apart}`],
	start: ['node out/start.js --headless'],
	installed: ['npm run --silent vsix', 'npx mocha out/installed.js --timeout 60000'],
	// In the oldest editor that the manifest allows; `npm test` leaves it out.
	oldest: ['LIMN_EDITOR=1.100 node out/hostTests.js'],
};

/**
 * What runs side by side, each lane in its own order. Windows wait for one another's pictures most of the time: two lanes of them leave a
 * third of two cores to what needs nothing else, and come first when all want to run.
 */
const lanes: readonly Lane[] = [
	{ suites: ['studio', 'e2e'] },
	{ suites: ['laws', 'host', 'start', 'installed', 'windows'] },
	{ suites: ['check', 'servers', 'unit'], isPatient: true },
];

/** What needs nothing but what npm installed: these begin while the rest is still provided. */
const bare: ReadonlySet<string> = new Set(['check', 'laws', 'servers']);

/** In characters. */
const complaintLength = 4000;

interface Lane {
	readonly suites: readonly string[];
	/** Others come first. */
	readonly isPatient?: boolean;
}

async function main(): Promise<number> {
	const wanted = process.argv.slice(2);
	const counts = wanted.length > 0 ? await runInOrder(wanted) : await runAll();
	const total = sum(counts);
	for (const complaint of total.complaints) console.log(complaint);
	console.log(inWords(total));
	return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

async function runAll(): Promise<Count[]> {
	const provided = runCommand('node out/provide.js').then(({ output }) => process.stdout.write(output));
	return (await Promise.all(lanes.map(async (lane) => runInOrder(lane.suites, lane.isPatient, provided)))).flat();
}

/** `provided`: resolves when there is what most suites need. */
async function runInOrder(
	names: readonly string[],
	isPatient = false,
	provided: Promise<unknown> = Promise.resolve(),
): Promise<Count[]> {
	const counts: Count[] = [];
	for (const name of names) {
		if (!bare.has(name)) await provided;
		counts.push(await runSuite(name, isPatient));
	}
	return counts;
}

/** Runs a suite, and shows what it printed when it has ended: another one may be under way. */
async function runSuite(name: string, isPatient: boolean): Promise<Count> {
	const commands = suites[name];
	if (!commands) throw new Error(`There is no suite ${name}. Available: ${Object.keys(suites).join(', ')}.`);
	console.log(`-- ${name}`);
	const started = Date.now();
	const runs: Run[] = [];
	for (const command of commands) runs.push(await runCommand(command, isPatient));
	for (const { output } of runs) process.stdout.write(output);
	const count = sum(runs.map(countOf));
	console.log(`== ${name}: ${inWords(count)} in ${Math.round((Date.now() - started) / 1000)} s\n`);
	return count;
}

interface Run {
	readonly output: string;
	/** And well. */
	readonly hasEnded: boolean;
}

async function runCommand(command: string, isPatient = false): Promise<Run> {
	const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
	if (isPatient && child.pid !== undefined) os.setPriority(child.pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
	const output: string[] = [`$ ${command}\n`];
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
	const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
	return { output: output.join(''), hasEnded: code === 0 };
}

/** A command that ends badly has failed at least once, whatever it printed. */
function countOf({ output, hasEnded }: Run): Count {
	const add = (pattern: RegExp) =>
		Array.from(output.matchAll(pattern), ([, n]) => Number(n)).reduce((a, b) => a + b, 0);
	const passed = add(/^\s*(\d+) passing/gm);
	const failed = add(/^\s*(\d+) failing/gm);
	const complaints = hasEnded ? [] : [complaintIn(output)];
	if (passed + failed === 0) return { passed: hasEnded ? 1 : 0, failed: hasEnded ? 0 : 1, complaints };
	return { passed, failed: hasEnded ? failed : Math.max(1, failed), complaints };
}

/** The command, and what it printed last: all that mocha says of its failures, or the end of any other output. */
function complaintIn(output: string): string {
	const [command = ''] = output.split('\n', 1);
	const failures = output.search(/^\s*\d+ failing/m);
	return `${command}\n${failures === -1 ? output.slice(command.length).slice(-complaintLength) : output.slice(failures)}`;
}

function sum(counts: readonly Count[]): Count {
	return {
		passed: counts.reduce((total, { passed }) => total + passed, 0),
		failed: counts.reduce((total, { failed }) => total + failed, 0),
		complaints: counts.flatMap(({ complaints }) => complaints),
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
