// Writes down the colours and fonts that VS Code gives a webview in each theme: test/studio/themes.json. To be run again for a new VS Code.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../editor/processes';
import type { Theme } from '../editor/settings';
import { Workbench } from '../editor/workbench';
import { copySample } from './sample';

const names: readonly Theme[] = ['light', 'dark', 'hc', 'hcLight'];

/** What the editor puts on a webview's page. */
interface Look {
	readonly className: string;
	readonly kind: string;
	readonly variables: Readonly<Record<string, string>>;
}

async function main(): Promise<void> {
	const folder = await copySample(temporaryFolder());
	const workbench = await Workbench.open(folder, { devPath: '.' });
	const looks: Partial<Record<Theme, Look>> = {};
	try {
		await workbench.openFile('docs/lighthouse.md');
		await workbench.runCommand('Markdown: Open Preview to the Side');
		await workbench.webview().getByRole('heading').first().waitFor();
		for (const theme of names) looks[theme] = await lookIn(workbench, theme);
	} finally {
		await workbench.close();
	}
	await writeFile(path.join('test', 'studio', 'themes.json'), `${JSON.stringify(looks, undefined, '\t')}\n`);
}

async function lookIn(workbench: Workbench, theme: Theme): Promise<Look> {
	await workbench.setTheme(theme);
	const kinds = {
		light: 'vscode-light',
		dark: 'vscode-dark',
		hc: 'vscode-high-contrast',
		hcLight: 'vscode-high-contrast-light',
	};
	await workbench.webview().locator(`body[data-vscode-theme-kind="${kinds[theme]}"]`).waitFor();
	const [className = '', ...entries] = await workbench.webview().locator('body').evaluate(lookOf);
	return { className, kind: kinds[theme], variables: Object.fromEntries(entries.map(pairOf)) };
}

function pairOf(entry: string): [name: string, value: string] {
	const [name = '', value = ''] = entry.split('\n');
	return [name, value];
}

/** The class of the page's body, then each variable's name and value on a line of its own. Runs in the page. */
function lookOf(body: HTMLElement | SVGElement): string[] {
	const { style } = document.documentElement;
	const others =
		/terminal|debug|merge|notebook|testing|chat|scm|git|symbolIcon|charts|editorGutter|extension|ports|walkThrough|interactive|commentsView|peekView|inlineChat|inlineEdit|search-|welcomePage|profile|statusBar|titleBar|minimap|breadcrumb|activityBar|panelTitle|sash|agent|multiDiff|diffEditor|editorMarker|editorBracket|editorOverview|editorSuggest|editorHover|editorGhost|editorInlay|editorRuler|editorStickyScroll|editorUnnecessary|editorWatermark|markdown|commandCenter|banner/;
	const own = Array.from(style).filter((name) => name.startsWith('--vscode-') && !others.test(name));
	return [String(body.className), ...own.map((name) => `${name}\n${style.getPropertyValue(name)}`)];
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
