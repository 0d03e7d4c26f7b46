import { useEffect, useRef } from 'preact/hooks';
import { showJobs } from '../create/jobs';
import { Icon } from '../icon';
import { l10n } from '../words';
import { canvas } from '../kept';
import { failed, isComparing, pending } from './staging';
import { StripCells } from './stripCells';
import { greet, press } from './stripDeeds';
import { Verdict } from './verdict';

/** The results that nobody has decided about, beside the picture that is changed. */
export function Strip() {
	useEffect(greet, []);
	useEffect(followRelease, []);
	const element = useRef<HTMLElement>(null);
	const coming = pending.value.length;
	useIntoSight(element, coming);
	if (canvas.value.staged.length + coming === 0 && failed.value === undefined) return null;
	return (
		<section
			ref={element}
			class="strip"
			aria-label={l10n.t('Results')}
			onKeyDown={press}
			onFocusOut={({ currentTarget, relatedTarget }) => {
				if (!(relatedTarget instanceof Node) || !currentTarget.contains(relatedTarget)) stopComparing();
			}}
		>
			{canvas.value.staged.length + coming > 0 && (
				<>
					<StripCells />
					<Verdict />
				</>
			)}
			<Failed />
		</section>
	);
}

/** Whoever orders wants to see what comes of it. */
function useIntoSight(element: { readonly current: HTMLElement | null }, coming: number): void {
	const before = useRef(coming);
	useEffect(() => {
		if (coming > before.current) element.current?.scrollIntoView({ block: 'nearest' });
		before.current = coming;
	}, [coming]);
}

/** Why the last order brought less than was wanted; what mends it is on its card. */
function Failed() {
	const words = failed.value;
	if (words === undefined) return null;
	return (
		<div class="stripFailed">
			<p class="mistake">
				<Icon name="error" />
				<span class="foreign" dir="auto">
					{words}
				</span>
			</p>
			<button type="button" class="button" onClick={showJobs}>
				{l10n.t('Show')}
			</button>
		</div>
	);
}

/** A key, or a button, that is let go elsewhere is held no more. */
function followRelease(): () => void {
	addEventListener('keyup', release);
	addEventListener('blur', stopComparing);
	document.addEventListener('visibilitychange', stopComparing);
	return () => {
		stopComparing();
		removeEventListener('keyup', release);
		removeEventListener('blur', stopComparing);
		document.removeEventListener('visibilitychange', stopComparing);
	};
}

function release({ key }: KeyboardEvent): void {
	if (key.toLowerCase() === 'c') stopComparing();
}

function stopComparing(): void {
	isComparing.value = false;
}
