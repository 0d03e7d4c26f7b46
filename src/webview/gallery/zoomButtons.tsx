import { l10n } from '../words';
import { ActionButton } from './actionButton';
import type { Sight } from './sight';

/** Each does what its key does. */
const buttons = [
	['zoom-out', l10n.t('Zoom Out (−)'), '-'],
	['zoom-in', l10n.t('Zoom In (+)'), '+'],
	['screen-full', l10n.t('Fit (0)'), '0'],
	['screen-normal', l10n.t('Pixel for Pixel (1)'), '1'],
] as const;

interface ZoomButtonsProps {
	readonly sight: Sight;
	readonly scale: number;
	readonly onPress: (key: string) => void;
}

/** How large a picture is shown, and what changes it. */
export function ZoomButtons({ sight, scale, onPress }: ZoomButtonsProps) {
	const refused = sight.zoom <= 1 ? l10n.t('The whole picture is in sight.') : undefined;
	return (
		<div class="zoom" role="group" aria-label={l10n.t('Zoom')}>
			<span>{l10n.t('{0} %', Math.round(scale * 100))}</span>
			{buttons.map(([icon, text, key]) => (
				<ActionButton
					key={key}
					icon={icon}
					text={text}
					isBare
					refused={key === '-' || key === '0' ? refused : undefined}
					onPress={() => onPress(key)}
				/>
			))}
		</div>
	);
}
