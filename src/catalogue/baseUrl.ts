import ipaddr from 'ipaddr.js';
import { type ImageError, unsent } from '../domain/imageError';
import { type Message, say } from '../domain/message';
import { addressSetting, findProvider } from './providers';

/**
 * The address of a provider's API as a person set it, or what is wrong with it. Its path has no slash at the end, unless it is
 * nothing but a slash. No sentence quotes the address: a password may stand in it.
 */
export function parseBaseUrl(text: string, provider: string): URL | ImageError {
	const setting = addressSetting(provider);
	const example = findProvider(provider)?.baseUrl ?? 'https://api.example.com/v1';
	const url = urlOf(text.trim());
	if (!url) return unsent('bad-input', say('The setting {0} is no address. Write one like {1}.', setting, example));
	const problem = problemOf(url, text, setting, example);
	if (problem) return unsent('bad-input', problem);
	url.pathname = url.pathname.replace(/\/+$/, '');
	return url;
}

/** A missing scheme is read as the empty one, for the sake of a better sentence. */
function urlOf(text: string): URL | undefined {
	const address = text.includes('://') ? text : `missing://${text}`;
	// The parser repairs blanks, backslashes and doubled slashes: what it would have to repair is no address.
	const hasForm = /^[a-z][a-z\d+.-]*:\/\/[^/\s\\?#][^\s\\]*$/i.test(address);
	return hasForm && URL.canParse(address) ? new URL(address) : undefined;
}

/** Paths of the APIs that people copy along with the address. */
const endpoint =
	/\/(images(\/(generations|edits|variations))?|chat\/completions|completions|responses|models|predictions)\/*$/;

function problemOf(url: URL, text: string, setting: string, example: string): Message | undefined {
	if (!/^https?:$/.test(url.protocol)) {
		return say('The setting {0} must begin with https:// or http://, like {1}.', setting, example);
	}
	if (url.username !== '' || url.password !== '') {
		return say('The setting {0} holds a user name or a password. Leave it out, and set an API key instead.', setting);
	}
	if (/[?#]/.test(text)) {
		return say('The setting {0} must end before ? and #. Write an address like {1}.', setting, example);
	}
	if (rangeOf(url) === 'unspecified') {
		return say('The setting {0} names every address and so none. Write 127.0.0.1 for this machine.', setting);
	}
	if (url.protocol === 'http:' && !isLocal(url)) {
		return say(
			'The setting {0} would send your key in the clear. Write https://: http:// is for this machine and the local network.',
			setting,
		);
	}
	if (/\/\/+[^/]/.test(url.pathname)) {
		return say('The setting {0} has two slashes where one belongs. Write an address like {1}.', setting, example);
	}
	const [ending] = endpoint.exec(url.pathname) ?? [];
	return ending === undefined ? undefined : say('Leave out {0} at the end of the setting {1}.', ending, setting);
}

/** Whether an address is on this machine. */
export function isLoopback(url: URL): boolean {
	return /^(.+\.)?localhost$/.test(hostOf(url)) || rangeOf(url) === 'loopback';
}

/** The shared range of RFC 6598 is that of overlay networks (Tailscale), by which people reach servers of their own. */
const localRanges: ReadonlySet<string> = new Set(['loopback', 'private', 'uniqueLocal', 'carrierGradeNat']);

/** Whether an address is on this machine or, by its number or its name, in the local network. */
export function isLocal(url: URL): boolean {
	const range = rangeOf(url);
	if (range !== undefined) return localRanges.has(range);
	// A name without a dot, or with an ending that no public name has (RFC 6762, RFC 8375, ICANN's resolution on .internal).
	return isLoopback(url) || /^[^.]+$|\.(local|lan|internal|home\.arpa)$/.test(hostOf(url));
}

/** The kind of an address that is a number; `undefined` for a name. */
function rangeOf(url: URL): string | undefined {
	const host = hostOf(url);
	return ipaddr.isValid(host) ? ipaddr.process(host).range() : undefined;
}

/** Lower case, without the brackets of IPv6 and the dot of a full name. */
function hostOf({ hostname }: URL): string {
	return hostname.toLowerCase().replace(/^\[|\]$|\.$/g, '');
}
