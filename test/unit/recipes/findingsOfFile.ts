import type { FileFinding } from '../../../src/recipes/findings';
import { findingsIn, scanText } from '../../../src/recipes/scan';
import type { PictureFiles } from '../../../src/recipes/survey';

/** What is wrong in a file, looked into by itself. */
export async function findingsOfFile(path: string, text: string, files: PictureFiles): Promise<FileFinding[]> {
	const found = await Promise.all(scanText(path, text).map(async (document) => findingsIn(document, files)));
	return found.flat();
}
