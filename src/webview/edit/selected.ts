import { computed, effect, signal } from '@preact/signals';
import { certainShare } from '../../canvas/certain';
import { coverageOf } from '../../canvas/coverage';
import type { Stroke } from '../../canvas/strokes';
import { canvas } from '../kept';
import { l10n } from '../words';
import { done } from './maskList';
import { said, speak } from './spoken';

/** ms after which what is selected is counted, however much there is to do. */
const patience = 300;

const size = computed(() => canvas.value.seen);
const certain = computed(() => {
	if (done.value.length === 0) return 0;
	return size.value && certainShare(done.value, size.value);
});
const counted = signal<{ readonly acts: readonly Stroke[]; readonly share: number } | undefined>(undefined);

/** How much of the picture is selected, 0 to 1; these two are certain. `undefined`: it is not counted yet. */
export const share = computed(() => {
	const known = counted.value;
	return certain.value ?? (known?.acts === done.value ? known.share : undefined);
});

/** What was said last before it was asked to say the share. */
let before: string | undefined;

// To count takes longer than a frame: it waits until nobody paints.
effect(() => {
	const [acts, picture] = [done.value, size.value];
	if (canvas.value.job !== 'mask' || !picture || certain.value !== undefined) return undefined;
	const count = () => {
		counted.value = { acts, share: coverageOf(acts, picture) };
		if (said.peek() === before) sayShare();
	};
	const waiting = requestIdleCallback(count, { timeout: patience });
	return () => cancelIdleCallback(waiting);
});

/** Says how much is selected, as soon as it is counted; not if something else was said by then. */
export function sayShare(): void {
	const now = share.peek();
	before = now === undefined ? said.peek() : undefined;
	if (now !== undefined) speak(textOf(now));
}

/** `Selected: 12 % of the picture` */
function textOf(share: number): string {
	if (share === 0) return l10n.t('Nothing is selected');
	if (share < 0.01) return l10n.t('Selected: less than 1 % of the picture');
	// Only all of it is all of it.
	return l10n.t('Selected: {0} % of the picture', share === 1 ? 100 : Math.min(99, Math.round(share * 100)));
}
