import { invalidValue, type Item, missingValue, wrong } from './runwareErrors';

/** What a parameter may be. */
export type Rule =
	| { readonly kind: 'integer'; readonly min: number; readonly max?: number; readonly step?: number }
	| { readonly kind: 'number'; readonly min: number; readonly max: number }
	| { readonly kind: 'text'; readonly min: number; readonly max: number }
	| { readonly kind: 'choice'; readonly values: readonly string[] }
	| { readonly kind: 'images'; readonly max: number }
	| { readonly kind: 'boolean' | 'url' | 'uuid' | 'image' | 'seed' | 'any' };

export const anything: Rule = { kind: 'any' };

/** By path: `providerSettings.openai.quality`. What is not in the table is refused. */
export type Rules = Readonly<Record<string, Rule>>;

/** The values of a task, by path. */
export type Values = Readonly<Record<string, unknown>>;

export const choice = (...values: readonly string[]): Rule => ({ kind: 'choice', values });

/** What every image model takes (Runware reference, parameters common to every image model). */
export const commonRules: Rules = {
	taskType: anything,
	taskUUID: { kind: 'uuid' },
	model: anything,
	outputType: choice('URL', 'base64Data', 'dataURI'),
	outputFormat: choice('JPG', 'PNG', 'WEBP'),
	outputQuality: { kind: 'integer', min: 20, max: 99 },
	webhookURL: { kind: 'url' },
	deliveryMethod: choice('sync', 'async'),
	uploadEndpoint: { kind: 'url' },
	'safety.checkContent': { kind: 'boolean' },
	ttl: { kind: 'integer', min: 60 },
	includeCost: { kind: 'boolean' },
	numberResults: { kind: 'integer', min: 1, max: 20 },
	watermark: anything,
};

/** The values by path, each as its rule wants it; thrown is the first complaint. */
export function readValues(task: Item, rules: Rules, required: readonly string[]): Values {
	const values = Object.fromEntries(leaves(task, '', rules));
	for (const path of required) if (values[path] === undefined) throw missingValue(path);
	return values;
}

function leaves(object: Item, parent: string, rules: Rules): (readonly [string, unknown])[] {
	return Object.entries(object).flatMap(([name, value]) => {
		const path = `${parent}${name}`;
		const rule = rules[path];
		if (rule) return [[path, checked(path, value, rule)] as const];
		const isParent = Object.keys(rules).some((known) => known.startsWith(`${path}.`));
		if (isParent && isItem(value)) return leaves(value, `${path}.`, rules);
		if (isParent) throw invalidValue(path, `The parameter '${path}' must be an object.`, { type: 'object' });
		throw wrong('unsupportedParameter', `The parameter '${path}' is not supported for this model.`, {
			parameter: path,
		});
	});
}

export function isItem(value: unknown): value is Item {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checked(path: string, value: unknown, rule: Rule): unknown {
	switch (rule.kind) {
		case 'any':
			return value;
		case 'boolean':
			if (typeof value !== 'boolean') throw wrongType(path, 'boolean');
			return value;
		case 'integer':
		case 'number':
			return checkedNumber(path, value, rule);
		case 'seed':
			return checkedSeed(path, value);
		case 'images':
			return checkedImages(path, value, rule.max);
		case 'choice':
		case 'text':
		case 'url':
		case 'uuid':
		case 'image':
			if (typeof value !== 'string') throw wrongType(path, 'string');
			return checkedText(path, value, rule);
	}
}

function wrongType(path: string, type: string) {
	return invalidValue(path, `Invalid value for '${path}': expected ${type}.`, { type });
}

function checkedNumber(path: string, value: unknown, rule: Rule & { kind: 'integer' | 'number' }): number {
	const { kind, min, max = Number.MAX_SAFE_INTEGER } = rule;
	const type = kind === 'integer' ? 'integer' : 'float';
	if (typeof value !== 'number' || (kind === 'integer' && !Number.isInteger(value))) throw wrongType(path, type);
	const step = rule.kind === 'integer' ? (rule.step ?? 1) : 0;
	if (value < min || value > max || (step > 0 && value % step !== 0)) {
		const grid = step > 1 ? `, a multiple of ${step}` : '';
		throw invalidValue(path, `Invalid value for '${path}': must be between ${min} and ${max}${grid}.`, { type });
	}
	return value;
}

const largestSeed = 9_223_372_036_854_775_807n;

/** What has more digits than a number keeps comes as `#` and the digits (see `exactBody`). */
function checkedSeed(path: string, value: unknown): bigint {
	const digits = typeof value === 'number' ? String(value) : /^#(\d+)$/.exec(String(value))?.[1];
	if (digits === undefined || !/^\d+$/.test(digits)) throw wrongType(path, 'integer');
	const seed = BigInt(digits);
	if (seed > largestSeed) throw invalidValue(path, `Invalid value for '${path}'.`, { type: 'integer' });
	return seed;
}

function checkedImages(path: string, value: unknown, max: number): readonly string[] {
	if (!Array.isArray(value)) throw wrongType(path, 'array');
	const images = value.map((image: unknown) => {
		if (typeof image !== 'string' || image === '') throw wrongType(path, 'string');
		return image;
	});
	if (images.length === 0) throw wrong('arrayTooSmall', `'${path}' must not be empty.`, { parameter: path });
	if (images.length > max) {
		throw wrong('arrayTooLarge', `'${path}' must have at most ${max} elements.`, { parameter: path });
	}
	return images;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
	return uuid.test(text);
}

function checkedText(path: string, value: string, rule: Rule): string {
	if (rule.kind === 'uuid' && !isUuid(value)) throw wrongType(path, 'UUIDv4');
	if (rule.kind === 'url' && !(URL.canParse(value) && /^https?:/i.test(value))) throw wrongType(path, 'URI');
	if (rule.kind === 'image' && value === '') throw wrongType(path, 'string');
	if (rule.kind === 'choice') return chosen(path, value, rule.values);
	if (rule.kind === 'text') {
		const { length } = Array.from(value);
		if (length < rule.min || length > rule.max) {
			const sentence = `'${path}' must have between ${rule.min} and ${rule.max} characters.`;
			throw invalidValue(`${path}Length`, sentence, { parameter: path, type: 'string' });
		}
	}
	return value;
}

/** Older examples say `png`: upper and lower case are one, and the table's own is what comes out. */
function chosen(path: string, value: string, values: readonly string[]): string {
	const found = values.find((known) => known.toLowerCase() === value.toLowerCase());
	if (found !== undefined && (found === value || path === 'outputFormat')) return found;
	const sentence = `Invalid value for '${path}'. Allowed values: ${values.join(', ')}.`;
	throw invalidValue(path, sentence, { type: 'string', allowedValues: values });
}

/**
 * The body with seeds beyond 2^53 as text: `JSON.parse` would round them. Within a string of the body its quotes are
 * escaped, so that nothing else looks like this.
 */
export function exactBody(json: unknown, text = ''): unknown {
	const exact = text.replaceAll(/("seed"\s*:\s*)(\d{16,})(?=\s*[,}])/g, '$1"#$2"');
	return exact === text ? json : JSON.parse(exact);
}
