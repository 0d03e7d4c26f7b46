import { appendFile, mkdir } from 'node:fs/promises';
import path from 'node:path';

/** Adds text to the end of a file, which is made where it is missing. Two windows may do so at once: a short text stays whole. */
export async function appendText(file: string, text: string): Promise<void> {
	await mkdir(path.dirname(file), { recursive: true });
	await appendFile(file, text);
}
