/** Gives the keys to the canvas, else to what is chosen above it, else to what is said of the picture. */
export function focusCanvas(): void {
	const stage = document.querySelector<HTMLElement>('.stage');
	(stage ?? document.querySelector<HTMLElement>('.jobChoice input:checked, .source button'))?.focus({
		preventScroll: true,
	});
}
