import { l10n, type Uri, window, workspace } from 'vscode';
import { findOffered } from '../../catalogue/catalogue';
import { unsent } from '../../domain/imageError';
import { say } from '../../domain/message';
import { parseSizeWish } from '../../domain/size';
import { modelArguments, parseArguments } from '../arguments';
import { showFailure } from '../failureActions';
import type { ImageMaker } from '../imageMaker';
import { pickModel } from '../modelPicker';
import type { PromptMemory } from '../promptMemory';
import { setModel, settingFor } from '../settings';
import { asLabel, tell } from '../tell';

interface Parts {
	readonly maker: ImageMaker;
	readonly memory: PromptMemory;
}

/** *Choose Model…*: sets `limn.model`, which then holds for the prompt box too. The model, or `undefined` where none was chosen. */
export async function chooseModel(argument: unknown, { maker, memory }: Parts): Promise<string | undefined> {
	if (!workspace.isTrusted) return refuse(unsent('untrusted'));
	const parsed = parseArguments(modelArguments, argument ?? {});
	if ('error' in parsed) return refuse(parsed.error);
	const document = window.activeTextEditor?.document.uri;
	const { model: named } = parsed.value;
	if (named !== undefined && named !== 'auto' && !findOffered(named, maker.parts.lists.catalogue())) {
		return refuse(unsent('bad-input', say('There is no model {0}. Write it as provider/model.', named || '–')));
	}
	const model = named ?? (await ask(maker, memory, document));
	if (model === undefined) return undefined;
	try {
		await setModel(model, document);
	} catch (error) {
		void tell('error', l10n.t('The setting {0} could not be written: {1}', 'limn.model', String(error)));
		return undefined;
	}
	await memory.forgetModel();
	window.setStatusBarMessage(asLabel(l10n.t('Pictures are made with {0} from now on.', model)), 5000);
	return model;
}

async function ask(maker: ImageMaker, memory: PromptMemory, document: Uri | undefined): Promise<string | undefined> {
	const { lists, keyring } = maker.parts;
	const { model: remembered, size } = memory.get();
	const set = remembered ?? settingFor('model', document);
	const without = { label: 'auto', model: await maker.modelFor('auto', document) };
	const present = set === 'auto' ? undefined : set;
	const choice = { job: 'generate', size: parseSizeWish(size ?? ''), present, without } as const;
	const learning = lists.refresh(present ?? without.model);
	const chosen = await pickModel(choice, {
		catalogue: () => lists.catalogue(),
		terms: maker.terms(),
		keyring,
		learning,
	});
	return chosen && (chosen.model ?? 'auto');
}

function refuse(error: Parameters<typeof showFailure>[0]): undefined {
	void showFailure(error);
	return undefined;
}
