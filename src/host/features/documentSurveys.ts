import { type Disposable, EventEmitter, type TextDocument, workspace } from 'vscode';
import type { Survey } from '../../recipes/survey';
import type { Project } from '../../workspace/project';

interface Known {
	/** Of the text and of the files, when the survey was made. */
	readonly version: number;
	readonly epoch: number;
	readonly survey: Promise<Survey>;
}

/** Milliseconds: many files change at once when a branch is changed. */
const calm = 200;

/** What open documents say of their pictures, compared with the files: once for each text, however many features ask. */
export class DocumentSurveys implements Disposable {
	readonly #known = new WeakMap<TextDocument, Known>();
	readonly #changes = new EventEmitter<void>();
	/** Files of pictures came, went or changed. */
	readonly onDidChange = this.#changes.event;
	readonly #watcher = workspace.createFileSystemWatcher('**/*.{png,jpg,jpeg,webp,gif,svg,avif}');
	#epoch = 0;
	#timer: NodeJS.Timeout | undefined;

	constructor(readonly project: Pick<Project, 'surveyOf'>) {
		const changed = () => this.#filesChanged();
		this.#watcher.onDidCreate(changed);
		this.#watcher.onDidChange(changed);
		this.#watcher.onDidDelete(changed);
	}

	async of(document: TextDocument): Promise<Survey> {
		const { version } = document;
		const known = this.#known.get(document);
		if (known?.version === version && known.epoch === this.#epoch) return known.survey;
		const survey = this.project.surveyOf(document);
		this.#known.set(document, { version, epoch: this.#epoch, survey });
		survey.catch(() => this.#known.delete(document));
		return survey;
	}

	/** Of the files as they are this moment, before something is done to them: a watcher tells of changes late. */
	async asOfNow(document: TextDocument): Promise<Survey> {
		this.#epoch++;
		return this.of(document);
	}

	/** A picture was made, perhaps where no watcher looks. */
	refresh(): void {
		this.#filesChanged();
	}

	dispose(): void {
		clearTimeout(this.#timer);
		this.#watcher.dispose();
		this.#changes.dispose();
	}

	#filesChanged(): void {
		this.#epoch++;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#changes.fire(), calm);
	}
}
