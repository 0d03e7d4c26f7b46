import { load } from 'exifreader';
import { commands, window } from 'vscode';
import * as z from 'zod';

const limnRecipe = z.object({
	kind: z.literal('limn'),
	record: z.looseObject({
		prompt: z.string(),
		model: z.string(),
		seed: z.string().optional(),
		created: z.string().optional(),
	}),
});
const a1111Recipe = z.object({
	kind: z.literal('a1111'),
	prompt: z.string(),
	negative: z.string().optional(),
	parameters: z.array(z.tuple([z.string(), z.string()])),
});
const shown = z.strictObject({
	recipe: z.union([limnRecipe, a1111Recipe]).optional(),
	signed: z.boolean(),
	failure: z.looseObject({ code: z.string() }).optional(),
});

/** *Show Image Recipe*. */
export async function show(image: unknown): Promise<z.infer<typeof shown>> {
	return shown.parse(await commands.executeCommand('limn.showRecipe', { image }));
}

/** The text of the sheet in front. */
export function sheet(): string {
	return window.activeTextEditor?.document.getText() ?? '';
}

/** What another program reads in a picture's file: Limn's record, and what made it as the IPTC names that. */
export function readByOthers(file: Buffer): { record: Readonly<Record<string, unknown>>; source: string } | undefined {
	const { xmp } = load(file, { expanded: true });
	const text: unknown = xmp?.['Record']?.value;
	if (typeof text !== 'string') return undefined;
	const source = z.string().parse(xmp?.['DigitalSourceType']?.value).replace(/^.*\//, '');
	return { record: z.record(z.string(), z.unknown()).parse(JSON.parse(text)), source };
}
