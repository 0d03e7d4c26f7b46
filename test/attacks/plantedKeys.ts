import { spawn } from 'node:child_process';
import { appendFile, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { keyLikeIn } from '../laws/keyLike';
import { unpacked } from '../laws/vsix';
import { type Attack, Tally } from './figure';

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

/** S16: a key is left in what ships. Our own law looks through what was packed, and the packer refuses what it knows. */
export const plantedKeys: Attack = async () => {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'limn-attack-'));
	try {
		const packed = new Tally('S16', 'keys planted in the package get past the build’s own scan');
		const built = await build(folder, 'clean');
		// Whoever refuses all has found nothing.
		packed.note(built?.every(([, text]) => keyLikeIn(text) === undefined) ? undefined : 'a clean package is refused');
		for (const [, text] of built ?? []) {
			for (const [name, key] of Object.entries(keys)) {
				packed.note(keyLikeIn(`${text}\nconst x = ${JSON.stringify(key)};`) === undefined ? name : undefined);
				packed.noteCareless(true);
			}
		}
		const refused = new Tally('S16', 'packages with a key of a kind that it knows are packed by `vsce package`');
		for (const [index, name] of ['openai', 'slack', 'private key', 'github'].entries()) {
			const place = places[index % places.length] ?? 'README.md';
			const made = await build(folder, name.replace(' ', '-'), { place, text: `\n/* ${keys[name]} */\n` });
			refused.note(made ? `${name} in ${place}` : undefined);
		}
		return [packed.figure, refused.figure];
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
};

/** The texts of the package, made of a copy of what ships with something added. `undefined`: it is refused. */
async function build(
	home: string,
	name: string,
	planted?: { readonly place: string; readonly text: string },
): Promise<(readonly [name: string, text: string])[] | undefined> {
	const [copy, vsix] = [path.join(home, name), path.join(home, `${name}.vsix`)];
	for (const file of await listFiles({ cwd: process.cwd(), packageManager: PackageManager.None }))
		await cp(file, path.join(copy, file));
	if (planted) await appendFile(path.join(copy, planted.place), planted.text);
	const vsce = path.resolve('node_modules/@vscode/vsce/vsce');
	const options = ['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository', '--out', vsix];
	const child = spawn(process.execPath, [vsce, 'package', ...options], { cwd: copy, stdio: 'ignore' });
	const code = await new Promise((resolve) => child.once('close', resolve));
	if (code !== 0) return undefined;
	return Array.from(unpacked(await readFile(vsix)), ([file, bytes]) => [file, bytes.toString('latin1')] as const);
}
