import { useEffect } from 'preact/hooks';
import { l10n } from '../words';
import { canvas } from '../kept';
import { isComparing, pending } from './staging';
import { StripCells } from './stripCells';
import { greet, press } from './stripDeeds';
import { Verdict } from './verdict';

/** The results that nobody has decided about, beside the picture that is changed. */
export function Strip() {
	useEffect(greet, []);
	useEffect(followRelease, []);
	if (canvas.value.staged.length + pending.value.length === 0) return null;
	return (
		<section
			class="strip"
			aria-label={l10n.t('Results')}
			onKeyDown={press}
			onKeyUp={({ key }) => {
				if (key.toLowerCase() === 'c') stopComparing();
			}}
		>
			<StripCells />
			<Verdict />
		</section>
	);
}

/** A key, or a button, that is let go elsewhere is held no more. */
function followRelease(): () => void {
	addEventListener('blur', stopComparing);
	document.addEventListener('visibilitychange', stopComparing);
	return () => {
		stopComparing();
		removeEventListener('blur', stopComparing);
		document.removeEventListener('visibilitychange', stopComparing);
	};
}

function stopComparing(): void {
	isComparing.value = false;
}
