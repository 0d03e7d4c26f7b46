import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a language pack that translates nothing of the editor itself: its own words stay English, so that a test finds its way,
 * and extensions are asked for theirs. Returns the folder of the extension.
 */
export async function makeLanguagePack(folder: string, userDataFolder: string, language: string): Promise<string> {
	const pack = path.join(folder, 'language-pack');
	const translation = path.join(pack, 'main.i18n.json');
	const extension = { publisher: 'limn-tests', name: `language-pack-${language}`, version: '1.0.0' };
	const localization = {
		languageId: language,
		languageName: language,
		localizedLanguageName: language,
		translations: [{ id: 'vscode', path: './main.i18n.json' }],
	};
	await mkdir(pack, { recursive: true });
	await mkdir(userDataFolder, { recursive: true });
	await writeJson(path.join(pack, 'package.json'), {
		...extension,
		engines: { vscode: '*' },
		contributes: { localizations: [localization] },
	});
	await writeJson(translation, { version: '1.0.0', contents: {} });
	// What the server would write when the pack is installed from a marketplace.
	await writeJson(path.join(userDataFolder, 'languagepacks.json'), {
		[language]: {
			hash: 'limn-tests',
			label: language,
			extensions: [
				{ extensionIdentifier: { id: `${extension.publisher}.${extension.name}` }, version: extension.version },
			],
			translations: { vscode: translation },
		},
	});
	return pack;
}

async function writeJson(file: string, value: unknown): Promise<void> {
	await writeFile(file, JSON.stringify(value));
}
