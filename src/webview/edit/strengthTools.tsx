/** How far variations go from the picture. */
export function StrengthTools() {
	return null;
}
