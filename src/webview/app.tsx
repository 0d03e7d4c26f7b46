import type { ComponentType } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { ViewName } from '../protocol/views';
import { state } from './connection';
import { CreateView } from './create/createView';
import { EditView } from './edit/editView';
import { GalleryView } from './gallery/galleryView';
import { picture, view } from './kept';
import { l10n } from './words';

interface Tab {
	readonly name: ViewName;
	readonly title: string;
	readonly View: ComponentType;
}

const tabs: readonly Tab[] = [
	{ name: 'create', title: l10n.t('Create'), View: CreateView },
	{ name: 'gallery', title: l10n.t('Gallery'), View: GalleryView },
	{ name: 'edit', title: l10n.t('Edit'), View: EditView },
];

/** The studio in an editor's tab: its views, one at a time. */
export function App() {
	useTop();
	if (!state.value)
		return (
			<p class="loading" role="status">
				{l10n.t('Loading…')}
			</p>
		);
	const shown = tabs.find(({ name }) => name === view.value) ?? tabs[0];
	return (
		<>
			<header>
				<h1 class="unseen">Limn</h1>
				<div class="tabs" role="tablist" aria-label={l10n.t('Views')} onKeyDown={walk}>
					{tabs.map(({ name, title }) => (
						<button
							key={name}
							id={`tab-${name}`}
							role="tab"
							type="button"
							aria-selected={view.value === name}
							aria-controls="view"
							tabIndex={view.value === name ? 0 : -1}
							onClick={() => (view.value = name)}
						>
							{title}
						</button>
					))}
				</div>
			</header>
			<main>
				<div id="view" role="tabpanel" aria-labelledby={`tab-${view.value}`}>
					{shown && <shown.View />}
				</div>
			</main>
		</>
	);
}

/** Left and right choose the neighbouring tab, as in every list of tabs. */
function walk(event: KeyboardEvent) {
	const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
	if (step === undefined) return;
	const index = tabs.findIndex(({ name }) => name === view.value);
	const next = tabs[(index + step + tabs.length) % tabs.length];
	if (!next) return;
	event.preventDefault();
	view.value = next.name;
	document.querySelector<HTMLElement>(`#tab-${next.name}`)?.focus();
}

/** The gallery alone, in the side bar. */
export function SideBar() {
	useTop();
	if (!state.value)
		return (
			<p class="loading" role="status">
				{l10n.t('Loading…')}
			</p>
		);
	return (
		<main>
			<h1 class="unseen">Limn</h1>
			<GalleryView />
		</main>
	);
}

/** What is shown next begins at its top, however far one had scrolled before. */
function useTop(): void {
	useLayoutEffect(() => scrollTo(0, 0), [view.value, picture.value]);
}
