import type { Size } from '../../domain/size';
import type { FormModel } from '../create/formModel';

interface Props {
	readonly form: FormModel;
	/** Of the picture that is expanded. */
	readonly source: Size;
}

/** What the picture becomes, in numbers. */
export function FrameTools(_props: Props) {
	return null;
}
