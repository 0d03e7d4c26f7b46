import os from 'node:os';
import path from 'node:path';
import { parseBaseUrl } from '../catalogue/baseUrl';
import { foreignKey } from '../catalogue/keyVendor';
import { type ProviderFacts, providers } from '../catalogue/providers';
import { type ImageError, isImageError, unsent } from '../domain/imageError';
import { say } from '../domain/message';
import type { Endpoint } from '../network/encode';
import type { Limits } from '../spending/budget';
import { Misuse } from './flags';
import { addressVariable } from './words';

/** The variables of the process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The one place that reads keys: they are in the environment, and nowhere else. */
export function keyOf({ key }: ProviderFacts, environment: Environment): string | undefined {
	return key && (environment[key.variable]?.trim() || undefined);
}

/** All keys that there are, so that none is printed. */
export function keysIn(environment: Environment): string[] {
	return providers.flatMap((provider) => keyOf(provider, environment) ?? []);
}

/** Of the providers those that have a key, by id. */
export function withKey(environment: Environment): string[] {
	return providers.filter((provider) => keyOf(provider, environment) !== undefined).map(({ id }) => id);
}

/** Where a provider's API is, and the key that goes there; or why nothing can be sent. */
export function endpointOf(provider: ProviderFacts, environment: Environment): Endpoint | ImageError {
	const { id, title, baseUrl = '', key: facts } = provider;
	const base = parseBaseUrl(environment[addressVariable(id)] ?? baseUrl, id);
	if (isImageError(base)) return { ...base, provider: id };
	const key = keyOf(provider, environment);
	if (key === undefined && facts && !facts.optional) {
		const missing = say('There is no API key for {0}. Set {1} in the environment.', title, facts.variable);
		return { ...unsent('no-key', missing), provider: id };
	}
	const problem = key === undefined ? undefined : foreignKey(key, provider, base);
	return problem ? { ...problem, provider: id } : { provider: id, base, ...(key !== undefined && { key }) };
}

/** What the person wants to spend at most. Throws {@link Misuse}: of an amount that cannot be read nobody knows how much it is. */
export function limitsIn(environment: Environment): Limits {
	const daily = amountOf('LIMN_DAILY_BUDGET', environment);
	const monthly = amountOf('LIMN_MONTHLY_BUDGET', environment);
	return { ...(daily !== undefined && { daily }), ...(monthly !== undefined && { monthly }) };
}

function amountOf(variable: string, environment: Environment): number | undefined {
	const text = environment[variable]?.trim();
	if (text === undefined || text === '') return undefined;
	const usd = usdIn(text);
	if (usd === undefined) throw new Misuse(`${variable} must be an amount in USD, like 5 or 0.50.`);
	return usd;
}

/** An amount as people write it; `undefined`: it is none. */
export function usdIn(text: string): number | undefined {
	return /^\$?\d{1,9}(\.\d+)?$/.test(text) ? Number(text.replace('$', '')) : undefined;
}

/** Where Limn keeps what outlives a command: the journal, the ledger, and pictures that found no other place. */
export function homeIn(environment: Environment, platform = process.platform, home = os.homedir()): string {
	const { LIMN_HOME: own, XDG_STATE_HOME: state, LOCALAPPDATA: local } = environment;
	if (own) return path.resolve(own);
	if (platform === 'win32') return path.join(local || path.join(home, 'AppData', 'Local'), 'limn');
	if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'limn');
	// The specification wants a relative one passed over.
	return path.join(state && path.isAbsolute(state) ? state : path.join(home, '.local', 'state'), 'limn');
}
