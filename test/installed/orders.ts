import * as z from 'zod';

/** What the extension beside Limn can be told. */
export const orderSchema = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('command'), id: z.string(), argument: z.unknown().optional() }),
	z.object({ kind: z.literal('tool'), name: z.string(), input: z.record(z.string(), z.unknown()) }),
	z.object({ kind: z.literal('setting'), name: z.string(), value: z.unknown().optional() }),
	z.object({ kind: z.literal('about'), extension: z.string() }),
	z.object({ kind: z.literal('global'), name: z.string() }),
]);

export type Order = z.infer<typeof orderSchema>;
