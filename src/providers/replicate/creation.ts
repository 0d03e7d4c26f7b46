import { addressSetting, titleOf } from '../../catalogue/providers';
import { type ImageError, isImageError, unsent } from '../../domain/imageError';
import { say } from '../../domain/message';
import type { Call, CallState, HttpRequest, JsonObject, Reply, Step } from '../provider';
import { assumedInputs } from './assumed';
import { type Description, descriptionOf } from './description';
import { inputFor } from './inputs';
import { parseName, type ReplicateName } from './modelName';

/** The question what the model takes, which comes before each prediction. */
export function describe(call: Call, state: CallState): Step {
	const name = parseName(call.offer.name);
	return name ? { next: describing(name), state } : failing(call, state, badName(call));
}

/** The address of a single version is from memory (unverified). */
function describing({ path, version }: ReplicateName): HttpRequest {
	const of = version === undefined ? path : `${path}/versions/${version}`;
	return { kind: 'http', method: 'GET', path: of, billed: false };
}

/**
 * What to do when the model is described: a prediction for what is still missing, or for as much of it as the model gives at once.
 * The creation is answered with how the work is getting on, so it counts as a poll.
 */
export function create(reply: Reply, call: Call, state: CallState): Step {
	const name = parseName(call.offer.name);
	const description = name && descriptionOf(reply);
	if (!description) return failing(call, state, strange(call));
	const { length: before } = state.handed;
	const rest = { ...call, n: call.n - before, before: call.before + before };
	const filled = inputFor(rest, description.inputs ?? assumedInputs(call.offer.name));
	if (isImageError(filled)) return failing(call, state, filled);
	const { input, asked, warnings } = filled;
	const { spare } = description;
	return {
		next: creating(name, description, input),
		state: {
			handed: state.handed,
			polls: 1,
			...(asked !== undefined && { asked }),
			...(spare !== undefined && name.version === undefined && { version: spare }),
		},
		// Those of the first prediction hold for the others as well.
		warnings: before === 0 ? warnings : [],
	};
}

/** The same prediction by the model's version: nobody had said that its name alone does not do. */
export function createByVersion({ body, path }: HttpRequest, { version, ...state }: CallState): Step | undefined {
	if (version === undefined || path === anyVersion || body?.kind !== 'json') return undefined;
	return { next: creation(anyVersion, { version, ...body.value }), state };
}

const anyVersion = '/predictions';

function creating({ path, version: own }: ReplicateName, described: Description, input: JsonObject): HttpRequest {
	const version = own ?? described.version;
	return version === undefined ? creation(`${path}/predictions`, { input }) : creation(anyVersion, { version, input });
}

function creation(path: string, value: JsonObject): HttpRequest {
	return {
		kind: 'http',
		method: 'POST',
		path,
		// Soon, because only who knows its name can stop the work, or ask for it again after a reload; but quick models are done by then.
		headers: { prefer: 'wait=5' },
		body: { kind: 'json', value },
		billed: true,
	};
}

/** Nothing was created; as many failures as pictures are missing. */
function failing(call: Call, { handed }: CallState, error: ImageError): Step {
	const { provider } = call.offer;
	return { failures: Array.from({ length: call.n - handed.length }, () => ({ ...error, provider })), done: true };
}

function badName({ offer: { provider, name } }: Call): ImageError {
	const title = titleOf(provider);
	return unsent('bad-input', say('{0} is no model of {1}. Write it as owner/name or owner/name:version.', name, title));
}

function strange({ offer: { provider } }: Call): ImageError {
	const message = say(
		'{0} did not describe the model. Check the setting {1}.',
		titleOf(provider),
		addressSetting(provider),
	);
	return unsent('bad-reply', message);
}
