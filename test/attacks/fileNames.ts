import * as fc from 'fast-check';
import { slug } from '../../src/documents/fileName';
import { isImageError } from '../../src/domain/imageError';
import { checkTarget, type SavePlan, savePicture } from '../../src/store/savePicture';
import { pngOf } from '../unit/network/builders';
import { MemoryFiles } from '../unit/store/memoryFiles';
import { type Attack, Tally } from './figure';
import { anyTemplate, anyText, leadingOut } from './hostileNames';
import { leadsAstray, wrongName } from './nameRules';
import { savePlan, savePorts } from './savePorts';

const root = '/ws';
const runs = 100_000;

/** S3: prompts, documents, models and settings that would lead a file elsewhere, over another one, or give it a name that it cannot have. */
export const fileNames: Attack = async () => {
	const escapes = new Tally('S3', 'names lead out of the workspace, or into .git and .vscode');
	const wrong = new Tally('S3', 'names are outside the grammar, or invalid on NTFS');
	const over = new Tally('S3', 'files of others are overwritten');
	const given = fc.record({
		prompt: anyText,
		document: anyText,
		model: anyText,
		folder: anyTemplate,
		fileName: anyTemplate,
	});
	let [disk, refused, met] = [new Disk(), 0, 0];
	for (const [index, wish] of fc.sample(given, { numRuns: runs, seed: 1122 }).entries()) {
		if (index % perDisk === 0) disk = new Disk();
		const { at: saved, overwritten } = await savedOn(disk, wish);
		// Whose name is taken for sure.
		const again = await savedOn(disk, wish);
		if (saved === '') refused++;
		if (again.hasMet) met++;
		const name = saved.slice(saved.lastIndexOf('/') + 1);
		// What is refused leads nowhere.
		const [astray, odd] = saved === '' ? [] : [leadsAstray(root, saved), wrongName(name)];
		escapes.note(astray && `${astray}: ${saved} of ${JSON.stringify(wish)}`);
		wrong.note(odd && `${odd}: ${JSON.stringify(name)} of ${JSON.stringify(wish)}`);
		const lost = overwritten ?? again.overwritten;
		over.note(lost && `${lost} of ${JSON.stringify(wish)}`);
		const careless = carelessly(wish);
		escapes.noteCareless(leadsAstray(root, careless) !== undefined);
		wrong.noteCareless(wrongName(careless.slice(careless.lastIndexOf('/') + 1)) !== undefined);
		over.noteCareless(disk.namedTwice(careless));
	}
	const told = `${refused} wishes are refused, ${met} asked for once more and put beside the first`;
	return [escapes.figure, wrong.figure, { ...over.figure, what: `${over.what} (${told})` }, await settings()];
};

/** S4: folders that only lead out. They are refused before anything is sent. */
async function settings() {
	const taken = new Tally('S4', 'settings of a workspace put pictures where they may not be');
	for (const folder of leadingOut) {
		for (const plan of [planOf({ ...plain, folder }), planOf({ ...plain, folder: '', fileName: `${folder}/fox` })]) {
			const isRefused = isImageError(await checkTarget(plan, new Disk()));
			taken.note(isRefused ? undefined : JSON.stringify(plan.templates));
		}
		taken.noteCareless(leadsAstray(root, carelessly({ ...plain, folder })) !== undefined);
	}
	return taken.figure;
}

interface Wish {
	readonly prompt: string;
	readonly document: string;
	readonly model: string;
	readonly folder: string;
	readonly fileName: string;
}

const plain: Wish = { prompt: 'a fox', document: 'guide', model: 'm', folder: 'images', fileName: '${slug}' };

function planOf({ prompt, document, model, folder, fileName }: Wish): SavePlan {
	const place = { documentFolder: `${root}/docs`, documentBaseName: document };
	return savePlan(root, { folder, fileName }, { slug: slug(prompt), model }, place);
}

/** Names are taken soon, and there are never too many of them. */
const perDisk = 50;

/** A disk that lets anything happen: only the names stand in the way, and what lies there already. */
class Disk extends MemoryFiles {
	readonly #named = new Set<string>();

	override async leadsOut(): Promise<boolean> {
		return false;
	}

	/** Whether somebody careless has used a path before. */
	namedTwice(path: string): boolean {
		const isKnown = this.#named.has(path);
		this.#named.add(path);
		return isKnown;
	}
}

const bytes = pngOf(2, 3);

/** Where it is saved; empty: refused. Every file on the disk has bytes of its own, whatever they are. */
async function savedOn(disk: Disk, wish: Wish) {
	const before = new Map(disk.files);
	const own = bytes.slice();
	const announced: string[] = [];
	const announce = async (_: string, path: string) => void announced.push(path);
	const ports = { ...savePorts(disk), announce };
	const saved = await savePicture({ bytes: own, seed: wish.model }, 1, planOf(wish), ports);
	const at = isImageError(saved) ? '' : saved.uri;
	const lost = [...before].find(([path, content]) => disk.files.get(path) !== content)?.[0];
	const isThere = at === '' || disk.files.get(at) === own;
	return {
		at,
		overwritten: lost ?? (isThere ? undefined : `${at}, which is not there,`),
		hasMet: announced.length > 1,
	};
}

/** A text put where a text is asked for. */
function carelessly({ prompt, folder }: Wish): string {
	const clean = folder
		.replaceAll('\\', '/')
		.replace('${workspaceFolder}', root)
		.replace('${documentFolder}', `${root}/docs`);
	return `${/^([/~]|[a-z]:)/i.test(clean) ? `/elsewhere/${clean}` : `${root}/${clean}`}/${prompt}.png`;
}
