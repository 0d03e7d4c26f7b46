import { linesOf } from '../text/lines';

const comment = /^\/\/(?!\/[^/])/;
const attribute = /^:(!?)([\p{L}\p{N}_][^:]*?)(!?):(?:[ \t]+(.*))?$/u;

/** What the document's header says that pictures are relative to: the attribute `imagesdir`. Where it is set further down it is not looked for. */
export function baseOfAsciidoc(text: string): string | undefined {
	let base: string | undefined;
	let isTitled = false;
	for (const { start, end } of linesOf(text)) {
		const line = text.slice(start, end).trimEnd();
		const [, unset, name, unsetToo, value = ''] = attribute.exec(line) ?? [];
		if (name === 'imagesdir') base = unset || unsetToo || value === '' ? undefined : value;
		if (line === '') isTitled = false;
		else if (/^[=#][ \t]/.test(line)) isTitled = true;
		// Below the title are the author and the revision.
		else if (name === undefined && !isTitled && !comment.test(line)) break;
	}
	return base;
}
