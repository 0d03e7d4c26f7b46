import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isManner } from '../../../src/documents/manner';

describe('a manner', () => {
	const manners = [
		[
			'watercolour',
			'watercolor',
			'water colour',
			'watercolor painting',
			'in watercolour',
			'oil painting',
			'oil on canvas',
			'gouache',
		],
		['4k', '8K', '8k resolution', '16k', 'UHD', 'hdr', 'high resolution', 'hi-res', 'best quality', 'masterpiece'],
		['highly detailed', 'ultra-detailed', 'intricate details', 'hyper detailed', 'very detailed', 'detailed'],
		['photorealistic', 'photo-realistic', 'hyperrealistic', 'realistic', 'photorealism', 'award-winning'],
		[
			'digital art',
			'concept art',
			'pixel art',
			'line art',
			'vector artwork',
			'low-poly art',
			'pencil sketch',
			'ink drawing',
		],
		[
			'flat vector illustration',
			'isometric illustration',
			'a flat vector illustration',
			'minimalist',
			'3d render',
			'flat design',
		],
		['trending on artstation', 'artstation', 'octane render', 'unreal engine 5', 'ray tracing', 'sharp focus', 'bokeh'],
		[
			'cinematic lighting',
			'soft light',
			'dramatic lighting',
			'volumetric light',
			'muted colours',
			'warm and earthy colors',
		],
		[
			'style of Van Gogh',
			'in the style of Studio Ghibli',
			'in the manner of Turner',
			'anime style',
			'in comic-book style',
		],
		[
			'no text',
			'No text.',
			'without letters',
			'white background',
			'on white background',
			'plain background',
			'transparent background',
		],
		['square format', 'aspect ratio 16:9', '16:9', 'digital art and oil painting', 'with sharp focus'],
	].flat();
	for (const words of manners) it(`is ${words}`, () => assert.ok(isManner(words)));

	const matters = [
		[
			'a fox',
			'ink',
			'charcoal',
			'gold',
			'painting',
			'art',
			'light',
			'a lighthouse',
			'a detailed map',
			'a watercolour of a fox',
		],
		[
			'a box of watercolours',
			'no people',
			'a white wall',
			'studio',
			'lighting a candle',
			'without a hat',
			'the engine',
			'style',
		],
		[
			'a realistic fox',
			'4',
			'k',
			'',
			' ',
			'and',
			'in the',
			'a background',
			'oil',
			'canvas',
			'text',
			'an old style of it, or not',
		],
	].flat();
	for (const words of matters) it(`is not ${JSON.stringify(words)}`, () => assert.ok(!isManner(words)));

	it('is the same in capitals, with blanks around and with a full stop', () => {
		fc.assert(
			fc.property(fc.constantFrom(...manners), (words) => {
				assert.ok(isManner(words.toUpperCase()));
				assert.ok(isManner(`  ${words} `));
				assert.ok(isManner(`${words}.`.replace('..', '.')));
			}),
		);
	});

	it('is never long', () => {
		assert.ok(!isManner(`in the style of ${'somebody and '.repeat(10)}others`));
	});
});
