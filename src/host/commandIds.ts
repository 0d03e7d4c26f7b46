/** Every command of Limn's, as the manifest names it. A test holds the two together. */
export const commandIds = [
	'limn.generate',
	'limn.generateFromSelection',
	'limn.insert',
	'limn.setApiKey',
	'limn.clearApiKey',
	'limn.checkConnection',
	'limn.chooseModel',
	'limn.showJobs',
	'limn.showLog',
] as const;

export type CommandId = (typeof commandIds)[number];

/** What runs when a command is called. The explorer passes what was clicked and everything that is selected. */
export type Commands = Readonly<Record<CommandId, (argument: unknown, selected: unknown) => Promise<unknown>>>;
