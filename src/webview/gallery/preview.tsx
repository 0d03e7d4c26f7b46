import { batch, useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { l10n } from '../words';
import { known } from './cards';
import { focusWanted, openPicture, previewed } from './choosing';
import { ids, placeOf } from './pictures';
import { choose } from './selection';
import { Thumb } from './thumb';
import { useLook } from './useLook';

/** A picture, large, over the grid: the space bar opens and closes it, the arrows go on in it. */
export function Preview({ id }: { readonly id: string }) {
	const dialog = useRef<HTMLDialogElement>(null);
	const spoiled = useSignal<string | undefined>(undefined);
	const { seen } = useLook(id);
	const card = known(id).value?.card;
	useLayoutEffect(() => {
		dialog.current?.showModal();
	}, []);
	const uri = seen?.picture?.uri;
	return (
		<dialog
			ref={dialog}
			class="preview"
			tabIndex={-1}
			aria-label={l10n.t('Preview of {0}', card?.name ?? l10n.t('a picture'))}
			onKeyDown={(pressed) => walk(pressed, id)}
			onCancel={end}
			onClick={end}
		>
			{uri === undefined || spoiled.value === uri ? (
				<div class="small">
					<Thumb id={id} />
				</div>
			) : (
				<img key={id} src={uri} alt={card?.prompt.slice(0, 200) ?? ''} onError={() => (spoiled.value = uri)} />
			)}
			<p class="caption foreign" dir="auto">
				{card?.prompt.slice(0, 300) || card?.name}
			</p>
		</dialog>
	);
}

function end(): void {
	batch(() => {
		focusWanted.value = previewed.peek();
		previewed.value = undefined;
	});
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

function walk(pressed: KeyboardEvent, id: string): void {
	const step = steps[pressed.key];
	const next = step === undefined ? undefined : ids.peek()[placeOf(id) + step];
	if (pressed.key === ' ' || pressed.key === 'Escape') end();
	else if (pressed.key === 'Enter') openPicture(id);
	else if (step === undefined) return;
	else if (next !== undefined) {
		choose(next, 'alone', ids.peek());
		previewed.value = next;
	}
	pressed.preventDefault();
}
