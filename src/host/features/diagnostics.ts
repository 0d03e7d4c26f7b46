import { Diagnostic, DiagnosticSeverity, Disposable, languages, Range, type TextDocument, workspace } from 'vscode';
import * as z from 'zod';
import { languageOf } from '../../documents/languages/languages';
import { type Finding, findingsOf } from '../../recipes/findings';
import { settingFor } from '../settings';
import { translate } from '../translate';
import type { DocumentSurveys } from './documentSurveys';

/** Milliseconds without a change of the text before it is looked at. */
const calm = 300;

/** What is wrong with the pictures of the open documents, in *Problems* and below the words; information, not errors. */
export class PictureDiagnostics implements Disposable {
	readonly #collection = languages.createDiagnosticCollection('limn');
	readonly #timers = new Map<string, NodeJS.Timeout>();
	readonly #listeners: Disposable;

	constructor(readonly surveys: DocumentSurveys) {
		const all = () => {
			for (const document of workspace.textDocuments) this.#soon(document);
		};
		this.#listeners = Disposable.from(
			workspace.onDidOpenTextDocument((document) => this.#soon(document)),
			workspace.onDidChangeTextDocument(({ document }) => this.#soon(document)),
			workspace.onDidCloseTextDocument((document) => this.#forget(document)),
			workspace.onDidChangeConfiguration((event) => {
				if (event.affectsConfiguration('limn') || event.affectsConfiguration('markdown.validate')) all();
			}),
			surveys.onDidChange(all),
			this.#collection,
		);
		all();
	}

	dispose(): void {
		for (const timer of this.#timers.values()) clearTimeout(timer);
		this.#listeners.dispose();
	}

	#soon(document: TextDocument): void {
		if (!isShown(document)) return;
		const key = document.uri.toString();
		clearTimeout(this.#timers.get(key));
		this.#timers.set(
			key,
			setTimeout(() => {
				this.#timers.delete(key);
				this.#look(document).catch(() => this.#collection.delete(document.uri));
			}, calm),
		);
	}

	async #look(document: TextDocument): Promise<void> {
		if (!settingFor('diagnostics.enabled', document.uri)) return this.#collection.delete(document.uri);
		const { version } = document;
		const findings = findingsOf(await this.surveys.of(document));
		// Who looked later knows better.
		if (document.isClosed || document.version !== version) return;
		const markdownReports = document.languageId === 'markdown' && validatesLinks(document);
		const shown = findings.filter(({ kind }) => kind !== 'no-alt' && !(kind === 'broken-link' && markdownReports));
		this.#collection.set(
			document.uri,
			shown.map((finding) => diagnosticOf(document, finding)),
		);
	}

	#forget({ uri }: TextDocument): void {
		clearTimeout(this.#timers.get(uri.toString()));
		this.#collection.delete(uri);
	}
}

/** Neither Git's old versions nor the output nor other extensions' texts. */
function isShown({ uri, languageId }: TextDocument): boolean {
	const isWritten =
		['untitled', 'vscode-notebook-cell'].includes(uri.scheme) || workspace.fs.isWritableFileSystem(uri.scheme);
	return isWritten === true && languageOf(languageId, uri.path).read !== undefined;
}

function diagnosticOf(document: TextDocument, { kind, span: whole, message, recipe }: Finding): Diagnostic {
	// Under the prompt alone: a whole comment underlined is loud.
	const span = recipe && recipe.recipe.prompt !== '' ? recipe.recipe.promptSpan : whole;
	const range = new Range(document.positionAt(span.start), document.positionAt(span.end));
	const diagnostic = new Diagnostic(range, translate(message), DiagnosticSeverity.Information);
	diagnostic.source = 'Limn';
	diagnostic.code = kind;
	return diagnostic;
}

const validation = z.object({ enabled: z.boolean().catch(false), fileLinks: z.string().catch('warning') });

/** Whether the editor's own Markdown support reports links to files that are not there, of pictures too. */
function validatesLinks({ uri }: TextDocument): boolean {
	const configuration = workspace.getConfiguration('markdown.validate', uri);
	const { enabled, fileLinks } = validation.parse({
		enabled: configuration.get('enabled'),
		fileLinks: configuration.get('fileLinks.enabled'),
	});
	return enabled && fileLinks !== 'ignore';
}
