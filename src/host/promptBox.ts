import { l10n, ThemeIcon, window } from 'vscode';
import type { Job } from '../catalogue/job';
import { isBlank } from '../domain/imageRequest';
import { parseSizeWish } from '../domain/size';
import { type Choice, pickModel } from './modelPicker';
import { defaultSizeFor, pickCount, pickPrompt, pickSize, type PromptContext } from './promptPickers';

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

/** The one box of every command that makes pictures: the prompt, with everything else one button away. `undefined`: the person left. */
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
			return { ...draft, ...(await pickSize(draft.size, model, context)) };
		case 'count':
			return { ...draft, n: (await pickCount(draft.n)) ?? draft.n };
		case 'history':
			return { ...draft, prompt: (await pickPrompt(context)) ?? draft.prompt };
	}
}

function choiceOf({ model: present, size }: PromptDraft, { job, defaultModel }: PromptContext): Choice {
	const without = { label: l10n.t('Use the setting'), model: defaultModel };
	return { job, size: parseSizeWish(size ?? ''), present, without };
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
	const { title, question, missing } = wordsOf(context.job);
	box.title = [title, ...fields.map(({ value }) => value).filter(Boolean)].join(' · ');
	box.placeholder = question;
	box.prompt = hasSize(context.job)
		? l10n.t('Model, size and count: the buttons above')
		: l10n.t('Model and count: the buttons above');
	box.value = draft.prompt.replaceAll(/\s*\n\s*/g, ' '); // The box would join the lines without a blank.
	box.ignoreFocusOut = true;
	box.buttons = fields;
	try {
		return await new Promise<Answer>((resolve) => {
			box.onDidAccept(() => {
				if (missing === undefined || !isBlank(box.value)) resolve({ prompt: box.value, pressed: 'enter' });
				else box.validationMessage = missing;
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

/** What the box says. `missing`: of a prompt that is empty; absent: it may be. */
function wordsOf(job: Job): { readonly title: string; readonly question: string; readonly missing?: string } {
	switch (job) {
		case 'generate':
			return {
				title: l10n.t('Generate Image'),
				question: l10n.t('What should the picture show?'),
				missing: l10n.t('Say what the picture shows.'),
			};
		case 'edit':
		case 'markup':
			return {
				title: l10n.t('Edit Image'),
				question: l10n.t('What should be changed?'),
				missing: l10n.t('Say what is changed.'),
			};
		case 'mask':
			return {
				title: l10n.t('Edit Image'),
				question: l10n.t('What should the selected part show?'),
				missing: l10n.t('Say what the selected part shows.'),
			};
		case 'expand':
			return { title: l10n.t('Expand Image'), question: l10n.t('What should be added? Empty: what fits') };
		case 'vary':
			return { title: l10n.t('Create Variations'), question: l10n.t('What should be different? Empty: what comes') };
	}
}

/** Where pixels are kept, the picture has the size. */
function hasSize(job: Job): boolean {
	return job !== 'mask' && job !== 'expand';
}

function fieldsOf({ model, size, n }: PromptDraft, context: PromptContext) {
	const modelName = model ?? context.defaultModel;
	const sizeText = size ?? (defaultSizeFor(modelName, context) || l10n.t('default size'));
	const count = n === 1 ? l10n.t('1 picture') : l10n.t('{0} pictures', n);
	return [
		fieldOf('model', 'symbol-misc', l10n.t('Change Model ({0})', modelName), modelName),
		...(hasSize(context.job) ? [fieldOf('size', 'screen-full', l10n.t('Change Size ({0})', sizeText), sizeText)] : []),
		fieldOf('count', 'layers', l10n.t('Change Count ({0})', count), count),
		fieldOf('history', 'history', l10n.t('Earlier Prompts'), ''),
	];
}

function fieldOf(field: Field, icon: string, tooltip: string, value: string) {
	return { field, iconPath: new ThemeIcon(icon), tooltip, value };
}
