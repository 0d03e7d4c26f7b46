import * as z from 'zod';
import type { RecordFile } from '../disk/recordFile';
import type { Begun } from '../generation/beginChange';
import { type Order, orderSchema } from './order';
import type { Prepared } from './prepare';

const [sourceFile, maskFile] = ['source', 'mask'];

const side = z.number().min(0).max(1_000_000);
const size = z.object({ width: side, height: side });
const rect = size.extend({ x: z.number(), y: z.number() });

const schema = z.object({
	order: orderSchema,
	begun: z
		.object({
			alteration: z.object({ operation: z.literal('edit'), source: size, selected: rect.exactOptional() }),
			id: z.string(),
			selection: z.union([z.literal('file'), z.object({ rects: z.array(rect) })]).exactOptional(),
		})
		.exactOptional(),
});

/** An order as plain data. The picture that is changed is put beside it: what becomes of its file is of no matter. */
export async function writeOrder({ order, begun }: Prepared, { stage }: Pick<RecordFile, 'stage'>): Promise<unknown> {
	if (!begun) return { order };
	const { alteration, id, original } = begun;
	const { selection } = original;
	await stage(sourceFile, original.bytes);
	if (selection && 'file' in selection) await stage(maskFile, selection.file);
	const selects = selection && 'file' in selection ? 'file' : selection;
	return { order, begun: { alteration, id, ...(selects && { selection: selects }) } };
}

/** An order as it was written. `undefined`: it is none, or what it needs is gone. */
export async function readOrder(
	written: unknown,
	{ staged }: Pick<RecordFile, 'staged'>,
): Promise<{ readonly order: Order; readonly begun: Begun | undefined } | undefined> {
	const { order, begun } = schema.safeParse(written).data ?? {};
	if (!order || !begun) return order && { order, begun: undefined };
	const { selection, ...facts } = begun;
	const bytes = await staged(sourceFile);
	const mask = selection === 'file' ? await staged(maskFile) : undefined;
	if (!bytes || (selection === 'file' && !mask)) return undefined;
	const selects = selection === 'file' ? mask && { file: mask } : selection;
	return { order, begun: { ...facts, original: { bytes, ...(selects && { selection: selects }) }, warnings: [] } };
}

/** Where the root of an order was; `undefined`: it is none. */
export function rootOf(written: unknown): string | undefined {
	return schema.safeParse(written).data?.order.root;
}
