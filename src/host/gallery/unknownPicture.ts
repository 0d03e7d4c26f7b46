import { l10n } from 'vscode';
import { type ImageError, unsent } from '../../domain/imageError';
import { say } from '../../domain/message';
import type { DetailView } from '../../protocol/views';

/** Why nothing is done with it. */
export function unknownPicture(): ImageError {
	return unsent('bad-input', say('This picture is not known any more.'));
}

/** What there is to see of it. */
export function unknownDetail(id: string): DetailView {
	const card = { id, name: '', prompt: '', date: '', isFavourite: false, isMissing: true, file: '' };
	return {
		card,
		path: '',
		prompt: '',
		facts: [],
		children: [],
		problem: l10n.t('This picture is not known any more.'),
	};
}
