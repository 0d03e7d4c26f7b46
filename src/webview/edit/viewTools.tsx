import { l10n } from '../words';
import { fit, isFitted, pixelForPixel, sight, zoomBy } from './canvasSight';
import { areKeysShown, zoomStep } from './keys';
import { Toolbar, type ToolButton } from './toolbar';

/** How large the picture is seen, and what changes it. */
export function ViewTools() {
	return (
		<div class="viewTools">
			<span class="faint">{l10n.t('{0} %', Math.round(sight.value.scale * 100))}</span>
			<Toolbar label={l10n.t('View')} buttons={buttons()} />
		</div>
	);
}

function buttons(): ToolButton[] {
	return [
		{ icon: 'zoom-out', text: l10n.t('Zoom Out (−)'), press: () => zoomBy(1 / zoomStep) },
		{ icon: 'zoom-in', text: l10n.t('Zoom In (+)'), press: () => zoomBy(zoomStep) },
		{
			icon: 'screen-full',
			text: l10n.t('Fit (0)'),
			refused: isFitted.value ? l10n.t('The whole picture is in sight.') : undefined,
			press: fit,
		},
		{ icon: 'screen-normal', text: l10n.t('Pixel for Pixel (1)'), press: pixelForPixel },
		{ icon: 'keyboard', text: l10n.t('Keys (?)'), press: () => (areKeysShown.value = true) },
	];
}
