import { useId, useMemo } from 'preact/hooks';
import { longestPrompt } from '../../protocol/limits';
import { state } from '../connection';
import { l10n } from '../words';
import type { FormModel } from './formModel';
import { promptWords } from './jobWords';
import { PromptHistory } from './promptHistory';
import type { Pictures } from './pictures';

/** How much of the limit is used before it is spoken of. */
const near = 0.9;

/** Where the prompt is written. */
export function PromptField({ form, pictures }: { readonly form: FormModel; readonly pictures: Pictures }) {
	const id = useId();
	const words = promptWords[form.purpose.job.value];
	const history = useMemo(() => new PromptHistory(), []);
	const write = (prompt: string) => (form.draft.value = { ...form.draft.peek(), prompt });
	const press = (event: KeyboardEvent) => {
		const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
		if (!event.altKey || step === undefined) return;
		event.preventDefault();
		const other = history.walk(state.peek()?.prompts ?? [], form.draft.peek().prompt, step);
		if (other !== undefined) write(other);
	};
	const paste = (event: ClipboardEvent) => {
		const files = [...(event.clipboardData?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
		if (files.length === 0) return;
		event.preventDefault();
		void pictures.addFiles(files);
	};
	return (
		<div class="field prompt">
			<label htmlFor={id}>{words.label}</label>
			<textarea
				id={id}
				dir="auto"
				rows={3}
				maxLength={longestPrompt}
				value={form.draft.value.prompt}
				placeholder={words.example}
				aria-describedby={`${id}-hint`}
				onInput={({ currentTarget }) => write(currentTarget.value)}
				onKeyDown={press}
				onPaste={paste}
			/>
			<div class="below">
				<span id={`${id}-hint`} class="faint">
					{l10n.t('Ctrl+Enter makes it, Alt+↑ brings earlier prompts back.')}
				</span>
				<Counter form={form} />
			</div>
		</div>
	);
}

/** How long the prompt is, once that matters. */
function Counter({ form }: { readonly form: FormModel }) {
	const limit = form.view.value?.promptLimit ?? Infinity;
	const { prompt } = form.draft.value;
	if (prompt.length < limit * near) return null;
	const length = Array.from(prompt).length;
	return (
		<span class={length > limit ? 'counter over' : 'counter'}>
			{l10n.t('{0} of {1} characters', length.toLocaleString(), limit.toLocaleString())}
		</span>
	);
}
