import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { DetailView } from '../../protocol/views';
import { Icon } from '../icon';
import { picture } from '../kept';
import { l10n } from '../words';
import { ActionButton } from './actionButton';
import { favour, perform } from './actions';
import { close } from './choosing';
import { DetailActions } from './detailActions';
import { Facts } from './facts';
import { FailureBanner } from './banners';
import { Lineage } from './lineage';
import { ids, placeOf } from './pictures';
import { active } from './selection';
import { wholePicture } from './sight';
import { Thumb } from './thumb';
import { useLook } from './useLook';
import { Viewer } from './viewer';

/** One picture, with all that is known of it and all that can be done with it. */
export function Detail({ id }: { readonly id: string }) {
	const { seen, failure, again } = useLook(id);
	const element = useRef<HTMLDivElement>(null);
	useFocus(element, id, seen?.picture?.uri);
	useEffect(() => void (active.value = id), [id]);
	return (
		<div class="detail" ref={element} tabIndex={-1} onKeyDown={(pressed) => key(pressed, id, seen)}>
			<DetailHead id={id} name={seen?.card.name} />
			{failure !== undefined && <FailureBanner text={failure} onAgain={again} />}
			{seen && (
				<div class="halves">
					<Picture key={id} seen={seen} />
					<div class="about">
						<DetailActions seen={seen} />
						<Facts seen={seen} />
						<Lineage seen={seen} />
					</div>
				</div>
			)}
		</div>
	);
}

function DetailHead({ id, name }: { readonly id: string; readonly name: string | undefined }) {
	const place = placeOf(id);
	const [before, after] = [ids.value[place - 1], place < 0 ? undefined : ids.value[place + 1]];
	return (
		<div class="head">
			<ActionButton icon="arrow-left" text={l10n.t('Back')} onPress={close} />
			<h2 class="foreign" dir="auto" title={name}>
				{name}
			</h2>
			<ActionButton
				icon="chevron-left"
				text={l10n.t('Previous Picture')}
				isBare
				refused={before === undefined ? l10n.t('This is the first one.') : undefined}
				onPress={() => walk(before)}
			/>
			<ActionButton
				icon="chevron-right"
				text={l10n.t('Next Picture')}
				isBare
				refused={after === undefined ? l10n.t('This is the last one.') : undefined}
				onPress={() => walk(after)}
			/>
		</div>
	);
}

function Picture({ seen: { card, picture: whole, problem, prompt } }: { readonly seen: DetailView }) {
	const sight = useSignal(wholePicture);
	return (
		<div class="stage">
			{whole ? (
				<Viewer
					picture={{ picture: whole, alt: prompt.slice(0, 200) || card.name }}
					sight={sight}
					label={l10n.t('Picture')}
				/>
			) : (
				<div class="absent">
					<Thumb id={card.id} />
				</div>
			)}
			{problem !== undefined && (
				<div class="banner warning">
					<Icon name="warning" />
					<p>{problem}</p>
				</div>
			)}
			{whole && !whole.isWhole && (
				<p class="note">
					<span class="badge">{l10n.t('Shown smaller')}</span> {l10n.t('Open it in the editor to see every pixel.')}
				</p>
			)}
		</div>
	);
}

/** The keys belong to the picture as soon as it is there; but nothing is taken from who is at another place in here. */
function useFocus(element: { readonly current: HTMLElement | null }, id: string, uri: string | undefined) {
	useLayoutEffect(() => {
		const within = element.current?.contains(document.activeElement) && document.activeElement !== element.current;
		if (within) return;
		const viewer = element.current?.querySelector<HTMLElement>('.viewer');
		(viewer ?? element.current)?.focus({ preventScroll: true });
	}, [id, uri]);
}

function walk(to: string | undefined): void {
	if (to !== undefined) picture.value = to;
}

/** Keys that no field and no button has a use for. */
function key(pressed: KeyboardEvent, id: string, seen: DetailView | undefined): void {
	if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.target instanceof HTMLInputElement) return;
	const place = placeOf(id);
	const isOnPicture = pressed.target instanceof Element && pressed.target.matches('.viewer, .detail');
	if (pressed.key === 'Escape') close();
	else if (pressed.key === 'PageUp' || (isOnPicture && pressed.key === 'ArrowLeft')) walk(ids.peek()[place - 1]);
	else if (pressed.key === 'PageDown' || (isOnPicture && pressed.key === 'ArrowRight'))
		walk(place < 0 ? undefined : ids.peek()[place + 1]);
	else if (pressed.key === 'Delete') void perform(seen?.card.isMissing ? 'forget' : 'delete', [id]);
	else if (pressed.key === 'f' || pressed.key === '.') void favour([id], !seen?.card.isFavourite);
	else return;
	pressed.preventDefault();
}
