import * as vscode from 'vscode';
import { isRefusal } from '../documents/altText';
import type { Charged, ImageError } from '../domain/imageError';
import { say } from '../domain/message';
import type { InputImage } from '../providers/provider';
import { oneLine } from '../providers/rulings';
import { captionPrompt } from '../providers/runware/caption';
import { messageWithPicture } from './newerEditor';

type Chat = vscode.LanguageModelChat;

/** An answer of more characters is no sentence. */
const longestAnswer = 10_000;

/**
 * What one of the editor's own language models says of a picture. The editor asks the person, the first time, whether Limn may use it:
 * call it only because a person wants it.
 */
export async function describeByEditor(
	chat: Chat,
	image: InputImage,
	signal: AbortSignal,
): Promise<string | ImageError> {
	const source = new vscode.CancellationTokenSource();
	const cancel = () => source.cancel();
	signal.addEventListener('abort', cancel, { once: true });
	try {
		const justification = vscode.l10n.t('Limn asks it to describe your picture for people who cannot see it.');
		const { text } = await chat.sendRequest(
			[messageWithPicture(captionPrompt, image)],
			{ justification },
			source.token,
		);
		const words = (await gathered(text)).trim();
		return words === '' ? silence(chat) : (refusalIn(words, chat.name, 'unknown') ?? words);
	} catch (error) {
		if (signal.aborted) return { code: 'cancelled', charged: 'unknown' };
		return failureOf(error, chat);
	} finally {
		signal.removeEventListener('abort', cancel);
		source.dispose();
	}
}

async function gathered(pieces: AsyncIterable<string>): Promise<string> {
	let words = '';
	for await (const piece of pieces) {
		words += piece;
		if (words.length > longestAnswer) break;
	}
	return words;
}

/** What a model said instead of a description, as the failure that it is; `undefined`: it did describe the picture. */
export function refusalIn(words: string, by: string, charged: Charged): ImageError | undefined {
	if (!isRefusal(words)) return undefined;
	const message = say('{0} does not describe this picture. Choose another model, or write the words yourself.', by);
	return { code: 'refused', message, said: { by, words: oneLine(words) }, charged };
}

function silence({ name }: Chat): ImageError {
	return {
		code: 'bad-reply',
		message: say('{0} said nothing about the picture. Try again.', name),
		charged: 'unknown',
	};
}

function failureOf(error: unknown, { name }: Chat): ImageError {
	const words = oneLine(error instanceof Error ? error.message : String(error));
	const said = words === '' ? {} : { said: { by: name, words } };
	switch (error instanceof vscode.LanguageModelError ? error.code : '') {
		case 'NoPermissions': {
			const message = say('The editor does not let Limn use {0}. Allow it there, or choose another model.', name);
			return { code: 'refused', message, charged: 'no' };
		}
		case 'NotFound': {
			const message = say('The editor does not offer {0} any more. Choose another model.', name);
			return { code: 'model-unavailable', message, charged: 'no' };
		}
		case 'Blocked':
			return { code: 'refused', message: say('{0} refused the picture.', name), ...said, charged: 'no' };
		default:
			return { code: 'server-error', message: say('{0} failed. Try again later.', name), ...said, charged: 'unknown' };
	}
}
