import { randomUUID } from 'node:crypto';
import { l10n, type LanguageModelChat, type QuickPickItem, window } from 'vscode';
import { findProvider } from '../catalogue/providers';
import { type ImageError, isImageError, unsent } from '../domain/imageError';
import { say } from '../domain/message';
import { caption } from '../generation/caption';
import type { Endpoint } from '../network/encode';
import type { Network } from '../network/network';
import type { HttpRequest, InputImage } from '../providers/provider';
import { captioner } from '../providers/runware/caption';
import { describeByEditor, refusalIn } from './describeImageByEditor';
import { endpointOf } from './endpoints';
import type { Keyring } from './keyring';
import { knowsPictures, seesPictures } from './newerEditor';
import { asLabel } from './tell';

/** Somebody who looks at pictures. */
export interface VisionModel {
	/** The same for the same model, as long as the window is open. */
	readonly id: string;
	/** Who gets the picture. */
	readonly title: string;
	/** What that costs, for people. */
	readonly detail: string;
	/** It is known that nobody will be asked whether Limn may use it. */
	readonly allowed: boolean;
	/** Where Limn itself sends the picture. Absent: the editor does, and asks itself. */
	readonly endpoint?: Endpoint;
	/** In its own words. `cancelled` when aborted. */
	readonly describe: (image: InputImage, signal: AbortSignal) => Promise<string | ImageError>;
}

/** The editor's own language models. */
export interface EditorModels {
	/** In the editor's order. */
	readonly all: () => PromiseLike<readonly LanguageModelChat[]>;
	/** `undefined`: the person was not asked yet. */
	readonly mayUse: (chat: LanguageModelChat) => boolean | undefined;
}

interface Parts {
	readonly keyring: Keyring;
	readonly network: Network;
	readonly editor: EditorModels;
}

/** Seconds: a sentence about a picture comes soon or not at all. */
const patience = 90;

/** The models that can describe a picture, and which of them the person chose in this session. */
export class VisionModels {
	#chosen: string | undefined;

	constructor(readonly parts: Parts) {}

	/**
	 * The one that is to look at a picture; `undefined`: the person left. `asks`: the person looks on, and is told once who gets the picture,
	 * be it the only one that can; else it is one that nobody has to be asked for.
	 */
	async choose(asks: boolean): Promise<VisionModel | ImageError | undefined> {
		const models = await this.#all();
		if (models.length === 0) return nobody;
		const chosen = models.find(({ id }) => id === this.#chosen);
		if (!asks) return chosen?.allowed ? chosen : (models.find(({ allowed }) => allowed) ?? notAllowed);
		if (chosen) return chosen;
		const picked = await pickOf(models);
		this.#chosen = picked?.id;
		return picked;
	}

	/** The next time the person may choose another one. */
	forget(): void {
		this.#chosen = undefined;
	}

	async #all(): Promise<VisionModel[]> {
		const { editor, keyring, network } = this.parts;
		// An editor without language models, or whose models fail, has none for us.
		const chats = knowsPictures() ? await Promise.resolve(editor.all()).catch(() => []) : [];
		const seeing = chats.filter((chat) => seesPictures(chat) && editor.mayUse(chat) !== false);
		const runware = await runwareModel(keyring, network);
		return [...seeing.map((chat) => editorModel(chat, editor)), ...(runware ? [runware] : [])];
	}
}

const nobody: ImageError = {
	...unsent('no-key', say('No model here looks at pictures. Set an API key for Runware, or sign in to Copilot.')),
	provider: captioner.offer.provider,
};

const notAllowed: ImageError = {
	...nobody,
	message: say('You have not allowed Limn to show a model your pictures. Describe one by hand first.'),
};

function editorModel(chat: LanguageModelChat, { mayUse }: EditorModels): VisionModel {
	return {
		id: `${chat.vendor}/${chat.id}`,
		title: chat.name,
		detail: l10n.t('{0} gets the picture through the editor. It counts as one request of yours there.', chat.vendor),
		allowed: mayUse(chat) === true,
		describe: async (image, signal) => describeByEditor(chat, image, signal),
	};
}

/** `undefined`: there is no key for it. */
async function runwareModel(keyring: Keyring, network: Network): Promise<VisionModel | undefined> {
	const { provider: id, name } = captioner.offer;
	const provider = findProvider(id);
	const endpoint = provider && (await endpointOf(provider, keyring));
	if (!endpoint || isImageError(endpoint)) return undefined;
	return {
		id: `${id}/${name}`,
		title: provider.title,
		detail: l10n.t(
			'{0} gets the picture. What it costs is not published: a fraction of a cent, most likely.',
			provider.title,
		),
		allowed: true,
		endpoint,
		describe: async (image, signal) => askRunware(image, endpoint, network, signal),
	};
}

async function askRunware(
	image: InputImage,
	endpoint: Endpoint,
	network: Network,
	signal: AbortSignal,
): Promise<string | ImageError> {
	const late = AbortSignal.timeout(patience * 1000);
	// An answer that is a stream, and so none that was asked for, ends with it.
	const over = new AbortController();
	const until = AbortSignal.any([signal, late, over.signal]);
	const send = async (request: HttpRequest) => network.exchange(request, endpoint, until);
	try {
		const answer = await caption(image, send, randomUUID());
		if (isImageError(answer)) return { ...answer, provider: endpoint.provider };
		const refused = refusalIn(answer.text, 'Runware', 'yes');
		return refused ? { ...refused, provider: endpoint.provider } : answer.text;
	} catch (error) {
		if (signal.aborted) return { code: 'cancelled', charged: 'unknown', provider: endpoint.provider };
		if (!late.aborted) throw error;
		const message = say('{0} did not answer within {1} seconds. Try again later.', 'Runware', patience);
		return { code: 'timed-out', message, charged: 'unknown', provider: endpoint.provider };
	} finally {
		over.abort();
	}
}

interface Row extends QuickPickItem {
	readonly model: VisionModel;
}

async function pickOf(models: readonly VisionModel[]): Promise<VisionModel | undefined> {
	const rows = models.map((model): Row => ({ label: asLabel(model.title), detail: asLabel(model.detail), model }));
	const title = l10n.t('Who Describes the Picture?');
	const placeHolder = l10n.t('It is asked until the window is closed');
	return (await window.showQuickPick(rows, { title, placeHolder }))?.model;
}
