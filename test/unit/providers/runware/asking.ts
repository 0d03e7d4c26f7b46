import assert from 'node:assert/strict';
import type { Call, HttpRequest, JsonObject } from '../../../../src/providers/provider';
import { callFor, sentFor } from '../calls';

/** The one task of a request. */
export function taskOf({ body }: HttpRequest): JsonObject {
	assert.ok(body?.kind === 'json-list');
	const [task, ...others] = body.values;
	assert.ok(task && others.length === 0);
	return task;
}

/** The task that makes a call's pictures; the request around it is always the same. */
export function taskFor(call: Call): JsonObject {
	const request = sentFor(call);
	const { body: _, ...rest } = request;
	assert.deepEqual(rest, { kind: 'http', method: 'POST', path: '', billed: true });
	return taskOf(request);
}

/** The task that is made of a person's wish. */
export function taskOfWish(...given: Parameters<typeof callFor>): JsonObject {
	return taskFor(callFor(...given));
}
