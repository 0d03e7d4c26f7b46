import { useSignal } from '@preact/signals';
import type { TargetedInputEvent } from 'preact';

/**
 * What a field shows: while somebody types, the very text (`1.0` is on its way to `1.05`); otherwise `text`, what it stands for.
 */
export function useTyped(text: string, set: (field: HTMLInputElement) => void) {
	const typed = useSignal<string | undefined>(undefined);
	return {
		value: typed.value ?? text,
		onInput: ({ currentTarget }: TargetedInputEvent<HTMLInputElement>) => {
			typed.value = currentTarget.value;
			set(currentTarget);
		},
		onBlur: () => (typed.value = undefined),
	};
}
