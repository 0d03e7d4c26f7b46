import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { findOffered } from '../../src/catalogue/catalogue';
import { models } from '../../src/catalogue/models';
import { offers } from '../../src/catalogue/offers';
import { findProvider } from '../../src/catalogue/providers';
import { languageOf } from '../../src/documents/languages/languages';
import { recipesIn } from '../../src/recipes/recipe';
import { commandsIn, faultOf, takesFlag } from './commandLine';
import type { Page, Piece } from './page';
import { allTexts, inEnglish, isMade, isThere, manifest, productNames, productTexts, sources } from './repository';

const { commands, configuration, views, languageModelTools } = manifest.contributes;
const commandIds = new Set(commands.map(({ command }) => command));
const settings = Object.keys(configuration.properties);
const viewIds = new Set(Object.values(views).flatMap((all) => all.map(({ id }) => id)));
const tools = new Set([
	...languageModelTools.flatMap(({ name, toolReferenceName }) => [name, `#${toolReferenceName}`]),
	...sources.flatMap(({ file, quoted }) =>
		file.startsWith('src/cli/') ? quoted.filter((text) => /^limn_\w+$/.test(text)) : [],
	),
]);

/** What is on the screen, each `{0}` standing for anything. */
const screenTexts = [...productTexts, ...commands.map(({ title }) => inEnglish(title)), 'Limn'];
const patterns = screenTexts.filter((text) => /\{\d\}/.test(text)).map(patternOf);
const plainTexts = new Set(screenTexts);

/** Everything that a page names and that is not there, each with its line. */
export function faultsOf(page: Page): string[] {
	return page.pieces.flatMap((piece) => {
		const faults = faultsOfPiece(piece, page);
		return faults.map((fault) => `${page.file}:${piece.line}: ${fault}`);
	});
}

function faultsOfPiece(piece: Piece, page: Page): readonly string[] {
	switch (piece.kind) {
		case 'code':
			return found(faultOfCode(piece.text));
		case 'emphasis':
			return found(faultOfEmphasis(piece.text));
		case 'fence':
			return faultsOfFence(piece);
		case 'link':
			return found(faultOfLink(piece.text, page));
		case 'image':
			return [
				...found(faultOfLink(piece.text, page)),
				...found(piece.note === '' ? `${piece.text} lacks an alternative text` : undefined),
			];
		case 'key':
			return found(isKey(piece.text) ? undefined : `no key ${piece.text} is known to the code`);
		case 'heading':
			return [];
	}
}

function found(fault: string | undefined): string[] {
	return fault === undefined ? [] : [fault];
}

/** What stands in code: which rule holds for it is told by how it looks. What looks like nothing known is an example. */
function faultOfCode(text: string): string | undefined {
	if (/^limn[._]\w/.test(text)) return faultOfName(text);
	if (/^#\w+$/.test(text)) return tools.has(text) ? undefined : `there is no tool ${text}`;
	if (/^(?:npm|npx|node|limn) \S/.test(text)) return commandsIn(text).map(faultOf).find(Boolean);
	if (/^(?:-- )?--\w/.test(text)) return faultOfFlag(text);
	if (/^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/.test(text))
		return allTexts.has(text) || readNames.has(text) ? undefined : `no code reads ${text}`;
	if (isModel(text)) return faultOfModel(text);
	if (/^(?:[A-Z][a-z]+)+$|^\w+\(\w*\)$/.test(text)) return faultOfWord(text);
	return isPath(text) ? faultOfPath(text) : undefined;
}

/** A setting may be named by its beginning, or with `<id>` for what there are several of. */
function faultOfName(name: string): string | undefined {
	const pattern = new RegExp(`^${name.replaceAll('.', String.raw`\.`).replace('<id>', String.raw`\w+`)}(?:\\.|$)`);
	const isKnown =
		commandIds.has(name) || viewIds.has(name) || tools.has(name) || settings.some((each) => pattern.test(each));
	return isKnown ? undefined : `there is no command, setting or tool ${name}`;
}

function faultOfFlag(text: string): string | undefined {
	const [flag = ''] = /--\w[\w-]*/.exec(text) ?? [];
	return programs.some((source) => takesFlag(source.text, flag)) ? undefined : `no program takes ${flag}`;
}

/** Everything that is started by hand. */
const programs = sources.filter(({ file }) => /^(?:src\/cli\/|test\/(?:tools|faults|attacks|bench)\/)/.test(file));

function isModel(text: string): boolean {
	const [provider = '', name = ''] = text.split(/\/(.*)/s);
	return findProvider(provider) !== undefined && /^\S+$/.test(name);
}

/** `process.env.X` is a name, too. */
const readNames: ReadonlySet<string> = new Set(sources.flatMap(({ names }) => names));

/** A server of one's own has what it has. */
function faultOfModel(text: string): string | undefined {
	const sold = findOffered(text, { models, offers });
	const isKnown = text.startsWith('custom/') || models.some(({ id }) => id === sold?.model.id);
	return isKnown ? undefined : `the catalogue has no ${text}`;
}

function faultOfWord(text: string): string | undefined {
	const [word = ''] = /^\w+/.exec(text) ?? [];
	return productNames.has(word) ? undefined : `no code has ${word}`;
}

function isPath(text: string): boolean {
	return (
		/^[\w.*-]+(?:\/[\w.*-]+)*\/?$/.test(text) &&
		(/\/./.test(text) || /\/$|\.(?:[cm]?[jt]sx?|json|md|css|csv|png|ya?ml)$/.test(text))
	);
}

function faultOfPath(text: string): string | undefined {
	if (isThere(text) || filesOfOthers.has(text)) return undefined;
	if (text.startsWith('dist/')) return existsSync(text) ? undefined : `there is no ${text}`;
	const isSource = /\.[cm]?[jt]sx?$|^(?:src|test|media)\//.test(text);
	return !isSource && isMade(text) ? undefined : `there is no ${text}`;
}

/** Where agents read who serves them. */
const filesOfOthers = new Set(['.vscode/mcp.json']);

/** Words in emphasis that begin with a capital and are no sentence: what a person sees on the screen. */
function faultOfEmphasis(text: string): string | undefined {
	const shown = text.replace(/^Limn: /, '');
	if (!/^\p{Lu}/u.test(shown) || /[.!?]$/.test(shown)) return undefined;
	const isShown = shown.split(' · ').every((part) => /^\$\d/.test(part) || isOnScreen(part) || isOnScreen(`${part}…`));
	return isShown ? undefined : `nothing on the screen says “${text}”`;
}

function isOnScreen(text: string): boolean {
	return plainTexts.has(text) || patterns.some((pattern) => pattern.test(text));
}

function patternOf(text: string): RegExp {
	const escaped = text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
	// One that is nothing but a place says nothing.
	return /\p{L}{3}/u.test(text) ? new RegExp(`^${escaped.replaceAll(/\\\{\d\\\}/g, '.+')}$`, 'u') : /^$/;
}

function faultOfLink(address: string, { file, pieces }: Page): string | undefined {
	if (address.startsWith('https://')) return undefined;
	if (/^[a-z]+:/i.test(address)) return `${address} is no https address`;
	const [target = '', anchor] = address.split('#');
	const whole = path.posix.join(path.posix.dirname(file), decodeURIComponent(target));
	if (target !== '' && !existsSync(whole)) return `there is no ${target}`;
	if (anchor === undefined || target !== '') return undefined;
	const anchors = pieces.flatMap(({ kind, text }) => (kind === 'heading' ? [anchorOf(text)] : []));
	return anchors.includes(anchor) ? undefined : `no heading is #${anchor}`;
}

/** As GitHub makes them. */
function anchorOf(heading: string): string {
	return heading
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
		.replaceAll(' ', '-');
}

/** The keys that stand on every keyboard count as known. */
function isKey(key: string): boolean {
	const known = ['Ctrl', 'Alt', 'Shift', 'Tab', 'F1', 'Space', 'Delete', 'Enter', 'Esc'];
	return known.includes(key) || [...productTexts].some((text) => text === key || text.split(' ').includes(key));
}

function faultsOfFence({ note: language, text, line }: Piece): readonly string[] {
	return [...idsIn(text).flatMap((id) => found(faultOfName(id))), ...faultsIn(language, text, line)];
}

function idsIn(text: string): string[] {
	return text.match(/(?<![\w/.-])limn\.[a-z]\w*(?:\.\w+)*(?![\w/])/g)?.filter((id) => !id.endsWith('.vsix')) ?? [];
}

function faultsIn(language: string, text: string, line: number): readonly string[] {
	switch (language) {
		case 'sh':
			return commandsIn(text, line + 1).flatMap((command) => found(faultOf(command)));
		case 'json':
		case 'jsonc':
			return faultsOfProgram(`(${text}\n)`);
		case 'ts':
			return faultsOfProgram(text);
		case 'yaml':
			return Array.from(text.matchAll(/\brun: (.+)/g), ([, run = '']) => run).flatMap((run) =>
				commandsIn(run).flatMap((command) => found(faultOf(command))),
			);
		case 'markdown':
			return found(faultOfExample(text));
		case 'text':
			return [];
		default:
			return [`a fence of ${language === '' ? 'no language' : language} is nothing that this test knows`];
	}
}

/** An example that does not parse, or names an argument that no command takes or returns. */
function faultsOfProgram(text: string): readonly string[] {
	const { program, errors } = parseSync('example.ts', text);
	if (errors.length > 0) return [`it does not parse: ${errors[0]?.message}`];
	const names: string[] = [];
	new Visitor({
		Property: ({ key }) =>
			void (key.type === 'Identifier' ? names.push(key.name) : key.type === 'Literal' && names.push(String(key.value))),
	}).visit(program);
	return names.filter((name) => !isKeyKnown(name)).map((name) => `no command takes or returns ${name}`);
}

function isKeyKnown(name: string): boolean {
	const isVariable = /^[A-Z][A-Z\d_]+$/.test(name) && allTexts.has(name);
	return isVariable || keysOfOthers.has(name) || argumentNames.has(name) || name in configuration.properties;
}

/** What the editor's `keybindings.json` and the configuration of an agent call things. */
const keysOfOthers = new Set(
	'key command args mcpServers servers limn type env cwd inputs id description password'.split(' '),
);

/** The names in the code of those who take and return arguments. */
const argumentNames: ReadonlySet<string> = new Set(
	sources.flatMap(({ file, names }) =>
		/^src\/(?:host\/(?:arguments|result|commands\/\w+)|domain\/picture|recipes\/findings|cli\/.+)\.ts$/.test(file)
			? names
			: [],
	),
);

/** A recipe that is shown is one, and has its picture. */
function faultOfExample(text: string): string | undefined {
	if (!text.includes('limn:')) return undefined;
	const parts = languageOf('markdown', '').read?.(text);
	const recipes = parts ? recipesIn(text, parts) : [];
	return recipes.length > 0 && recipes.every(({ picture }) => picture) ? undefined : 'the recipe is none';
}
