/**
 * What a person may set to choose the programs that the tests and `npm start` use:
 *
 * - `VSCODE_HOST`: path of the VS Code executable (of the desktop editor itself, not of its `code` command). Default: see
 *   {@link file://./install.ts chooseEditor}.
 * - `LIMN_EDITOR`: `1.100` or `1.139`: that version of VS Code, as `code-server`, whatever else is there.
 * - `LIMN_BROWSER`: path of a Chromium or Chrome that drives the editor where that is `code-server`. Default: an installed one.
 *
 * Read here and nowhere else.
 */
export const environment = {
	editor: process.env['VSCODE_HOST'] || undefined,
	version: process.env['LIMN_EDITOR'] || undefined,
	browser: process.env['LIMN_BROWSER'] || undefined,
};

const prefix = 'LIMN_';

/** The variables that are passed on into the extension host: those of Limn's own prefix. */
export function limnVariables(): Record<string, string> {
	return Object.fromEntries(
		Object.entries(process.env).flatMap(([name, value]) =>
			name.startsWith(prefix) && value !== undefined ? [[name, value] as const] : [],
		),
	);
}

/** Whether a window can be shown to a person. */
export function hasDisplay(): boolean {
	return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}
