import path from 'node:path';
import { type CancellationToken, Position, Range, Uri, workspace } from 'vscode';
import * as z from 'zod';
import { requestableFormats } from '../domain/imageFormat';
import { maxPictures, type Strength } from '../domain/imageRequest';
import { say } from '../domain/message';
import { type ArgumentRules, parseByRules, promptArgument, rectArgument, sizeArgument } from '../agents/toolArguments';
import { parseSizeWish, type Size } from '../domain/size';

const coordinate = z.int().min(0);
const strengths = ['subtle', 'medium', 'strong'] as const satisfies readonly Strength[];
const position = z
	.object({ line: coordinate, character: coordinate })
	.transform(({ line, character }) => new Position(line, character));
const range = z.object({ start: position, end: position }).transform(({ start, end }) => new Range(start, end));

/** A `vscode.Uri`, a URI string of any scheme, or a file path: absolute, or below the first workspace folder. */
const file = z
	.union([z.custom<Uri>((value) => value instanceof Uri), z.string().min(1)])
	.transform((value, context): Uri => {
		const uri = typeof value === 'string' ? uriOf(value) : value;
		if (uri) return uri;
		context.issues.push({ code: 'custom', input: value, message: 'no address' });
		return z.NEVER;
	});

const token = z.custom<CancellationToken>(
	(value) =>
		z.object({ isCancellationRequested: z.boolean(), onCancellationRequested: z.function() }).safeParse(value).success,
);

const generation = {
	model: z.string().optional(),
	size: sizeArgument.optional(),
	n: z.int().min(1).max(maxPictures).default(1),
	options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
	format: z.enum(requestableFormats).optional(),
	folder: z.string().optional(),
	fileName: z.string().optional(),
	token: token.optional(),
	silent: z.boolean().default(false),
};

const insertAt = z.union([
	z.boolean(),
	z
		.strictObject({ uri: file, line: coordinate, character: coordinate })
		.transform(({ uri, line, character }) => ({ uri, position: new Position(line, character) })),
]);

/** Arguments of `limn.generate` (contract: `GenerateArgs`). */
export const generateArguments = z.strictObject({
	prompt: promptArgument,
	...generation,
	insert: insertAt.default(false),
});
export type GenerateArguments = z.output<typeof generateArguments>;

/** Arguments of `limn.generateFromSelection`; its pictures belong to the selection's document, so they are inserted unless told otherwise. */
export const selectionArguments = z.strictObject({
	uri: file.optional(),
	range: range.optional(),
	...generation,
	insert: insertAt.default(true),
});

/** Arguments of `limn.edit` (contract: `EditArgs`). */
export const editArguments = z.strictObject({
	image: file,
	mask: z.union([file, z.array(rectArgument).min(1)]).optional(),
	markup: file.optional(),
	references: z.array(file).max(15).optional(),
	prompt: promptArgument,
	...generation,
	insert: insertAt.default(false),
});

const ratio = z.string().transform((text, context): Size => {
	const wish = parseSizeWish(text);
	if (wish?.kind === 'ratio') return wish.ratio;
	context.issues.push({ code: 'custom', input: text, message: 'no ratio' });
	return z.NEVER;
});

const margin = z.int().min(0).optional();

/** Arguments of `limn.expand` (contract: `ExpandArgs`). */
export const expandArguments = z
	.strictObject({
		image: file,
		top: margin,
		right: margin,
		bottom: margin,
		left: margin,
		ratio: ratio.optional(),
		prompt: z.string().default(''),
		...generation,
		insert: insertAt.default(false),
	})
	.refine(
		({ top, right, bottom, left, ...others }) => {
			const hasMargins = [top, right, bottom, left].some((each) => each !== undefined);
			return hasMargins !== (others.ratio !== undefined);
		},
		{ path: ['ratio'] },
	);

/** Arguments of `limn.vary` (contract: `VaryArgs`). */
export const varyArguments = z.strictObject({
	image: file,
	strength: z.enum(strengths).default('medium'),
	prompt: z.string().default(''),
	...generation,
	insert: insertAt.default(false),
});

/** Arguments of `limn.insert`. */
export const insertArguments = z.strictObject({
	image: file,
	uri: file.optional(),
	position: position.optional(),
	alt: z.string().optional(),
});

/** Arguments of `limn.openStudio`. */
export const studioArguments = z.strictObject({
	view: z.enum(['create', 'gallery', 'edit']).optional(),
	image: file.optional(),
});

/** Arguments of `limn.describeImage`. A reference is named by both, document and place. */
export const describeArguments = z
	.strictObject({ image: file, uri: file.optional(), position: position.optional() })
	.refine(({ uri, position: at }) => (uri === undefined) === (at === undefined), { path: ['position'] });

/** Arguments of `limn.showRecipe` and `limn.stripMetadata`. */
export const imageArguments = z.strictObject({ image: file });

const documents = {
	scope: z.enum(['file', 'workspace']).optional(),
	uri: file.optional(),
	only: z.enum(['missing', 'stale', 'all']).optional(),
};

/** Arguments of `limn.checkImages`: the same as of `limn.buildImages`; it asks nothing anyhow. */
export const checkArguments = z.strictObject({ ...documents, token: generation.token, silent: generation.silent });

/** Arguments of `limn.buildImages`. */
export const buildArguments = z.strictObject({ ...documents, token: generation.token, silent: generation.silent });

/** Arguments of the commands behind CodeLens, quick fixes and hovers: where the recipe or the link begins. */
export const placeArguments = z.strictObject({ uri: file, offset: z.int().min(0) });

/** Arguments of `limn.setApiKey` and `limn.clearApiKey`. */
export const providerArguments = z.strictObject({ provider: z.string().optional() });

/** Arguments of `limn.chooseModel`. */
export const modelArguments = z.strictObject({ model: z.string().optional() });

/** What each argument must be, for the sentence that refuses it. */
const allowed: ArgumentRules = {
	prompt: say('a text that is not blank'),
	model: say('a name like openai/gpt-image-2'),
	size: say('a size like 1024x1024 or a ratio like 16:9'),
	n: say('a whole number from 1 to {0}', maxPictures),
	options: say('an object of texts, numbers and booleans'),
	format: requestableFormats.join(', '),
	folder: say('a text'),
	fileName: say('a text'),
	token: say('a cancellation token'),
	silent: say('true or false'),
	insert: say('true, false or { uri, line, character }'),
	uri: say('a URI or a file path'),
	range: say('{ start, end } with zero-based line and character'),
	image: say('a URI or a file path'),
	mask: say('a URI or the path of a PNG, or a list of { x, y, width, height } in whole pixels'),
	markup: say('a URI or a file path'),
	references: say('a list of at most 15 URIs or file paths'),
	top: say('a whole number of pixels, 0 or more'),
	right: say('a whole number of pixels, 0 or more'),
	bottom: say('a whole number of pixels, 0 or more'),
	left: say('a whole number of pixels, 0 or more'),
	ratio: say('a ratio like 16:9, or absent where top, right, bottom or left say what is added'),
	strength: strengths.join(', '),
	path: say('a relative file path inside the workspace, like docs/images/fox.png'),
	position: say('{ line, character }, zero-based'),
	alt: say('a text'),
	provider: say('the id of a provider'),
	view: say('create, gallery or edit'),
	scope: say('file or workspace'),
	only: say('missing, stale or all'),
	offset: say('a place in the text, in UTF-16 code units from its start'),
};

/** Parses a command's argument object; what is wrong with it is one error that says what is allowed. */
export function parseArguments<T>(schema: z.ZodType<T>, argument: unknown) {
	return parseByRules(schema, argument, allowed);
}

/** Whether an argument object, faulty as it may be, asks for no notifications. */
export function isSilent(argument: unknown): boolean {
	return z.object({ silent: z.literal(true) }).safeParse(argument).success;
}

/** How many pictures were asked for, as far as a faulty argument object says. */
export function countOf(argument: unknown): number {
	return z.object({ n: generation.n }).safeParse(argument).data?.n ?? 1;
}

function uriOf(text: string): Uri | undefined {
	const home = workspace.workspaceFolders?.[0]?.uri;
	try {
		if (/^[a-z][a-z0-9+.-]+:/i.test(text)) return Uri.parse(text, true);
		if (path.isAbsolute(text)) return Uri.file(text);
		return home && Uri.joinPath(home, text);
	} catch {
		return undefined;
	}
}
