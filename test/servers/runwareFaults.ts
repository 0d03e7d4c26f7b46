import type { Fault } from './fault';

const money = 'Insufficient credits, please add your credit card and top-up your balance';

/** What goes wrong at Runware alone. For tests: the words of prompts are those of the common faults. */
export const runwareFaults = {
	errorsIn200: {
		says: '200 with `errors` and without `data`',
		refusal: { status: 200, type: '', code: 'providerError', message: 'The provider could not do it.' },
	},
	singularError: {
		says: '500 with `error` instead of `errors`, as a gateway says it',
		refusal: {
			status: 500,
			type: '',
			code: 'internalServerError',
			message: 'Something went wrong.',
			details: { isSingular: true },
		},
	},
	noCredits400: {
		says: '400 insufficientCredits',
		refusal: { status: 400, type: '', code: 'insufficientCredits', message: money },
	},
	noCredits402: {
		says: '402 insufficientCredits',
		refusal: { status: 402, type: '', code: 'insufficientCredits', message: money },
	},
	providerPolicy: {
		says: '400 providerContentPolicyViolation',
		refusal: {
			status: 400,
			type: '',
			code: 'providerContentPolicyViolation',
			message: "The provider's content policy was violated.",
		},
	},
	unavailable: {
		says: '503 serviceUnavailable, every time',
		refusal: { status: 503, type: '', code: 'serviceUnavailable', message: 'No capacity at the moment.' },
	},
} as const satisfies Readonly<Record<string, Fault>>;
