// `npm run bench`: how long a large project is looked through for recipes and pictures, as medians of 5 runs on one core and with the
// files in the system's memory. Prints, and decides nothing.
import { createHash } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { listLocally, readLocally, statLocally } from '../../src/disk/readLocally';
import { documentFiles } from '../../src/recipes/documentFiles';
import { PictureDigests, PictureLookup } from '../../src/recipes/pictureFiles';
import { type Depth, findingsIn, type ScannedDocument, Scanner } from '../../src/recipes/scan';
import { survey } from '../../src/recipes/survey';
import { duringOneRun, stampOf, type Tree } from '../../src/recipes/tree';
import { inParallel, Turns } from '../../src/recipes/turns';
import { median } from './median';

const runs = 5;
const count = 5000;
/** Of a file, in bytes: 100 MB together. */
const size = 20_000;
const perFolder = 20;

const ports = { pause: async () => setImmediate(), now: () => performance.now() };

const tree: Tree = {
	list: listLocally,
	stat: async (file) => {
		const found = await statLocally(file);
		return found && { size: found.size, stamp: stampOf(found.times, found.size, Date.now()) };
	},
	read: readLocally,
};

const hash = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function main(): Promise<void> {
	const top = await mkdtemp(path.join(os.tmpdir(), 'limn-scan-'));
	try {
		console.log(`\n${count} Markdown files, ${(count * size) / 1e6} MB, medians of ${runs} runs, ms`);
		console.log(
			'recipes in    looked for    files  scan  MB/s compare longest  scan after an edit compare longest kept MB',
		);
		for (const [name, every] of [['every tenth', 10] as const, ['every file', 1] as const]) {
			const folder = path.join(top, String(every));
			await writeProject(folder, every);
			// A file that was written just now is read again the next time.
			await setTimeout(2500);
			for (const depth of ['recipes', 'everything'] as const) console.log(await row(name, depth, folder));
		}
		console.log(
			'Wanted of files and scan for recipes: 3000 the first time, 200 after an edit; 50 for the longest stretch.',
		);
	} finally {
		await rm(top, { recursive: true, force: true });
	}
}

async function row(name: string, depth: Depth, folder: string): Promise<string> {
	const all: Run[] = [];
	for (let run = 0; run < runs; run++) all.push(await lookTwice(new Looker(folder, depth), fileOf(folder, run)));
	const one = medians(all.map(({ first }) => first));
	const two = medians(all.map(({ second }) => second));
	const speed = (count * size) / 1e3 / (one.files + one.scan);
	const numbers = [
		one.files,
		one.scan,
		speed,
		one.compare,
		one.longest,
		two.files + two.scan,
		two.compare,
		two.longest,
	];
	const kept = median(all.map(({ megabytes }) => megabytes));
	return [name.padEnd(13), depth.padEnd(10), ...[...numbers, kept].map(column)].join(' ');
}

interface Run {
	readonly first: Look;
	/** After one file has changed. */
	readonly second: Look;
	/** What is in memory in between. */
	readonly megabytes: number;
}

async function lookTwice(looker: Looker, changing: string): Promise<Run> {
	const before = heap();
	const first = await looker.look();
	const megabytes = (heap() - before) / 1e6;
	await appendFile(changing, 'One more line.\n');
	return { first, second: await looker.look(), megabytes };
}

function column(value: number, index: number): string {
	return value.toFixed(0).padStart([8, 5, 5, 8, 8, 19, 8, 8, 8][index] ?? 0);
}

/** Milliseconds of each part of a look, and the longest stretch without a turn for anybody else. */
interface Look {
	/** To find the files and see which have changed. */
	readonly files: number;
	/** To read those that have. */
	readonly scan: number;
	/** To compare what they say with the pictures. */
	readonly compare: number;
	readonly longest: number;
}

/** Looks at a project as the editor does, with Node's own files. */
class Looker {
	readonly #scanner = new Scanner({ ...ports, read: readLocally });
	readonly #digests = new PictureDigests(tree, hash);

	constructor(
		readonly folder: string,
		readonly depth: Depth,
	) {}

	async look(): Promise<Look> {
		const delay = monitorEventLoopDelay({ resolution: 1 });
		delay.enable();
		const times = [performance.now()];
		const run = duringOneRun(tree);
		const files = await documentFiles(this.folder, { tree: run, turns: new Turns(ports), isExcluded: () => false });
		times.push(performance.now());
		const { documents } = await this.#scanner.scan(files, this.depth);
		times.push(performance.now());
		await this.#compare(documents, run);
		times.push(performance.now());
		delay.disable();
		const [start = 0, found = 0, scanned = 0, end = 0] = times;
		return {
			files: found - start,
			scan: scanned - found,
			compare: end - scanned,
			longest: delay.max / 1e6,
		};
	}

	/** As `Project` does: the check reads no pictures. */
	async #compare(documents: readonly ScannedDocument[], run: Tree): Promise<void> {
		const homeOf = () => ({ workspaceFolder: this.folder, siteRoots: [] });
		const reads = this.depth === 'recipes' ? { digest: this.#digests.of } : {};
		const lookup = new PictureLookup({ tree: run, homeOf, hash, ...reads });
		const turns = new Turns(ports);
		const compare = async (document: ScannedDocument) =>
			this.depth === 'recipes' ? survey(document, lookup) : findingsIn(document, lookup);
		await inParallel(documents, 8, async (document) => turns.run(async () => compare(document)));
	}
}

function medians(looks: readonly Look[]): Look {
	const of = (key: keyof Look) => median(looks.map((look) => look[key]));
	return { files: of('files'), scan: of('scan'), compare: of('compare'), longest: of('longest') };
}

/** What is in use, in bytes, after everything else is thrown away. */
function heap(): number {
	setFlagsFromString('--expose-gc');
	runInNewContext('gc()');
	return process.memoryUsage().heapUsed;
}

function fileOf(folder: string, index: number): string {
	const place = Math.floor(index / perFolder);
	return path.join(folder, `part-${place % 16}`, `chapter-${place}`, `page-${index}.md`);
}

/** `every`: how many files there are to one with recipes. */
async function writeProject(folder: string, every: number): Promise<void> {
	await inParallel(
		Array.from({ length: count }, (_, index) => index),
		8,
		async (index) => {
			const file = fileOf(folder, index);
			const images = path.join(path.dirname(file), 'images');
			await mkdir(images, { recursive: true });
			for (const name of ['one', 'two']) await writeFile(path.join(images, `${index}-${name}.png`), `${index} ${name}`);
			await writeFile(file, page(index, index % every === 0));
		},
	);
}

function page(index: number, hasRecipes: boolean): string {
	const sections: string[] = [`# Page ${index}\n`];
	for (let part = 0, length = 0; length < size - 900; part++) {
		const text = section(index, part, hasRecipes);
		sections.push(text);
		length += text.length;
	}
	const text = sections.join('\n');
	return text + '.'.repeat(Math.max(0, size - text.length - 1)) + '\n';
}

/** A thousand letters, about: prose with marks and links, and by turns a list, a table, code or a picture. */
function section(index: number, part: number, hasRecipes: boolean): string {
	const name = `${index}-${part % 2 === 0 ? 'one' : 'two'}`;
	const note = `<!-- limn: a harbour in the ${name} light, watercolour | size=1536x1024 made=0123456789ab-ba9876543210 -->\n`;
	const special = [
		`${hasRecipes && part < 8 ? note : ''}![The harbour at ${name}](images/${name}.png)\n`,
		'- [ ] first, see [the guide](../guide.md#part)\n- [x] second, with `code: here`\n  1. and below\n',
		'```ts\nconst reply = await fetch("https://example.org/a"); // <!-- no comment -->\nreturn `![no](picture.png)`;\n```\n',
		'| name | value |\n|---|---|\n| width | 1024 |\n| note | a \\| b |\n',
	];
	return `## Part ${part}\n\n${prose(index + part)}\n\n${special[part % 4] ?? ''}`;
}

function prose(seed: number): string {
	const sentences = [
		'The *quick* harbour lay open to the west, and nobody had counted the boats since the spring.',
		'See [the manual](https://example.org/manual?part=2#harbours): it says “twelve”, which was never true.',
		'Whoever came after, with `limn` in hand or without, found **nothing but rope**, salt and an old lamp.',
		'It took (as far as one knows) about 40 % longer than planned; the reasons are given below.',
		'Çe n’est pas grave, said the keeper, and lit the lamp again — as on every other evening of that year.',
	];
	return Array.from({ length: 8 }, (_, index) => sentences[(seed + index * 3) % sentences.length]).join('\n');
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
