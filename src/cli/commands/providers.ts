import { providers as all } from '../../catalogue/providers';
import { isImageError } from '../../domain/imageError';
import { failureIn } from '../../domain/result';
import { type Command, exitCodes } from '../command';
import { endpointOf, keyOf } from '../environment';
import { jsonFlag, noWords } from '../usualFlags';
import { addressVariable, inWords } from '../words';

/** `limn providers`: who has a key here, and where requests would go. */
export const providers: Command = {
	takes: '',
	about: 'Lists the providers: which have a key here, and which variables they read.',
	flags: jsonFlag,
	notes: ['Shows no key, and asks nobody.'],
	run: async (given, { environment, out }) => {
		noWords(given);
		const rows = all.map((provider) => {
			const { id, title, key, baseUrl } = provider;
			if (baseUrl === undefined) return { provider: id, title, ready: true };
			const hasKey = keyOf(provider, environment) !== undefined;
			const endpoint = endpointOf(provider, environment);
			const variables = { ...(key && { key: key.variable }), address: addressVariable(id) };
			if (!isImageError(endpoint))
				return { provider: id, title, ready: true, hasKey, address: endpoint.base.href, variables };
			return { provider: id, title, ready: false, hasKey, variables, problem: failureIn(endpoint, inWords).message };
		});
		if (given.has('json')) out(JSON.stringify({ providers: rows }));
		else for (const row of rows) out(`${row.provider}\t${row.problem ?? row.address ?? 'built in'}`);
		return exitCodes.done;
	},
};
