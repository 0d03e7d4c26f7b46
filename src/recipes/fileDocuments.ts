import { languageOf, languageOfFile } from '../documents/languages/languages';
import { markdownCells } from '../documents/notebook/notebook';
import type { SurveyDocument } from './survey';

/** The documents that a file is made of: itself, or the Markdown cells of a notebook. None: it is written in no language that can be read. */
export function documentsOf(path: string, text: string): readonly (SurveyDocument & { readonly cell?: number })[] {
	if (isNotebook(path)) {
		const language = languageOf('markdown', path);
		return markdownCells(text).map(({ index, text: cellText }) => ({ path, text: cellText, language, cell: index }));
	}
	const language = languageOfFile(path);
	return language ? [{ path, text, language }] : [];
}

/** Whether a file is a notebook by its name. */
export function isNotebook(path: string): boolean {
	return /\.ipynb$/i.test(path);
}
