import type { Size } from '../../domain/size';
import type { Shown } from './shown';

interface Props {
	/** Of the picture that is changed. */
	readonly source: Size;
	readonly shown: Shown;
}

/** The canvas: the picture to zoom and to move, and to paint on. */
export function CanvasBox({ shown }: Props) {
	return (
		<div class="canvasBox">
			<img src={shown.uri} alt={shown.alt} />
		</div>
	);
}
