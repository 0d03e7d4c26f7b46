import * as z from 'zod';
import type { Begun } from '../generation/beginChange';
import { changeSchema, type OrderFiles, readChange, writeChange } from '../generation/writtenChange';
import { type Order, orderSchema } from './order';
import type { Prepared } from './prepare';

const schema = z.object({ order: orderSchema, begun: changeSchema.exactOptional() });

/** An order as plain data. */
export async function writeOrder({ order, begun }: Prepared, files: Pick<OrderFiles, 'stage'>): Promise<unknown> {
	return begun ? { order, begun: await writeChange(begun, files) } : { order };
}

/** An order as it was written. `undefined`: it is none, or what it needs is gone. */
export async function readOrder(
	written: unknown,
	files: Pick<OrderFiles, 'staged'>,
): Promise<{ readonly order: Order; readonly begun: Begun | undefined } | undefined> {
	const { order, begun: change } = schema.safeParse(written).data ?? {};
	if (!order || !change) return order && { order, begun: undefined };
	const begun = await readChange(change, files);
	return begun && { order, begun };
}

/** Where the root of an order was; `undefined`: it is none. */
export function rootOf(written: unknown): string | undefined {
	return schema.safeParse(written).data?.order.root;
}
