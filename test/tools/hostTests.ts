// Runs the host tests in a real VS Code: once in a workspace of two folders, once without any folder.
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runInHost } from '../editor/hostSuite';

/** `npm test -- host` runs all; `node out/hostTests.js WORDS` only tests whose titles have these words. */
const words = process.argv.slice(2).join(' ');

/** The name of the first folder breaks every careless path; a link in it leads out. */
async function inFolders(parent: string): Promise<number> {
	const first = path.join(parent, 'a b#ü');
	await cp('test/sample', first, { recursive: true });
	await mkdir(path.join(parent, 'second'));
	await mkdir(path.join(parent, 'outside'));
	await symlink('../outside', path.join(first, 'leads-out'));
	return run(parent, ['a b#ü', 'second'], `^(?=.*${words}).*in folders`);
}

async function run(parent: string, folders: readonly string[], grep: string): Promise<number> {
	await mkdir(parent, { recursive: true });
	const workspace = path.join(parent, 'test.code-workspace');
	await writeFile(workspace, JSON.stringify({ folders: folders.map((folder) => ({ path: folder })) }));
	return runInHost({
		testsPath: 'out/hostRun.js',
		workspace,
		extensionPath: '.',
		env: { LIMN_GREP: grep, LIMN_HOME_FOLDER: parent },
		// Nobody is there to be asked; the tests that are about this set it.
		settings: { 'limn.budget.confirmAbove': null },
	});
}

async function main(): Promise<number> {
	const parent = await mkdtemp(path.join(os.tmpdir(), 'limn-host-'));
	try {
		const codes = [
			await inFolders(path.join(parent, 'one')),
			await run(path.join(parent, 'two'), [], `^(?=.*${words}).*without a folder`),
		];
		return Math.max(...codes);
	} finally {
		await rm(parent, { recursive: true, force: true });
	}
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
