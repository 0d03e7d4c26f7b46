import { type Uri, workspace } from 'vscode';
import { settingFor } from './settings';

/** Where what is made of a picture goes. */
export interface BesidePicture {
	/** What the new picture belongs to. Absent: the picture is outside of the open folders, and nothing is saved beside it. */
	readonly document: Uri | undefined;
	/** Right beside the picture. Absent: the settings say where pictures go. */
	readonly folder: string | undefined;
}

/** The place of what is made of a picture. */
export function besidePicture(image: Uri): BesidePicture {
	const isHome = workspace.getWorkspaceFolder(image) !== undefined || !workspace.workspaceFolders?.length;
	const document = isHome ? image : undefined;
	const isSet = settingFor('output.folder', image) !== '';
	return { document, folder: document && !isSet ? '${documentFolder}' : undefined };
}
