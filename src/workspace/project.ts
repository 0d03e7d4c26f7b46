import { type TextDocument, type Uri, workspace } from 'vscode';
import { languageOf } from '../documents/languages/languages';
import { isNotebook } from '../recipes/fileDocuments';
import type { FileFinding } from '../recipes/findings';
import type { Digest } from '../recipes/made';
import {
	type Depth,
	findingsIn,
	largestFile,
	type ScannedDocument,
	scanDocument,
	scanText,
	textOf,
} from '../recipes/scan';
import { survey, type Survey } from '../recipes/survey';
import { inParallel, Turns } from '../recipes/turns';
import { fileOf } from './destination';
import { Look, whereabouts } from './look';
import { Place, turnPorts } from './place';
import { openNotebookOf, openTextOf, textOfNotebook } from './unsaved';

/** What is looked at: one file (a notebook's cell stands for its file), or all folders of the workspace. */
export type Scope = Uri | 'workspace';

/** A document with recipes, compared with its pictures. */
export interface SurveyedDocument {
	/** Of the file. */
	readonly uri: Uri;
	/** In a notebook, zero-based. */
	readonly cell?: number;
	readonly survey: Survey;
	/** Of the cell in a notebook. Places of the survey are places in it. */
	readonly text: string;
}

/** What was found wrong. */
export interface Check {
	/** File by file, in the order of the text. */
	readonly findings: readonly ProjectFinding[];
	/** Files that were not looked into. */
	readonly tooLarge: readonly Uri[];
}

/** `uri`: of the file. */
export type ProjectFinding = FileFinding & { readonly uri: Uri };

interface Parts {
	readonly digest: Digest;
	/** The setting `limn.insert.siteRoots`. */
	readonly siteRootsFor: (document: Uri) => readonly string[];
}

/** How many documents are compared with their pictures at a time: each waits for the disk. */
const surveysAtOnce = 8;

/** What a scope holds. */
interface Found {
	readonly documents: readonly { readonly uri: Uri; readonly document: ScannedDocument }[];
	readonly tooLarge: readonly Uri[];
}

/**
 * The documents of the workspace and their pictures. Looks only: writes nothing, sends nothing, and asks nobody. What somebody is writing
 * goes before what is in the file. A look that is cancelled rejects with the reason of its signal.
 */
export class Project {
	readonly #places = new Map<string, Place>();

	constructor(readonly parts: Parts) {}

	/**
	 * The documents that have recipes. Reads no picture: whose they are is not known then, and `own` is always false. `undefined`: the file cannot
	 * be read.
	 */
	async surveys(scope: Scope, signal?: AbortSignal): Promise<readonly SurveyedDocument[] | undefined> {
		const look = this.#look({ readsPictures: false });
		const found = await this.#find(scope, 'recipes', look, signal);
		if (!found) return undefined;
		const withRecipes = found.documents.filter(({ document }) => document.hasRecipes);
		return forEach(withRecipes, signal, async ({ uri, document }) => {
			const { cell, text } = document;
			const surveyed = await survey(document, look.picturesOf(uri));
			return { uri, text, survey: surveyed, ...(cell !== undefined && { cell }) };
		});
	}

	/** What is wrong with the pictures of the documents. Reads no picture. `undefined`: the file cannot be read. */
	async check(scope: Scope, signal?: AbortSignal): Promise<Check | undefined> {
		const look = this.#look({ readsPictures: false });
		const found = await this.#find(scope, 'everything', look, signal);
		if (!found) return undefined;
		const findings = await forEach(found.documents, signal, async ({ uri, document }) => {
			const own = await findingsIn(document, look.picturesOf(uri));
			return own.map((finding) => Object.assign(finding, { uri }));
		});
		return { findings: findings.flat(), tooLarge: found.tooLarge };
	}

	/** A cell of a notebook that is not open, compared with its pictures. */
	async surveyOfCell(file: Uri, text: string): Promise<Survey> {
		const { path } = file;
		const language = languageOf('markdown', path);
		return survey({ path, text, language }, this.#look({ readsPictures: true }).picturesOf(file));
	}

	/** An open document, a notebook's cell too, compared with its pictures: cheap enough to be done after every edit. */
	async surveyOf(document: TextDocument): Promise<Survey> {
		const at = whereabouts(document.uri);
		if (!at) return { recipes: [], pictures: [] };
		const { path } = at;
		const language = languageOf(document.languageId, path);
		const text = document.getText();
		if (text.length > largestFile) return { recipes: [], pictures: [] };
		return survey({ path, text, language }, this.#look({ readsPictures: true }).picturesOf(at));
	}

	#look({ readsPictures }: { readonly readsPictures: boolean }): Look {
		return new Look({ ...this.parts, readsPictures, placeOf: (uri) => this.#placeOf(uri) });
	}

	#placeOf(uri: Uri): Place {
		const base = uri.with({ path: '/', query: '', fragment: '' });
		const key = base.toString();
		const place = this.#places.get(key) ?? new Place(base, this.parts.digest);
		this.#places.set(key, place);
		return place;
	}

	async #find(scope: Scope, depth: Depth, look: Look, signal?: AbortSignal): Promise<Found | undefined> {
		return scope === 'workspace' ? this.#findAll(depth, look, signal) : this.#findIn(fileOf(scope) ?? scope);
	}

	async #findAll(depth: Depth, look: Look, signal?: AbortSignal): Promise<Found> {
		const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri);
		const found: Found[] = [];
		for (const place of new Set(folders.map((folder) => this.#placeOf(folder)))) {
			const own = folders.filter((folder) => this.#placeOf(folder) === place);
			const { documents, tooLarge } = await place.scan(own, depth, look.treeOf(place), signal);
			const uriOf = (path: string) => place.uriOf(path);
			const located = documents.map((document) => ({ uri: uriOf(document.path), document }));
			found.push({ documents: located, tooLarge: tooLarge.map(uriOf) });
		}
		return {
			documents: found.flatMap(({ documents }) => documents),
			tooLarge: found.flatMap(({ tooLarge }) => tooLarge),
		};
	}

	async #findIn(uri: Uri): Promise<Found | undefined> {
		const path = whereabouts(uri)?.path;
		const text = await this.#textOf(uri);
		if (path === undefined || text === undefined) return undefined;
		if (text.length > largestFile) return { documents: [], tooLarge: [uri] };
		const languageId = openTextOf(uri)?.languageId;
		const documents =
			languageId === undefined || isNotebook(path)
				? scanText(path, text)
				: [scanDocument({ path, text, language: languageOf(languageId, path) }) ?? []].flat();
		return { documents: documents.map((document) => ({ uri, document })), tooLarge: [] };
	}

	async #textOf(uri: Uri): Promise<string | undefined> {
		const notebook = openNotebookOf(uri);
		if (notebook) return textOfNotebook(notebook);
		const open = openTextOf(uri);
		if (open) return open.getText();
		const bytes = await this.#placeOf(uri).tree.read(uri.path);
		return bytes && textOf(bytes);
	}
}

/** Works on documents and gives the results in their order, with turns for everybody else. */
async function forEach<T, R>(
	documents: readonly T[],
	signal: AbortSignal | undefined,
	work: (document: T) => Promise<R>,
): Promise<R[]> {
	const turns = new Turns(turnPorts);
	return inParallel(documents, surveysAtOnce, async (document) => {
		signal?.throwIfAborted();
		return turns.run(async () => work(document));
	});
}
