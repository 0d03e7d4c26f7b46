import { l10n } from 'vscode';
import { formatUsd } from '../catalogue/price';
import { say } from '../domain/message';
import { confirm } from './tell';

/** What a person is told of a job before it spends that much. */
export interface Spending {
	/** `provider/model`. */
	readonly model: string;
	readonly n: number;
	/** For all its pictures. */
	readonly usd: number;
	/** Who is sent what follows; a name, or a name with a port. */
	readonly host: string;
	/** Files that go out, as a person names them. */
	readonly files: readonly string[];
}

/** Whether a job above the person's limit may be run. `refused`: nobody can be asked. */
export type Consent = (spending: Spending) => Promise<'given' | 'declined' | 'refused'>;

/** What is said of a job whose price was not confirmed. */
export const declined = say('It was not made: you did not confirm the price.');

/** For callers that show nothing. */
export const silently: Consent = async () => 'refused';

/** Asks in a dialog. */
export const askPerson: Consent = async (spending) => ((await confirmSpending([spending])) ? 'given' : 'declined');

/** So many names are listed, of files as of models: a dialog has no scroll bar. */
const mostNamed = 8;

/** Asks in one dialog for several jobs. `unknown`: so many pictures are made besides, of which nobody knows the price. `true`: the person wants them. */
export async function confirmSpending(jobs: readonly Spending[], unknown = 0): Promise<boolean> {
	const n = jobs.reduce((sum, job) => sum + job.n, 0);
	const usd = formatUsd(jobs.reduce((sum, job) => sum + job.usd, 0));
	const files = distinct(jobs.flatMap((job) => job.files));
	const detail = [
		...(unknown > 0 ? [l10n.t('Besides, of unknown price: {0}', unknown)] : []),
		l10n.t('Model: {0}', named(distinct(jobs.map(({ model }) => model)))),
		...distinct(jobs.map(({ host }) => host)).map((host) =>
			files.length === 0
				? l10n.t('Sent to {0}: the prompt.', host)
				: l10n.t('Sent to {0}: the prompt and {1}.', host, named(files)),
		),
		l10n.t('You are asked above the price in the setting limn.budget.confirmAbove.'),
	];
	const question =
		n === 1 ? l10n.t('Make 1 picture for about {0}?', usd) : l10n.t('Make {0} pictures for about {1}?', n, usd);
	return confirm(question, detail.join('\n'), n === 1 ? l10n.t('Make Picture') : l10n.t('Make Pictures'));
}

function distinct(names: readonly string[]): string[] {
	return [...new Set(names)].filter((name) => name !== '');
}

function named(names: readonly string[]): string {
	const listed = names.slice(0, mostNamed).join(', ');
	return names.length > mostNamed ? l10n.t('{0} and {1} more', listed, names.length - mostNamed) : listed;
}
