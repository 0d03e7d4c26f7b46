import { l10n, Uri } from 'vscode';
import { publishLocally } from '../../disk/localFiles';
import { extensionOf } from '../../domain/imageFormat';
import { type ImageError, unsent } from '../../domain/imageError';
import { say } from '../../domain/message';
import { inspect } from '../../image/inspect';
import { refusalOfName } from '../ignoredFiles';
import { digest } from '../../generation/slices';
import { sweep } from './sweep';

const bounds = { files: 1000, bytes: 1024 ** 3 };

/** Keeps a picture that comes from elsewhere in Limn's own folder: of many the oldest go. `name`: as people know it. */
export async function adopt(name: string, bytes: Uint8Array, folder: Uri): Promise<Uri | ImageError> {
	const refusal = refusalOfName(name);
	if (refusal) return refusal;
	const header = inspect(bytes);
	if (!header)
		return unsent(
			'bad-input',
			say('{0} is no PNG, JPEG or WebP. Choose another picture.', name || l10n.t('What came')),
		);
	const file = `${(await digest(bytes)).slice(0, 32)}.${extensionOf(header.format)}`;
	await sweep(folder.fsPath, bounds);
	try {
		await publishLocally(folder.fsPath, file, bytes, [folder.fsPath]);
	} catch {
		return unsent('not-writable', say('{0} could not be kept. Save it in the workspace first.', name));
	}
	return Uri.joinPath(folder, file);
}
