import * as fc from 'fast-check';
import { slug } from '../../src/documents/fileName';
import { isImageError } from '../../src/domain/imageError';
import type { Files } from '../../src/store/files';
import { checkTarget, type SavePlan, savePicture, type SavePorts } from '../../src/store/savePicture';
import { pngOf } from '../unit/network/builders';
import { type Attack, Tally } from './figure';
import { anyTemplate, anyText, leadingOut } from './hostileNames';
import { leadsAstray, wrongName } from './nameRules';

const root = '/ws';
const runs = 100_000;

/** S3: prompts, documents, models and settings that would lead a file elsewhere, or give it a name that it cannot have. */
export const fileNames: Attack = async () => {
	const escapes = new Tally('S3', 'names lead out of the workspace, or into .git and .vscode');
	const wrong = new Tally('S3', 'names are outside the grammar, or invalid on NTFS');
	const given = fc.record({
		prompt: anyText,
		document: anyText,
		model: anyText,
		folder: anyTemplate,
		fileName: anyTemplate,
	});
	for (const wish of fc.sample(given, { numRuns: runs, seed: 1122 })) {
		const saved = await savedAt(wish);
		const name = saved.slice(saved.lastIndexOf('/') + 1);
		// What is refused leads nowhere.
		const [astray, odd] = saved === '' ? [] : [leadsAstray(root, saved), wrongName(name)];
		escapes.note(astray && `${astray}: ${saved} of ${JSON.stringify(wish)}`);
		wrong.note(odd && `${odd}: ${JSON.stringify(name)} of ${JSON.stringify(wish)}`);
		const careless = carelessly(wish);
		escapes.noteCareless(leadsAstray(root, careless) !== undefined);
		wrong.noteCareless(wrongName(careless.slice(careless.lastIndexOf('/') + 1)) !== undefined);
	}
	return [escapes.figure, wrong.figure, await settings()];
};

/** S4: folders that only lead out. They are refused before anything is sent. */
async function settings() {
	const taken = new Tally('S4', 'settings of a workspace put pictures where they may not be');
	for (const folder of leadingOut) {
		for (const plan of [planOf({ ...plain, folder }), planOf({ ...plain, folder: '', fileName: `${folder}/fox` })]) {
			const isRefused = isImageError(await checkTarget(plan, anything));
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
	return {
		templates: { folder, fileName },
		facts: { slug: slug(prompt), date: '2026-11-22', time: '10-00-00', model, provider: 'custom' },
		place: { base: root, documentFolder: `${root}/docs`, documentBaseName: document, roots: [root] },
		describe: (path) => path,
	};
}

/** A disk that lets anything happen: only the names stand in the way. */
const anything: Files = {
	leadsOut: async () => false,
	publish: async () => 'saved',
	replace: async () => 'gone',
};

const ports: SavePorts = {
	files: anything,
	digest: async () => '0123456789abcdef0123',
	uriOf: (path) => path,
	keep: async () => undefined,
	retire: async () => false,
	announce: async () => undefined,
	log: () => undefined,
};

const bytes = pngOf(2, 3);

/** The path; empty: refused. */
async function savedAt(wish: Wish): Promise<string> {
	const saved = await savePicture({ bytes, seed: wish.model }, 1, planOf(wish), ports);
	return isImageError(saved) ? '' : saved.uri;
}

/** A text put where a text is asked for. */
function carelessly({ prompt, folder }: Wish): string {
	const clean = folder
		.replaceAll('\\', '/')
		.replace('${workspaceFolder}', root)
		.replace('${documentFolder}', `${root}/docs`);
	return `${/^([/~]|[a-z]:)/i.test(clean) ? `/elsewhere/${clean}` : `${root}/${clean}`}/${prompt}.png`;
}
