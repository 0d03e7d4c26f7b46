import { commands, l10n, workspace } from 'vscode';
import { unsent } from '../../domain/imageError';
import { type Message, say } from '../../domain/message';
import type { SavedImage } from '../../domain/picture';
import { showFailure } from '../failureActions';
import type { Recovery, UnfinishedJobs } from '../recovery';
import { type Result, resultOf } from '../result';
import { merged } from '../../domain/result';
import { nameOf, preview } from '../showPictures';
import { tell } from '../tell';
import { describe, translate } from '../translate';
import { refuse } from './calls';

/** *Recover Unfinished Jobs*. */
export async function recoverJobs(unfinished: UnfinishedJobs): Promise<Result> {
	if (!workspace.isTrusted) return refuse(unsent('untrusted'));
	const recovery = await unfinished.recover();
	void tellOf(recovery, true);
	const { elsewhere, before } = recovery;
	const result = merged([before, recovery.result]);
	const warnings = elsewhere.length > 0 ? [...result.warnings, elsewhereMessage(elsewhere)] : result.warnings;
	return resultOf({ ...result, warnings });
}

/** After start-up, where a window has left something. */
export async function recoverAtStart(unfinished: UnfinishedJobs): Promise<void> {
	if (workspace.isTrusted) await tellOf(await unfinished.atStart(), false);
}

async function tellOf({ result, elsewhere }: Recovery, isAsked: boolean): Promise<void> {
	const { images, failures, warnings } = result;
	// What fails alike is one piece of news.
	const news = new Map(failures.map((failure) => [describe(failure), failure])).values();
	const isNothing = images.length === 0 && failures.length === 0;
	await Promise.all([
		...(images.length > 0 ? [tellOfPictures(images)] : []),
		...Array.from(news, async (failure) => showFailure(failure)),
		...warnings.map(async (warning) => tell('warning', translate(warning))),
		...(isAsked && elsewhere.length > 0 ? [tell('warning', translate(elsewhereMessage(elsewhere)))] : []),
		...(isAsked && isNothing && elsewhere.length === 0
			? [tell('information', l10n.t('There are no unfinished jobs.'))]
			: []),
	]);
}

/** So many folders are named. */
const mostNamed = 3;

/** `elsewhere`: the name of a folder for each job. */
function elsewhereMessage(elsewhere: readonly string[]): Message {
	const folders = [...new Set(elsewhere)].filter((name) => name !== '');
	const names = [...folders.slice(0, mostNamed), ...(folders.length > mostNamed ? ['…'] : [])].join(', ');
	const { length } = elsewhere;
	if (length === 1)
		return say('1 unfinished job belongs to a folder that is not open: {0}. Open it to recover the job.', names);
	return say(
		'{0} unfinished jobs belong to folders that are not open: {1}. Open these to recover them.',
		length,
		names,
	);
}

async function tellOfPictures(images: readonly SavedImage[]): Promise<void> {
	const [first] = images;
	if (!first) return;
	const name = nameOf(first);
	const sentence =
		images.length === 1
			? l10n.t('Recovered {0}, which was not finished when a window closed.', name)
			: l10n.t('Recovered {0} and {1} more, which were not finished when a window closed.', name, images.length - 1);
	const insert = async () => commands.executeCommand('limn.insert', { image: first.uri });
	await tell('information', sentence, [
		{ title: l10n.t('Show'), run: async () => preview(first) },
		...(images.length === 1 ? [{ title: l10n.t('Insert Reference'), run: insert }] : []),
	]);
}
