import { l10n, TabInputCustom, TabInputText, Uri, window, workspace } from 'vscode';
import { asLabel } from './tell';

/** What Limn can change, by its name. */
const changeable = ['png', 'jpg', 'jpeg', 'webp'];

/** What a person is asked for, and where a list of it ends. */
interface Question {
	readonly title: string;
	/** Without dots. */
	readonly extensions: readonly string[];
	/** Not listed. */
	readonly except?: Uri | undefined;
	/** Files from outside the workspace will do as well. */
	readonly browses: boolean;
}

/** The picture that the person looks at, else the one that is chosen. `undefined`: the person left. */
export async function pickImage(title = l10n.t('Picture')): Promise<Uri | undefined> {
	return imageInFront() ?? askForFile({ title, extensions: changeable, browses: true });
}

/** The picture of the tab in front. */
function imageInFront(): Uri | undefined {
	const input = window.tabGroups.activeTabGroup.activeTab?.input;
	const uri = input instanceof TabInputCustom || input instanceof TabInputText ? input.uri : undefined;
	return uri && changeable.some((extension) => uri.path.toLowerCase().endsWith(`.${extension}`)) ? uri : undefined;
}

/** One of the workspace's files, from a list. `undefined`: the person left. */
export async function askForFile(question: Question): Promise<Uri | undefined> {
	const { title, extensions, except, browses } = question;
	const found = await workspace.findFiles(`**/*.{${bothCases(extensions).join(',')}}`, '**/node_modules/**', 2000);
	const files = found
		.filter((uri) => uri.toString() !== except?.toString())
		.map((uri) => ({ label: asLabel(workspace.asRelativePath(uri)), uri }))
		.toSorted((a, b) => a.label.localeCompare(b.label));
	const browse = { label: l10n.t('Browse…'), uri: undefined, alwaysShow: true };
	const placeHolder = files.length > 0 ? l10n.t('Choose a picture') : l10n.t('There are no pictures in the workspace');
	const chosen = await window.showQuickPick([...files, ...(browses ? [browse] : [])], { title, placeHolder });
	return chosen === browse ? browseFor(question) : chosen?.uri;
}

/** Some file systems tell capitals from small letters. */
function bothCases(extensions: readonly string[]): string[] {
	return extensions.flatMap((extension) => [extension, extension.toUpperCase()]);
}

async function browseFor({ title, extensions, except }: Question): Promise<Uri | undefined> {
	const start = except && Uri.joinPath(except, '..');
	const [file] =
		(await window.showOpenDialog({
			title,
			filters: { [l10n.t('Pictures')]: bothCases(extensions) },
			...(start && { defaultUri: start }),
		})) ?? [];
	return file;
}
