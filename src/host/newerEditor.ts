// What newer editors have, and the oldest one that the manifest allows does not promise: its types know nothing of it. Looked for here,
// and nowhere else.
import * as vscode from 'vscode';
import { mimeTypeOf } from '../image/sniff';
import type { InputImage } from '../providers/provider';

/**
 * A picture as a part of a message, where this editor knows such parts: VS Code has them for everybody since 1.106, and before it
 * without a promise. `undefined`: it knows none. `editor`: the module `vscode`.
 */
export function picturePart({ bytes, format }: InputImage, editor: object = vscode): unknown {
	const Part: unknown = Reflect.get(editor, 'LanguageModelDataPart');
	return typeof Part === 'function' ? Reflect.construct(Part, [bytes, mimeTypeOf(format)]) : undefined;
}

/** Whether the editor has parts for pictures at all. */
export function knowsPictures(editor: object = vscode): boolean {
	return typeof Reflect.get(editor, 'LanguageModelDataPart') === 'function';
}

/** Whether a model looks at pictures, as far as the editor says: those of which it says nothing may. */
export function seesPictures(chat: vscode.LanguageModelChat): boolean {
	const capabilities: unknown = Reflect.get(chat, 'capabilities');
	if (typeof capabilities !== 'object' || capabilities === null) return true;
	return Reflect.get(capabilities, 'supportsImageToText') !== false;
}

/** A message of words and a picture. The constructor knows words alone, and what it makes takes both. */
export function messageWithPicture(words: string, image: InputImage): vscode.LanguageModelChatMessage {
	const message = vscode.LanguageModelChatMessage.User(words);
	Reflect.set(message, 'content', [new vscode.LanguageModelTextPart(words), picturePart(image)]);
	return message;
}
