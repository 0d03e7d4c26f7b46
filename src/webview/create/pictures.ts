import { computed, signal } from '@preact/signals';
import { largestDrop, mostReferences } from '../../protocol/limits';
import type { ReferenceView } from '../../protocol/views';
import { host } from '../connection';
import { l10n } from '../words';
import { asked, reasonOf } from '../asking';
import type { FormModel } from './formModel';

/** Pictures that have been shown once, by id. `problem`: it cannot be shown, or is gone. */
const known = signal<ReadonlyMap<string, ReferenceView>>(new Map());
const underWay = new Set<string>();

function learn(views: readonly ReferenceView[]): void {
	known.value = new Map([...known.peek(), ...views.map((view) => [view.id, view] as const)]);
}

/** How a picture is shown; `undefined` until the host has said it. */
export function viewOf(id: string): ReferenceView | undefined {
	const view = known.value.get(id);
	if (!view && !underWay.has(id)) void askFor(id);
	return view;
}

async function askFor(id: string): Promise<void> {
	underWay.add(id);
	try {
		learn([await host.call('reference', { id })]);
	} catch (fault) {
		learn([{ id, name: l10n.t('Missing picture'), problem: reasonOf(fault) }]);
	} finally {
		underWay.delete(id);
	}
}

/** The pictures beside a form's prompt. */
export class Pictures {
	readonly problem = signal<string | undefined>(undefined);
	/** How many are on their way from the host. */
	readonly coming = signal(0);

	constructor(readonly form: FormModel) {}

	/** How many the model takes. */
	readonly most = computed(() => Math.min(this.form.view.value?.mostReferences ?? 0, mostReferences));

	readonly ids = computed(() => this.form.draft.value.references);

	async pick(): Promise<void> {
		await this.#add(() => host.call('pickReferences', {}));
	}

	/** Takes what is dropped: files by their bytes, those of the editor, which have none, by their addresses. */
	async drop({ uris, files }: Dropped): Promise<void> {
		if (files.length > 0) await this.addFiles(files);
		else if (uris.length > 0) await this.#add(() => host.call('dropFiles', { uris }));
	}

	/** Pictures from outside of the editor. Those that are too large are not even read. */
	async addFiles(files: readonly File[]): Promise<void> {
		const some = files.slice(0, mostReferences);
		for (const file of some.filter(({ size }) => size <= largestDrop)) {
			await this.#add(async () => {
				const bytes = new Uint8Array(await file.arrayBuffer());
				return [await host.call('dropBytes', { name: file.name.slice(0, 300), bytes })];
			});
		}
		const tooLarge = some.find(({ size }) => size > largestDrop);
		if (tooLarge) this.problem.value = l10n.t('{0} is larger than 64 MB.', tooLarge.name);
	}

	remove(id: string): void {
		this.#keep(this.ids.peek().filter((other) => other !== id));
		this.problem.value = undefined;
	}

	removeAll(): void {
		this.#keep([]);
	}

	async #add(ask: () => Promise<readonly ReferenceView[]>): Promise<void> {
		this.coming.value++;
		const views = (await asked(ask(), this.problem)) ?? [];
		this.coming.value--;
		learn(views);
		const all = [...new Set([...this.ids.peek(), ...views.map(({ id }) => id)])];
		const most = this.most.peek();
		const kept = all.slice(0, Math.max(most, this.ids.peek().length));
		if (kept.length < all.length) this.problem.value = tooMany(most);
		if (views.length > 0) this.#keep(kept);
	}

	#keep(references: string[]): void {
		this.form.draft.value = { ...this.form.draft.peek(), references };
	}
}

function tooMany(most: number): string {
	if (most === 0) return l10n.t('This model takes no pictures beside the prompt.');
	return most === 1
		? l10n.t('This model takes one picture: the others were left out.')
		: l10n.t('This model takes {0} pictures: the others were left out.', most);
}

export interface Dropped {
	readonly uris: string[];
	readonly files: readonly File[];
}

/** The most addresses that one drop brings along. */
const mostDropped = 100;

/** What is in a drop. From elsewhere a file may come with its address, which the editor may not read. */
export function droppedIn(data: DataTransfer | null): Dropped {
	const list = data?.getData('application/vnd.code.uri-list') || data?.getData('text/uri-list') || '';
	const lines = list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#') && line.length <= 4000);
	return { uris: lines.slice(0, mostDropped), files: [...(data?.files ?? [])] };
}
