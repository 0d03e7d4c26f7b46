import { type Given, Misuse } from './flags';
import { usdIn } from './environment';
import { usualLimit } from './permit';

/** Flags that several commands take. */
export const rootFlag = {
	root: {
		value: 'DIR',
		about: 'Work in this folder; nothing outside of it is read or written (default: where you are).',
	},
};
export const jsonFlag = { json: { about: 'Print one JSON object instead of words.' } };
export const makingFlags = {
	'max-cost': {
		value: 'USD',
		about: `Refuse what costs more (default: ${usualLimit}); “any” allows everything, unknown prices too.`,
	},
	ignore: {
		value: 'GLOB',
		multiple: true,
		about: 'Files that are never sent, besides limn.ignore of .vscode/settings.json.',
	},
	verbose: { about: 'Say each request on stderr, without prompts and keys.' },
} as const;

/** USD that an order may cost. */
export function mostOf(given: Given): number {
	const text = given.text('max-cost');
	if (text === undefined) return usualLimit;
	if (text === 'any') return Infinity;
	const usd = usdIn(text);
	if (usd === undefined) throw new Misuse('--max-cost must be an amount in USD, like 0.50, or any.');
	return usd;
}

/** A whole number that a flag gives. */
export function countOf(given: Given, flag: string, most: number): number {
	const text = given.text(flag) ?? '1';
	const count = /^\d{1,4}$/.test(text) ? Number(text) : 0;
	if (count < 1 || count > most) throw new Misuse(`--${flag} must be a whole number from 1 to ${most}.`);
	return count;
}

/** A command that takes no words got some. */
export function noWords(given: Given): void {
	const [first] = given.words;
	if (first !== undefined) throw new Misuse(`“${first}” has no meaning here. Leave it out.`);
}
