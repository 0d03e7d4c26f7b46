import { bearer, invalid, type Refusal } from './answer';
import { type Dialect, type Emulator, type EmulatorOptions, startEmulator } from './emulator';
import { localai } from './customLocalai';
import { sdCpp } from './customSdCpp';
import { sglang } from './customSglang';
import { strict } from './customStrict';
import { vllmOmni } from './customVllm';

export type CustomKind = 'sd-cpp' | 'localai' | 'vllm-omni' | 'sglang' | 'strict';

export interface CustomOptions extends EmulatorOptions {
	/** Required of every request; none is unless told. */
	readonly key?: string;
}

const kinds: Readonly<Record<CustomKind, Dialect>> = {
	'sd-cpp': sdCpp,
	localai,
	'vllm-omni': vllmOmni,
	sglang,
	strict,
};

/** A server of one's own that speaks OpenAI's dialect in its own way (local servers reference). */
export async function startCustom(kind: CustomKind, { key, ...options }: CustomOptions = {}): Promise<Emulator> {
	return startEmulator(key === undefined ? kinds[kind] : guarded(kinds[kind], key), options);
}

function guarded(dialect: Dialect, key: string): Dialect {
	const routes = dialect.routes.map((route) => ({
		...route,
		handle: async (...[turn, part]: Parameters<typeof route.handle>) => {
			if (bearer(turn.request) !== key) throw unauthorized();
			return route.handle(turn, part);
		},
	}));
	return { ...dialect, routes };
}

function unauthorized(): Refusal {
	return invalid('Unauthorized', 'invalid_api_key', null, 401);
}
