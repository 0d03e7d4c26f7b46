import { commands, type ExtensionContext } from 'vscode';
import { type Commands, commandIds } from './host/commandIds';

/**
 * All that a window pays for Limn until it is used: a few registrations.
 * Everything else is a bundle of its own, loaded at the first command.
 */
export function activate(context: ExtensionContext): void {
	let limn: Promise<Commands> | undefined;
	const load = async () => {
		limn ??= import('./limn.js').then(({ createLimn }) => createLimn(context));
		// What failed once may go well the next time.
		limn.catch(() => (limn = undefined));
		return limn;
	};
	for (const id of commandIds) {
		context.subscriptions.push(
			commands.registerCommand(id, async (argument: unknown, selected: unknown) =>
				(await load())[id](argument, selected),
			),
		);
	}
}
