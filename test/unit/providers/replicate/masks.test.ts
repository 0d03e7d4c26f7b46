import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Call, InputImage } from '../../../../src/providers/provider';
import { callFor, jpeg } from '../calls';
import {
	file,
	files,
	gptInputs,
	type Inputs,
	inputOf,
	pngSized,
	prompt,
	stranger,
	text,
	warningsOf,
	whole,
} from './models';

/** As large as what is asked for. */
const png = pngSized(1024, 1024);
const mask: InputImage = { bytes: Uint8Array.of(1), format: 'png' };

function masked(model = stranger, images = [png], options: Call['options'] = {}): Call {
	return callFor(model, { operation: 'edit', options }, { task: { operation: 'edit', images, mask } });
}

/** A model that says of its mask what an author wrote. */
function saying(description: string, more: Inputs = {}): Inputs {
	return { prompt: text, image: file, mask: { ...file, description }, ...more };
}

const alone = { prompt, image: png };
const together = { ...alone, mask };
const left = /^replicate\/a\/b takes no mask: it gets the picture without one, and Limn keeps what was not selected\.$/;

describe('the mask of an edit', () => {
	for (const name of ['mask', 'mask_image']) {
		it(`goes into ${name}`, () => {
			const inputs = { prompt: text, image: file, [name]: file };
			assert.deepEqual(inputOf(masked(), inputs), { ...alone, [name]: mask });
			assert.deepEqual(warningsOf(masked(), inputs), []);
		});
	}

	it('goes into one input alone, the likelier one', () => {
		assert.deepEqual(inputOf(masked(), { prompt: text, image: file, mask_image: file, mask: file }), together);
	});

	it('goes with several pictures, and where nobody says what the model takes', () => {
		const inputs = { prompt: text, images: files, mask: file };
		assert.deepEqual(inputOf(masked(stranger, [png, jpeg]), inputs), { prompt, images: [png, jpeg], mask });
		assert.deepEqual(inputOf(masked(), undefined), together);
	});

	it('is left out where the model has no place for one, which is said', () => {
		const others: readonly Inputs[] = [{}, { mask: { type: 'boolean' } }, { mask: whole }, { mask: files }];
		for (const other of others) {
			const inputs = { prompt: text, image: file, ...other };
			assert.deepEqual(inputOf(masked(), inputs), alone);
			assert.match(warningsOf(masked(), inputs).join('\n'), left);
		}
		const gpt = masked('replicate/openai/gpt-image-2');
		assert.doesNotMatch(JSON.stringify(inputOf(gpt, gptInputs)), /mask/);
		assert.match(warningsOf(gpt, gptInputs).join(), /openai\/gpt-image-2 takes no mask/);
	});

	it('is no matter where there is none', () => {
		const call = callFor(stranger, { operation: 'edit' }, { task: { operation: 'edit', images: [png] } });
		assert.deepEqual(inputOf(call, { prompt: text, image: file }), alone);
		assert.deepEqual(inputOf(call, saying('Black pixels are inpainted.')), alone);
		assert.deepEqual(warningsOf(call, { prompt: text, image: file }), []);
		assert.deepEqual(warningsOf(callFor(stranger), { prompt: text }), []);
	});

	it('cannot be led elsewhere by an option', () => {
		const call = masked(stranger, [png], { mask: 'https://x.org/a.png' });
		assert.deepEqual(inputOf(call, { prompt: text, image: file, mask: file }), together);
	});
});

describe('a mask of a model that says what is painted', () => {
	/** What authors write. */
	const white = [
		'Black and white image to use as mask. White pixels are inpainted and black pixels are preserved.',
		'A black-and-white image that describes the part of the image to inpaint. Black areas will be preserved while white areas will be inpainted.',
		'Mask image (white pixels will be repainted)',
		'Mask image (grayscale PNG, white=inpaint area) (stage 2 only)',
		'Upload your mask image (RGB). White areas indicate regions to inpaint.',
		'black = keep, white = replace',
		'Black pixels will not be changed.',
		'Black pixels are not inpainted; white pixels are.',
		'White is filled, and the model never edits what is black.',
		'Black areas cannot be modified.',
	];
	const black = [
		'A black and white image. Black pixels are inpainted, white pixels are preserved. The mask will be resized to match the image size.',
		'Black and white image to use as mask for inpainting over init_image. Black pixels are inpainted and white pixels are preserved. Experimental feature, tends to work better with prompt strength of 0.5-0.7',
		'Mask: white=keep, black=replace',
		'Black marks the region to regenerate; white remains unchanged.',
		'White and black mask. White areas are kept, black areas are filled.',
		'White areas will not be changed, black areas are edited',
		'The model doesn’t touch or edit white areas.',
	];
	const neither = [
		'',
		'Mask to inpaint',
		'Input mask, need to be RGB(255, 255, 255) = filled mask',
		'Black and white image to use as mask for inpainting over init_image.',
		'Black.',
		'White areas are replaced. White areas are preserved.',
	];

	for (const description of [...white, ...neither]) {
		it(`is sent to one that paints what is white, or says nothing: “${description.slice(0, 60)}”`, () => {
			assert.deepEqual(inputOf(masked(), saying(description)), together);
			assert.deepEqual(warningsOf(masked(), saying(description)), []);
			const invertible = saying(description, { invert_mask: { type: 'boolean' } });
			assert.deepEqual(inputOf(masked(), invertible), together);
		});
	}

	for (const description of black) {
		it(`is not sent to one that paints what is black, unless it can be told: “${description.slice(0, 60)}”`, () => {
			assert.deepEqual(inputOf(masked(), saying(description)), alone);
			assert.deepEqual(warningsOf(masked(), saying(description)), [
				'replicate/a/b reads masks the other way round: it gets the picture without one, and Limn keeps what was not selected.',
			]);
			const invertible = saying(description, { invert_mask: { type: 'boolean' } });
			assert.deepEqual(inputOf(masked(), invertible), { ...together, invert_mask: true });
			assert.deepEqual(warningsOf(masked(), invertible), []);
		});
	}

	it('is sent the other way round to one that reads it so, where the plan has it so too', () => {
		const inverse: InputImage = { bytes: Uint8Array.of(2), format: 'png' };
		const call = masked();
		const both: Call = { ...call, task: { operation: 'edit', images: [png], mask, inverse } };
		for (const description of black) {
			assert.deepEqual(inputOf(both, saying(description)), { ...alone, mask: inverse });
			assert.deepEqual(warningsOf(both, saying(description)), []);
		}
		for (const description of white) assert.deepEqual(inputOf(both, saying(description)), together);
	});

	it('is read from the schema of the input, wherever that stands', () => {
		const referred = { allOf: [{ $ref: '#/components/schemas/x' }], description: black[0] };
		assert.deepEqual(inputOf(masked(), { prompt: text, image: file, mask: referred }), alone);
	});

	it('is sent or left out, and that is said, whatever an author writes', () => {
		const words = fc.constantFrom('black', 'white', 'and', 'kept', 'painted', '.', ',', 'mask', 'x'.repeat(900));
		fc.assert(
			fc.property(fc.array(words, { maxLength: 30 }), (found) => {
				const inputs = saying(found.join(' '));
				const isSent = JSON.stringify(inputOf(masked(), inputs)).includes('"mask"');
				assert.equal(warningsOf(masked(), inputs).length, isSent ? 0 : 1);
			}),
		);
		const long = saying(`${'a'.repeat(5_000)} Black pixels are inpainted.`);
		assert.deepEqual(inputOf(masked(), long), together, 'nobody reads a book');
	});
});
