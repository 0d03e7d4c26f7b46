import { fileURLToPath } from 'node:url';
import { outcomeLines } from '../agents/toolWords';
import { formatUsd } from '../catalogue/price';
import { languageOf } from '../documents/languages/languages';
import { writeReference } from '../documents/languages/writeReference';
import type { JobResult, SavedImage } from '../domain/picture';
import { asText } from '../domain/plainText';
import { resultIn } from '../domain/result';
import { exitCodes, type Program } from './command';
import type { Given } from './flags';
import type { Start } from './jobs';
import { nameIn, pathOf, type Root } from './paths';
import { inWords } from './words';

/** Says what came of an order, as it was asked for, and gives the exit code. */
export function tellResult(job: JobResult, given: Given, { out, err, signal }: Program, root: Root): number {
	const result = resultIn(job, inWords);
	if (given.has('json')) out(JSON.stringify(result));
	else {
		for (const image of result.images) out(lineOf(image, given.text('alt'), root));
		for (const line of outcomeLines(result)) err(inWords(line));
	}
	if (signal.aborted) return exitCodes.ended;
	return result.failures.length > 0 ? exitCodes.failed : exitCodes.done;
}

/** The path of a picture from the root on; a reference in Markdown where its alternative text is given. */
function lineOf({ uri, width, height }: SavedImage, alt: string | undefined, root: Root): string {
	const path = nameOf(uri, root);
	if (alt === undefined) return asText(path);
	return writeReference(languageOf('markdown', ''), { path, width, height, alt: asText(alt) });
}

/** A file by its address, from the root on. */
export function nameOf(uri: string, root: Root): string {
	return nameIn(root, pathOf(fileURLToPath(uri)));
}

/** What is said before anything is ordered. */
export function startWords({ model, n, usd }: Start): string {
	const count = n === 1 ? '1 picture' : `${n} pictures`;
	if (usd === 0) return `${asText(model)}: ${count}, free.`;
	return `${asText(model)}: ${count}, ${usd === undefined ? 'price unknown' : `about ${formatUsd(usd)}`}.`;
}
