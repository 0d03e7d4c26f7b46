// Stands in for the desktop `code` program where `runTests` of @vscode/test-electron starts it: takes its flags, runs the
// suite in the extension host of a `code-server`, prints the suite's lines and exits with its code.
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import * as z from 'zod';
import { limnVariables } from '../editor/environment';
import { endWithParent } from '../editor/processes';
import { type Session, startSession } from '../editor/session';

/** Tells the suite's lines from the workbench's own. */
const mark = '\u00a7';

const flagsSchema = z.object({
	extensionDevelopmentPath: z.array(z.string()).default([]),
	extensionTestsPath: z.string(),
	'user-data-dir': z.string().optional(),
	'extensions-dir': z.string().optional(),
	'disable-workspace-trust': z.boolean().default(false),
	timeout: z.coerce.number().default(300_000),
});

type Flags = z.infer<typeof flagsSchema> & { readonly workspace: string | undefined };

function readFlags(args: readonly string[]): Flags {
	const { values, positionals } = parseArgs({
		args: [...args],
		// The desktop program takes many more flags; they have no meaning here.
		strict: false,
		options: {
			extensionDevelopmentPath: { type: 'string', multiple: true },
			extensionTestsPath: { type: 'string' },
			'user-data-dir': { type: 'string' },
			'extensions-dir': { type: 'string' },
			'disable-workspace-trust': { type: 'boolean' },
			timeout: { type: 'string' },
		},
	});
	return { ...flagsSchema.parse(values), workspace: positionals[0] };
}

async function start(flags: Flags): Promise<Session> {
	return startSession({
		...(flags.workspace === undefined ? {} : { workspace: flags.workspace }),
		...(flags['user-data-dir'] === undefined ? {} : { userDataFolder: flags['user-data-dir'] }),
		...(flags['extensions-dir'] === undefined ? {} : { extensionsFolder: flags['extensions-dir'] }),
		extensionPaths: flags.extensionDevelopmentPath.map(pathOf),
		testsPath: pathOf(flags.extensionTestsPath).replace(/\.js$/, ''),
		env: { ...limnVariables(), LIMN_HOST_MARK: mark },
		testDriver: true,
		restricted: !flags['disable-workspace-trust'],
	});
}

function pathOf(file: string): string {
	return file.startsWith('file://') ? new URL(file).pathname : file;
}

/** What the suite and the editor say; `noise` is the editor's last errors, worth reading when the suite says nothing. */
interface Hearing {
	readonly exitCode: Promise<number>;
	readonly noise: string[];
	spoke: boolean;
}

/** Prints the suite's lines. The two functions are those that VS Code's own test driver calls on the page. */
function hear(page: Page): Hearing {
	const exitCode = new Promise<number>((resolve, reject) => {
		page.exposeFunction('codeAutomationExit', resolve).catch(reject);
		page.exposeFunction('codeAutomationLog', hearLine).catch(reject);
	});
	const hearing: Hearing = { exitCode, noise: [], spoke: false };
	function hearLine(type: string, values: readonly unknown[]): void {
		for (const line of values.join(' ').split('\n')) {
			if (line.startsWith(mark)) {
				hearing.spoke = true;
				process.stdout.write(`${line.slice(mark.length)}\n`);
			} else if (type === 'error' && !/^\s+at |bindings file|^ → /.test(line)) hearing.noise.push(line);
		}
	}
	return hearing;
}

async function runSuite(session: Session, timeoutMs: number): Promise<number> {
	const hearing = hear(session.page);
	try {
		await session.load();
		return await Promise.race([
			hearing.exitCode,
			session.page.waitForEvent('crash', { timeout: 0 }).then(() => failure('The page of VS Code crashed.')),
			session.server.exited.then(() => failure('VS Code (code-server) ended.')),
			setTimeout(timeoutMs, undefined, { ref: false }).then(() =>
				failure(`The suite gave no result in ${timeoutMs} ms.`),
			),
		]);
	} finally {
		if (!hearing.spoke) console.error(hearing.noise.slice(-20).join('\n'));
	}
}

async function failure(what: string): Promise<never> {
	throw new Error(what);
}

async function main(): Promise<number> {
	endWithParent();
	const flags = readFlags(process.argv.slice(2));
	const session = await start(flags);
	try {
		return await runSuite(session, flags.timeout);
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		console.error(await session.server.log());
		return 1;
	} finally {
		await session.close();
	}
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);
