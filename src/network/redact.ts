import { mapTexts } from './mapTexts';

/** Of a key so many characters are enough to know it again. */
const prefixLength = 8;

/** Makes a text fit for the log: without any of these keys, in whatever form, and without anything that looks like one. */
export function redactor(keys: readonly string[]): (text: string) => string {
	const forms = new Map<string, string[]>();
	for (const form of keys.flatMap(formsOf)) {
		const start = form.slice(0, prefixLength);
		forms.set(start, [...(forms.get(start) ?? []), form.slice(start.length)]);
	}
	return (text) =>
		text.length < shortestSecret
			? text
			: withoutSecrets([...forms].reduce((rest, [start, ends]) => without(rest, start, ends), text));
}

/**
 * Takes keys out of data that is still needed: only what is a key from end to end, in whatever form. `undefined`: there is
 * nothing to take out. A key of fewer than 8 characters is left, because those that people make up for a server of their own
 * (`none`, `local`, `EMPTY`) are words of its answers too.
 */
export function keyRemover(keys: readonly string[]): ((text: string) => string) | undefined {
	const secrets = keys.filter(({ length }) => length >= prefixLength);
	const forms = Array.from(new Set(secrets.flatMap(formsOf))).toSorted((a, b) => b.length - a.length);
	const shortest = forms.at(-1)?.length;
	if (shortest === undefined) return undefined;
	return (text) => (text.length < shortest ? text : forms.reduce((rest, form) => rest.replaceAll(form, gone), text));
}

/** The same value, every text and every name in it redacted. */
export function redactAll(value: unknown, redact: (text: string) => string): unknown {
	return mapTexts(value, redact, redact);
}

const gone = '***';

/** What is shorter is no secret, and taking it out would leave nothing of a text. No shape below fits into less either. */
const shortestSecret = 4;

/** A key as it may turn up. */
function formsOf(key: string): string[] {
	if (key.length < shortestSecret) return [];
	return [key, encodeURIComponent(key), ...encodedForms(key)];
}

/** Base64 of a key inside something longer, such as `user:key`: it looks different for each of three offsets. */
function encodedForms(key: string): string[] {
	const bytes = Buffer.from(key);
	return [0, 1, 2].flatMap((offset) => {
		const whole = bytes.subarray((3 - offset) % 3);
		const text = whole.subarray(0, whole.length - (whole.length % 3)).toString('base64');
		return text.length < prefixLength ? [] : [text, text.replaceAll('+', '-').replaceAll('/', '_')];
	});
}

/** Takes out the beginning of a key, and what follows for as long as some form of the key goes on like it. */
function without(text: string, start: string, ends: readonly string[]): string {
	const [first = '', ...rest] = text.split(start);
	const cleaned = rest.map((part) => gone + part.slice(Math.max(...ends.map((end) => common(part, end)))));
	return [first, ...cleaned].join('');
}

/** How many characters two texts begin with alike. */
function common(one: string, other: string): number {
	let length = 0;
	while (length < one.length && one[length] === other[length]) length++;
	return length;
}

const shapes: readonly (readonly [shape: RegExp, replacement: string])[] = [
	[/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${gone}`],
	[/\b(sk-|lmnfl_|vncy_|r8_)[\w-]{4,}/g, `$1${gone}`],
	[/\b((?:api[_-]?key|token|secret|password)["']?\s*[:=]\s*["']?)[^\s"',;&}]+/gi, `$1${gone}`],
	// The values of a signed address let anybody in.
	[/([?&][\w.~%[\]-]+=)[^&\s"'<>]+/g, `$1${gone}`],
	[/(\w:\/\/)[^\s/@]+@/g, `$1${gone}@`],
];

function withoutSecrets(text: string): string {
	return shapes.reduce((rest, [shape, replacement]) => rest.replace(shape, replacement), text);
}
