import { l10n, type LogOutputChannel, ProgressLocation, Uri, window } from 'vscode';
import { type ImageError, isImageError, unsent } from '../../domain/imageError';
import { say } from '../../domain/message';
import type { Check, Project, ProjectFinding, Scope } from '../../workspace/project';
import { checkArguments, parseArguments } from '../arguments';
import { showFailure } from '../failureActions';
import { tellFindings } from '../findingList';
import { failureOf, type Result } from '../result';
import { scopeFor } from '../scope';
import { translate } from '../translate';

/** What `limn.checkImages` returns. With a failure nothing was looked at. */
export interface CheckResult {
	readonly findings: readonly Finding[];
	readonly failure?: Result['failures'][number];
}

/** What is wrong with a picture (contract: `Finding`). */
interface Finding {
	/** Of the file. */
	readonly uri: string;
	/** Zero-based; of the cell in a notebook. */
	readonly line: number;
	readonly cell?: number;
	readonly kind: ProjectFinding['kind'];
	readonly message: string;
}

interface Parts {
	readonly project: Project;
	readonly log: LogOutputChannel;
}

/** Milliseconds after which somebody who waits wants to know for what. */
const patience = 700;

/**
 * *Check Images*: what is wrong with the pictures of a file or of the workspace. Looks only: needs neither key nor network nor trust.
 * Nothing or a URI: by hand, and what was found is said; `undefined`: the person cancelled. Anything else: an argument object.
 */
export async function checkImages(argument: unknown, parts: Parts): Promise<CheckResult | undefined> {
	if (argument === undefined || argument instanceof Uri) return checkByHand(argument, parts);
	const parsed = parseArguments(checkArguments, argument);
	if ('error' in parsed) return refuse(parsed.error);
	const { scope, uri, only = 'all' } = parsed.value;
	const check = await look(scopeFor({ scope, uri }), parts);
	if (isImageError(check)) return refuse(check);
	return resultOf(check.findings.filter(({ kind }) => only === 'all' || kind === only));
}

async function checkByHand(file: Uri | undefined, parts: Parts): Promise<CheckResult | undefined> {
	const controller = new AbortController();
	const looking = look(scopeFor({ uri: file }), parts, controller.signal);
	const title = l10n.t('Checking pictures');
	const timer = setTimeout(() => void showProgress(title, looking, controller), patience);
	try {
		const check = await looking;
		if (isImageError(check)) return refuse(check);
		void tellFindings(check);
		return resultOf(check.findings);
	} catch (error) {
		if (controller.signal.aborted) return undefined;
		throw error;
	} finally {
		clearTimeout(timer);
	}
}

async function showProgress(title: string, work: Promise<unknown>, controller: AbortController): Promise<void> {
	const options = { location: ProgressLocation.Notification, title, cancellable: true };
	await window.withProgress(options, async (_, token) => {
		token.onCancellationRequested(() => controller.abort());
		await work.catch(() => undefined);
	});
}

async function look(
	scope: Scope | ImageError,
	{ project, log }: Parts,
	signal?: AbortSignal,
): Promise<Check | ImageError> {
	if (typeof scope === 'object' && !(scope instanceof Uri)) return scope;
	const check = await project.check(scope, signal);
	for (const uri of check?.tooLarge ?? []) log.warn(`too large, not looked into: ${uri.toString()}`);
	return check ?? unsent('bad-input', say('{0} cannot be opened. Name a text document.', scope.toString()));
}

function resultOf(findings: readonly ProjectFinding[]): CheckResult {
	return {
		findings: findings.map(({ uri, line, cell, kind, message }) => {
			const found = { uri: uri.toString(), line, kind, message: translate(message) };
			return cell === undefined ? found : { ...found, cell };
		}),
	};
}

function refuse(error: ImageError): CheckResult {
	void showFailure(error);
	return { findings: [], failure: failureOf(error) };
}
