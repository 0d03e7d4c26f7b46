import { Uri } from 'vscode';
import { type ImageError, isImageError } from '../../domain/imageError';
import { destinationFor } from '../../workspace/destination';
import { generateToolArguments, parseToolArguments } from '../../agents/toolArguments';
import { folderNamed, noFolder } from './insideWorkspace';
import type { ToolWish } from './imageTool';
import { segmentsOf } from '../../agents/toolPath';

/** What a call of `limn_generate_image` asks for. */
export async function readGeneration(input: unknown): Promise<ToolWish | ImageError> {
	const parsed = parseToolArguments(generateToolArguments, input);
	if ('error' in parsed) return parsed.error;
	const { path, alt, ...asked } = parsed.value;
	const target = path === undefined ? undefined : targetOf(path);
	if (isImageError(target)) return target;
	const destination = destinationFor(target?.document);
	return destination ? { wish: { ...asked, options: {}, destination, ...target }, alt } : noFolder;
}

/** Where the picture goes by the agent's own path, in the words of a wish. */
function targetOf(path: string) {
	const segments = segmentsOf(path);
	if (isImageError(segments)) return segments;
	const found = folderNamed(segments);
	if (!found) return noFolder;
	const { folder, rest } = found;
	return { document: Uri.joinPath(folder, ...rest), folder: '${documentFolder}', fileName: rest.at(-1) };
}
