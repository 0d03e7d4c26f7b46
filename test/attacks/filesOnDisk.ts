import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { leadsOutLocally, publishLocally, replaceLocally } from '../../src/disk/localFiles';
import { slug } from '../../src/documents/fileName';
import { isImageError } from '../../src/domain/imageError';
import { savePicture } from '../../src/store/savePicture';
import { pngOf } from '../unit/network/builders';
import { type Attack, type Figure, messageOf, Tally } from './figure';
import { anyTemplate, anyText, leadingOut } from './hostileNames';
import { savePlan, savePorts } from './savePorts';
import { Trap, wanted } from './trapFolder';

/** Each is on the disk before the next one begins. */
const saves = 2500;
const publishers = 200;

/** S4, S5: a workspace of links that lead out, and of files whose names are wanted, on the real disk. */
export const filesOnDisk: Attack = async () => {
	const home = await mkdtemp(path.join(os.tmpdir(), 'limn-attack-'));
	try {
		const outside = new Tally('S4', 'files outside of the workspace are made or changed');
		const over = new Tally('S5', 'files are overwritten');
		const [own, naive] = [await Trap.set(path.join(home, 'own')), await Trap.set(path.join(home, 'naive'))];
		for (const wish of wishes()) {
			await save(wish, own.root);
			outside.note((await own.outsideChanged()) ? JSON.stringify(wish) : undefined);
			over.note((await own.insideChanged()) ? JSON.stringify(wish) : undefined);
			await saveCarelessly(wish, naive.root);
			outside.noteCareless(await naive.outsideChanged());
			over.noteCareless(await naive.insideChanged());
		}
		return [outside.figure, over.figure, await atOnce(own.root)];
	} finally {
		await rm(home, { recursive: true, force: true });
	}
};

interface Wish {
	readonly prompt: string;
	readonly folder: string;
	readonly fileName: string;
}

function wishes(): Wish[] {
	const folder = fc.oneof(
		fc.constantFrom(
			'images',
			'.',
			'out',
			'out/x',
			'abs',
			'images/deep',
			'up',
			'up/outside',
			'loop',
			'images/deep/../..',
			'notes.md',
		),
		fc.constantFrom(...leadingOut),
		anyTemplate,
	);
	const prompt = fc.oneof(fc.constantFrom(...wanted), anyText);
	const fileName = fc.oneof(
		fc.constant('${slug}'),
		fc.constantFrom('${slug}.PNG', 'out/${slug}', '../${slug}'),
		anyTemplate,
	);
	return fc.sample(fc.record({ prompt, folder, fileName }), { numRuns: saves, seed: 1122 });
}

async function save({ prompt, ...templates }: Wish, root: string): Promise<string | undefined> {
	const plan = savePlan(root, templates, { slug: slug(prompt) }, { documentBaseName: 'guide' });
	const saved = await savePicture({ bytes }, 1, plan, ports);
	return isImageError(saved) ? undefined : saved.uri;
}

const bytes = pngOf(2, 3);

const ports = savePorts({ leadsOut: leadsOutLocally, publish: publishLocally, replace: replaceLocally });

/** Looks at the text of the path alone, and writes. */
async function saveCarelessly({ prompt, folder }: Wish, root: string): Promise<void> {
	const file = path.resolve(root, folder, `${slug(prompt)}.png`);
	if (file.startsWith(root)) await messageOf(async () => writeFile(file, bytes));
}

/** S5: so many at once want the same name; each gets a file of its own. */
async function atOnce(root: string): Promise<Figure> {
	const lost = new Tally('S5', `pictures share a file where ${publishers} are saved under one name at once`);
	const wish = { prompt: 'all at once', folder: 'images', fileName: '${slug}' };
	const files = await Promise.all(Array.from({ length: publishers }, async () => save(wish, root)));
	for (const [index, file] of files.entries()) {
		const isOwn = file !== undefined && files.indexOf(file) === index;
		lost.note(isOwn ? undefined : `number ${index}: ${file ?? 'not saved'}`);
	}
	return lost.figure;
}
