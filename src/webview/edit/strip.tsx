/** The results that nobody has decided about, beside the picture that is changed. */
export function Strip() {
	return null;
}
