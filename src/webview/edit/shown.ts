import { computed, signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { withMargins } from '../../domain/margins';
import type { Rect, Size } from '../../domain/size';
import type { DetailView } from '../../protocol/views';
import { type Look, useLook } from '../gallery/useLook';
import { l10n } from '../words';
import type { Staged } from './canvasState';
import { isComparing, looked } from './staging';

/** Characters of a prompt that say what a picture shows. */
const mostSaid = 200;

/** What is seen on the canvas. */
export interface Shown {
	readonly uri: string;
	/** What it shows, in a few words. */
	readonly alt: string;
	/** Where it lies, in pixels of the picture that is changed. */
	readonly place: Rect;
	/** It is the picture that is changed: it can be painted on. */
	readonly isSource: boolean;
}

/** What has come of looking at a result. */
const finding = signal<{ readonly id: string; readonly fault?: string } | undefined>(undefined);

const found = computed(() => (finding.value?.id === looked.value?.id ? finding.value : undefined));

/** Why the result that is looked at cannot be shown. */
export const fault = computed(() => found.value?.fault);

/** Why the result cannot be accepted: nobody has seen it. */
export const unacceptable = computed(() => (found.value ? fault.value : l10n.t('It is still being loaded.')));

/** Addresses that no picture could be read from. */
export const unreadable = signal<ReadonlySet<string>>(new Set());

/** The picture that is changed, or the result that is looked at. `undefined`: it cannot be shown. */
export function useShown(detail: DetailView | undefined): Shown | undefined {
	const result = looked.value;
	const look = useLook(result?.id);
	const last = useRef<Shown>(undefined);
	const why = faultOf(look);
	const isOver = look.seen !== undefined || look.failure !== undefined;
	useFinding(isOver ? result?.id : undefined, why);
	const picture = detail?.picture;
	useReading(picture?.uri);
	useReading(look.seen?.picture?.uri);
	if (!detail || !picture || unreadable.value.has(picture.uri)) return undefined;
	const source: Shown = {
		uri: picture.uri,
		alt: saidOf(detail),
		place: { x: 0, y: 0, width: picture.width, height: picture.height },
		isSource: result === undefined,
	};
	if (!result) last.current = undefined;
	if (!result || isComparing.value) return source;
	const shown = look.seen && resultOf(look.seen, result, picture);
	if (shown) last.current = shown;
	// Until it is there, what was seen before stays; in the place of one that never comes, the source.
	const isComing = look.seen === undefined && look.failure === undefined;
	return shown ?? (isComing ? last.current : undefined) ?? source;
}

function resultOf(detail: DetailView, { margins }: Staged, source: Size): Shown | undefined {
	const { picture } = detail;
	if (!picture || unreadable.value.has(picture.uri)) return undefined;
	const { left: x, top: y } = margins;
	const frame = { x: -x, y: -y, ...withMargins(source, margins) };
	return { uri: picture.uri, alt: saidOf(detail), place: fitted(picture, frame), isSource: false };
}

/** As wide as the frame and in the middle of it: where it is of another ratio it is higher, or less high. */
function fitted({ width, height }: Size, frame: Rect): Rect {
	const inFrame = (frame.width * height) / width;
	// A pixel of rounding is not worth being off the pixels of the source.
	const isSame = Math.abs(inFrame - frame.height) <= 1;
	return isSame ? frame : { ...frame, y: frame.y + (frame.height - inFrame) / 2, height: inFrame };
}

function saidOf({ prompt, card }: DetailView): string {
	return prompt.slice(0, mostSaid) || card.name;
}

function faultOf({ seen, failure }: Look): string | undefined {
	if (failure !== undefined) return failure;
	if (seen?.card.isMissing) return l10n.t('Its file is gone.');
	if (!seen || (seen.picture && !unreadable.value.has(seen.picture.uri))) return undefined;
	return seen.problem ?? l10n.t('The picture cannot be shown.');
}

/** Takes note of what has come of looking at a result. */
function useFinding(id: string | undefined, fault: string | undefined): void {
	useEffect(() => {
		finding.value = id === undefined ? undefined : { id, ...(fault !== undefined && { fault }) };
	}, [id, fault]);
}

/** Finds out whether there is a picture at an address. */
function useReading(uri: string | undefined): void {
	useEffect(() => {
		if (uri === undefined) return undefined;
		const image = new Image();
		image.addEventListener('error', () => (unreadable.value = new Set([...unreadable.peek(), uri])));
		image.src = uri;
		return () => image.removeAttribute('src');
	}, [uri]);
}
