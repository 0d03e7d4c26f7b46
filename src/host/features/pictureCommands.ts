import type { Uri } from 'vscode';
import { imageArguments, parseArguments } from '../arguments';

/** The picture that such a link names: `{ image }`, a URI as text. */
export function pictureOf(argument: unknown): Uri | undefined {
	const parsed = parseArguments(imageArguments, argument);
	return 'value' in parsed ? parsed.value.image : undefined;
}
