/** Every command of Limn's, as the manifest names it. A test holds the two together. */
export const commandIds = [
	'limn.generate',
	'limn.generateFromSelection',
	'limn.edit',
	'limn.expand',
	'limn.vary',
	'limn.insert',
	'limn.openStudio',
	'limn.editInStudio',
	'limn.buildImages',
	'limn.checkImages',
	'limn.describeImage',
	'limn.showRecipe',
	'limn.stripMetadata',
	'limn.setApiKey',
	'limn.clearApiKey',
	'limn.checkConnection',
	'limn.chooseModel',
	'limn.recoverJobs',
	'limn.showSpending',
	'limn.showJobs',
	'limn.showLog',
] as const;

/** What CodeLens, quick fixes and hovers call. Not for the palette: they name a place or a picture. */
export const hiddenCommandIds = [
	'limn.picture.generate',
	'limn.picture.keep',
	'limn.picture.generateMissing',
	'limn.picture.edit',
	'limn.picture.vary',
	'limn.picture.regenerate',
] as const;

export type CommandId = (typeof commandIds)[number] | (typeof hiddenCommandIds)[number];

/** These make pictures: while they find out what is wanted, the painter's thread can start. */
export const makingCommandIds: ReadonlySet<CommandId> = new Set([
	'limn.generate',
	'limn.generateFromSelection',
	'limn.edit',
	'limn.expand',
	'limn.vary',
	'limn.picture.generate',
]);

/** What runs when a command is called. The explorer passes what was clicked and everything that is selected. */
export type Commands = Readonly<Record<CommandId, (argument: unknown, selected: unknown) => Promise<unknown>>>;
