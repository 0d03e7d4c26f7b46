import { l10n, ThemeIcon, window } from 'vscode';
import { isBlank } from '../domain/imageRequest';
import { parseSizeWish } from '../domain/size';
import { type Choice, pickModel } from './modelPicker';
import { defaultSizeOf, pickCount, pickPrompt, pickSize, type PromptContext, ruleOf } from './promptPickers';

/** What the box holds; `undefined` stands for what the settings and the model say. */
export interface PromptDraft {
	readonly prompt: string;
	readonly model: string | undefined;
	/** `1024x1024` or `16:9`. */
	readonly size: string | undefined;
	readonly n: number;
}

type Field = 'model' | 'size' | 'count' | 'history';
type Answer = { readonly prompt: string; readonly pressed: Field | 'enter' } | undefined;

/** The one box of *Generate Image…*: the prompt, with everything else one button away. `undefined`: the person left. */
export async function askForPrompt(draft: PromptDraft, context: PromptContext): Promise<PromptDraft | undefined> {
	const answer = await showBox(draft, context);
	if (!answer) return undefined;
	const written = { ...draft, prompt: answer.prompt };
	if (answer.pressed === 'enter') return written;
	return askForPrompt(await changed(written, answer.pressed, context), context);
}

/** The draft after one of the pickers; as it was where the person left the picker. */
async function changed(draft: PromptDraft, field: Field, context: PromptContext): Promise<PromptDraft> {
	const model = draft.model ?? context.defaultModel;
	const learning = context.learn(model);
	switch (field) {
		case 'model':
			return withModel(draft, await pickModel(choiceOf(draft, context), { ...context, learning }), context);
		case 'size':
			return { ...draft, ...(await pickSize(draft.size, model, context.catalogue())) };
		case 'count':
			return { ...draft, n: (await pickCount(draft.n)) ?? draft.n };
		case 'history':
			return { ...draft, prompt: (await pickPrompt(context)) ?? draft.prompt };
	}
}

function choiceOf({ model: present, size }: PromptDraft, { defaultModel }: PromptContext): Choice {
	const without = { label: l10n.t('Use the setting'), model: defaultModel };
	return { operation: 'generate', size: parseSizeWish(size ?? ''), present, without };
}

function withModel(
	draft: PromptDraft,
	picked: { model: string | undefined } | undefined,
	{ learn }: PromptContext,
): PromptDraft {
	if (picked?.model !== undefined) void learn(picked.model);
	return { ...draft, ...picked };
}

async function showBox(draft: PromptDraft, context: PromptContext): Promise<Answer> {
	const box = window.createInputBox();
	const fields = fieldsOf(draft, context);
	box.title = l10n.t(
		'Generate Image · {0}',
		fields
			.map(({ value }) => value)
			.filter(Boolean)
			.join(' · '),
	);
	box.placeholder = l10n.t('What should the picture show?');
	box.prompt = l10n.t('Model, size and count: the buttons above');
	box.value = draft.prompt.replaceAll(/\s*\n\s*/g, ' '); // The box would join the lines without a blank.
	box.ignoreFocusOut = true;
	box.buttons = fields;
	try {
		return await new Promise<Answer>((resolve) => {
			box.onDidAccept(() => {
				if (!isBlank(box.value)) resolve({ prompt: box.value, pressed: 'enter' });
				else box.validationMessage = l10n.t('Say what the picture shows.');
			});
			box.onDidChangeValue(() => (box.validationMessage = undefined));
			box.onDidTriggerButton((button) => {
				const pressed = fields.find((field) => field === button)?.field;
				if (pressed) resolve({ prompt: box.value, pressed });
			});
			box.onDidHide(() => resolve(undefined));
			box.show();
		});
	} finally {
		box.dispose();
	}
}

function fieldsOf({ model, size, n }: PromptDraft, { defaultModel, catalogue }: PromptContext) {
	const modelName = model ?? defaultModel;
	const sizeText = size ?? (defaultSizeOf(ruleOf(modelName, catalogue())) || l10n.t('default size'));
	const count = n === 1 ? l10n.t('1 picture') : l10n.t('{0} pictures', n);
	return [
		fieldOf('model', 'symbol-misc', l10n.t('Change Model ({0})', modelName), modelName),
		fieldOf('size', 'screen-full', l10n.t('Change Size ({0})', sizeText), sizeText),
		fieldOf('count', 'layers', l10n.t('Change Count ({0})', count), count),
		fieldOf('history', 'history', l10n.t('Earlier Prompts'), ''),
	];
}

function fieldOf(field: Field, icon: string, tooltip: string, value: string) {
	return { field, iconPath: new ThemeIcon(icon), tooltip, value };
}
