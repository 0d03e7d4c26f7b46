// `npm start`: a real VS Code with Limn and a sample workspace, until Ctrl+C or until its window is closed.
// `--fresh` takes a new copy of the sample; `--headless` needs nobody: it does Limn's main job by itself and tells the outcome.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { windowAddress } from '../editor/address';
import type { CodeServer } from '../editor/codeServer';
import { hasDisplay } from '../editor/environment';
import { chooseEditor } from '../editor/install';
import { startProgram } from '../editor/processes';
import { findOnPath } from '../editor/programs';
import { type Server, startServer } from '../editor/server';
import { writeSettings } from '../editor/settings';
import { doMainJob } from './mainJob';
import { ownSample } from './sample';

/** Always the same: the browser keeps a person's API keys by address. */
const port = 47_300;

async function start(fresh: boolean): Promise<void> {
	const sample = await ownSample(fresh);
	const editor = await chooseEditor();
	if (editor.kind === 'desktop') await showDesktop(editor.executable, sample);
	else await showInBrowser(editor.installation, sample);
}

/** With settings and extensions of its own, so that it meets no other window of the person's. */
async function showDesktop(executable: string, sample: string): Promise<void> {
	const userData = path.resolve('.vscode-test', 'start');
	await writeSettings(userData);
	const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
	const flags = ['--disable-workspace-trust', '--disable-updates', '--skip-welcome', '--skip-release-notes', ...asRoot];
	const folders = [`--user-data-dir=${userData}`, `--extensions-dir=${path.join(userData, 'extensions')}`];
	console.log(`VS Code shows ${sample}. Close its window or press Ctrl+C to end.`);
	const args = [sample, `--extensionDevelopmentPath=${process.cwd()}`, ...folders, ...flags];
	await startProgram(executable, args, {}, 'SIGTERM').exited;
}

async function showInBrowser(installation: CodeServer, sample: string): Promise<void> {
	const server = await serve(installation);
	const address = windowAddress(server.origin, { workspace: sample });
	console.log(`VS Code shows ${sample} at\n\n  ${address}\n\nPress Ctrl+C to end.`);
	if (hasDisplay()) await openInBrowser(address);
	await server.exited;
}

async function serve(installation: CodeServer): Promise<Server> {
	const options = { folder: path.resolve('.host', 'start'), extensions: ['.'] };
	return startServer(installation, { ...options, port }).catch(async () => startServer(installation, options));
}

async function openInBrowser(address: string): Promise<void> {
	const opener = findOnPath(process.platform === 'darwin' ? 'open' : 'xdg-open');
	if (opener !== undefined) await startProgram(opener, [address]).exited;
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { headless: { type: 'boolean' }, fresh: { type: 'boolean' } } });
	await (values.headless === true ? doMainJob() : start(values.fresh === true));
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);
