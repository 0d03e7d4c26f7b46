import { type Uri, workspace } from 'vscode';
import { ofTheUserAlone, type Settings, settingsSchema } from './settingsSchema';

/** The settings that hold for this document (or for none). The only place where settings are read. */
export function settingsFor(document?: Uri): Settings {
	const configuration = workspace.getConfiguration('limn', document ?? null);
	const read = (name: string): unknown =>
		ofTheUserAlone.has(name) ? configuration.inspect(name)?.globalValue : configuration.get(name);
	return settingsSchema.parse(Object.fromEntries(Object.keys(settingsSchema.shape).map((name) => [name, read(name)])));
}
