import * as fc from 'fast-check';
import { oneLine } from '../../../../src/documents/prose';

/** Everything that some language takes for more than a character. */
const signs = fc.oneof(
	fc.constantFrom(...Array.from('\\`*_{}[]()<>#+-.!|~$&%@:;\'"^=/?,')),
	fc.constantFrom('](', '![', '&amp;', '<b>', '${x}', '\\|', 'http://a.b', 'https://x.y/a_b*c', 'a_b@c.de', '😀', '森'),
);

const segment = fc
	.oneof(
		fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
		fc.array(signs, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
		fc.constantFrom('javascript:x', 'data:image', 'c:', 'fox (1).png', ' fox ', '%20', 'a b#ü', 'https:', '_x_', '...'),
	)
	.map((text) => text.replaceAll('/', '∕'))
	.filter((text) => text !== '.' && text !== '..');

/** Relative paths of files, of any characters. */
export const anyPath = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));

/** Alt texts: one line, of any characters. */
export const anyAlt = fc
	.oneof(
		fc.string({ unit: 'binary' }),
		fc.array(fc.oneof(signs, fc.constantFrom(' ', 'a', 'fox')), { maxLength: 20 }).map((parts) => parts.join('')),
	)
	.map((text) => oneLine(text));
