import { commands, l10n, ThemeIcon, Uri, ViewColumn, window, workspace } from 'vscode';
import type { SavedImage } from '../domain/picture';
import { asLabel } from './tell';

/** Opens a picture beside the text, in a preview tab, and leaves the focus where it is. A courtesy: what fails here is only not shown. */
export async function preview({ uri }: Pick<SavedImage, 'uri'>): Promise<void> {
	const viewColumn = window.visibleTextEditors.length > 0 ? ViewColumn.Beside : ViewColumn.Active;
	const options = { preview: true, preserveFocus: true, viewColumn };
	await commands.executeCommand('vscode.open', Uri.parse(uri), options).then(undefined, () => undefined);
}

/** Asks which of several pictures the document gets, and shows the one under the cursor. Empty: none. */
export async function askWhich(images: readonly SavedImage[]): Promise<readonly SavedImage[]> {
	const single = images.map((image) => ({ ...drawn('file-media'), label: asLabel(nameOf(image)), images: [image] }));
	const all = { ...drawn('files'), label: l10n.t('All of them'), images };
	const chosen = await window.showQuickPick([...single, all], {
		title: l10n.t('Insert Which Picture?'),
		placeHolder: l10n.t('All pictures are saved; Escape inserts none'),
		ignoreFocusOut: true,
		onDidSelectItem: (item: (typeof single)[number]) => {
			const [image] = item.images;
			if (image) void preview(image);
		},
	});
	return chosen?.images ?? [];
}

/** An icon beside a label: within it, its name would be read out. */
function drawn(icon: string) {
	return { iconPath: new ThemeIcon(icon) };
}

/** The picture's path as a person names it: relative to the workspace. */
export function nameOf({ uri }: Pick<SavedImage, 'uri'>): string {
	return workspace.asRelativePath(Uri.parse(uri));
}
