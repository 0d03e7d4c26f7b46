import { commands, l10n, workspace } from 'vscode';
import { unsent } from '../../domain/imageError';
import { say } from '../../domain/message';
import type { SavedImage } from '../../domain/picture';
import { showFailure } from '../failureActions';
import type { Recovery, UnfinishedJobs } from '../recovery';
import { merged } from '../recipes/pictureBuilder';
import { type Result, resultOf } from '../result';
import { nameOf, preview } from '../showPictures';
import { tell } from '../tell';
import { refuse } from './calls';

/** *Recover Unfinished Jobs*. */
export async function recoverJobs(unfinished: UnfinishedJobs): Promise<Result> {
	if (!workspace.isTrusted) return refuse(unsent('untrusted'));
	const recovery = await unfinished.recover();
	void tellOf(recovery, true);
	const { elsewhere, before } = recovery;
	const result = merged([before, recovery.result]);
	const warnings = elsewhere > 0 ? [...result.warnings, elsewhereMessage(elsewhere)] : result.warnings;
	return resultOf({ ...result, warnings });
}

/** After start-up, where a window has left something. */
export async function recoverAtStart(unfinished: UnfinishedJobs): Promise<void> {
	if (workspace.isTrusted) await tellOf(await unfinished.atStart(), false);
}

async function tellOf({ result, elsewhere }: Recovery, isAsked: boolean): Promise<void> {
	const { images, failures } = result;
	const news = new Map(failures.map((failure) => [failure.code, failure])).values();
	const isNothing = images.length === 0 && failures.length === 0;
	await Promise.all([
		...(images.length > 0 ? [tellOfPictures(images)] : []),
		...Array.from(news, async (failure) => showFailure(failure)),
		...(isAsked && isNothing ? [tell('information', nothingSentence(elsewhere))] : []),
	]);
}

function nothingSentence(elsewhere: number): string {
	if (elsewhere === 0) return l10n.t('There are no unfinished jobs.');
	return l10n.t('{0} unfinished jobs belong to other folders. Open these to recover them.', elsewhere);
}

function elsewhereMessage(elsewhere: number) {
	return say('{0} unfinished jobs belong to other folders. Open these to recover them.', elsewhere);
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
