import {
	l10n,
	NotebookRange,
	Position,
	type QuickPickItem,
	QuickPickItemKind,
	Range,
	ThemeIcon,
	window,
	workspace,
} from 'vscode';
import type { Check, ProjectFinding } from '../workspace/project';
import { asLabel, tell } from './tell';
import { inOneLine, translate } from './translate';

type Kind = ProjectFinding['kind'];

/** How many there are, in a sentence. */
const sentences: Readonly<Record<Kind, (count: number) => string>> = {
	missing: (count) => (count === 1 ? l10n.t('1 picture is missing.') : l10n.t('{0} pictures are missing.', count)),
	stale: (count) => (count === 1 ? l10n.t('1 picture is stale.') : l10n.t('{0} pictures are stale.', count)),
	'broken-link': (count) =>
		count === 1 ? l10n.t('1 link leads to no picture.') : l10n.t('{0} links lead to no picture.', count),
	'no-alt': (count) =>
		count === 1
			? l10n.t('1 picture has no alternative text.')
			: l10n.t('{0} pictures have no alternative text.', count),
};

const icons: Readonly<Record<Kind, string>> = {
	missing: 'file-media',
	stale: 'history',
	'broken-link': 'link',
	'no-alt': 'comment-unresolved',
};

/** Says what was found, and lists it on demand. Resolves when the person has dealt with it, which may be never. */
export async function tellFindings({ findings, tooLarge }: Check): Promise<void> {
	const counts = new Map<Kind, number>();
	for (const { kind } of findings) counts.set(kind, (counts.get(kind) ?? 0) + 1);
	const found = Object.entries(sentences).flatMap(([kind, saying]) => {
		const count = [...counts].find(([each]) => each === kind)?.[1];
		return count === undefined ? [] : [saying(count)];
	});
	const all = found.length > 0 ? found : [l10n.t('All pictures are there, and none is stale.')];
	const isUrgent = counts.has('missing') || counts.has('stale');
	const offers = found.length > 0 ? [{ title: l10n.t('Show…'), run: async () => showFindings(findings) }] : [];
	await tell(isUrgent ? 'warning' : 'information', inOneLine([...all, ...leftOut(tooLarge.length)]), offers);
}

function leftOut(count: number): string[] {
	if (count === 0) return [];
	return count === 1
		? [l10n.t('1 file is too large and was not looked into.')]
		: [l10n.t('{0} files are too large and were not looked into.', count)];
}

/** A list of the findings by file; the chosen one is shown in its document. */
async function showFindings(findings: readonly ProjectFinding[]): Promise<void> {
	const rows: (QuickPickItem & { readonly finding?: ProjectFinding })[] = [];
	let last = '';
	for (const finding of findings) {
		const name = workspace.asRelativePath(finding.uri);
		if (name !== last) rows.push({ label: name, kind: QuickPickItemKind.Separator });
		last = name;
		rows.push({
			label: asLabel(translate(finding.message)),
			description: whereIn(finding),
			iconPath: new ThemeIcon(icons[finding.kind]),
			finding,
		});
	}
	const title = l10n.t('Pictures');
	const placeHolder = l10n.t('Choose one to go there');
	const chosen = await window.showQuickPick(rows, { title, placeHolder, matchOnDescription: true });
	if (chosen?.finding) await show(chosen.finding);
}

/** People count from one. */
function whereIn({ line, cell }: ProjectFinding): string {
	return cell === undefined ? l10n.t('line {0}', line + 1) : l10n.t('cell {0}, line {1}', cell + 1, line + 1);
}

async function show({ uri, cell, line }: ProjectFinding): Promise<void> {
	if (cell !== undefined) {
		const notebook = await workspace.openNotebookDocument(uri);
		await window.showNotebookDocument(notebook, { selections: [new NotebookRange(cell, cell + 1)] });
		return;
	}
	const start = new Position(line, 0);
	await window.showTextDocument(uri, { selection: new Range(start, start) });
}
