import * as z from 'zod';
import type { Size } from '../../src/domain/size';
import type { Pixels } from '../../src/image/pixels';
import { decodePicture, encodePicture, type FileFormat } from './pictureFiles';
import { colourOf, darkArea, drawEdit, drawPicture, type EditHabits, lightArea } from './pictures';
import type { ReplicateModel } from './replicateModels';
import { type Values, withDefaults } from './replicateSchema';

/** What a run says that did not succeed. */
export class RunFailure extends Error {}

/** The file of an input: a data URI, or an address that the emulator knows. */
export type ReadFile = (uri: string) => Uint8Array | undefined;

/** The inputs of all models together: each says the same thing with one of these names. */
const inputSchema = z.object({
	prompt: z.string().default(''),
	num_outputs: z.number().default(1),
	number_of_images: z.number().default(1),
	n: z.number().default(1),
	seed: z.number().default(0),
	width: z.number().optional(),
	height: z.number().optional(),
	size: z.string().default(''),
	aspect_ratio: z.string().default(''),
	megapixels: z.string().default('1'),
	background: z.string().default(''),
	output_format: z.enum(['webp', 'jpg', 'jpeg', 'png']).default('png'),
	image: z.string().optional(),
	mask: z.string().optional(),
	mask_image: z.string().optional(),
	invert_mask: z.boolean().default(false),
	input_images: z.array(z.string()).default([]),
});

type Input = z.infer<typeof inputSchema>;

/** What `output_format` calls a file, or PNG where a model does not ask. */
export function formatOf(
	model: ReplicateModel,
	values: Values,
): { readonly format: FileFormat; readonly ending: string } {
	const { output_format: ending } = inputSchema.parse(withDefaults(model, values));
	return { format: ending === 'jpg' ? 'jpeg' : ending, ending };
}

/** Draws what was asked for, on inputs that the schema has passed. */
export async function run(
	model: ReplicateModel,
	values: Values,
	read: ReadFile,
	habits: EditHabits,
): Promise<readonly Uint8Array[]> {
	const input = inputSchema.parse(withDefaults(model, values));
	const count = Math.max(input.num_outputs, input.number_of_images, input.n);
	const [source] = await Promise.all(
		[...(input.image === undefined ? [] : [input.image]), ...input.input_images].map(async (uri) => decoded(uri, read)),
	);
	const given = input.mask ?? input.mask_image;
	const mask = given === undefined ? undefined : await decoded(given, read);
	const areaIn = (model.paints === 'black') === input.invert_mask ? lightArea : darkArea;
	const size = sizeOf(model, input, source);
	const { format } = formatOf(model, values);
	const pictures = Array.from({ length: count }, (_, index) => {
		const colour = colourOf(input.prompt, index, input.seed);
		if (!source) return drawPicture(size, colour, input.background === 'transparent');
		return drawEdit({ source, size, colour, area: mask && areaIn(mask), habits });
	});
	return Promise.all(pictures.map(async (pixels) => encodePicture(pixels, format)));
}

async function decoded(uri: string, read: ReadFile): Promise<Pixels> {
	const bytes = read(uri);
	if (!bytes) throw new RunFailure(`Failed to download ${uri.slice(0, 100)}`);
	const picture = await decodePicture(bytes);
	if (!picture) throw new RunFailure('cannot identify image file');
	return picture.pixels;
}

function sizeOf(model: ReplicateModel, input: Input, source: Size | undefined): Size {
	const [, across, down] = /^(\d+)x(\d+)$/.exec(input.size) ?? [];
	if (across !== undefined && down !== undefined) return { width: Number(across), height: Number(down) };
	const { width, height } = input;
	if (width !== undefined && height !== undefined) return { width, height };
	const size = model.sizes[input.aspect_ratio] ?? source ?? { width: 1024, height: 1024 };
	const share = Math.sqrt(Number(input.megapixels));
	return source ? size : { width: Math.round(size.width * share), height: Math.round(size.height * share) };
}
