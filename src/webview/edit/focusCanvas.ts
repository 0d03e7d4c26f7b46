/** Gives the keys to the canvas, else to what is chosen above it. */
export function focusCanvas(): void {
	const box = document.querySelector<HTMLElement>('.canvasBox[tabindex], .canvasBox [tabindex]');
	(box ?? document.querySelector<HTMLElement>('.jobChoice input:checked'))?.focus({ preventScroll: true });
}
