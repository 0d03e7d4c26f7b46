import { format } from 'node:util';
import Mocha from 'mocha';

/**
 * Runs files of tests inside an extension host. There the console is shared with the editor and expands no `%s`:
 * each line of the suite carries the mark that `codeHost` looks for (in the desktop editor, none).
 */
export async function runMocha(files: readonly string[], options: Mocha.MochaOptions = {}): Promise<void> {
	const mark = process.env['LIMN_HOST_MARK'] ?? '';
	Mocha.reporters.Base.consoleLog = (...values: unknown[]) => {
		console.log(format(...values).replaceAll(/^/gm, mark));
	};
	const mocha = new Mocha({ color: false, timeout: 20_000, ...options });
	for (const file of files) mocha.addFile(file);
	const failures = await new Promise<number>((resolve) => {
		mocha.run(resolve);
	});
	if (failures > 0) throw new Error(`${failures} tests failed.`);
}
