import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { l10n } from '../words';

/** ms since the epoch, as of the last tick. */
export const now = signal(Date.now());

/** Has the clock tick each second while somebody sees it. */
export function useClock(isNeeded: boolean): void {
	useEffect(() => {
		if (!isNeeded) return undefined;
		const tick = () => {
			if (!document.hidden) now.value = Date.now();
		};
		tick();
		const timer = setInterval(tick, 1000);
		document.addEventListener('visibilitychange', tick);
		return () => {
			clearInterval(timer);
			document.removeEventListener('visibilitychange', tick);
		};
	}, [isNeeded]);
}

/** `42 s`, `3 min 5 s`. The clocks of host and view are one, but the last tick may be before the start. */
export function elapsed(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	const minutes = Math.floor(seconds / 60);
	return minutes === 0 ? l10n.t('{0} s', seconds) : l10n.t('{0} min {1} s', minutes, seconds % 60);
}
