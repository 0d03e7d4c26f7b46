// What the editor's extension host loads: runs the bundle of host tests beside it.
import path from 'node:path';
import { window } from 'vscode';
import { runMocha } from '../editor/hostMocha';

/** The entry that VS Code's test runner calls. `LIMN_GREP` runs only the tests whose title has it. */
export async function run(): Promise<void> {
	agreeToSend();
	const grep = process.env['LIMN_GREP'];
	await runMocha([path.join(__dirname, 'host.js')], grep === undefined ? {} : { grep });
}

/** The editor shows no dialog to tests: what goes to a provider for the first time is agreed to, unless a test says otherwise. */
function agreeToSend(): void {
	const show = window.showWarningMessage;
	const answer = async (message: string, options: object, ...buttons: string[]) =>
		buttons.includes('Send') ? 'Send' : show(message, options, ...buttons);
	Reflect.set(window, 'showWarningMessage', answer);
}
