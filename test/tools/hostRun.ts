// What the editor's extension host loads: runs the bundle of host tests beside it.
import path from 'node:path';
import { runMocha } from '../editor/hostMocha';

/** The entry that VS Code's test runner calls. `LIMN_GREP` runs only the tests whose title has it. */
export async function run(): Promise<void> {
	const grep = process.env['LIMN_GREP'];
	await runMocha([path.join(__dirname, 'host.js')], grep === undefined ? {} : { grep });
}
