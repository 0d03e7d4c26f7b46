import * as z from 'zod';
import { paintedSchema } from '../canvas/paintedSchema';
import type { Alteration } from '../domain/imageRequest';
import type { Begun } from './beginChange';

/** Files that lie beside a written order. */
export interface OrderFiles {
	readonly stage: (name: string, bytes: Uint8Array) => Promise<void>;
	/** `undefined`: there is none. */
	readonly staged: (name: string) => Promise<Uint8Array | undefined>;
}

const pixels = z.number().min(-1_000_000).max(1_000_000);
const size = z.object({ width: pixels, height: pixels });
/** As it was wished for, however far beyond the picture: what is read of it is clipped. */
const rect = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const margins = z.object({ top: pixels, right: pixels, bottom: pixels, left: pixels });
const strength = z.enum(['subtle', 'medium', 'strong']);

/** What a change is told with. */
export const changeShapes = { size, rect, margins, strength };

const alterationSchema = z.discriminatedUnion('operation', [
	z.object({
		operation: z.literal('edit'),
		source: size,
		selected: rect.exactOptional(),
		marked: z.literal(true).exactOptional(),
		references: z.int().exactOptional(),
	}),
	z.object({ operation: z.literal('expand'), source: size, margins }),
	z.object({ operation: z.literal('vary'), source: size, strength }),
]) satisfies z.ZodType<Alteration>;

/** A change in the journal. */
export const changeSchema = z.object({
	alteration: alterationSchema,
	/** See `StoredPicture`. */
	id: z.string(),
	selection: z
		.union([z.literal('file'), z.object({ rects: z.array(rect) }), z.object({ strokes: paintedSchema.shape.strokes })])
		.optional(),
	feather: z.int().optional(),
});

type WrittenChange = z.infer<typeof changeSchema>;

const [sourceFile, maskFile] = ['source', 'mask'];

/** A change as plain data. The picture is put beside it: what becomes of its file is of no matter. */
export async function writeChange(
	{ original, alteration, id }: Begun,
	{ stage }: Pick<OrderFiles, 'stage'>,
): Promise<unknown> {
	const { selection, feather } = original;
	await stage(sourceFile, original.bytes);
	if (selection && 'file' in selection) await stage(maskFile, selection.file);
	const selects = selection && ('file' in selection ? 'file' : selection);
	return { alteration, id, selection: selects, feather };
}

/** A change as it was begun. `undefined`: what it needs is gone. */
export async function readChange(
	{ selection, feather, ...facts }: WrittenChange,
	{ staged }: Pick<OrderFiles, 'staged'>,
): Promise<Begun | undefined> {
	const bytes = await staged(sourceFile);
	const mask = selection === 'file' ? await staged(maskFile) : undefined;
	if (!bytes || (selection === 'file' && !mask)) return undefined;
	const selects = selection === 'file' ? mask && { file: mask } : selection;
	const original = { bytes, ...(selects && { selection: selects }), ...(feather !== undefined && { feather }) };
	return { ...facts, original, warnings: [] };
}
