import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Icon } from '../icon';
import { l10n } from '../words';
import { Picture } from './picture';
import { droppedIn, type Pictures, viewOf } from './pictures';

/** The pictures that the prompt speaks of: shown, taken in, taken away. */
export function References({ pictures }: { readonly pictures: Pictures }) {
	const { form, most, ids, coming, problem } = pictures;
	if (most.value === 0) return <NotTaken pictures={pictures} />;
	const isFull = ids.value.length >= most.value;
	return (
		<DropZone pictures={pictures}>
			<div class="above">
				<h2>{l10n.t('Reference images')}</h2>
				<span class="faint">{l10n.t('{0} of {1}', ids.value.length, most.value)}</span>
			</div>
			<List pictures={pictures} />
			<div class="add">
				<button
					type="button"
					class="button"
					aria-label={l10n.t('Add reference images')}
					disabled={isFull}
					onClick={() => void pictures.pick()}
				>
					<Icon name="add" />
					{l10n.t('Add…')}
				</button>
				<span class="faint">
					{coming.value > 0
						? l10n.t('Reading…')
						: l10n.t('or drop or paste pictures. Hold Shift while dragging from the editor.')}
				</span>
			</div>
			{ids.value.length > most.value && (
				<p class="mistake">
					{l10n.t('{0} takes at most {1} of these pictures.', form.view.value?.title ?? '', most.value)}
				</p>
			)}
			{problem.value !== undefined && (
				<p class="mistake foreign" role="alert">
					{problem.value}
				</p>
			)}
		</DropZone>
	);
}

function List({ pictures }: { readonly pictures: Pictures }) {
	if (pictures.ids.value.length === 0) return null;
	return (
		<ul class="thumbnails">
			{pictures.ids.value.map((id) => (
				<Reference key={id} id={id} pictures={pictures} />
			))}
		</ul>
	);
}

function Reference({ id, pictures }: { readonly id: string; readonly pictures: Pictures }) {
	const view = viewOf(id);
	const name = view?.name ?? l10n.t('Picture');
	return (
		<li class="thumbnail" title={view?.problem ?? name}>
			{view ? <Picture {...view} /> : <span class="picture waiting" />}
			<span class="unseen foreign">{name}</span>
			<button
				type="button"
				class="button icon"
				title={l10n.t('Remove')}
				aria-label={l10n.t('Remove {0}', name)}
				onClick={({ currentTarget }) => {
					// The button goes: the keyboard stays in its place.
					currentTarget.closest<HTMLElement>('.dropZone')?.focus();
					pictures.remove(id);
				}}
			>
				<Icon name="close" />
			</button>
		</li>
	);
}

/** Pictures that were taken in for another model. */
function NotTaken({ pictures }: { readonly pictures: Pictures }) {
	const { form, ids, problem } = pictures;
	const view = form.view.value;
	if (!view || (ids.value.length === 0 && problem.value === undefined)) return null;
	return (
		<div class="banner warning">
			<Icon name="warning" />
			<p>{l10n.t('{0} takes no pictures beside the prompt.', view.title)}</p>
			{ids.value.length > 0 && (
				<button type="button" class="button" onClick={() => pictures.removeAll()}>
					{l10n.t('Remove Pictures')}
				</button>
			)}
		</div>
	);
}

function DropZone({ pictures, children }: { readonly pictures: Pictures; readonly children: ComponentChildren }) {
	const isOver = useSignal(false);
	const over = (event: DragEvent) => {
		event.preventDefault();
		isOver.value = true;
	};
	const drop = (event: DragEvent) => {
		event.preventDefault();
		isOver.value = false;
		void pictures.drop(droppedIn(event.dataTransfer));
	};
	return (
		<div
			class={isOver.value ? 'dropZone over' : 'dropZone'}
			role="group"
			tabIndex={-1}
			aria-label={l10n.t('Reference images')}
			onDragOver={over}
			onDragLeave={() => (isOver.value = false)}
			onDrop={drop}
		>
			{children}
		</div>
	);
}
