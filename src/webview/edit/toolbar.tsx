import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Icon } from '../icon';

export interface ToolButton {
	readonly icon: string;
	/** With its key. */
	readonly text: string;
	/** Why it cannot be pressed. */
	readonly refused?: string | undefined;
	readonly press: () => void;
}

/** Buttons in a row, as the editor has them: one stop of the tabulator, and the arrows go from one to the next. */
export function Toolbar({ label, buttons }: { readonly label: string; readonly buttons: readonly ToolButton[] }) {
	const bar = useRef<HTMLDivElement>(null);
	const at = useSignal(0);
	const walk = (pressed: KeyboardEvent) => {
		const last = buttons.length - 1;
		const goals: Readonly<Record<string, number>> = {
			ArrowLeft: at.value === 0 ? last : at.value - 1,
			ArrowRight: at.value === last ? 0 : at.value + 1,
			Home: 0,
			End: last,
		};
		const goal = goals[pressed.key];
		if (goal === undefined) return;
		pressed.preventDefault();
		at.value = goal;
		bar.current?.querySelectorAll('button')[goal]?.focus();
	};
	return (
		<div ref={bar} class="toolbar" role="toolbar" aria-label={label} onKeyDown={walk}>
			{buttons.map(({ icon, text, refused, press }, index) => (
				<button
					key={icon}
					type="button"
					class="button icon"
					title={refused ?? text}
					aria-label={text}
					aria-disabled={refused !== undefined}
					tabIndex={index === at.value ? 0 : -1}
					onFocus={() => (at.value = index)}
					onClick={() => refused === undefined && press()}
				>
					<Icon name={icon} />
				</button>
			))}
		</div>
	);
}
