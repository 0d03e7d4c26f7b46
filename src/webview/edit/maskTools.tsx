/** What one paints a mask with. */
export function MaskTools() {
	return null;
}
