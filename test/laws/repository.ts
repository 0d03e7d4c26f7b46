import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import * as z from 'zod';

const command = z.object({ command: z.string(), title: z.string(), category: z.string().optional() });

/** What the pages' claims are compared with: the manifest, its English words, the files, the words in the sources. */
export const manifest = z
	.object({
		version: z.string(),
		engines: z.object({ node: z.string(), vscode: z.string() }),
		bin: z.record(z.string(), z.string()).default({}),
		scripts: z.record(z.string(), z.string()),
		contributes: z.object({
			commands: z.array(command),
			configuration: z.object({ properties: z.record(z.string(), z.object({ default: z.unknown() })) }),
			views: z.record(z.string(), z.array(z.object({ id: z.string() }))),
			languageModelTools: z.array(
				z.object({
					name: z.string(),
					toolReferenceName: z.string(),
					inputSchema: z.object({ properties: z.object({ n: z.object({ maximum: z.number() }) }) }),
				}),
			),
		}),
	})
	.parse(JSON.parse(readFileSync('package.json', 'utf8')));

const words = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync('package.nls.json', 'utf8')));

/** A sentence of the manifest in English. */
export function inEnglish(placeholder: string): string {
	return words[placeholder.replaceAll('%', '')] ?? placeholder;
}

/** Every file that Git knows or would take. */
const files: ReadonlySet<string> = new Set(
	execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
		.split('\n')
		.filter((file) => file !== '' && existsSync(file)),
);

/** A source file: what it says as it is written, in its quotes, and by its names. */
export interface SourceText {
	readonly file: string;
	readonly text: string;
	readonly quoted: readonly string[];
	readonly names: readonly string[];
}

/** The laws are those who ask: what they hold is no answer. */
export const sources: readonly SourceText[] = [...files]
	.filter((file) => /^(?:src|test)\/(?!laws\/).*\.tsx?$/.test(file))
	.map(read);

const ofProduct = sources.filter(({ file }) => file.startsWith('src/'));

/** Every text in quotes: of the product, and of its tests and tools. */
export const productTexts: ReadonlySet<string> = new Set(ofProduct.flatMap(({ quoted }) => quoted));
export const allTexts: ReadonlySet<string> = new Set(sources.flatMap(({ quoted }) => quoted));

/** The names of the product's code. */
export const productNames: ReadonlySet<string> = new Set(ofProduct.flatMap(({ names }) => names));

function read(file: string): SourceText {
	const text = readFileSync(file, 'utf8');
	const quoted: string[] = [];
	const names: string[] = [];
	new Visitor({
		Identifier: ({ name }) => void names.push(name),
		Literal: ({ value }) => void (typeof value === 'string' && quoted.push(value)),
		TemplateElement: ({ value }) => void quoted.push(value.cooked ?? ''),
		JSXText: ({ value }) => void quoted.push(value.trim()),
	}).visit(parseSync(file, text).program);
	return { file, text, quoted, names };
}

/** Whether there is a file or a folder of this name: whole, or as the end of a path. */
export function isThere(name: string): boolean {
	const plain = name.replace(/\/$/, '');
	if (plain.includes('*')) {
		const glob = new RegExp(`^${plain.replaceAll('.', String.raw`\.`).replaceAll('*', '[^/]*')}$`);
		return [...files].some((file) => glob.test(file));
	}
	const isRooted = /^(?:src|test|media)\//.test(plain);
	return [...files].some((file) => `${isRooted ? '' : '/'}${file}/`.includes(`${isRooted ? '' : '/'}${plain}/`));
}

/** Whether a tool or the product itself makes what has this name: `ledger.csv`, `out/screenshots/`. */
export function isMade(name: string): boolean {
	const plain = name.replace(/\/$/, '');
	return [plain, path.posix.basename(plain)].some((each) => allTexts.has(each));
}
