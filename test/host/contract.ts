import { commands } from 'vscode';
import type * as z from 'zod';
import { insertedShape, parseResult, type Result } from '../contractShapes';

export { failureShape as failure, parseResult, type Result, type SavedImage } from '../contractShapes';

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
export async function insert(argument: object): Promise<z.infer<typeof insertedShape>> {
	return insertedShape.parse(await commands.executeCommand('limn.insert', argument));
}
