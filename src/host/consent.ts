import { l10n } from 'vscode';
import { isLoopback } from '../catalogue/baseUrl';
import { formatUsd } from '../catalogue/price';
import { isBlank, type Options } from '../domain/imageRequest';
import { say } from '../domain/message';
import { oneLine } from '../documents/prose';
import { type SecretKind, secretsIn } from '../documents/secrets';
import { sumOfUsd } from '../spending/money';
import { asText, withoutHiding } from '../domain/plainText';
import { confirm } from './tell';

/** What a job sends, as a person is told of it before it does. */
export interface Sending {
	/** `provider/model`. */
	readonly model: string;
	readonly n: number;
	/** For all its pictures. Absent: nobody knows. */
	readonly usd?: number | undefined;
	/** Who gets what follows, see {@link hostOf}. */
	readonly host: string;
	/** With what is added to it. */
	readonly prompt: string;
	readonly options: Options;
	/** Files that go out, as a person names them. */
	readonly files: readonly string[];
}

/** Why a person is asked. */
export interface Reasons {
	/** Nothing of this workspace was ever sent there. */
	readonly isFirst: boolean;
	/** It costs more than the person's limit, or does together with what was made before. */
	readonly isDear: boolean;
	/** USD for what was made before in the same build, and nobody was asked about. */
	readonly before?: number;
	/** What its words seem to hold. */
	readonly secrets: readonly SecretKind[];
}

/** Asks a person, if there is a reason to; is told of each job that has a price. `true`: it may be sent. */
export type Ask = (sending: Sending, why: Reasons) => Promise<boolean>;

/**
 * Who answers for the person. `caller`: the caller of a silent command, who may send but not spend more than the person's limit; `editor`: its
 * own confirmation of a tool's call, with the price. Neither may send a secret. Else the person is asked.
 */
export type Consent = 'caller' | 'editor' | Ask;

/** What is said of a job that the person did not want to be sent. */
export const declined = say('It was not made: you did not confirm it.');

/** Whether a person has to be asked. */
export function isReason({ isFirst, isDear, secrets }: Reasons): boolean {
	return isFirst || isDear || secrets.length > 0;
}

/** Asks in a dialog. */
export const askPerson: Ask = async (sending, why) => !isReason(why) || confirmSending([sending], why);

/** A name, or a name with a port; where others in the network could read along, with `http://` before it. */
export function hostOf(base: URL): string {
	return base.protocol === 'http:' && !isLoopback(base) ? base.origin : base.host;
}

/** So many names are listed, of files as of models: a dialog has no scroll bar. */
const mostNamed = 8;

/** So many prompts are shown and so many options, each with so many characters. */
const mostTexts = 4;
const mostOfText = 300;

/** Asks in one dialog for several jobs. */
export async function confirmSending(jobs: readonly Sending[], why: Reasons): Promise<boolean> {
	const hosts = distinct(jobs.map(({ host }) => host));
	const detail = [
		...priceLines(jobs, why.isDear && why.secrets.length === 0),
		...(why.before ? [l10n.t('Made before without a question, for about {0}', formatUsd(why.before))] : []),
		l10n.t('Model: {0}', named(distinct(jobs.map(({ model }) => model)))),
		...hosts.map((host) => sentTo(host, jobs)),
		...(why.isFirst || why.secrets.length > 0 ? wordLines(jobs) : []),
		...(why.isFirst ? [l10n.t('You are asked once for each provider in this workspace.')] : []),
		...(why.isDear ? [l10n.t('You are asked above the price in the setting limn.budget.confirmAbove.')] : []),
	];
	const yes = countOf(jobs) === 1 ? l10n.t('Make Picture') : l10n.t('Make Pictures');
	return confirm(questionOf(jobs, why, named(hosts)), detail.join('\n'), why.isDear ? yes : l10n.t('Send'));
}

/** A secret is what matters most, then the price. */
function questionOf(jobs: readonly Sending[], { secrets, isDear }: Reasons, hosts: string): string {
	if (secrets.length > 0) {
		return l10n.t('The prompt seems to hold a secret ({0}). Send it to {1}?', namesOf(secrets), hosts);
	}
	if (!isDear) return l10n.t('Send this to {0}?', hosts);
	const usd = formatUsd(sumOfUsd(jobs.map((job) => job.usd ?? 0)));
	const n = countOf(jobs.filter((job) => job.usd !== undefined));
	return n === 1 ? l10n.t('Make 1 picture for about {0}?', usd) : l10n.t('Make {0} pictures for about {1}?', n, usd);
}

/** Kinds of secret, as a person names them. */
export function namesOf(kinds: readonly SecretKind[]): string {
	return kinds.map(nameOfKind).join(', ');
}

function nameOfKind(kind: SecretKind): string {
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

/** Nobody is told that something costs nothing. `isSaid`: the question has the price. */
function priceLines(jobs: readonly Sending[], isSaid: boolean): string[] {
	const usd = sumOfUsd(jobs.map((job) => job.usd ?? 0));
	const unknown = countOf(jobs.filter((job) => job.usd === undefined));
	if (usd === 0) return unknown > 0 ? [l10n.t('Price: unknown')] : [];
	return [
		...(isSaid ? [] : [l10n.t('Price: about {0}', formatUsd(usd))]),
		...(unknown > 0 ? [l10n.t('Besides, of unknown price: {0}', unknown)] : []),
	];
}

function sentTo(host: string, jobs: readonly Sending[]): string {
	const there = jobs.filter((job) => job.host === host);
	const files = distinct(there.flatMap((job) => job.files));
	if (files.length === 0) return l10n.t('Sent to {0}: the prompt.', host);
	return there.every(({ prompt }) => isBlank(prompt))
		? l10n.t('Sent to {0}: {1}.', host, named(files))
		: l10n.t('Sent to {0}: the prompt and {1}.', host, named(files));
}

/** A text that goes out, and how a person reads it. */
interface Words {
	readonly text: string;
	readonly line: string;
}

function wordLines(jobs: readonly Sending[]): string[] {
	const prompts = jobs
		.filter(({ prompt }) => prompt.trim() !== '')
		.map(({ prompt }) => ({ text: prompt, line: l10n.t('Prompt: {0}', shortened(prompt)) }));
	const options = jobs
		.flatMap((job) => textsIn(job.options))
		.map(([name, value]) => ({ text: assignment([name, value]), line: `${shortened(name)}: ${shortened(value)}` }));
	return [
		...listed(prompts, (count) => l10n.t('Prompts besides: {0}', count)),
		...listed(options, (count) => l10n.t('Options besides: {0}', count)),
	];
}

/** What seems to hold a secret comes first. */
function listed(words: readonly Words[], besides: (count: number) => string): string[] {
	const secret = words.filter(({ text }) => secretsIn(text).length > 0);
	const lines = distinct([...secret, ...words].map(({ line }) => line));
	const more = lines.length - mostTexts;
	return more > 0 ? [...lines.slice(0, mostTexts), besides(more)] : lines;
}

function textsIn(options: Options): [name: string, value: string][] {
	return Object.entries(options).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
}

function assignment([name, value]: readonly [string, string]): string {
	return `${name}=${value}`;
}

function shortened(text: string): string {
	const characters = Array.from(oneLine(withoutHiding(text)));
	const more = characters.length - mostOfText;
	const beginning = characters.slice(0, mostOfText).join('').trimEnd();
	return more > 0 ? l10n.t('{0}… ({1} more characters)', beginning, more.toLocaleString()) : beginning;
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
