import type { Fault } from './fault';

const invalid = 'invalid_request_error';
const blocked = 'Your request was rejected by the safety system. If you believe this is an error, contact us.';
const limit = 'Rate limit exceeded for images per minute in organization org-emulator. Limit: 5/1min. Current: 6/1min.';

/** Refusals with the statuses, types and codes of the OpenAI reference, errors. */
export const refusalFaults = {
	moderation: {
		says: '400 moderation_blocked, the prompt was found to be violent',
		refusal: moderation({ moderation_details: { moderation_stage: 'input', categories: ['violence'] } }),
	},
	'moderation-output': {
		says: '400 moderation_blocked, the picture was found to be sexual',
		refusal: moderation({ moderation_details: { moderation_stage: 'output', categories: ['sexual'] } }),
	},
	'moderation-bare': { says: '400 moderation_blocked without details', refusal: moderation({}) },
	'bad-request': {
		says: '400 invalid_value',
		refusal: { status: 400, type: invalid, code: 'invalid_value', message: 'The size is not supported by this model.' },
	},
	'bad-key': {
		says: '401 invalid_api_key, with the whole key in its sentence',
		refusal: { status: 401, type: invalid, code: 'invalid_api_key', message: 'Incorrect API key provided: {key}.' },
	},
	payment: {
		says: '402, the account is empty',
		refusal: {
			status: 402,
			type: 'insufficient_quota',
			code: 'insufficient_balance',
			message: 'Insufficient balance.',
		},
	},
	unverified: {
		says: '403, the organization is not verified',
		refusal: {
			status: 403,
			type: invalid,
			code: null,
			message:
				'Your organization must be verified to use the model. Please go to: https://platform.openai.com/settings/organization/general and click on Verify Organization. If you just verified, it can take up to 15 minutes for access to propagate.',
		},
	},
	'too-large': {
		says: '413, the request is too large',
		refusal: { status: 413, type: invalid, code: 'request_too_large', message: 'Maximum content size limit exceeded.' },
	},
	'rate-limit': { says: '429 with retry-after: 1, then success', once: true, refusal: tooMany({ 'retry-after': '1' }) },
	'rate-limit-now': {
		says: '429 with retry-after: 0, then success',
		once: true,
		refusal: tooMany({ 'retry-after': '0', 'retry-after-ms': '0' }),
	},
	'rate-limit-date': {
		says: '429 with a date long past in retry-after, then success',
		once: true,
		refusal: tooMany({ 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' }),
	},
	'queue-full': { says: '429 with retry-after: 120, every time', refusal: tooMany({ 'retry-after': '120' }) },
	quota: {
		says: 'no credit: 429 insufficient_quota, 402 at Lumenfall',
		refusal: {
			status: 429,
			type: 'insufficient_quota',
			code: 'insufficient_quota',
			message: 'You exceeded your current quota, please check your plan and billing details.',
		},
	},
	billing: {
		says: 'no credit: 400 billing_hard_limit_reached, 402 at Lumenfall',
		refusal: {
			status: 400,
			type: invalid,
			code: 'billing_hard_limit_reached',
			message: 'Billing hard limit has been reached',
		},
	},
	exhausted: {
		says: '502 before the work: no provider behind the gateway could do it',
		refusal: { status: 502, type: 'server_error', code: 'all_providers_exhausted', message: 'All providers failed' },
	},
	'503-once': {
		says: '503 with retry-after: 1 before the work, then success',
		once: true,
		refusal: {
			status: 503,
			type: 'server_error',
			code: 'server_overloaded',
			message: 'The engine is currently overloaded, please try again later',
			headers: { 'retry-after': '1' },
		},
	},
} as const satisfies Readonly<Record<string, Fault>>;

function moderation(details: Readonly<Record<string, unknown>>) {
	return {
		status: 400,
		type: 'image_generation_user_error',
		code: 'moderation_blocked',
		message: blocked,
		details,
	} as const;
}

function tooMany(headers: Readonly<Record<string, string>>) {
	return { status: 429, type: 'requests', code: 'rate_limit_exceeded', message: limit, headers } as const;
}
