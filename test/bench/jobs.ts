// `npm run bench`: what a job costs besides its provider, in the extension host of a real VS Code. Prints, and decides nothing.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { runInHost } from '../editor/hostSuite';
import type { Pixels } from '../../src/image/pixels';
import { encodePng } from '../servers/png';
import { noise } from '../unit/builders';

/** What a provider of pictures needs for one, in ms: the issue's own figure for batches, and little for single jobs. */
const latencies = { batch: 2000, single: 200 } as const;
const recipes = 200;
const atOnce = 3;

/** From the last byte of a request to the last byte of its answer, in ms, by the prompt: what nobody but the provider can shorten. */
const waits = new Map<string, number>();

async function main(): Promise<number> {
	const parent = await mkdtemp(path.join(os.tmpdir(), 'limn-bench-'));
	const server = await serve();
	const { port } = addressOf(server);
	const home = path.join(parent, 'home');
	await mkdir(home);
	const report = path.join(parent, 'report.md');
	await writeFile(path.join(home, 'recipes.md'), document());
	try {
		const code = await runInHost({
			testsPath: 'out/jobsHost.js',
			workspace: home,
			extensionPath: '.',
			env: {
				LIMN_BENCH_REPORT: report,
				LIMN_BENCH_SERVER: `http://127.0.0.1:${port}`,
				LIMN_BENCH_BATCH: `${recipes} ${atOnce} ${latencies.batch}`,
			},
			settings: {
				'limn.providers.custom.baseUrl': `http://127.0.0.1:${port}/v1`,
				'limn.network.maxConcurrentRequests': atOnce,
				'limn.budget.confirmAbove': null,
			},
			timeoutMs: 600_000,
		});
		console.log(
			`\nJobs in the extension host (Node ${process.versions.node})\n\n| what | median | wanted |\n|---|---|---|`,
		);
		console.log(await readFile(report, 'utf8'));
		return code;
	} finally {
		server.close();
		server.closeAllConnections();
		await rm(parent, { recursive: true, force: true });
	}
}

function document(): string {
	return Array.from({ length: recipes }, (_, index) => recipe(index)).join('\n');
}

function recipe(index: number): string {
	const order = `<!-- limn: batch ${index} | model=custom/sd-cpp-local size=1024x1024 -->`;
	return `${order}\n![Picture ${index}](images/${index}.png)\n`;
}

/** Speaks as much of the OpenAI dialect as it takes; `GET /waits` says how long each prompt was waited for. */
async function serve(): Promise<Server> {
	const picture = encodePng(photograph());
	const answer = JSON.stringify({ created: 1, data: [{ b64_json: Buffer.from(picture).toString('base64') }] });
	const server = createServer((request, response) => void respond(request, response, answer));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return server;
}

async function respond(request: IncomingMessage, response: ServerResponse, answer: string): Promise<void> {
	const said = await text(request);
	if (request.method === 'GET') {
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(request.url === '/waits' ? Object.fromEntries(waits) : { data: [] }));
		return;
	}
	const started = performance.now();
	const [prompt = ''] = /(?:batch|single) \d+/.exec(said) ?? [];
	await setTimeout(prompt.startsWith('batch') ? latencies.batch : latencies.single);
	response.setHeader('content-type', 'application/json');
	response.end(answer, () => waits.set(prompt, performance.now() - started));
}

/** As large as photographs are: between one and two MB as a PNG. */
function photograph(): Pixels {
	const pixels = noise(1024, 1024, 7, 255);
	// Grain alone: every fourth step of brightness.
	return { ...pixels, data: pixels.data.map((value, at) => (at % 4 === 3 ? value : 96 + (value & 0x3c))) };
}

function addressOf(server: Server): AddressInfo {
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The server has no port.');
	return address;
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
