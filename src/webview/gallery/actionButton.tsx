import { Icon } from '../icon';

interface ActionButtonProps {
	readonly icon: string;
	readonly text: string;
	/** Its words are for the tooltip and for screen readers alone. */
	readonly isBare?: boolean;
	readonly isPressed?: boolean;
	readonly isPrimary?: boolean;
	/** Why it cannot be pressed. */
	readonly refused?: string | undefined;
	readonly onPress: () => void;
}

/** A button with an icon. One that cannot be pressed says why. */
export function ActionButton({ icon, text, isBare, isPressed, isPrimary, refused, onPress }: ActionButtonProps) {
	const kind = isBare ? ' icon' : isPrimary ? ' primary' : '';
	return (
		<button
			type="button"
			class={`button${kind}`}
			{...((isBare || refused !== undefined) && { title: refused ?? text })}
			{...(isBare && { 'aria-label': text })}
			{...(isPressed !== undefined && { 'aria-pressed': isPressed })}
			{...(refused !== undefined && { 'aria-disabled': true })}
			onClick={() => refused === undefined && onPress()}
		>
			<Icon name={icon} />
			{!isBare && text}
		</button>
	);
}
