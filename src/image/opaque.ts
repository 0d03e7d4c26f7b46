import type { Pixels } from './pixels';

/** Whether no pixel of a picture lets anything through. */
export function isOpaque({ data }: Pixels): boolean {
	for (let index = 3; index < data.length; index += 4) if (data[index] !== 255) return false;
	return true;
}
