import * as fc from 'fast-check';
import type { GalleryItem } from '../../../src/gallery/item';

/** A picture with what a test says of it. */
export function itemOf(changes: Partial<GalleryItem> = {}): GalleryItem {
	const id = changes.id ?? 'p1';
	return {
		id,
		uri: `file:///w/images/${id}.png`,
		name: `${id}.png`,
		path: `images/${id}.png`,
		prompt: '',
		saved: 0,
		key: id,
		isFavourite: false,
		...changes,
	};
}

const text = fc.oneof(
	fc
		.array(fc.constantFrom('fox', 'Fuchs', 'ÉTÉ', 'été', 'Straße', '狐', 'a', 'İ'), { maxLength: 4 })
		.map((words) => words.join(' ')),
	fc.string({ unit: 'grapheme', maxLength: 12 }),
);

/** Pictures, each with a name of its own. */
export const someItems: fc.Arbitrary<GalleryItem[]> = fc
	.array(
		fc.record({
			prompt: text,
			name: text,
			saved: fc.nat(5),
			isFavourite: fc.boolean(),
			model: fc.constantFrom('openai/gpt-image-2', 'sketch/placeholder'),
			operation: fc.constantFrom('generate', 'edit'),
			picture: fc.constantFrom('1', '2', '3'),
			parent: fc.constantFrom('1', '2', '3'),
		}),
		{ maxLength: 12 },
	)
	.map((all) => all.map((each, index) => itemOf({ ...each, id: `p${index}` })));

/** What a person looks for. */
export const someSearch: fc.Arbitrary<string> = text;
