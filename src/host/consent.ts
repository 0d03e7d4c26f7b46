import { l10n } from 'vscode';
import { formatUsd } from '../catalogue/price';
import { isBlank } from '../domain/imageRequest';
import { say } from '../domain/message';
import { oneLine } from '../documents/prose';
import type { SecretKind } from '../documents/secrets';
import { sumOfUsd } from '../spending/money';
import { asText, withoutHiding } from './plainText';
import { confirm } from './tell';

/** What a job sends, as a person is told of it before it does. */
export interface Sending {
	/** `provider/model`. */
	readonly model: string;
	readonly n: number;
	/** For all its pictures. Absent: nobody knows. */
	readonly usd?: number | undefined;
	/** Who gets what follows; a name, or a name with a port. */
	readonly host: string;
	readonly prompt: string;
	/** Files that go out, as a person names them. */
	readonly files: readonly string[];
}

/** Why a person is asked. */
export interface Reasons {
	/** Nothing of this workspace was ever sent there. */
	readonly isFirst: boolean;
	/** It costs more than the person's limit. */
	readonly isDear: boolean;
	/** What its words seem to hold. */
	readonly secrets: readonly SecretKind[];
}

/** Asks a person. `true`: it may be sent. */
export type Ask = (sending: Sending, why: Reasons) => Promise<boolean>;

/**
 * Who answers for the person. `caller`: the caller of a silent command, who may send but not spend more than the person's limit; `editor`: its
 * own confirmation of a tool's call, with the price. Neither may send a secret. Else the person is asked.
 */
export type Consent = 'caller' | 'editor' | Ask;

/** What is said of a job that the person did not want to be sent. */
export const declined = say('It was not made: you did not confirm it. Nothing was sent.');

/** Asks in a dialog. */
export const askPerson: Ask = async (sending, why) => confirmSending([sending], why);

/** So many names are listed, of files as of models: a dialog has no scroll bar. */
const mostNamed = 8;

/** So many prompts are shown, each with so many characters. */
const mostPrompts = 4;
const mostOfPrompt = 300;

/** Asks in one dialog for several jobs. */
export async function confirmSending(jobs: readonly Sending[], why: Reasons): Promise<boolean> {
	const hosts = distinct(jobs.map(({ host }) => host));
	const unknown = countOf(jobs.filter(({ usd }) => usd === undefined));
	const detail = [
		...(why.isDear && unknown > 0 ? [l10n.t('Besides, of unknown price: {0}', unknown)] : []),
		...(why.isDear && why.secrets.length === 0 ? [] : priceOf(jobs)),
		l10n.t('Model: {0}', named(distinct(jobs.map(({ model }) => model)))),
		...hosts.map((host) => sentTo(host, jobs)),
		...(why.isFirst || why.secrets.length > 0 ? promptsOf(jobs) : []),
		...(why.isFirst ? [l10n.t('You are asked once for each provider in this workspace.')] : []),
		...(why.isDear ? [l10n.t('You are asked above the price in the setting limn.budget.confirmAbove.')] : []),
	];
	const yes = countOf(jobs) === 1 ? l10n.t('Make Picture') : l10n.t('Make Pictures');
	return confirm(questionOf(jobs, why, named(hosts)), detail.join('\n'), why.isDear ? yes : l10n.t('Send'));
}

/** A secret is what matters most, then the price. */
function questionOf(jobs: readonly Sending[], { secrets, isDear }: Reasons, hosts: string): string {
	if (secrets.length > 0) {
		return l10n.t('The prompt seems to hold a secret ({0}). Send it to {1}?', secrets.map(kindOf).join(', '), hosts);
	}
	if (!isDear) return l10n.t('Send this to {0}?', hosts);
	const usd = formatUsd(sumOfUsd(jobs.map((job) => job.usd ?? 0)));
	const n = countOf(jobs.filter((job) => job.usd !== undefined));
	return n === 1 ? l10n.t('Make 1 picture for about {0}?', usd) : l10n.t('Make {0} pictures for about {1}?', n, usd);
}

function kindOf(kind: SecretKind): string {
	switch (kind) {
		case 'api key':
			return l10n.t('an API key');
		case 'private key':
			return l10n.t('a private key');
		case 'token':
			return l10n.t('a token');
		case 'password':
			return l10n.t('a password');
		case 'environment':
			return l10n.t('a line of an .env file');
	}
}

/** Nobody is told that something costs nothing. */
function priceOf(jobs: readonly Sending[]): string[] {
	const usd = sumOfUsd(jobs.map((job) => job.usd ?? 0));
	return usd > 0 ? [l10n.t('Price: about {0}', formatUsd(usd))] : [];
}

function sentTo(host: string, jobs: readonly Sending[]): string {
	const there = jobs.filter((job) => job.host === host);
	const files = distinct(there.flatMap((job) => job.files));
	if (files.length === 0) return l10n.t('Sent to {0}: the prompt.', host);
	return there.every(({ prompt }) => isBlank(prompt))
		? l10n.t('Sent to {0}: {1}.', host, named(files))
		: l10n.t('Sent to {0}: the prompt and {1}.', host, named(files));
}

function promptsOf(jobs: readonly Sending[]): string[] {
	const prompts = distinct(jobs.map(({ prompt }) => oneLine(withoutHiding(prompt))));
	const shown = prompts.slice(0, mostPrompts).map((prompt) => l10n.t('Prompt: {0}', shortened(prompt)));
	return prompts.length > shown.length
		? [...shown, l10n.t('Prompts besides: {0}', prompts.length - shown.length)]
		: shown;
}

function shortened(prompt: string): string {
	const characters = Array.from(prompt);
	return characters.length <= mostOfPrompt ? prompt : `${characters.slice(0, mostOfPrompt).join('').trimEnd()}…`;
}

function countOf(jobs: readonly Sending[]): number {
	return jobs.reduce((sum, { n }) => sum + n, 0);
}

function distinct(names: readonly string[]): string[] {
	return [...new Set(names.map(asText))].filter((name) => name !== '');
}

function named(names: readonly string[]): string {
	const listed = names.slice(0, mostNamed).join(', ');
	return names.length > mostNamed ? l10n.t('{0} and {1} more', listed, names.length - mostNamed) : listed;
}
