/** Every command of Limn's, as the manifest names it. A test holds the two together. */
export const commandIds = [
	'limn.generate',
	'limn.generateFromSelection',
	'limn.edit',
	'limn.expand',
	'limn.vary',
	'limn.insert',
	'limn.showRecipe',
	'limn.stripMetadata',
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
