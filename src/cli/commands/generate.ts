import { formatOfName, requestableFormats } from '../../domain/imageFormat';
import { maxPictures, type OptionValue } from '../../domain/imageRequest';
import { parseSizeWish } from '../../domain/size';
import type { Command } from '../command';
import { type Given, Misuse } from '../flags';
import type { Order } from '../order';
import type { Root } from '../paths';
import { startWords, tellResult } from '../telling';
import { countOf, jsonFlag, makingFlags, mostOf, rootFlag } from '../usualFlags';
import { inWorkshop } from '../workshop';

/** Flags of the commands that make pictures. */
export const orderFlags = {
	out: {
		value: 'DIR',
		about: 'Where pictures go, from the root on; or one file name ending with .png, .jpg or .webp (default: images).',
	},
	model: {
		value: 'PROVIDER/MODEL',
		about: 'Who makes them (default: auto, the first provider that has a key, else sketch).',
	},
	size: { value: 'SIZE', about: 'Pixels like 1024x1024, or a ratio like 16:9.' },
	n: { value: 'COUNT', about: `How many, 1 to ${maxPictures}.` },
	format: { value: 'FORMAT', about: 'png, jpeg or webp (default: png).' },
	name: { value: 'NAME', about: 'File name; ${slug}, ${date}, ${index} and others are filled in (default: ${slug}).' },
	option: { value: 'KEY=VALUE', multiple: true, about: 'A control of the model: quality=high, seed=7…' },
	alt: { value: 'TEXT', about: 'Print a Markdown reference with this alternative text instead of the path.' },
	...makingFlags,
	...rootFlag,
	...jsonFlag,
} as const;

/** `limn generate`: pictures from words. */
export const generate: Command = {
	takes: '"PROMPT"',
	about: 'Makes pictures from a prompt.',
	flags: orderFlags,
	notes: [
		'Prints a line with the path of each picture. Nothing is ever overwritten: a taken name gets -1, -2, and so on.',
	],
	run: async (given, program) => {
		const [prompt, ...others] = given.words;
		if (prompt === undefined || others.length > 0) throw new Misuse('Give one prompt, in quotation marks.');
		const most = mostOf(given);
		return inWorkshop(given, program, async ({ root, jobs }) => {
			const order = orderOf(prompt, given, root);
			const { signal, err } = program;
			const result = await jobs.make(order, { signal, most, onStart: (plan) => err(startWords(plan)) });
			return tellResult(result, given, program, root);
		});
	},
};

/** What flags order. Throws {@link Misuse}. `usualFolder`: where pictures go if nobody says it. */
export function orderOf(prompt: string, given: Given, root: Root, usualFolder = 'images'): Order {
	const size = given.text('size');
	const wish = size === undefined ? undefined : parseSizeWish(size);
	if (size !== undefined && !wish) throw new Misuse('--size must be a size like 1024x1024 or a ratio like 16:9.');
	const { folder, fileName } = placeOf(given, usualFolder);
	return {
		root: root.path,
		prompt,
		model: given.text('model') ?? 'auto',
		...(wish && { size: wish }),
		n: countOf(given, 'n', maxPictures),
		options: Object.fromEntries(given.all('option').map(optionOf)),
		format: formatOf(given, fileName),
		folder,
		fileName,
		beside: root.path,
	};
}

function placeOf(given: Given, usualFolder: string): { readonly folder: string; readonly fileName: string } {
	const out = (given.text('out') ?? usualFolder).replaceAll('\\', '/');
	const name = given.text('name');
	if (isOtherPicture(out)) throw new Misuse('--out must be a folder, or a file name ending with .png, .jpg or .webp.');
	if (formatOfName(out) === undefined) return { folder: out, fileName: name ?? '${slug}' };
	if (name !== undefined) throw new Misuse('--out names a file already. Leave --name out.');
	const end = out.lastIndexOf('/') + 1;
	return { folder: out.slice(0, end) || '.', fileName: out.slice(end) };
}

/** Nobody calls a folder so. */
function isOtherPicture(out: string): boolean {
	return /\.(?:avif|bmp|gif|heic|jxl|svg|tiff?)$/i.test(out);
}

function formatOf(given: Given, fileName: string): Order['format'] {
	const asked = given.text('format');
	const format = requestableFormats.find((each) => each === asked);
	if (asked !== undefined && !format) throw new Misuse(`--format must be one of ${requestableFormats.join(', ')}.`);
	const named = formatOfName(fileName);
	if (named && format && named !== format) {
		throw new Misuse(`The file’s name asks for ${named}, and --format for ${format}. Leave one of them out.`);
	}
	return named ?? format ?? 'png';
}

function optionOf(text: string): [string, OptionValue] {
	const [, key, value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
	if (key === undefined) throw new Misuse('--option must be KEY=VALUE, like quality=high.');
	if (value === 'true' || value === 'false') return [key, value === 'true'];
	return [key, /^-?\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : value];
}
