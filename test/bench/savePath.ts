// `npm run bench`: how an answer of n pictures of 3 MB becomes n files, by Limn and by others, from a server in a process of its own. All in
// one run and by turns; ratios to the floor, which writes the raw body into one file. Prints, and decides nothing.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { LimnClients } from './save/limn';
import { isPicture, pictureOf } from './save/pictures';
import { byAi, byFetch, byOpenai, type Client, floor } from './save/rivals';
import { serve, type Way, ways } from './save/server';

const runs = Number(process.env['RUNS'] ?? 15);
const numbers = [1, 4, 10, 20];
const mega = 2 ** 20;

/** Who saves in which way: some cannot. */
const names = {
	floor: 'the floor: raw body to file (undici)',
	fetch: 'built-in fetch, JSON.parse, Buffer.from, writeFile',
	openai: '`openai` SDK, Buffer.from, writeFile',
	ai: 'Vercel `ai` SDK, writeFile',
	undici: '**Limn through undici**, with metadata',
	limnFetch: '**Limn through built-in fetch**, with metadata',
	undiciJob: 'all that Limn does (undici): journal, SHA-256, fsync',
	fetchJob: 'all that Limn does (built-in fetch)',
} as const;
type Name = keyof typeof names;

const able: Readonly<Record<Way, readonly Name[]>> = {
	json: ['floor', 'fetch', 'openai', 'ai', 'undici', 'limnFetch', 'undiciJob', 'fetchJob'],
	sse: ['floor', 'openai', 'undici', 'limnFetch', 'undiciJob'],
	url: ['floor', 'fetch', 'openai', 'undici', 'limnFetch', 'undiciJob'],
};

interface Clients {
	readonly all: Readonly<Record<Name, Client>>;
	dispose(): Promise<void>;
}

async function clientsIn(storage: string): Promise<Clients> {
	await mkdir(storage, { recursive: true });
	const [direct, editor] = [new LimnClients('direct', storage), new LimnClients('editor', storage)];
	const limn = { undici: direct.save, limnFetch: editor.save, undiciJob: direct.job, fetchJob: editor.job };
	return {
		all: { floor, fetch: byFetch, openai: byOpenai, ai: byAi, ...limn },
		dispose: async () => void (await Promise.all([direct.dispose(), editor.dispose()])),
	};
}

const measured = z.object({ ms: z.number(), block: z.number(), peak: z.number() });
type Measured = z.infer<typeof measured>;

/** One run. `block`: the longest time without a turn of the event loop, ms; `peak`: memory above what there was before, MB. */
async function measure(client: Client, order: Parameters<Client>[0]): Promise<Measured> {
	await mkdir(order.folder, { recursive: true });
	const before = rssNow();
	resetPeak();
	let [last, block] = [performance.now(), 0];
	const ticker = setInterval(() => {
		const now = performance.now();
		block = Math.max(block, now - last - 1);
		last = now;
	}, 1);
	const began = performance.now();
	last = began;
	await client(order);
	const ms = performance.now() - began;
	clearInterval(ticker);
	return { ms, block: Math.max(block, performance.now() - last - 1), peak: (rssPeak() - before) / mega };
}

/** As Linux knows them; elsewhere the peak of the whole process. */
function rssNow(): number {
	return process.memoryUsage.rss();
}

function resetPeak(): void {
	try {
		writeFileSync('/proc/self/clear_refs', '5');
	} catch {
		// Another system: then the peak is that of the process.
	}
}

function rssPeak(): number {
	try {
		return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
	} catch {
		return process.resourceUsage().maxRSS * 1024;
	}
}

async function verify(name: Name, way: Way, n: number, folder: string, pictures: readonly Buffer[]): Promise<void> {
	if (name === 'floor') return;
	const files = await readdir(folder);
	if (files.length !== n) throw new Error(`${names[name]}: ${files.join(', ')}`);
	for (let number = 0; number < n; number++) {
		const file = await readFile(path.join(folder, `${number}.png`));
		const picture = pictures[number];
		if (!picture || !isPicture(file, picture))
			throw new Error(`${names[name]}, ${way}: ${number}.png is another picture.`);
		const isTold = file.length > picture.length;
		if (isTold !== /imn|Job/.test(name) && name !== 'undici') throw new Error(`${names[name]}: ${isTold}`);
	}
}

async function main(): Promise<void> {
	const top = await mkdtemp(path.join(os.tmpdir(), 'limn-save-'));
	const server = fork(__filename, ['serve']);
	try {
		const [port] = z
			.tuple([z.number()])
			.rest(z.unknown())
			.parse(await once(server, 'message'));
		const origin = `http://127.0.0.1:${port}`;
		const date = new Date().toISOString().slice(0, 10);
		console.log(
			`Node ${process.version}, ${os.cpus().length} cores, ${os.platform()}, ${date}; medians of ${runs} runs by turns.`,
		);
		const wanted = z.array(z.enum(ways)).parse(process.env['WAYS']?.split(',') ?? ways);
		for (const way of wanted) await table(way, origin, top);
	} finally {
		server.kill();
		await rm(top, { recursive: true, force: true });
	}
}

const titles: Readonly<Record<Way, string>> = {
	json: 'base64 in one JSON answer',
	sse: 'base64 in events',
	url: 'by address',
};

async function table(way: Way, origin: string, top: string): Promise<void> {
	const found = await timesOf(way, origin, top);
	const peaks = await peaksOf(way, origin, top);
	console.log(
		`\n${titles[way]}: ms (times the floor), longest block of the event loop at n = 20 (worst run), peak memory over the process before (after 5 runs)\n`,
	);
	console.log(
		`| | ${numbers.map((n) => `n = ${n}`).join(' | ')} | block, ms | ${numbers.map((n) => `MB, n = ${n}`).join(' | ')} |`,
	);
	console.log(`|---|${'---:|'.repeat(numbers.length * 2 + 1)}`);
	for (const name of able[way]) {
		const ratio = (n: number) =>
			median(found(name, n).map(({ ms }) => ms)) / median(found('floor', n).map(({ ms }) => ms));
		const times = numbers.map(
			(n) => `${median(found(name, n).map(({ ms }) => ms)).toFixed(0)} (${ratio(n).toFixed(2)})`,
		);
		const blocks = found(name, 20).map(({ block }) => block);
		const memory = numbers.map(
			(n) =>
				peaks(name, n)
					.map((peak) => peak.toFixed(0))
					.join(' (') + ')',
		);
		console.log(
			`| ${names[name]} | ${times.join(' | ')} | ${median(blocks).toFixed(0)} (${Math.max(...blocks).toFixed(0)}) | ${memory.join(' | ')} |`,
		);
	}
}

/** By turns, each in a process of its own: what one leaves behind in memory does not hold up the next. */
async function timesOf(way: Way, origin: string, top: string): Promise<(name: Name, n: number) => Measured[]> {
	const pictures = Array.from({ length: 20 }, (_, number) => pictureOf(number));
	const storage = path.join(top, 'storage');
	const runners = able[way].map((name) => ({ name, child: fork(__filename, ['time', name, way, origin, storage]) }));
	const found = new Map<string, Measured[]>();
	for (let round = -2; round < runs; round++) {
		for (const n of numbers) {
			for (const { name, child } of runners) {
				const folder = path.join(top, 'pictures');
				child.send({ n, folder });
				const result = measured.parse(await told(child));
				await verify(name, way, n, folder, pictures);
				await rm(folder, { recursive: true });
				if (round >= 0) found.set(`${name} ${n}`, [...(found.get(`${name} ${n}`) ?? []), result]);
			}
		}
	}
	for (const { child } of runners) {
		child.disconnect();
		await once(child, 'exit');
	}
	const left = (await readdir(storage, { recursive: true })).filter((file) => file.endsWith('.tmp'));
	if (left.length > 0) throw new Error(`left: ${left.join(', ')}`);
	return (name, n) => found.get(`${name} ${n}`) ?? [];
}

const turn = z.object({ n: z.number(), folder: z.string() });

async function tellTimes([name, way, origin = '', storage = '']: readonly string[]): Promise<void> {
	const clients = await clientsIn(storage);
	const client = clients.all[nameSchema.parse(name)];
	process.on('disconnect', () => void clients.dispose());
	process.on('message', (message) => {
		const order = { ...turn.parse(message), origin, way: z.enum(ways).parse(way) };
		void measure(client, order).then((result) => process.send?.(result));
	});
}

/** Each in a process of its own: the first run's, and the most of five. */
async function peaksOf(way: Way, origin: string, top: string): Promise<(name: Name, n: number) => number[]> {
	const found = new Map<string, number[]>();
	for (const n of numbers) {
		for (const name of able[way]) {
			const child = fork(__filename, ['peak', name, way, `${n}`, origin, top]);
			found.set(`${name} ${n}`, z.array(z.number()).parse(await told(child)));
		}
	}
	return (name, n) => found.get(`${name} ${n}`) ?? [];
}

async function told(child: ChildProcess): Promise<unknown> {
	const [said] = z.array(z.unknown()).parse(await once(child, 'message'));
	return said;
}

const nameSchema = z.custom<Name>((known) => String(known) in names);

async function tellPeak([name, way, n, origin = '', top = '']: readonly string[]): Promise<void> {
	const key = nameSchema.parse(name);
	const clients = await clientsIn(path.join(top, 'storage'));
	// Once for the code: nobody has pictures for that.
	await clients.all[key]({ origin, way: 'url', n: 0, folder: top }).catch(() => undefined);
	await setTimeout(300);
	const before = rssNow();
	resetPeak();
	const peaks: number[] = [];
	for (let round = 0; round < 5; round++) {
		const folder = path.join(top, `${process.pid}-${round}`);
		await mkdir(folder);
		await clients.all[key]({ origin, way: z.custom<Way>().parse(way), n: Number(n), folder });
		await rm(folder, { recursive: true });
		peaks.push((rssPeak() - before) / mega);
	}
	process.send?.([peaks[0] ?? 0, Math.max(...peaks)], () => process.exit());
}

function median(all: readonly number[]): number {
	return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
}

const [task, ...rest] = process.argv.slice(2);
if (task === 'serve') void serve();
else if (task === 'time') void tellTimes(rest);
else if (task === 'peak') void tellPeak(rest);
else void main();
