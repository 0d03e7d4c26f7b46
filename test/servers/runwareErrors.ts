import { Refusal, type RefusalFacts, type Reply } from './answer';

/** An object of `data` or of `errors`. */
export type Item = Readonly<Record<string, unknown>>;

interface Complaint {
	/** Several where values contradict each other. */
	readonly parameter?: string | readonly string[];
	/** What the value should have been. */
	readonly type?: string;
	readonly allowedValues?: readonly string[];
	readonly context?: Item;
}

/** A refusal in Runware's own words. Runware's codes are in camel case: that tells them from those of the common faults. */
export function wrong(code: string, message: string, complaint: Complaint = {}, status = 400): Refusal {
	return new Refusal({ status, message, type: '', code, details: { ...complaint } });
}

/** `inputs.seedImage` → `SeedImage`: most codes end in the parameter's own name. */
export function codeName(path: string): string {
	const name = path.split('.').at(-1) ?? '';
	return name.charAt(0).toUpperCase() + name.slice(1);
}

export function invalidValue(path: string, message: string, complaint: Complaint = {}): Refusal {
	return wrong(`invalid${codeName(path)}`, message, { parameter: path, ...complaint });
}

export function missingValue(path: string): Refusal {
	return wrong(`missing${codeName(path)}`, `The parameter '${path}' is required.`, { parameter: path });
}

/** Says which task was refused. */
export function ofTask({ facts }: Refusal, task: Item): Refusal {
	const { taskType, taskUUID } = task;
	return new Refusal({ ...facts, details: { ...facts.details, taskType, taskUUID } });
}

/** One refusal for a request of which nothing was done: the first one's status, all their items. */
export function together(refusals: readonly [Refusal, ...Refusal[]]): Refusal {
	const [first, ...others] = refusals;
	if (others.length === 0) return first;
	return new Refusal({ ...first.facts, details: { items: refusals.map(errorItem) } });
}

export function errorItem({ facts }: Refusal): Item {
	const { code, message, details = {} } = facts;
	if (isOwn(code)) return { code, message, ...details };
	const { status: _, ...said } = translated(facts);
	return { message, taskType: details['taskType'], taskUUID: details['taskUUID'], ...said };
}

/** `{"errors":[…]}`; as gateways say it where a fault asks for that. */
export function refuse(refusal: Refusal): Reply {
	const { message, code, details = {}, headers } = refusal.facts;
	const status = translated(refusal.facts).status ?? refusal.facts.status;
	const items = Array.isArray(details['items']) ? details['items'] : [errorItem(refusal)];
	if (details['isSingular'] === true) {
		return exactJson(status, { error: { code, message }, taskUUID: details['taskUUID'] }, headers);
	}
	return exactJson(status, { errors: items }, headers);
}

/** JSON with integers of any length: seeds have more digits than a number keeps. */
export function exactJson(status: number, value: Item, headers: Readonly<Record<string, string>> = {}): Reply {
	const text = JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `#${part}` : part));
	const body = text.replaceAll(/"#(\d+)"/g, '$1');
	return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}

function isOwn(code: string | null): boolean {
	return /^[a-z]+([A-Z]|$)/.test(code ?? '');
}

interface Translated {
	readonly code: string;
	readonly status?: number;
	readonly [field: string]: unknown;
}

/** The common faults are told in OpenAI's words; here are Runware's. */
const codes: Readonly<Record<string, Translated>> = {
	moderation_blocked: { code: 'contentPolicyViolation' },
	invalid_api_key: { code: 'invalidApiKey', parameter: 'apiKey', type: 'string', taskType: 'authentication' },
	insufficient_balance: { code: 'insufficientCredits', status: 402 },
	insufficient_quota: { code: 'insufficientCredits', status: 402 },
	// Documented is 402; clients have seen 400.
	billing_hard_limit_reached: { code: 'insufficientCredits', status: 400 },
	rate_limit_exceeded: { code: 'rateLimitExceeded' },
	request_too_large: { code: 'valueTooLarge' },
	all_providers_exhausted: { code: 'noAvailableServer' },
	server_overloaded: { code: 'serviceUnavailable' },
	invalid_value: { code: 'invalidPixels', parameter: ['width', 'height'] },
};

function translated({ code, details = {} }: RefusalFacts): Translated {
	if (code === 'moderation_blocked' && JSON.stringify(details).includes('"output"')) {
		return { code: 'providerContentPolicyViolation' };
	}
	return codes[code ?? ''] ?? { code: 'insufficientPermissions' };
}
