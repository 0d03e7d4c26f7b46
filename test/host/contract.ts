import { commands } from 'vscode';
import * as z from 'zod';
import { failureShape, type Result, resultShape } from '../contractShapes';

export type { Result, SavedImage } from '../contractShapes';

export const failure = failureShape;

/** What a command returned. */
export function parseResult(value: unknown): Result {
	return resultShape.parse(value);
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
