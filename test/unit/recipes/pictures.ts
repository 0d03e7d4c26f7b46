import { createHash } from 'node:crypto';
import { folderOf, normalizePath } from '../../../src/documents/paths';
import type { PictureFiles, SurveyDocument } from '../../../src/recipes/survey';
import { toyLanguage } from './toyLanguage';

/** SHA-256 in hex. */
export function sha256(content: string | Uint8Array): string {
	return createHash('sha256').update(content).digest('hex');
}

/** Pictures by their paths, and what was asked of them. */
export class Pictures implements PictureFiles {
	/** Paths whose bytes were read. */
	readonly read: string[] = [];

	constructor(readonly contents: Readonly<Record<string, string>>) {}

	/** What begins with a slash may also lie below `/site/static`; what has a scheme is not of the project. */
	readonly candidates: PictureFiles['candidates'] = async ({ href }, { path }) => {
		if (/^[a-z]+:/.test(href)) return undefined;
		if (href === '') return [];
		return href.startsWith('/') ? [href, `/site/static${href}`] : [normalizePath(`${folderOf(path)}/${href}`)];
	};

	readonly exists = async (path: string): Promise<boolean> => path in this.contents;

	readonly digest = async (path: string): Promise<string | undefined> => {
		this.read.push(path);
		const content = this.contents[path];
		return content === undefined ? undefined : sha256(content);
	};

	readonly hash = async (bytes: Uint8Array): Promise<string> => sha256(bytes);
}

/** A document at `/site/a.toy`. */
export function documentOf(text: string): SurveyDocument {
	return { path: '/site/a.toy', text, language: toyLanguage };
}

/** What is noted of a recipe whose hashed form is `words`, and of the picture's content. */
export function madeOf(words: string, content: string): string {
	return `made=${sha256(words).slice(0, 12)}-${sha256(content).slice(0, 12)}`;
}
