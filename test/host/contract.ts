import { commands } from 'vscode';
import * as z from 'zod';
import { failureCodes } from '../../src/domain/imageError';

/** The shapes of CONTRACT.md, section 2, strict: a field too many is a finding too. */
const savedImage = z.strictObject({
	id: z.string().min(1),
	uri: z.string(),
	width: z.int(),
	height: z.int(),
	mimeType: z.string(),
	operation: z.enum(['generate', 'edit', 'expand', 'vary']),
	prompt: z.string(),
	revisedPrompt: z.string().optional(),
	model: z.string(),
	seed: z.string().optional(),
	costUsd: z.number().optional(),
	parent: z.string().optional(),
	changedOutsideMask: z.number().optional(),
});

export const failure = z.strictObject({
	code: z.enum(failureCodes),
	message: z.string().min(1),
	provider: z.string().optional(),
	requestId: z.string().optional(),
	charged: z.enum(['no', 'yes', 'unknown']),
});

const result = z.strictObject({
	images: z.array(savedImage),
	failures: z.array(failure),
	warnings: z.array(z.string()),
	cost: z.strictObject({ usd: z.number(), estimated: z.boolean() }).optional(),
});

export type Result = z.infer<typeof result>;
export type SavedImage = z.infer<typeof savedImage>;

/** What a command returned. */
export function parseResult(value: unknown): Result {
	return result.parse(value);
}

const inserted = z.strictObject({ inserted: z.string(), failure: failure.optional() });

/** Calls a command that makes pictures, without questions, as another extension would. */
export async function call(
	command: 'limn.generate' | 'limn.generateFromSelection' | 'limn.edit' | 'limn.expand' | 'limn.vary',
	argument: Readonly<Record<string, unknown>>,
): Promise<Result> {
	return parseResult(await commands.executeCommand(command, { silent: true, ...argument }));
}

/** `limn.generate`. */
export async function generate(argument: Readonly<Record<string, unknown>>): Promise<Result> {
	return call('limn.generate', argument);
}

/** `limn.insert`. */
export async function insert(argument: object): Promise<z.infer<typeof inserted>> {
	return inserted.parse(await commands.executeCommand('limn.insert', argument));
}
