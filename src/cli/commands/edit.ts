import { isImageError } from '../../domain/imageError';
import { refused } from '../../domain/result';
import type { Rect } from '../../domain/size';
import { folderOf } from '../../documents/paths';
import type { Command } from '../command';
import { type Given, Misuse } from '../flags';
import { ownPicture } from '../ownPictures';
import { startWords, tellResult } from '../telling';
import { mostOf } from '../usualFlags';
import { inWorkshop } from '../workshop';
import { orderFlags, orderOf } from './generate';

/** `limn edit`: a picture changed as words say. */
export const edit: Command = {
	takes: 'IMAGE "PROMPT"',
	about: 'Changes a picture as a prompt says; the result is a new file beside it.',
	flags: {
		mask: {
			value: 'FILE',
			about: 'A PNG of the picture’s size: what is transparent in it, or else white, is repainted.',
		},
		rect: { value: 'X,Y,WIDTH,HEIGHT', multiple: true, about: 'A rectangle to repaint, in pixels of the picture.' },
		...orderFlags,
		out: { ...orderFlags.out, about: 'Where the result goes, from the root on (default: beside the picture).' },
	},
	notes: ['With a mask or rectangles every other pixel stays as it is. The picture is sent to the model’s provider.'],
	run: async (given, program) => {
		const [name, prompt, ...others] = given.words;
		if (name === undefined || prompt === undefined || others.length > 0) {
			throw new Misuse('Give a picture and one prompt, in quotation marks.');
		}
		const most = mostOf(given);
		const mask = maskOf(given);
		return inWorkshop(given, program, async ({ root, jobs }) => {
			const image = await ownPicture(name, root, jobs.parts.ignore);
			if (isImageError(image)) return tellResult(refused(1, [image]), given, program, root);
			const order = {
				...orderOf(prompt, given, root, '${documentFolder}'),
				beside: folderOf(image.path),
				change: { image: name, ...(mask && { mask }) },
			};
			const { signal, err } = program;
			const result = await jobs.make(order, { signal, most, onStart: (plan) => err(startWords(plan)) });
			return tellResult(result, given, program, root);
		});
	},
};

function maskOf(given: Given): string | Rect[] | undefined {
	const [file, rects] = [given.text('mask'), given.all('rect')];
	if (file !== undefined && rects.length > 0) throw new Misuse('Give --mask or --rect, not both.');
	return file ?? (rects.length > 0 ? rects.map(rectOf) : undefined);
}

function rectOf(text: string): Rect {
	const [, x, y, width, height] = /^(-?\d{1,6}),(-?\d{1,6}),([1-9]\d{0,5}),([1-9]\d{0,5})$/.exec(text) ?? [];
	if (height === undefined) throw new Misuse('--rect must be X,Y,WIDTH,HEIGHT in whole pixels, like 10,20,300,200.');
	return { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
}
