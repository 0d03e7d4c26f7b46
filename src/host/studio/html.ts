import { randomBytes } from 'node:crypto';
import { env, l10n, Uri, type Webview } from 'vscode';
import { policyOf } from './policy';

/** Where the studio is shown: an editor's tab, or the side bar. */
export type Place = 'panel' | 'sideBar';

/**
 * The page of a webview, in the language that its words are in. `app`: the folder of the studio's bundle. Nothing but that is loaded, and
 * pictures of the webview's own addresses. All translations go with it: 96 KB in Chinese, parsed in half a millisecond; nobody but the
 * bundle knows which third of them it says.
 */
export function pageOf(webview: Webview, app: Uri, place: Place): string {
	const nonce = randomBytes(16).toString('base64url');
	const policy = policyOf(webview.cspSource, nonce);
	const address = (file: string) => escaped(webview.asWebviewUri(Uri.joinPath(app, file)).toString());
	return `<!DOCTYPE html>
<html lang="${escaped(l10n.bundle ? env.language : 'en')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Limn</title>
<link rel="stylesheet" href="${address('studio.css')}">
</head>
<body data-place="${place}" data-words="${escaped(JSON.stringify(l10n.bundle ?? {}))}">
<script type="module" nonce="${nonce}" src="${address('studio.js')}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
