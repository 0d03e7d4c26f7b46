import { type DocumentDropEditProviderMetadata, DocumentDropOrPasteEditKind, type DocumentSelector } from 'vscode';
import { documentExtensions, languageIds } from '../documents/languages/names';

/** Every document that shows pictures, by its language, or by its name where no extension has brought the language. */
export const documentsWithPictures: DocumentSelector = [
	...languageIds.map((language) => ({ language })),
	...documentExtensions.map((end) => ({ language: 'plaintext', pattern: `**/*${end}` })),
];

/** What `editor.dropIntoEditor.preferences` calls Limn’s references. */
export const pictureDropKind = DocumentDropOrPasteEditKind.Empty.append('limn', 'picture');

/** What the editor must know before Limn is loaded. */
export const pictureDrop: DocumentDropEditProviderMetadata = {
	providedDropEditKinds: [pictureDropKind],
	dropMimeTypes: ['text/uri-list', 'files', 'image/*'],
};
