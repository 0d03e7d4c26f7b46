import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { keyLikeIn } from '../laws/keyLike';
import { unpacked } from '../laws/vsix';
import { type Attack, type Figure, Tally } from './figure';

/** In pieces, so that this file has none. */
const some = 'Qk3xyzAbCdEf0123456789wR7tP2mN5vL8';
const long = some.repeat(3).slice(0, 74);
const keys: Readonly<Record<string, string>> = {
	openai: ['sk', `-proj-${long}T3Blbk`, `FJ${long}`].join(''),
	replicate: ['r8', `_${some}`].join(''),
	vincony: ['vncy', `_${some}`].join(''),
	lumenfall: ['lmnfl', `_${some}`].join(''),
	aws: ['AKIA', 'QYLPMN5HFIQR7XYA'].join(''),
	google: ['AIza', `Sy${some.slice(0, 33)}`].join(''),
	github: ['ghp', `_${some}ab`].join(''),
	npm: ['npm', `_${some}ab`].join(''),
	slack: ['xoxb', '-123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx'].join(''),
	'private key': ['-----BEGIN RSA PRIVATE', ` KEY-----\n${some}${some}\n-----END RSA PRIVATE`, ' KEY-----'].join(''),
};

/** Texts in which a key could be left. */
const places = ['dist/limn.js', 'dist/webview/studio.js', 'package.nls.json', 'README.md'];

/** S16: a key is left in what ships. The packer refuses what it knows; for the rest our own law looks through what was packed. */
export const plantedKeys: Attack = async () => {
	const home = await mkdtemp(path.join(os.tmpdir(), 'limn-attack-'));
	try {
		const clean = await build(home, 'clean');
		if (clean === undefined) throw new Error('The package cannot be built.');
		return [await scanned(clean), await refused(home), await takenAway(home), await left(clean)];
	} finally {
		await rm(home, { recursive: true, force: true });
	}
};

/** Every key in every file of the package. */
async function scanned(clean: string): Promise<Figure> {
	const tally = new Tally('S16', 'keys planted in the package get past the build’s own scan');
	for (const bytes of unpacked(await readFile(clean)).values()) {
		for (const [name, key] of Object.entries(keys)) {
			const text = `${bytes.toString('latin1')}\nconst x = ${JSON.stringify(key)};`;
			tally.note(keyLikeIn(text) === undefined ? name : undefined);
		}
	}
	return tally.figure;
}

async function refused(home: string): Promise<Figure> {
	const tally = new Tally('S16', 'packages with a key of a kind that it knows are packed by `vsce package`');
	for (const [name, place] of plantedIn(['openai', 'slack', 'private key', 'github'])) {
		const made = await build(home, name, place);
		tally.note(made && `${name} in ${place}`);
	}
	return tally.figure;
}

/** Kinds that the packer does not know: as `npm run package` ends. */
async function takenAway(home: string): Promise<Figure> {
	const tally = new Tally('S16', 'packages with a key of another kind are left by `npm run package`');
	for (const [name, place] of plantedIn(['vincony', 'lumenfall', 'replicate'])) {
		const made = await build(home, name, place);
		const code = made === undefined ? 0 : await run([checker, made]);
		const isGone = made !== undefined && !existsSync(made);
		tally.note(code !== 0 && isGone ? undefined : `${name} in ${place}: ${code}, ${isGone ? 'gone' : 'there'}`);
	}
	return tally.figure;
}

/** Whoever refuses all has found nothing. */
async function left(clean: string): Promise<Figure> {
	const isLeft = (await run([checker, clean])) === 0 && existsSync(clean);
	const broken = isLeft ? [] : ['it is taken away'];
	return { scenario: 'S16', what: 'a package without a key stays', tried: 1, broken, isControl: true };
}

const checker = path.join(__dirname, 'checkPackage.js');

function plantedIn(names: readonly string[]): (readonly [name: string, place: string])[] {
	return names.map((name, index) => [name, places[index % places.length] ?? 'README.md']);
}

/** A package of a copy of what ships, with a key in some place. `undefined`: the packer refuses it. */
async function build(home: string, name: string, place?: string): Promise<string | undefined> {
	const [copy, vsix] = [path.join(home, name), path.join(home, `${name}.vsix`)];
	for (const file of await listFiles({ cwd: process.cwd(), packageManager: PackageManager.None }))
		await cp(file, path.join(copy, file));
	if (place !== undefined) await appendFile(path.join(copy, place), `\n/* ${keys[name]} */\n`);
	const vsce = path.resolve('node_modules/@vscode/vsce/vsce');
	const options = ['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository', '--out', vsix];
	return (await run([vsce, 'package', ...options], copy)) === 0 ? vsix : undefined;
}

async function run(command: readonly string[], cwd = process.cwd()): Promise<number | null> {
	const child = spawn(process.execPath, command, { cwd, stdio: 'ignore' });
	return new Promise((resolve) => child.once('close', resolve));
}
