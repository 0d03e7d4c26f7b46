import { type ReadonlySignal, signal } from '@preact/signals';

const words = signal('');

/** What was said last. */
export const said: ReadonlySignal<string> = words;

/** Says what has changed on the canvas, to those who do not see it. */
export function speak(text: string): void {
	// The same words again are news only if they differ.
	words.value = words.peek() === text ? `${text}\u00a0` : text;
}

/** Where it is said. */
export function Spoken() {
	return (
		<p class="unseen" role="status">
			{words.value}
		</p>
	);
}
