import type { DocumentLanguage } from './languages/language';
import { isWithin } from './paths';
import { resolveLink } from './resolveLink';
import { type LinkInUse, servedFolders, type Surroundings } from './sites';

/** A text whose links tell how pictures are linked in a project. */
export interface Linking {
	readonly path: string;
	readonly text: string;
	readonly language: DocumentLanguage;
}

/** Of one document: more say nothing more. */
const mostLinks = 20;

/** The links of a document to files below folders that a site may serve. `surroundings`: those of any document of the project. */
export async function linksInUse(
	{ path, text, language }: Linking,
	surroundings: Surroundings,
	exists: (path: string) => Promise<boolean>,
): Promise<readonly LinkInUse[]> {
	const { read, baseOf } = language;
	const own = { ...surroundings, document: path, base: baseOf?.(text) };
	const served = servedFolders(surroundings);
	const links = (read?.(text).pictures ?? []).flatMap((link) => {
		const end = resolveLink(link, own);
		const candidates = end.kind === 'file' ? end.candidates : [];
		const isServed = candidates.some((candidate) => served.some(({ folder }) => isWithin(candidate, folder)));
		return isServed ? [{ candidates, rooted: link.href.startsWith('/') }] : [];
	});
	const found = links.slice(0, mostLinks).map(async ({ candidates, rooted }) => {
		for (const candidate of candidates) if (await exists(candidate)) return [{ path: candidate, rooted }];
		return [];
	});
	return (await Promise.all(found)).flat();
}
