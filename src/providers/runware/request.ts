import { controlsOf } from '../../catalogue/catalogue';
import type { RunwareDialect } from '../../catalogue/model';
import type { RequestableFormat } from '../../domain/imageFormat';
import { isBlank } from '../../domain/imageRequest';
import type { Call, HttpRequest, JsonObject } from '../provider';
import { seedOf } from '../seed';
import { type Place, placesOfPictures } from './pictures';

const formats: Readonly<Record<RequestableFormat, string>> = { png: 'PNG', jpeg: 'JPG', webp: 'WEBP' };

/** The task that makes a call's pictures (Runware reference, *Envelope* and *Parameters*). The call's id is its name: sent again, it is done and paid once. */
export function requestFor(call: Call): HttpRequest {
	return tasks([taskFor(call)], true);
}

/** How the work on a task is getting on. `afterMs`: how long to wait before. */
export function pollFor(taskUUID: string, afterMs: number): HttpRequest {
	return { ...tasks([{ taskType: 'getResponse', taskUUID }], false), afterMs };
}

/**
 * Asks what a call would cost, and neither makes nor bills it (Runware reference, *Limits*). Give it a call with an id of its own:
 * nobody says whether a dry run uses the id up.
 */
export function quoteFor(call: Call): HttpRequest {
	const task = { ...taskFor(call), deliveryMethod: 'sync' };
	return { ...tasks([task], false), headers: { 'x-runware-dry-run': '1' } };
}

/** All tasks go to one address, the base URL itself, in a list. */
export function tasks(values: readonly JsonObject[], billed: boolean): HttpRequest {
	return { kind: 'http', method: 'POST', path: '', body: { kind: 'json-list', values }, billed };
}

function taskFor(call: Call): JsonObject {
	const own = ownPlaces(call, dialectOf(call));
	const isOwn = (path: string): boolean => own.some(([name]) => isWithin(name, path) || isWithin(path, name));
	const settings = settingsOf(call).filter(([path]) => !isOwn(path));
	return [...own, ...settings].reduce<JsonObject>((task, [path, value]) => planted(task, path.split('.'), value), {});
}

/** Whether a path is another one, or leads on from it. */
function isWithin(path: string, other: string): boolean {
	return path === other || path.startsWith(`${other}.`);
}

function dialectOf({ offer, task }: Call): RunwareDialect {
	if (!offer.runware) throw new Error(`The catalogue does not say how ${offer.name} is asked at Runware.`);
	if (!offer.operations.includes(task.operation)) throw new Error(`${offer.name} has nothing for ${task.operation}.`);
	return offer.runware;
}

/** What a request says by itself: no option stands in for it. */
function ownPlaces(call: Call, dialect: RunwareDialect): Place[] {
	return [
		['taskType', 'imageInference'],
		['taskUUID', call.id],
		['model', call.offer.name],
		['positivePrompt', promptOf(call)],
		...sizeOf(call, dialect),
		['numberResults', call.n],
		...placesOfPictures(call, dialect),
	];
}

/** Diffusion models want this where there is nothing to say (Runware reference, *Other families*). */
function promptOf({ prompt, task }: Call): string {
	return task.operation === 'vary' && isBlank(prompt) ? '__BLANK__' : prompt;
}

/** Always as a pair. */
function sizeOf({ size, task }: Call, { unsized }: RunwareDialect): Place[] {
	if (!size || (unsized && task.operation !== 'generate')) return [];
	if (size.kind === 'ratio') throw new Error('Runware takes sizes in pixels.');
	return [
		['width', size.size.width],
		['height', size.size.height],
	];
}

/**
 * What options may change. Pictures come by their address: polling brings the whole state each time, and with base64 every picture
 * again and again. The answer comes at once and is asked for later: no connection has to last as long as the work.
 */
function settingsOf(call: Call): Place[] {
	const presets: Place[] = [
		['outputType', 'URL'],
		['outputFormat', formats[call.format]],
		['includeCost', true],
		['deliveryMethod', 'async'],
	];
	const strength = strengthFor(call);
	if (strength !== undefined) presets.push(['strength', strength]);
	const seed = seedOf(call);
	const options = Object.entries(call.options).map(([name, value]): Place => {
		return [pathOf(name, call), name === 'seed' && seed !== undefined ? numberOf(seed) : value];
	});
	return [...presets, ...options];
}

/**
 * How far to go from the source. A variation: about 0.5 to 0.8 (Runware reference, *What to use*). What is masked or added is to be
 * something else: in Runware's guide to inpainting (October 2025) what the prompt names appears at 0.7 to 0.8, the server's own default,
 * and at 1 it fits in no more; the guide to outpainting wants 0.85 to 0.95. `undefined`: the model takes none, or no picture.
 */
function strengthFor({ offer: { runware = {} }, task }: Call): number | undefined {
	if (task.operation === 'vary') return strengths[task.strength];
	if (runware.strength !== true || task.operation === 'generate') return undefined;
	if (task.operation === 'expand' || task.mask) return 0.9;
	// Without a mask, such a model draws the whole picture anew. The server's own default is the same; here it is said.
	return runware.references ? undefined : 0.8;
}

const strengths = { subtle: 0.5, medium: 0.65, strong: 0.8 } as const;

/** Where the API has an option. What nobody knows goes where its own name says. */
function pathOf(name: string, call: Call): string {
	const controls = controlsOf(call);
	return (controls === 'open' ? undefined : controls.find((control) => control.name === name)?.path) ?? name;
}

/** With every digit: beyond 2^53 a number would round it. */
function numberOf(digits: string): number | bigint {
	return Number.isSafeInteger(Number(digits)) ? Number(digits) : BigInt(digits);
}

function planted(tree: JsonObject, [first = '', ...rest]: readonly string[], value: Place[1]): JsonObject {
	if (rest.length === 0) return { ...tree, [first]: value };
	const branch = tree[first];
	return { ...tree, [first]: planted(isTree(branch) ? branch : {}, rest, value) };
}

function isTree(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
