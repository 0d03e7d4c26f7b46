import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { decode } from 'fast-png';
import { PNG } from 'pngjs';

/** What lies in the folders of a cell when it has ended. */
export interface Evidence {
	/** Pictures in the workspace, and those that Limn keeps: their contents. Each by its path. */
	readonly pictures: ReadonlyMap<string, string>;
	readonly kept: ReadonlyMap<string, string>;
	/** Files that are neither. */
	readonly strays: readonly string[];
	/** All of it, for who looks for a key. */
	readonly everything: readonly Buffer[];
}

/** `foreign`: what somebody else has put there. */
export async function evidenceOf(folder: string, storage: string, foreign: string | undefined): Promise<Evidence> {
	const [own, limns] = [await filesIn(folder), await filesIn(storage)];
	const isForeign = (bytes: Buffer) => foreign !== undefined && bytes.toString() === foreign;
	const pictures = [...own].filter(([file, bytes]) => isPictureFile(file) && !isForeign(bytes));
	const kept = [...limns].filter(([file]) => isPictureFile(file) && file.startsWith(path.join(storage, 'kept')));
	const known = new Set([...pictures, ...kept].map(([file]) => file));
	const strays = [...own, ...limns].filter(([file, bytes]) => !known.has(file) && !isForeign(bytes));
	return {
		pictures: new Map(pictures.map(([file, bytes]) => [file, hashOf(bytes)])),
		kept: new Map(kept.map(([file, bytes]) => [file, hashOf(bytes)])),
		strays: strays.map(([file]) => path.relative(path.dirname(folder), file)),
		everything: [
			...own.values(),
			...limns.values(),
			...[...own.keys(), ...limns.keys()].map((name) => Buffer.from(name)),
		],
	};
}

async function filesIn(folder: string): Promise<Map<string, Buffer>> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
	const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
	return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file)] as const)));
}

function isPictureFile(file: string): boolean {
	return /\.(png|jpe?g|webp|gif|avif)$/.test(file);
}

function hashOf(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** Files that are called pictures and that somebody else's decoder cannot read. */
export async function undecodable(files: Iterable<string>): Promise<string[]> {
	const results = await Promise.all(
		[...files].map(async (file) => ((await decodes(await readFile(file))) ? [] : [path.basename(file)])),
	);
	return results.flat();
}

/** PNG by two decoders that others wrote; of a GIF its frame. */
async function decodes(bytes: Buffer): Promise<boolean> {
	try {
		if (bytes.subarray(0, 4).toString('latin1') === 'GIF8') return bytes.at(-1) === 0x3b;
		return decode(bytes).width === PNG.sync.read(bytes).width;
	} catch {
		return false;
	}
}

/** Where a key stands, as itself or in a form that is easily read back. */
export function keysIn(texts: readonly (string | Buffer)[], key: string): string[] {
	const forms: Readonly<Record<string, string>> = {
		plain: key,
		// Wherever in a longer text it begins, its middle looks like one of these.
		...Object.fromEntries([0, 1, 2].map((offset) => [`base64 ${offset}`, base64At(key, offset)])),
		reversed: Array.from(key).toReversed().join(''),
		hex: Buffer.from(key).toString('hex'),
		beginning: key.slice(0, 24),
		end: key.slice(-16),
	};
	const all = texts.map((text) => (typeof text === 'string' ? text : text.toString('latin1'))).join('\n');
	return Object.keys(forms).filter((form) => all.includes(forms[form] ?? key));
}

function base64At(key: string, offset: number): string {
	return Buffer.from(' '.repeat(offset) + key)
		.toString('base64')
		.slice(4, -4);
}
