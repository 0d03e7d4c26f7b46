import { type Disposable, l10n, StatusBarAlignment, type StatusBarItem, window } from 'vscode';
import { Leaving } from '../generation/leaving';
import { asText } from '../domain/plainText';
import { asLabel } from './tell';

interface RunningJob {
	readonly title: string;
	readonly controller: AbortController;
}

/** The jobs under way: shown in the status bar while there are any, and cancelled from there. */
export class RunningJobs implements Disposable {
	readonly #jobs = new Set<RunningJob>();
	#item: StatusBarItem | undefined;

	/** Runs `work` as a job. `controller` aborts it; so does the person through the status bar. */
	async track<T>(title: string, controller: AbortController, work: () => Promise<T>): Promise<T> {
		const job = { title, controller };
		this.#jobs.add(job);
		this.#show();
		try {
			return await work();
		} finally {
			this.#jobs.delete(job);
			this.#show();
		}
	}

	/** A list of the jobs; the chosen one is cancelled. */
	async pickAndCancel(): Promise<void> {
		const jobs = [...this.#jobs].map((job) => ({ label: asLabel(job.title), job }));
		const placeHolder = jobs.length > 0 ? l10n.t('Choose a job to cancel it') : l10n.t('No pictures are being made');
		const chosen = await window.showQuickPick(jobs, { title: l10n.t('Running Jobs'), placeHolder });
		chosen?.job.controller.abort();
	}

	/** The window goes: what is under way is taken up again in the next one. */
	dispose(): void {
		for (const { controller } of this.#jobs) controller.abort(new Leaving());
		this.#item?.dispose();
	}

	#show(): void {
		this.#item ??= this.#createItem();
		const count = this.#jobs.size;
		if (count === 0) {
			this.#item.hide();
			return;
		}
		const words = count === 1 ? l10n.t('Limn: 1 job') : l10n.t('Limn: {0} jobs', count);
		const titles = [...this.#jobs].map(({ title }) => asText(title));
		this.#item.text = `$(loading~spin) ${words}`;
		this.#item.tooltip = titles.join('\n');
		this.#item.accessibilityInformation = { label: [words, ...titles].join(', ') };
		this.#item.show();
	}

	#createItem(): StatusBarItem {
		const item = window.createStatusBarItem('limn.jobs', StatusBarAlignment.Left, 0);
		item.name = l10n.t('Limn: Pictures Being Made');
		item.command = 'limn.showJobs';
		return item;
	}
}
