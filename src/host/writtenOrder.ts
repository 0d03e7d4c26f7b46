import { Uri, workspace } from 'vscode';
import * as z from 'zod';
import { paintedSchema } from '../canvas/paintedSchema';
import { isWithin, nameOfPath } from '../documents/paths';
import { requestableFormats } from '../domain/imageFormat';
import type { Begun } from '../generation/beginChange';
import { changeSchema, changeShapes, type OrderFiles, readChange, writeChange } from '../generation/writtenChange';
import type { Destination } from '../workspace/destination';
import type { Wish } from './wish';

/** What a job was ordered as, in the journal: enough to save what comes of it in another window. */
export interface WrittenOrder {
	/** With the model that the settings stood for. */
	readonly wish: Wish;
	/** `undefined`: its pictures are made of words alone. */
	readonly begun: Begun | undefined;
}

/** The order as plain data. */
export async function writeOrder({ wish, begun }: WrittenOrder, files: Pick<OrderFiles, 'stage'>): Promise<unknown> {
	const order = { wish, hasFolder: workspace.workspaceFolders !== undefined };
	return begun ? { ...order, begun: await writeChange(begun, files) } : order;
}

/** An order as it was written. `undefined`: it is none, or what it needs is gone. */
export async function readOrder(order: unknown, files: Pick<OrderFiles, 'staged'>): Promise<WrittenOrder | undefined> {
	const { wish: asked, begun: written, hasFolder } = orderSchema.safeParse(order).data ?? {};
	const wish = asked && hasFolder === true ? insideOf(asked) : asked;
	if (!wish || !written) return wish && { wish, begun: undefined };
	const begun = await readChange(written, files);
	return begun && { wish, begun };
}

/** What an order asks for, without its files. `undefined`: it is none. */
export function wishOf(order: unknown): Wish | undefined {
	return orderSchema.safeParse(order).data?.wish;
}

/** Whether the pictures of an order are this window's to save: nothing is written outside of its folders. */
export function isOfThisWindow(order: unknown): boolean {
	const { wish, hasFolder } = orderSchema.safeParse(order).data ?? {};
	if (!wish) return true;
	if (hasFolder === false) return !workspace.workspaceFolders;
	return openRoots(wish.destination).some((root) => isWithin(targetOf(wish), root));
}

/** The folder that must be open for the pictures of an order to be saved, as people name it. */
export function folderNameOf(order: unknown): string {
	const wish = wishOf(order);
	if (!wish) return '';
	const target = targetOf(wish);
	const root = wish.destination.roots.find((each) => isWithin(target, each)) ?? target;
	return nameOfPath(root) || root;
}

/** The file, where the order names it; else where its templates begin. */
function targetOf({ exact, destination }: Wish): string {
	return exact?.path ?? destination.base;
}

/** Folders that were closed since are not written into. */
function insideOf(wish: Wish): Wish {
	return { ...wish, destination: { ...wish.destination, roots: openRoots(wish.destination) } };
}

function openRoots({ uri: home, roots }: Destination): string[] {
	const folders = workspace.workspaceFolders?.map((folder) => folder.uri) ?? [];
	const here = folders.filter(({ scheme, authority }) => scheme === home.scheme && authority === home.authority);
	return roots.filter((root) => here.some(({ path }) => path === root));
}

const uri = z
	.object({
		scheme: z.string().min(1),
		authority: z.string().default(''),
		path: z.string(),
		query: z.string().default(''),
		fragment: z.string().default(''),
	})
	.transform((parts) => Uri.from(parts));

const { size, rect, margins, strength } = changeShapes;
const sizeWish = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('pixels'), size }),
	z.object({ kind: z.literal('ratio'), ratio: size }),
]);

const changeWish = z.discriminatedUnion('operation', [
	z.object({
		operation: z.literal('edit'),
		image: uri,
		mask: z.union([z.array(rect), paintedSchema, uri]).optional(),
		markup: uri.optional(),
		references: z.array(uri).optional(),
	}),
	z.object({ operation: z.literal('expand'), image: uri, by: z.union([margins, size]) }),
	z.object({ operation: z.literal('vary'), image: uri, strength }),
]);

const wishSchema = z.object({
	prompt: z.string(),
	addition: z.string().exactOptional(),
	model: z.string(),
	size: sizeWish.optional(),
	n: z.int().min(1),
	already: z.int().min(0).exactOptional(),
	options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
	change: changeWish.optional(),
	format: z.enum(requestableFormats).optional(),
	folder: z.string().optional(),
	fileName: z.string().optional(),
	exact: z.object({ path: z.string(), replaces: z.string().exactOptional() }).exactOptional(),
	destination: z.object({
		uri,
		base: z.string(),
		documentFolder: z.string(),
		documentBaseName: z.string(),
		pointedAt: z.boolean(),
		roots: z.array(z.string()),
	}),
	document: uri.optional(),
	recipe: z.object({ file: uri, cell: z.int().min(0).exactOptional(), hash: z.string() }).exactOptional(),
}) satisfies z.ZodType<Wish>;

const orderSchema = z.object({
	wish: wishSchema,
	/** The window had a folder open. */
	hasFolder: z.boolean(),
	begun: changeSchema.exactOptional(),
});
