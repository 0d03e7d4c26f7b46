/** Of a key so many characters are enough to know it again. */
const prefixLength = 8;

/** Makes a text fit for the log: without any of these keys, in whatever form, and without anything that looks like one. */
export function redactor(keys: readonly string[]): (text: string) => string {
	const forms = new Map<string, string[]>();
	for (const form of keys.flatMap(formsOf)) {
		const start = form.slice(0, prefixLength);
		forms.set(start, [...(forms.get(start) ?? []), form.slice(start.length)]);
	}
	return (text) => withoutSecrets([...forms].reduce((rest, [start, ends]) => without(rest, start, ends), text));
}

/** The same value, every text in it redacted. */
export function redactAll(value: unknown, redact: (text: string) => string): unknown {
	if (typeof value === 'string') return redact(value);
	if (Array.isArray(value)) return value.map((item: unknown) => redactAll(item, redact));
	if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
	return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, redactAll(item, redact)]));
}

const gone = '***';

/** A key as it may turn up. One of fewer than 4 characters is no secret, and taking it out would leave nothing of a text. */
function formsOf(key: string): string[] {
	if (key.length < 4) return [];
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
