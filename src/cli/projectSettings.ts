import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { codeOf } from '../disk/systemError';
import type { Root } from './paths';

const texts = z.array(z.unknown()).transform((all) => all.filter((each) => typeof each === 'string'));

const schema = z.looseObject({
	'limn.ignore': texts.default([]),
	'limn.insert.siteRoots': texts.catch(['static', 'public', 'docs/public', 'source', 'assets']),
	'files.exclude': z.record(z.string(), z.unknown()).catch({}),
});

/** What the root's `.vscode/settings.json` says, as far as it matters without the editor. */
export interface ProjectSettings {
	/** Globs of files that are never sent. */
	readonly ignore: readonly string[];
	readonly siteRoots: readonly string[];
	/** See `excludedBy`. */
	readonly exclude: Readonly<Record<string, unknown>>;
}

/** What the editor hides where nobody says otherwise. */
const usuallyHidden = { '**/.git': true, '**/.svn': true, '**/.hg': true };

/** Where the file is there and cannot be read, nobody knows what may be sent: then nothing may. */
export async function projectSettings(root: Root): Promise<ProjectSettings> {
	const file = path.join(root.local, '.vscode', 'settings.json');
	const text = await readFile(file, 'utf8').catch((error: unknown) => (isAbsent(error) ? '' : undefined));
	const found = schema.safeParse(text?.trim() === '' ? {} : parsed(text)).data;
	const {
		'limn.ignore': ignore,
		'limn.insert.siteRoots': siteRoots,
		'files.exclude': exclude,
	} = found ?? schema.parse({});
	return { ignore: found ? ignore : ['**'], siteRoots, exclude: { ...usuallyHidden, ...exclude } };
}

function isAbsent(error: unknown): boolean {
	return ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '');
}

/** The editor takes comments, and commas at the end. */
function parsed(text = ''): unknown {
	const plain = text.replace(/^\uFEFF/, '').replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '$1');
	try {
		return JSON.parse(plain.replace(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g, '$1'));
	} catch {
		return undefined;
	}
}
